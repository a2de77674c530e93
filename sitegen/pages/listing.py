"""A page that may have to be split: one page if it is light, otherwise contents and parts.

Parts lie in a folder of their own, so that no note can have the address of one. Each links to the
parts around it and to the contents, and only the contents know how many there are: a part that
comes or goes changes its neighbours and no other page.

What stands on which page is decided by rows of keys and weights, which are small. Views are made
only for the pages that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import eq, itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct

from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.pages import splitting
from sitegen.pages.makers import KeyedMakers, all_at_once
from sitegen.pages.splitting import Key, Part, say_letters, split_sorted
from sitegen.views import (
    ContentsGroup,
    ContentsPage,
    Frame,
    NoteLink,
    PageSpec,
    PartsView,
    View,
)

T = TypeVar("T")

CONTENTS: Final = "pages/contents.html"
_MOST_NAMED: Final = 60  # items that the contents name one by one
_AROUND: Final = 2  # parts shown on either side, beside the first and the last
_KEY: Final = itemgetter(0)  # of a row
_ORDER: Final = itemgetter(1)
_WEIGHT: Final = itemgetter(2)
_ITEM: Final = itemgetter(3)
_KEY_AND_ORDER: Final = itemgetter(0, 1)


class PageIdentity(Struct, frozen=True):
    """What a page is called and where it stands, whether it is split or not."""

    path: str
    folder: str  # where its parts would lie
    template: str
    frame: Frame
    lead: str  # what its contents say it is
    filter: str = ""  # the list that its readers can filter


class Row(NamedTuple):
    """An item of a list: the key that files it, its sort key, its weight, and the item itself.

    The key decides on which part of a list an item stands, its sort key where it stands there among
    items with the same key. A list that is not split is sorted by the sort key alone. Items with
    equal sort keys stay as they come. The weight is in estimated bytes of HTML.
    """

    key: Key
    order: tuple[Any, ...]
    weight: int
    item: Any


class ItemGroup(Struct, Generic[T], frozen=True):
    """Items of one kind, how they are filed, and the view of a page that shows some of them.

    `rows` looks the items up when it is called. `noun` is what one item is called.
    """

    rows: Callable[[], Iterable[Row]]
    view: Callable[[Frame, tuple[T, ...], PartsView | None], View]
    noun: str
    say: Callable[[Key], str] = say_letters
    id: str = ""  # where there are several: its name in addresses
    title: str = ""
    lead: str = ""
    name: Callable[[T], str] | None = None  # of an item, for contents that name each


class SplittablePage(Struct, frozen=True):
    """A page that may have to be split, before it is known which items its groups have."""

    identity: PageIdentity
    item_groups: Callable[[Tables], Sequence[ItemGroup[Any]]]  # filled with the help of tables
    together: Callable[[Frame, Sequence[tuple[Any, ...]]], View] | None = None
    """Makes the view of all items, group by group; without it, the first group's view does that."""
    contents: Callable[[Frame, tuple[ContentsGroup, ...]], View] | None = None
    """Makes the contents as a view for the template of the parts, in place of a `ContentsPage`."""


class PlannedPage(Struct, frozen=True):
    """A page that may have been split, or its contents, or a part of it, before its view is made.

    It follows from how items are filed. `item_group` is the number of the group that a part belongs
    to, and None for other pages; `items` are those of a part, and otherwise those of each group.
    """

    path: str
    template: str
    frame: Frame
    items: tuple[Any, ...] = ()
    parts: PartsView | None = None
    groups: tuple[ContentsGroup, ...] = ()
    item_group: int | None = None


class GroupPart(Struct, Generic[T], frozen=True):
    """A part of a group of items; `item_group` is the number of that group."""

    link: NoteLink
    item_group: int
    items: tuple[T, ...]


def is_light(filled: Iterable[Iterable[Row]]) -> bool:
    """Return whether all items of some groups may stand on one page."""
    weight: int = sum(map(_WEIGHT, chain.from_iterable(filled)))
    return weight <= splitting.LIGHT


