"""Notes to which very much belongs: their pages show the first of it and lead to the rest.

All that belongs to a note is on its page as long as that is light. On a heavier page each long
section, such as the claims about an actor or the references to a place, keeps its first items only.
All its items move to pages of their own beside the note's, such as `actors/kim.claims.html`, which
are split as lists are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates import parse_date
from sitegen.pages import splitting
from sitegen.pages.listing import ItemGroup, PageIdentity, item_group_of, pages_of_list
from sitegen.pages.plots import nearest
from sitegen.pages.splitting import Key, days, letters, say_days, say_letters
from sitegen.pages.weights import (
    weigh_backlink,
    weigh_claim,
    weigh_estimate,
    weigh_event,
    weigh_excerpt,
    weigh_links,
)
from sitegen.text_parts import NOTE_BESIDE
from sitegen.views import (
    BacklinkGroup,
    BacklinkView,
    ClaimCard,
    EstimateView,
    EventCard,
    ExcerptView,
    Frame,
    MeasurePage,
    NoteLink,
    NoteView,
    PageSpec,
    PartsView,
    SectionPage,
    SourceLabel,
    SourcePage,
    View,
)

FIRST: Final = 20
"""How many of a long section stay on the note's own page."""

_LONG: Final = 0.1  # share of what a page may weigh from which a section is moved


class Filing(Struct, frozen=True):
    """How a section is filed when it is too long: its title, its items' key and weight."""

    title: str
    noun: str
    key: Callable[[Any], Key]
    weight: Callable[[Any], int]
    say: Callable[[Key], str] = say_letters
    field: str = ""  # of SectionPage, where it is not the section's own name


def _statement(card: ClaimCard) -> Key:
    return letters(card.statement)


def _day(card: EventCard) -> Key:
    return days(parse_date(card.date.edtf))


def _quoted(excerpt: ExcerptView) -> Key:
    return letters(excerpt.statement or excerpt.source.title)


def _as_of(estimate: EstimateView) -> Key:
    return days(parse_date(estimate.as_of.edtf) if estimate.as_of else None)


def _referring(link: tuple[str, BacklinkView]) -> Key:
    return letters(link[1].title)


def _source(label: SourceLabel) -> Key:
    return letters(label.title)


def _weigh_source(label: SourceLabel) -> int:
    return weigh_links((NoteLink(label.ref, label.url, label.title),)) + 150


def _weigh_reference(link: tuple[str, BacklinkView]) -> int:
    return weigh_backlink(link[1])


_CLAIMS: Final = Filing("Claims", "claim", _statement, weigh_claim, field="claims")
_EVENTS: Final = Filing("Events", "event", _day, weigh_event, say_days, "events")
_SECTIONS: Final[dict[str, Filing]] = {
    "said": Filing("Their words", "quotation", _quoted, weigh_excerpt, field="excerpts"),
    "asserted": replace(_CLAIMS, title="What they claim"),
    "claims": replace(_CLAIMS, title="Claims that speak of it"),
    "others": replace(_CLAIMS, title="Claims that bear on it"),
    "events": _EVENTS,
    "parts": replace(_EVENTS, title="Its parts"),
    "origin_of": Filing(
        "Articles that report from here", "article", _source, _weigh_source, field="sources"
    ),
    "estimates": Filing("Every value", "value", _as_of, weigh_estimate, say_days),
    "unlocated": Filing(
        "Quoted, but not checked", "quotation", _quoted, weigh_excerpt, field="excerpts"
    ),
    "backlinks": Filing("What refers to this", "reference", _referring, _weigh_reference),
}


def hub_pages(spec: PageSpec) -> Iterator[PageSpec]:
    """Yield a note's page, and pages for the sections of it that are too long for one."""
    view = spec.view
    if not isinstance(view, NoteView):
        yield spec
        return
    if not any(_count(view, name) > FIRST for name in _sections(view)):
        yield spec
        return
    found = {name: items for name in _sections(view) if (items := _items(view, name))}
    weights = {name: sum(map(_SECTIONS[name].weight, items)) for name, items in found.items()}
    if _text_weight(view) + sum(weights.values()) <= splitting.LIGHT:
        yield spec
        return
    moved = {
        name: found[name]
        for name, weight in weights.items()
        if weight > _LONG * splitting.LIGHT and len(found[name]) > FIRST
    }
    identities = {name: _identity(spec, view, name) for name in moved}
    more = tuple(
        NoteLink(name, identities[name].path, _all_of(name, len(items)))
        for name, items in moved.items()
    )
    yield replace(spec, view=replace(_shortened(view, moved), more=more))
    for name, items in moved.items():
        yield from pages_of_list(identities[name], _item_group(view, name, items))


