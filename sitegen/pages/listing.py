"""A page that may have to be split: whole where it is light, else its contents and its parts.

Parts lie in a folder of their own, so that no note can have the address of one. Each links to the
parts around it and to the contents, and only the contents know how many there are: a part that
comes or goes changes its neighbours and no other page.

What is on which page is decided by rows of keys and weights, which are small. Where tables are
kept, each page has a maker of its own; views are made for those pages alone that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import eq, itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct

from sitegen.ledger import Tables
from sitegen.pages import splitting
from sitegen.pages.makers import KeyedMakers
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


class Cover(Struct, frozen=True):
    """What a page is called and where it stands, be it split or whole."""

    path: str
    folder: str  # where its parts would lie
    template: str
    frame: Frame
    lead: str  # what its contents say it is
    filter: str = ""  # the list that its readers can filter


class Row(NamedTuple):
    """An item of a list: under what it is filed, in which order, what it weighs, and which it is.

    Items with the same key, or on one page, stand in their order; those of one order as they come.
    """

    key: Key
    order: tuple[Any, ...]
    weight: int
    item: Any


class Shelf(Struct, Generic[T], frozen=True):
    """Items of one kind, how they are filed, and the page that shows some of them.

    `rows` looks the items up when it is called.
    """

    rows: Callable[[], Iterable[Row]]
    view: Callable[[Frame, tuple[T, ...], PartsView | None], View]
    noun: str
    say: Callable[[Key], str] = say_letters
    id: str = ""  # where there are several: its name in addresses
    title: str = ""
    lead: str = ""
    name: Callable[[T], str] | None = None  # what contents of few items call each


class Volume(Struct, frozen=True):
    """A page that may have to be split, before it is known what is on its shelves."""

    cover: Cover
    shelves: Callable[[Tables], Sequence[Shelf[Any]]]  # filled with the help of tables
    together: Callable[[Frame, Sequence[tuple[Any, ...]]], View] | None = None
    """Makes one page of all items, shelf by shelf; without it, the first shelf's view does."""
    contents: Callable[[Frame, tuple[ContentsGroup, ...]], View] | None = None
    """Makes a page of its own kind of contents, to be shown by the template of the parts."""


class Sheet(Struct, frozen=True):
    """A page of a volume before its view is made: all that is decided by how items are filed.

    `shelf` is the number of the shelf whose part it is; None where it is no part.
    """

    path: str
    template: str
    frame: Frame
    items: tuple[Any, ...] = ()
    parts: PartsView | None = None
    groups: tuple[ContentsGroup, ...] = ()
    shelf: int | None = None


class Leaf(Struct, Generic[T], frozen=True):
    """A part of a shelf, given by its number, with its address."""

    link: NoteLink
    shelf: int
    items: tuple[T, ...]


def is_light(filled: Iterable[Iterable[Row]]) -> bool:
    """Return whether all that is on some shelves may stand on one page."""
    weight: int = sum(map(_WEIGHT, chain.from_iterable(filled)))
    return weight <= splitting.LIGHT


