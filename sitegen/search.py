"""What search looks through, as scripts that pages load on first use: Site and Findings → files.

Each kind of note has shards of its own, `data/search/claims-1.js`, `claims-2.js` …, with at most
2,000 documents and 280 KB each, in the order of the site; excerpts are a kind too, one document for
each passage. `data/search/contents.js` says how many there are. Only published words go in: of
sources the quoted passages, of notes what their pages show. How it is searched is the scripts'
business (`templates/static/js/search/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from sitegen.dates import FuzzyDate, words
from sitegen.ledger import Tables
from sitegen.markup import Resolve, Target, plain_text
from sitegen.model import Citation, Findings, Kind, Site
from sitegen.notes import ActorId, Assessment, ClaimId, SourceId
from sitegen.references import display_name, link_targets
from sitegen.script_data import script_json
from sitegen.text_parts import TextParts, passage_place, text_parts
from sitegen.unseen import show_in_text
from sitegen.urls import evidence_anchor, note_url
from sitegen.views import OutputFile

FOLDER: Final = "data/search"
CONTENTS: Final = f"{FOLDER}/contents.js"
LARGEST_SHARD: Final = 2000
"""Documents in a shard; a browser reads and indexes that many without a pause that is felt."""

HEAVIEST_SHARD: Final = 280_000
"""Bytes of a shard's documents, unless one alone has more."""

Document: TypeAlias = list[object]
"""A document, its empty last fields left out:

0. address: what stands for `*` in the kind's pattern of addresses, or a whole address
1. title: what readers call it; empty for an excerpt
2. text: more of its words; an excerpt's own words
3. detail: a few words beside the title: a role, a date, a publisher
4. codes: its kind and standing, with spaces between
5. dates: its first and last possible day, `2024-06-01/2024-06-30`, one if both are one
6. by: whose words these are or who says so, as positions among the actors
7. sources: positions among the sources
8. names: other names of it
9. translation: an excerpt in the site's language
10. language: of an excerpt's words, where it is not the site's
"""

_BETWEEN: Final = " · "
_AFRESH: Final = Tables()


def search_files(
    site: Site,
    findings: Findings,
    tables: Tables = _AFRESH,  # noqa: ARG001
    processes: int = 1,  # noqa: ARG001
) -> Iterator[OutputFile]:
    """Yield the shards of every kind, and the table of contents that says how many there are."""
    desk = _Desk(site, findings)
    kinds: list[object] = []
    for name, pattern, documents in desk.kinds():
        shards = [*_shards(documents)]
        kinds.append([name, pattern, [len(shard) for shard in shards]])
        for number, shard in enumerate(shards, 1):
            lines = b"[\n" + b",\n".join(shard) + b"\n]"
            yield _script(f"{name}s-{number}", f"search-{name}s-{number}", lines)
    contents = {"language": site.settings.language, "kinds": kinds}
    yield _script("contents", "search-contents", script_json(contents))


def _shards(documents: Iterable[Document]) -> Iterator[list[bytes]]:
    """Yield the documents of each shard as they stand in it."""
    shard: list[bytes] = []
    size = 0
    for text in map(script_json, documents):
        own = len(text) + 2
        if shard and (len(shard) == LARGEST_SHARD or size + own > HEAVIEST_SHARD):
            yield shard
            shard, size = [], 0
        shard.append(text)
        size += own
    if shard:
        yield shard