def _sections(view: NoteView) -> tuple[str, ...]:
    """Return the names of the sections that the pages of a kind of note have."""
    kind = type(view)
    if kind not in _KNOWN:
        has_plot = isinstance(view, MeasurePage)
        _KNOWN[kind] = tuple(
            name for name in _SECTIONS if hasattr(view, name) or (has_plot and name == "estimates")
        )
    return _KNOWN[kind]


_KNOWN: Final[dict[type[NoteView], tuple[str, ...]]] = {}


def _text_weight(view: NoteView) -> int:
    """Return what a source's text weighs on its page, with the notes beside it."""
    if not isinstance(view, SourcePage):
        return 0
    words = sum(len(piece.text) for each in view.paragraphs for piece in each.pieces)
    return words + NOTE_BESIDE * len(view.passages)


def _count(view: NoteView, name: str) -> int:
    """Return how many items a section has, without making a list of them."""
    if name == "backlinks":
        return sum([len(group.links) for group in view.backlinks])
    return len(_items(view, name))


def _items(view: NoteView, name: str) -> Sequence[Any]:
    if name == "backlinks":
        return [(group.kind, link) for group in view.backlinks for link in group.links]
    if name == "estimates":
        return view.plot.estimates if isinstance(view, MeasurePage) else ()
    found: Sequence[Any] = getattr(view, name, ())
    return found


def _shortened(view: NoteView, moved: dict[str, Sequence[Any]]) -> NoteView:
    """Return a page with only the `FIRST` items of each section that is moved."""
    short: dict[str, Any] = {
        name: items[:FIRST]
        for name, items in moved.items()
        if name not in {"backlinks", "estimates"}
    }
    if "estimates" in moved and isinstance(view, MeasurePage):
        short["plot"] = replace(nearest(view.plot), left_out=0)
    if "backlinks" in moved:
        short["backlinks"] = tuple(
            replace(group, links=group.links[:FIRST]) for group in view.backlinks
        )
    return replace(view, **short)


def _identity(spec: PageSpec, view: NoteView, name: str) -> PageIdentity:
    base = spec.path.removesuffix(".html")
    filing = _SECTIONS[name]
    return PageIdentity(
        path=f"{base}.{name}.html",
        folder=f"{base}.{name}",
        template="pages/section.html",
        frame=Frame(
            title=f"{view.title}: {filing.title[:1].lower()}{filing.title[1:]}",
            description=f"{view.description}",
            section=view.section,
            crumbs=(*view.crumbs, NoteLink(view.ref, spec.path, view.title)),
        ),
        lead=f"All of it, in parts. The first of it stands on the page of {view.title}.",
    )


def _item_group(view: NoteView, name: str, items: Sequence[Any]) -> ItemGroup[Any]:
    filing = _SECTIONS[name]

    def page(frame: Frame, shown: tuple[Any, ...], parts: PartsView | None) -> View:
        if name == "backlinks":
            return SectionPage(**frame, backlinks=_grouped(shown), parts=parts)
        if isinstance(view, MeasurePage) and name == "estimates":
            plot = replace(view.plot, estimates=shown)
            return SectionPage(**frame, plot=plot, parts=parts)
        filled: dict[str, Any] = {filing.field: shown}
        return SectionPage(**frame, **filled, parts=parts)

    return item_group_of(
        items,
        key=filing.key,
        weight=filing.weight,
        view=page,
        noun=filing.noun,
        say=filing.say,
    )


def _grouped(links: Sequence[tuple[str, BacklinkView]]) -> tuple[BacklinkGroup, ...]:
    by_kind = sorted(links, key=lambda each: each[0])
    return tuple(
        BacklinkGroup(kind, tuple(link for _, link in own))
        for kind, own in groupby(by_kind, key=lambda each: each[0])
    )


def _all_of(name: str, count: int) -> str:
    return f"All {count:,} {_SECTIONS[name].noun}s"
