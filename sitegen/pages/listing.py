"""A page that may have to be split: whole where it is light, else its contents and its parts.

Parts lie in a folder of their own, so that no note can have the address of one. Each links to the
parts around it and to the contents, and only the contents know how many there are: a part that
comes or goes changes its neighbours and no other page.

Where tables are kept, each of these pages has a maker of its own. What is on which page is decided
by keys and weights, which are small; views are made for those pages alone that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct

from sitegen.ledger import Tables
from sitegen.pages import splitting
from sitegen.pages.makers import PageMaker
from sitegen.pages.splitting import Key, Part, say_letters, split
from sitegen.views import (
    ContentsGroup,
    ContentsPage,
    Frame,
    NoteLink,
    PageSpec,
    PartsView,
    View,
)

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

CONTENTS: Final = "pages/contents.html"
_MOST_NAMED: Final = 60  # items that the contents name one by one
_AROUND: Final = 2  # parts shown on either side, beside the first and the last


class Whole(Struct, frozen=True):
    """A page before it is known whether it has to be split."""

    path: str
    folder: str  # where its parts would lie
    template: str
    frame: Frame
    lead: str  # what its contents say it is
    filter: str = ""  # the list that its readers can filter


class Shelf(Struct, Generic[T], frozen=True):
    """Items of one kind, how they are filed, and the page that shows some of them."""

    items: Sequence[T]
    key: Callable[[T], Key]
    weight: Callable[[T], int]
    view: Callable[[Frame, tuple[T, ...], PartsView | None], View]
    noun: str
    say: Callable[[Key], str] = say_letters
    id: str = ""  # where there are several: its name in addresses
    title: str = ""
    lead: str = ""
    name: Callable[[T], str] | None = None  # what contents of few items call each

    def weighs(self) -> int:
        """Return what all of its items weigh."""
        return sum(map(self.weight, self.items))

    def parts(self) -> tuple[Part[T], ...]:
        """Return its items in parts, filed by their keys."""
        return split(sorted(self.items, key=self.key), self.key, self.weight, self.say)


class Filed(NamedTuple):
    """Where an item of a list belongs: in which order, on which of several pages."""

    order: tuple[Any, ...]
    key: Key
    weight: int


class Volume(Struct, frozen=True):
    """A page that may have to be split, before its items are on their shelves."""

    whole: Whole
    shelves: Callable[[Tables], Sequence[Shelf[Any]]]  # filled with the help of tables
    together: Callable[[Frame, Sequence[tuple[Any, ...]]], View] | None = None
    """Makes one page of all items, shelf by shelf; without it, the first shelf's view does."""
    contents: Callable[[Frame, tuple[ContentsGroup, ...]], View] | None = None
    """Makes a page of its own kind of contents, to be shown by the template of the parts."""


class Sheet(Struct, frozen=True):
    """A page of a volume before its view is made: all that is decided by how items are filed."""

    path: str
    template: str
    frame: Frame
    items: tuple[Any, ...] = ()
    parts: PartsView | None = None
    groups: tuple[ContentsGroup, ...] = ()


_Bound = tuple[Sheet, Callable[[Sheet], View]]


class Leaf(Struct, Generic[T], frozen=True):
    """A part with its address."""

    link: NoteLink
    shelf: Shelf[T]
    items: tuple[T, ...]


def is_light(shelves: Sequence[Shelf[T]]) -> bool:
    """Return whether all that is on some shelves may stand on one page."""
    return sum(shelf.weighs() for shelf in shelves) <= splitting.LIGHT


def shelf_of(
    filed: Mapping[K, Filed],
    view: Callable[[Frame, tuple[K, ...], PartsView | None], View],
    noun: str,
    say: Callable[[Key], str] = say_letters,
) -> Shelf[K]:
    """Return items by which their views are looked up, in their order and with their weights."""
    known = dict(filed.items())
    return Shelf(
        items=sorted(known, key=lambda each: known[each].order),
        key=lambda each: known[each].key,
        weight=lambda each: known[each].weight,
        view=view,
        noun=noun,
        say=say,
    )


def makers_of(volume: Volume, tables: Tables) -> Iterator[PageMaker]:
    """Yield what makes the pages of a volume: where tables are kept, each page by itself."""
    if not tables.is_kept:
        yield PageMaker(partial(pages_of, volume))
        return
    bound = {sheet.path: (sheet, make) for sheet, make in _bound(volume, tables)}
    sheets = {path: sheet for path, (sheet, _) in bound.items()}
    held = tables.digested(f"pages of {volume.whole.path}", sheets)
    for path, (_, make) in bound.items():
        yield PageMaker(partial(_made, held, path, make), f"list:{path}")


def _made(
    sheets: Mapping[str, Sheet], path: str, make: Callable[[Sheet], View]
) -> Iterator[PageSpec]:
    yield _page((sheets[path], make))


def pages_of(volume: Volume) -> Iterator[PageSpec]:
    """Yield all pages of a volume."""
    return map(_page, _bound(volume, Tables()))


