"""A page that may have to be split: whole where it is light, else its contents and its parts.

Parts lie in a folder of their own, so that no note can have the address of one. Each links to the
parts around it and to the contents, and only the contents know how many there are: a part that
comes or goes changes its neighbours and no other page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sitegen.pages import splitting
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

T = TypeVar("T")

CONTENTS: Final = "pages/contents.html"
_MOST_NAMED: Final = 60  # items that the contents name one by one
_AROUND: Final = 2  # parts shown on either side, beside the first and the last


@dataclass(frozen=True, slots=True)
class Whole:
    """A page before it is known whether it has to be split."""

    path: str
    folder: str  # where its parts would lie
    template: str
    frame: Frame
    lead: str  # what its contents say it is
    filter: str = ""  # the list that its readers can filter


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
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


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """A part with its address."""

    link: NoteLink
    group: int
    items: tuple[T, ...]
    make: Callable[[Frame, PartsView], View]


def is_light(shelves: Sequence[Shelf[T]]) -> bool:
    """Return whether all that is on some shelves may stand on one page."""
    return sum(shelf.weighs() for shelf in shelves) <= splitting.LIGHT


def pages_of_list(whole: Whole, shelf: Shelf[T]) -> Iterator[PageSpec]:
    """Yield a list on one page or, if it is heavy, its contents and its parts."""
    if is_light((shelf,)):
        page = shelf.view(whole.frame, tuple(shelf.items), None)
        yield PageSpec(whole.path, whole.template, page)
        return
    yield from pages_in_parts(whole, (shelf,))


def pages_in_parts(
    whole: Whole,
    shelves: Sequence[Shelf[T]],
    contents: Callable[[Frame, tuple[ContentsGroup, ...]], View] | None = None,
) -> Iterator[PageSpec]:
    """Yield the contents of a page that is split, and its parts.

    `contents` makes a page of its own kind of them, to be shown by the template of the parts.
    """
    leaves = list(leaves_of(whole, shelves))
    groups = tuple(_groups(shelves, leaves))
    if contents:
        yield PageSpec(whole.path, whole.template, contents(whole.frame, groups))
    else:
        page = ContentsPage(**whole.frame, lead=whole.lead, groups=groups, filter=whole.filter)
        yield PageSpec(whole.path, CONTENTS, page)
    links = [leaf.link for leaf in leaves]
    for at, leaf in enumerate(leaves):
        parts = pager(whole, links, at)
        yield PageSpec(leaf.link.url, whole.template, leaf.make(_frame_of(whole, leaf), parts))


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
    for group, shelf in enumerate(shelves):
        for part in shelf.parts() if shelf.items else ():
            yield _leaf(whole, shelf, part, group)


def _leaf(whole: Whole, shelf: Shelf[T], part: Part[T], group: int) -> Leaf[T]:
    folder = f"{whole.folder}/{shelf.id}" if shelf.id else whole.folder
    name = ", ".join(filter(None, (shelf.title, part.label))) or whole.frame["title"]
    link = NoteLink("", f"{folder}/{part.slug}.html", name, _counted(len(part.items), shelf.noun))

    def make(frame: Frame, parts: PartsView) -> View:
        return shelf.view(frame, part.items, parts)

    return Leaf(link, group, part.items, make)


def _groups(shelves: Sequence[Shelf[T]], leaves: Sequence[Leaf[T]]) -> Iterator[ContentsGroup]:
    for at, shelf in enumerate(shelves):
        own = [leaf for leaf in leaves if leaf.group == at]
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