def in_one(rows: Iterable[Row]) -> tuple[Any, ...]:
    """Return the items of a shelf as one page shows them."""
    return tuple(map(_ITEM, sorted(rows, key=_ORDER)))


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows as parts have them: by their keys, and those with the same one in their order."""
    found = sorted(rows, key=_KEY)  # which is quicker than by both, and mostly tells them apart
    keys = [*map(_KEY, found)]
    if any(map(eq, keys, keys[1:])):
        found.sort(key=_KEY_AND_ORDER)
    return found


def rows_of(table: Mapping[str, Iterable[Row]]) -> Callable[[], list[Row]]:
    """Return what looks up the rows of all bundles."""
    return lambda: [*chain.from_iterable(table.values())]


def shelf_of(
    items: Sequence[T],
    *,
    key: Callable[[T], Key],
    weight: Callable[[T], int],
    view: Callable[[Frame, tuple[T, ...], PartsView | None], View],
    noun: str,
    say: Callable[[Key], str] = say_letters,
) -> Shelf[T]:
    """Return items that are at hand, in the order in which they are given."""
    rows = [Row(key(each), (), weight(each), each) for each in items]
    return Shelf(lambda: rows, view, noun, say)


def makers_of(volume: Volume, tables: Tables) -> Iterator[KeyedMakers]:
    """Yield what makes the pages of a volume: where tables are kept, each page by itself."""
    if not tables.is_kept:
        yield KeyedMakers("", [""], lambda _: pages_of(volume))
        return
    path, shelves = volume.cover.path, volume.shelves(tables)
    sheets = tables.spread(
        f"pages of {path}", lambda: {each.path: each for each in _sheets(volume, shelves)}
    )
    yield KeyedMakers("list:", sheets, partial(_page_at, volume, shelves, sheets))


def _page_at(
    volume: Volume, shelves: Sequence[Shelf[Any]], sheets: Mapping[str, Sheet], path: str
) -> Iterator[PageSpec]:
    yield _page(volume, shelves, sheets[path])


def pages_of(volume: Volume) -> Iterator[PageSpec]:
    """Yield all pages of a volume."""
    shelves = volume.shelves(Tables())
    return map(partial(_page, volume, shelves), _sheets(volume, shelves))


def pages_of_list(cover: Cover, shelf: Shelf[T]) -> Iterator[PageSpec]:
    """Yield a list on one page or, if it is heavy, its contents and its parts."""
    return pages_of(Volume(cover, lambda _: (shelf,)))


def _page(volume: Volume, shelves: Sequence[Shelf[Any]], sheet: Sheet) -> PageSpec:
    return PageSpec(sheet.path, sheet.template, _view(volume, shelves, sheet))


def _view(volume: Volume, shelves: Sequence[Shelf[Any]], sheet: Sheet) -> View:
    if sheet.shelf is not None:
        return shelves[sheet.shelf].view(sheet.frame, sheet.items, sheet.parts)
    if sheet.groups:
        contents = volume.contents or partial(_contents, volume.cover)
        return contents(sheet.frame, sheet.groups)
    if volume.together:
        return volume.together(sheet.frame, sheet.items)
    return shelves[0].view(sheet.frame, tuple(chain.from_iterable(sheet.items)), None)


def _sheets(volume: Volume, shelves: Sequence[Shelf[Any]]) -> Iterator[Sheet]:
    """Yield the pages of a volume: one, or contents and parts."""
    cover = volume.cover
    filled = [[*shelf.rows()] for shelf in shelves]
    if is_light(filled):
        yield Sheet(cover.path, cover.template, cover.frame, tuple(map(in_one, filled)))
        return
    leaves = [*leaves_of(cover, shelves, filled)]
    template = cover.template if volume.contents else CONTENTS
    groups = tuple(_groups(shelves, filled, leaves))
    yield Sheet(cover.path, template, cover.frame, groups=groups)
    links = [leaf.link for leaf in leaves]
    bare = [NoteLink(link.ref, link.url, link.title) for link in links]
    for at, leaf in enumerate(leaves):
        yield Sheet(
            path=leaf.link.url,
            template=cover.template,
            frame=_frame_of(cover, leaf),
            items=leaf.items,
            parts=_among(cover, bare, at),
            shelf=leaf.shelf,
        )


def _contents(cover: Cover, frame: Frame, groups: tuple[ContentsGroup, ...]) -> View:
    return ContentsPage(**frame, lead=cover.lead, groups=groups, filter=cover.filter)


def pager(cover: Cover, links: Sequence[NoteLink], at: int) -> PartsView:
    """Return where one of several parts stands among them."""
    return _among(cover, [NoteLink(link.ref, link.url, link.title) for link in links], at)


def _among(cover: Cover, bare: Sequence[NoteLink], at: int) -> PartsView:
    around = range(max(at - _AROUND, 0), min(at + _AROUND + 1, len(bare)))
    shown = sorted({0, *around, len(bare) - 1})
    return PartsView(
        contents=NoteLink("", cover.path, cover.frame["title"]),
        here=bare[at].title,
        previous=bare[at - 1] if at else None,
        following=bare[at + 1] if at + 1 < len(bare) else None,
        nearby=tuple(bare[each] for each in shown),
    )


def leaves_of(
    cover: Cover, shelves: Sequence[Shelf[T]], filled: Sequence[Iterable[Row]]
) -> Iterator[Leaf[T]]:
    """Yield the parts of a page that is split: what each holds and where it is."""
    for number, (shelf, rows) in enumerate(zip(shelves, filled, strict=True)):
        in_order = _in_order(rows)
        items, keys, weights = ([*map(of, in_order)] for of in (_ITEM, _KEY, _WEIGHT))
        for part in split_sorted(items, keys, weights, say=shelf.say) if items else ():
            yield Leaf(_link(cover, shelf, part), number, part.items)


def _link(cover: Cover, shelf: Shelf[T], part: Part[T]) -> NoteLink:
    folder = f"{cover.folder}/{shelf.id}" if shelf.id else cover.folder
    name = ", ".join(filter(None, (shelf.title, part.label))) or cover.frame["title"]
    return NoteLink("", f"{folder}/{part.slug}.html", name, _counted(len(part.items), shelf.noun))


def _groups(
    shelves: Sequence[Shelf[T]], filled: Sequence[Sequence[Row]], leaves: Sequence[Leaf[T]]
) -> Iterator[ContentsGroup]:
    for number, (shelf, rows) in enumerate(zip(shelves, filled, strict=True)):
        own = [leaf for leaf in leaves if leaf.shelf == number]
        if rows:
            yield ContentsGroup(
                id=shelf.id or "parts",
                title=shelf.title,
                lead=shelf.lead,
                count=_counted(len(rows), shelf.noun),
                parts=tuple(leaf.link for leaf in own),
                names=_names(shelf, own, len(rows)),
            )


def _names(shelf: Shelf[T], leaves: Sequence[Leaf[T]], count: int) -> tuple[tuple[str, ...], ...]:
    """Return what each part holds by name, if names are given and not too many."""
    if shelf.name is None or count > _MOST_NAMED:
        return ()
    return tuple(tuple(dict.fromkeys(filter(None, map(shelf.name, leaf.items)))) for leaf in leaves)


def _frame_of(cover: Cover, leaf: Leaf[T]) -> Frame:
    frame = cover.frame
    return Frame(
        title=f"{frame['title']}: {leaf.link.title}",
        description=f"{frame['description']} {leaf.link.title}.",
        section=frame["section"],
        crumbs=(*frame["crumbs"], NoteLink("", cover.path, frame["title"])),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
