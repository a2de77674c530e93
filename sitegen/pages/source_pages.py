"""The page of a source, and the parts of its text where that is too long to stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sitegen.findings.independence import origin_ref
from sitegen.kinds import Kind
from sitegen.notes import SourceId
from sitegen.pages.cards import Cards, direction
from sitegen.pages.citing import cite_source
from sitegen.pages.date_view import optional_date
from sitegen.pages.listing import PageIdentity, pager
from sitegen.pages.note_page_context import NotePageContext, note_frame
from sitegen.pages.prose_views import excerpt_view, plain_prose, prose, source_card
from sitegen.pages.sections import section_of, way_to
from sitegen.pages.source_text import (
    Passage,
    paragraph_views,
    paragraphs_by_part,
    passages_of,
    unlocated,
)
from sitegen.text_parts import TextParts, text_part_url
from sitegen.urls import note_url
from sitegen.views import (
    ContentsGroup,
    Frame,
    NoteLink,
    PageSpec,
    ParagraphView,
    SourcePage,
    SourceTextPage,
)

TEMPLATE: Final = "pages/source_part.html"


def source_page(context: NotePageContext, source_id: SourceId) -> SourcePage:
    """Return what the page of a source shows."""
    cards, site = context.cards, context.cards.site
    record = site.sources[source_id]
    note = record.note
    seed = site.seeds.get(source_id)
    is_cut = source_id in cards.text_parts
    passages = () if is_cut else passages_of(cards, source_id)
    lang = note.language or site.settings.language
    origins = [origin_ref(site, origin) for origin in note.origins]
    return SourcePage(
        **note_frame(context, record, plain_prose(cards, note.summary or note.title)),
        card=source_card(cards, source_id),
        authors=note.authors,
        live_url=note.url or "",
        archived_url=note.archived_url or "",
        collected=optional_date(note.collected),
        sha256=seed.sha256 if seed else note.sha256 or "",
        origins=tuple(cards.links[ref] for ref in origins if ref),
        rights=site.rights_of(source_id),
        lang=lang,
        dir=direction(lang),
        is_held=seed is not None,
        paragraphs=() if is_cut else paragraph_views(cards, source_id, passages),
        passages=tuple(passage.view for passage in passages),
        text_parts=_contents(_links(cards, source_id)) if is_cut else (),
        unlocated=tuple(
            excerpt_view(cards, each, names_owner=True) for each in unlocated(cards, source_id)
        ),
        notes=prose(cards, note.notes, record.ref),
        cite=cite_source(cards, source_id),
    )


def text_pages(cards: Cards, source_id: SourceId) -> Iterator[PageSpec]:
    """Yield the parts of a source's text; none where it stands on the source's page."""
    cut = cards.text_parts.get(source_id)
    if cut is None:
        return
    note = cards.site.sources[source_id].note
    lang = note.language or cards.site.settings.language
    section = section_of(Kind.SOURCE)
    identity = PageIdentity(
        path=note_url(Kind.SOURCE, source_id),
        folder="",
        template=TEMPLATE,
        frame=Frame(title=note.title, description=note.title, section=section, crumbs=()),
        lead="",
    )
    passages = passages_of(cards, source_id)
    own = _passages_by_part(cut, passages)
    texts = paragraphs_by_part(cards, source_id, passages, cut.part_of)
    links = _links(cards, source_id)
    for at, link in enumerate(links):
        start = _start_of(link)
        view = SourceTextPage(
            title=f"{note.title}: {link.title}",
            description=f"{note.title}: {link.title}.",
            section=section,
            crumbs=(
                way_to(Kind.SOURCE),
                NoteLink(f"source:{source_id}", identity.path, note.title),
            ),
            lang=lang,
            dir=direction(lang),
            paragraphs=_own_notes(texts.get(start, ())),
            passages=tuple(passage.view for passage in own.get(start, ())),
            parts=pager(identity, links, at),
        )
        yield PageSpec(link.url, TEMPLATE, view)


def _links(cards: Cards, source_id: SourceId) -> list[NoteLink]:
    """Return links to the parts of a text, each with the numbers of its paragraphs."""
    cut = cards.text_parts[source_id]
    numbers: dict[int, list[int]] = {}
    for number, start in enumerate(cut.parts, 1):
        numbers.setdefault(start, []).append(number)
    return [
        NoteLink(
            "", text_part_url(source_id, start), f"paragraphs {own[0]:,}–{own[-1]:,}", str(start)
        )
        for start, own in numbers.items()
    ]


def _start_of(link: NoteLink) -> int:
    return int(link.detail)


def _contents(links: Sequence[NoteLink]) -> tuple[ContentsGroup, ...]:
    bare = tuple(NoteLink("", link.url, link.title) for link in links)
    return (ContentsGroup(id="text", title="", lead="", count="", parts=bare),)


def _passages_by_part(
    cut: TextParts, passages: Sequence[Passage]
) -> Mapping[int, Sequence[Passage]]:
    found: dict[int, list[Passage]] = {}
    for passage in passages:
        found.setdefault(cut.part_of(passage.segments[0].start), []).append(passage)
    return found


def _own_notes(views: Sequence[ParagraphView]) -> tuple[ParagraphView, ...]:
    """Leave out the numbers of passages that began in an earlier part, beside which they stand."""
    begun = {passage.number for view in views for passage in view.passages}
    return tuple(_without_strangers(view, begun) for view in views)


def _without_strangers(view: ParagraphView, begun: set[int]) -> ParagraphView:
    pieces = tuple(
        replace(piece, ends=tuple(each for each in piece.ends if each.number in begun))
        for piece in view.pieces
    )
    return replace(view, pieces=pieces)