def _page(bound: _Bound) -> PageSpec:
    sheet, make = bound
    return PageSpec(sheet.path, sheet.template, make(sheet))


def pages_of_list(whole: Whole, shelf: Shelf[T]) -> Iterator[PageSpec]:
    """Yield a list on one page or, if it is heavy, its contents and its parts."""
    return pages_of(Volume(whole, lambda _: (shelf,)))


def _bound(volume: Volume, tables: Tables) -> Iterator[_Bound]:
    """Yield the pages of a volume and what makes their views: one, or contents and parts."""
    whole, shelves = volume.whole, volume.shelves(tables)
    if not is_light(shelves):
        yield from _in_parts(volume, shelves)
        return
    items = tuple(tuple(shelf.items) for shelf in shelves)
    together = volume.together or partial(_together, shelves[0])
    sheet = Sheet(whole.path, whole.template, whole.frame, items)
    yield sheet, lambda sheet: together(sheet.frame, sheet.items)


def _together(shelf: Shelf[Any], frame: Frame, items: Sequence[tuple[Any, ...]]) -> View:
    return shelf.view(frame, tuple(chain.from_iterable(items)), None)


def _in_parts(volume: Volume, shelves: Sequence[Shelf[Any]]) -> Iterator[_Bound]:
    """Yield the contents of a volume that is split, and its parts."""
    whole, contents = volume.whole, volume.contents or partial(_contents, volume.whole)
    leaves = list(leaves_of(whole, shelves))
    template = whole.template if volume.contents else CONTENTS
    groups = tuple(_groups(shelves, leaves))
    first = Sheet(whole.path, template, whole.frame, groups=groups)
    yield first, lambda sheet: contents(sheet.frame, sheet.groups)
    links = [leaf.link for leaf in leaves]
    for at, leaf in enumerate(leaves):
        sheet = Sheet(
            path=leaf.link.url,
            template=whole.template,
            frame=_frame_of(whole, leaf),
            items=leaf.items,
            parts=pager(whole, links, at),
        )
        yield sheet, partial(_part_of, leaf.shelf)


def _contents(whole: Whole, frame: Frame, groups: tuple[ContentsGroup, ...]) -> View:
    return ContentsPage(**frame, lead=whole.lead, groups=groups, filter=whole.filter)


def _part_of(shelf: Shelf[Any], sheet: Sheet) -> View:
    return shelf.view(sheet.frame, sheet.items, sheet.parts)


def pager(whole: Whole, links: Sequence[NoteLink], at: int) -> PartsView:
    """Return where one of several parts stands among them."""
    around = range(max(at - _AROUND, 0), min(at + _AROUND + 1, len(links)))
    shown = sorted({0, *around, len(links) - 1})
    bare = [NoteLink(link.ref, link.url, link.title) for link in links]
    return PartsView(
        contents=NoteLink("", whole.path, whole.frame["title"]),
        here=links[at].title,
        previous=bare[at - 1] if at else None,
        following=bare[at + 1] if at + 1 < len(links) else None,
        nearby=tuple(bare[each] for each in shown),
    )


def leaves_of(whole: Whole, shelves: Sequence[Shelf[T]]) -> Iterator[Leaf[T]]:
    """Yield the parts of a page that is split: what each holds and where it is."""
    for shelf in shelves:
        for part in shelf.parts() if shelf.items else ():
            yield _leaf(whole, shelf, part)


def _leaf(whole: Whole, shelf: Shelf[T], part: Part[T]) -> Leaf[T]:
    folder = f"{whole.folder}/{shelf.id}" if shelf.id else whole.folder
    name = ", ".join(filter(None, (shelf.title, part.label))) or whole.frame["title"]
    link = NoteLink("", f"{folder}/{part.slug}.html", name, _counted(len(part.items), shelf.noun))
    return Leaf(link, shelf, part.items)


def _groups(shelves: Sequence[Shelf[T]], leaves: Sequence[Leaf[T]]) -> Iterator[ContentsGroup]:
    for shelf in shelves:
        own = [leaf for leaf in leaves if leaf.shelf is shelf]
        if shelf.items:
            yield ContentsGroup(
                id=shelf.id or "parts",
                title=shelf.title,
                lead=shelf.lead,
                count=_counted(len(shelf.items), shelf.noun),
                parts=tuple(leaf.link for leaf in own),
                names=_names(shelf, own),
            )


def _names(shelf: Shelf[T], leaves: Sequence[Leaf[T]]) -> tuple[tuple[str, ...], ...]:
    """Return what each part holds by name, if names are given and not too many."""
    if shelf.name is None or len(shelf.items) > _MOST_NAMED:
        return ()
    return tuple(tuple(dict.fromkeys(filter(None, map(shelf.name, leaf.items)))) for leaf in leaves)


def _frame_of(whole: Whole, leaf: Leaf[T]) -> Frame:
    frame = whole.frame
    return Frame(
        title=f"{frame['title']}: {leaf.link.title}",
        description=f"{frame['description']} {leaf.link.title}.",
        section=frame["section"],
        crumbs=(*frame["crumbs"], NoteLink("", whole.path, frame["title"])),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