def in_one(rows: Iterable[Row]) -> tuple[Any, ...]:
    """Return the items of a group as one page shows them."""
    return tuple(map(_ITEM, sorted(rows, key=_ORDER)))


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows as parts have them: sorted by their keys, and then by their own sort keys."""
    found = sorted(rows, key=_KEY)  # which is quicker than by both, and mostly tells them apart
    keys = [*map(_KEY, found)]
    if any(map(eq, keys, keys[1:])):
        found.sort(key=_KEY_AND_ORDER)
    return found


def rows_of(table: Mapping[str, Iterable[Row]]) -> Callable[[], list[Row]]:
    """Return a function that looks up the rows of all bundles."""
    return lambda: [*chain.from_iterable(table.values())]


def item_group_of(
    items: Sequence[T],
    *,
    key: Callable[[T], Key],
    weight: Callable[[T], int],
    view: Callable[[Frame, tuple[T, ...], PartsView | None], View],
    noun: str,
    say: Callable[[Key], str] = say_letters,
) -> ItemGroup[T]:
    """Return a group of items that are known already, in the order in which they are given."""
    rows = [Row(key(each), (), weight(each), each) for each in items]
    return ItemGroup(lambda: rows, view, noun, say)


def makers_of(splittable: SplittablePage, tables: Tables) -> Iterator[KeyedMakers]:
    """Yield what makes a page, or its contents and parts."""
    if not tables.is_kept:
        yield all_at_once(partial(pages_of, splittable))
        return
    path, item_groups = splittable.identity.path, splittable.item_groups(tables)
    planned_pages = tables.together(
        f"pages of {path}",
        lambda: {each.path: each for each in _planned_pages(splittable, item_groups)},
    )
    yield KeyedMakers(
        "list:", planned_pages, partial(_page_at, splittable, item_groups, planned_pages)
    )


def _page_at(
    splittable: SplittablePage,
    item_groups: Sequence[ItemGroup[Any]],
    planned_pages: Mapping[str, PlannedPage],
    path: str,
) -> Iterator[PageSpec]:
    yield _page(splittable, item_groups, planned_pages[path])


def pages_of(splittable: SplittablePage) -> Iterator[PageSpec]:
    """Yield a page, or its contents and all its parts."""
    item_groups = splittable.item_groups(NOTHING_KEPT)
    return map(partial(_page, splittable, item_groups), _planned_pages(splittable, item_groups))


def pages_of_list(identity: PageIdentity, item_group: ItemGroup[T]) -> Iterator[PageSpec]:
    """Yield a list of one group of items: one page or, if that is heavy, contents and parts."""
    return pages_of(SplittablePage(identity, lambda _: (item_group,)))


def _page(
    splittable: SplittablePage, item_groups: Sequence[ItemGroup[Any]], planned: PlannedPage
) -> PageSpec:
    return PageSpec(planned.path, planned.template, _view(splittable, item_groups, planned))


def _view(
    splittable: SplittablePage, item_groups: Sequence[ItemGroup[Any]], planned: PlannedPage
) -> View:
    if planned.item_group is not None:
        return item_groups[planned.item_group].view(planned.frame, planned.items, planned.parts)
    if planned.groups:
        contents = splittable.contents or partial(_contents, splittable.identity)
        return contents(planned.frame, planned.groups)
    if splittable.together:
        return splittable.together(planned.frame, planned.items)
    return item_groups[0].view(planned.frame, tuple(chain.from_iterable(planned.items)), None)


def _planned_pages(
    splittable: SplittablePage, item_groups: Sequence[ItemGroup[Any]]
) -> Iterator[PlannedPage]:
    """Yield the pages that a page comes to: itself, or its contents and then its parts."""
    identity = splittable.identity
    filled = [[*item_group.rows()] for item_group in item_groups]
    if is_light(filled):
        yield PlannedPage(
            identity.path, identity.template, identity.frame, tuple(map(in_one, filled))
        )
        return
    group_parts = [*group_parts_of(identity, item_groups, filled)]
    template = identity.template if splittable.contents else CONTENTS
    groups = tuple(_groups(item_groups, filled, group_parts))
    yield PlannedPage(identity.path, template, identity.frame, groups=groups)
    links = [group_part.link for group_part in group_parts]
    bare = [NoteLink(link.ref, link.url, link.title) for link in links]
    for at, group_part in enumerate(group_parts):
        yield PlannedPage(
            path=group_part.link.url,
            template=identity.template,
            frame=_frame_of(identity, group_part),
            items=group_part.items,
            parts=_among(identity, bare, at),
            item_group=group_part.item_group,
        )


def _contents(identity: PageIdentity, frame: Frame, groups: tuple[ContentsGroup, ...]) -> View:
    return ContentsPage(**frame, lead=identity.lead, groups=groups, filter=identity.filter)


def pager(identity: PageIdentity, links: Sequence[NoteLink], at: int) -> PartsView:
    """Return the links that lead on from one of several parts: the part at position `at`."""
    return _among(identity, [NoteLink(link.ref, link.url, link.title) for link in links], at)


def _among(identity: PageIdentity, bare: Sequence[NoteLink], at: int) -> PartsView:
    around = range(max(at - _AROUND, 0), min(at + _AROUND + 1, len(bare)))
    shown = sorted({0, *around, len(bare) - 1})
    return PartsView(
        contents=NoteLink("", identity.path, identity.frame["title"]),
        here=bare[at].title,
        previous=bare[at - 1] if at else None,
        following=bare[at + 1] if at + 1 < len(bare) else None,
        nearby=tuple(bare[each] for each in shown),
    )


def group_parts_of(
    identity: PageIdentity, item_groups: Sequence[ItemGroup[T]], filled: Sequence[Iterable[Row]]
) -> Iterator[GroupPart[T]]:
    """Yield the parts of a page that is split; `filled` has the rows of each group."""
    for number, (item_group, rows) in enumerate(zip(item_groups, filled, strict=True)):
        in_order = _in_order(rows)
        items, keys, weights = ([*map(of, in_order)] for of in (_ITEM, _KEY, _WEIGHT))
        for part in split_sorted(items, keys, weights, say=item_group.say) if items else ():
            yield GroupPart(_link(identity, item_group, part), number, part.items)


def _link(identity: PageIdentity, item_group: ItemGroup[T], part: Part[T]) -> NoteLink:
    folder = f"{identity.folder}/{item_group.id}" if item_group.id else identity.folder
    name = ", ".join(filter(None, (item_group.title, part.label))) or identity.frame["title"]
    return NoteLink(
        "", f"{folder}/{part.slug}.html", name, _counted(len(part.items), item_group.noun)
    )


def _groups(
    item_groups: Sequence[ItemGroup[T]],
    filled: Sequence[Sequence[Row]],
    group_parts: Sequence[GroupPart[T]],
) -> Iterator[ContentsGroup]:
    for number, (item_group, rows) in enumerate(zip(item_groups, filled, strict=True)):
        own = [group_part for group_part in group_parts if group_part.item_group == number]
        if rows:
            yield ContentsGroup(
                id=item_group.id or "parts",
                title=item_group.title,
                lead=item_group.lead,
                count=_counted(len(rows), item_group.noun),
                parts=tuple(group_part.link for group_part in own),
                names=_names(item_group, own, len(rows)),
            )


def _names(
    item_group: ItemGroup[T], group_parts: Sequence[GroupPart[T]], count: int
) -> tuple[tuple[str, ...], ...]:
    """Return the names of the items of each part; none if items have no names or are too many."""
    if item_group.name is None or count > _MOST_NAMED:
        return ()
    return tuple(
        tuple(dict.fromkeys(filter(None, map(item_group.name, group_part.items))))
        for group_part in group_parts
    )


def _frame_of(identity: PageIdentity, group_part: GroupPart[T]) -> Frame:
    frame = identity.frame
    return Frame(
        title=f"{frame['title']}: {group_part.link.title}",
        description=f"{frame['description']} {group_part.link.title}.",
        section=frame["section"],
        crumbs=(*frame["crumbs"], NoteLink("", identity.path, frame["title"])),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