class _Desk:
    """Makes documents; what many of them need is made once."""

    def __init__(self, site: Site, findings: Findings) -> None:
        self.site = site
        self.findings = findings
        self.actor_at = {actor_id: at for at, actor_id in enumerate(site.actors)}
        self.source_at = {source_id: at for at, source_id in enumerate(site.sources)}
        self.resolve = _resolver(site)
        self.parts = text_parts(site)

    def kinds(self) -> Iterator[tuple[str, str, Iterable[Document]]]:
        """Yield each kind's name, its pattern of addresses and its documents."""
        makers: Mapping[Kind, Callable[[], Iterable[Document]]] = {
            Kind.ACTOR: self.actors,
            Kind.PLACE: self.places,
            Kind.SOURCE: self.sources,
            Kind.QUESTION: self.questions,
            Kind.MEASURE: self.measures,
            Kind.PAGE: self.pages,
            Kind.EVENT: self.events,
            Kind.CLAIM: self.claims,
        }
        for kind, make in makers.items():
            yield str(kind), note_url(kind, "*"), make()
        yield "excerpt", note_url(Kind.SOURCE, "*"), self.excerpts()

    def plain(self, *texts: str | None) -> str:
        """Return Markdown texts as plain words."""
        return _BETWEEN.join(plain_text(text, self.resolve) for text in texts if text)

    def judged(self, assessment: Assessment | None) -> tuple[str, ...]:
        """Return the words of a judgement."""
        if assessment is None:
            return ()
        lists = (assessment.assumptions, assessment.gaps, assessment.would_change)
        return (self.plain(assessment.rationale), *(text for texts in lists for text in texts))

    def actors_at(self, actors: Iterable[ActorId]) -> list[int]:
        return [self.actor_at[each] for each in dict.fromkeys(actors)]

    def sources_at(self, citations: Iterable[Citation]) -> list[int]:
        return [self.source_at[each] for each in dict.fromkeys(one.source for one in citations)]

    def actors(self) -> Iterator[Document]:
        for actor_id, record in self.site.actors.items():
            note = record.note
            yield _document(
                actor_id,
                note.name,
                _joined(self.plain(note.summary), *note.tags),
                detail=note.role,
                codes=(note.kind,),
                names=note.aliases_in_text,
            )

    def places(self) -> Iterator[Document]:
        for place_id, record in self.site.places.items():
            note = record.note
            yield _document(
                place_id,
                note.name,
                _joined(self.plain(note.summary), *note.tags),
                detail=note.country,
                names=note.aliases_in_text,
            )

    def sources(self) -> Iterator[Document]:
        for source_id, record in self.site.sources.items():
            note = record.note
            published = words(note.published) if note.published else ""
            yield _document(
                source_id,
                note.title,
                _joined(self.plain(note.summary, note.notes), *note.tags),
                detail=_joined(note.publisher, published),
                codes=(note.kind,),
                dates=note.published,
                sources=(self.source_at[source_id],),
                names=note.authors,
            )

    def questions(self) -> Iterator[Document]:
        for question_id, record in self.site.questions.items():
            note = record.note
            text = (self.plain(note.why), *note.indicators, *self.judged(note.assessment))
            yield _document(question_id, note.question, _joined(*text, *note.tags))

    def measures(self) -> Iterator[Document]:
        for measure_id, record in self.site.measures.items():
            note = record.note
            text = _joined(self.plain(note.definition), *note.tags)
            yield _document(measure_id, note.title, text, detail=note.unit)

    def pages(self) -> Iterator[Document]:
        for page_id, record in self.site.pages.items():
            note = record.note
            text = _joined(note.summary, self.plain(note.body), *note.tags)
            # The front page's address does not follow the pattern, so all pages give theirs whole.
            yield _document(note_url(Kind.PAGE, page_id), note.title, text)

    def events(self) -> Iterator[Document]:
        for event_id, record in self.site.events.items():
            note = record.note
            yield _document(
                event_id,
                note.title,
                _joined(self.plain(note.summary, note.notes), *note.tags),
                detail=words(note.date),
                codes=(note.kind,),
                dates=note.date,
                sources=self.sources_at(self.site.citations[record.ref]),
            )

    def claims(self) -> Iterator[Document]:
        for claim_id, record in self.site.claims.items():
            note = record.note
            text = (self.plain(note.analysis), *self.judged(note.assessment), *note.tags)
            yield _document(
                claim_id,
                note.statement,
                _joined(*text),
                codes=(note.kind, self.findings.standing[ClaimId(claim_id)]),
                dates=note.date,
                by=self.actors_at(note.asserted_by),
                sources=self.sources_at(self.site.citations[record.ref]),
            )

    def excerpts(self) -> Iterator[Document]:
        for source_id in self.site.sources:
            by_place: dict[str, list[Citation]] = {}
            for citation in self.site.citations_of_source[source_id]:
                by_place.setdefault(_place(self.parts, citation), []).append(citation)
            for place, citations in by_place.items():
                yield self.excerpt(source_id, place, citations)

    def excerpt(self, source_id: SourceId, place: str, citations: Sequence[Citation]) -> Document:
        note = self.site.sources[source_id].note
        translations = dict.fromkeys(
            each.evidence.translation.text for each in citations if each.evidence.translation
        )
        return _document(
            place,
            "",
            citations[0].excerpt.words,
            codes=dict.fromkeys(each.evidence.stance for each in citations),
            dates=note.published,
            by=self.actors_at(actor for each in citations for actor in each.evidence.said_by),
            sources=(self.source_at[source_id],),
            translation=_joined(*translations),
            language="" if note.language in {None, self.site.settings.language} else note.language,
        )


def _resolver(site: Site) -> Resolve:
    """Return what gives a link without words of its own the title of its target."""

    @cache
    def target(kind: str | None, note_id: str) -> Target | None:
        found = link_targets(site.records, kind, note_id)
        record = site.find(found[0]) if len(found) == 1 else None
        if record is None:
            return None
        return Target(note_url(*record.ref), display_name(record), str(record.ref))

    return lambda link: target(link.kind, link.id)


def _place(parts: Mapping[SourceId, TextParts], citation: Citation) -> str:
    """Return where a quotation is to be seen: in the article's text, or with its note."""
    if citation.excerpt.segments:
        return passage_place(parts, citation.source, citation.excerpt.segments)
    kind, note_id = citation.owner
    return f"{note_url(kind, note_id)}#{evidence_anchor(citation.number)}"


def _document(
    address: str,
    title: str,
    text: str,
    *,
    detail: str | None = "",
    codes: Iterable[str | None] = (),
    dates: FuzzyDate | None = None,
    by: Sequence[int] = (),
    sources: Sequence[int] = (),
    names: Sequence[str] = (),
    translation: str = "",
    language: str | None = "",
) -> Document:
    fields: Document = [
        address,
        show_in_text(title),
        show_in_text(text),
        show_in_text(detail or ""),
        " ".join(code for code in codes if code),
        _days(dates) if dates else "",
        *([*each] or 0 for each in (by, sources, [*map(show_in_text, names)])),
        show_in_text(translation),
        language or "",
    ]
    while not fields[-1]:
        fields.pop()
    return fields


def _days(date: FuzzyDate) -> str:
    first = date.earliest.isoformat() if date.earliest else ""
    last = date.latest.isoformat() if date.latest else ""
    return first if first == last else f"{first}/{last}"


def _joined(*texts: str | None) -> str:
    return _BETWEEN.join(text for text in texts if text)


# --- scripts ----------------------------------------------------------------------------------


def _script(file: str, name: str, value: bytes) -> OutputFile:
    content = b"sitegen.data(%b, %b);\n" % (script_json(name), value)
    return OutputFile(f"{FOLDER}/{file}.js", content)
