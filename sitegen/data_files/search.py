"""What search looks through, as scripts that pages load on first use: Site and Findings → files.

`data/search/contents.js` lists the shards. Each kind of note has shards of its own, such as
`data/search/claims-a.js` and `claims-k.js`, or `claims-all.js` if one is enough. A shard has at
most 2,000 documents and 280 KB, in the order of the site. Excerpts are a kind of their own, with
one document for each passage.

Only published words go in: of sources the quoted passages, of notes what their pages show. How they
are searched is the scripts' business (`templates/static/js/search/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from sitegen.data_files.script_data import script_json
from sitegen.data_files.search_shards import Batch, Shard, batches_of, joined, shards_of
from sitegen.dates import FuzzyDate, words
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.markup import LinkRef, convert
from sitegen.markup.conversion import words_of_markup
from sitegen.model import Citation, Findings, Site
from sitegen.notes import (
    ActorId,
    Assessment,
    ClaimId,
    EventId,
    MeasureId,
    PlaceId,
    QuestionId,
    SourceId,
)
from sitegen.references import display_name, targets_of
from sitegen.runs import Run, runs_of
from sitegen.text_parts import TextParts, parts_of, passage_place
from sitegen.unseen import show_in_text
from sitegen.urls import evidence_anchor, note_url
from sitegen.views import FileMaker, file_maker

FOLDER: Final = "data/search"
CONTENTS: Final = f"{FOLDER}/contents.js"
Document: TypeAlias = list[object]
"""A document, without the empty fields at its end:

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

K = TypeVar("K", bound=str)

_KINDS: Final = (
    Kind.ACTOR,
    Kind.PLACE,
    Kind.SOURCE,
    Kind.QUESTION,
    Kind.MEASURE,
    Kind.PAGE,
    Kind.EVENT,
    Kind.CLAIM,
)
_EXCERPT: Final = "excerpt"
_BETWEEN: Final = " · "

WEIGHTS: Final = ("weights of documents", "weights of excerpts")
"""The names of tables all of whose entries are read in every build, whatever has changed."""


class _Script(NamedTuple):
    """The kind and the slug of a shard."""

    kind: str
    slug: str

    def name(self) -> str:
        """Return the name of the script."""
        return f"{self.kind}s-{self.slug}"


_Place: TypeAlias = "tuple[Run | SourceId, int]"
"""A batch: the run of notes or the source that it is of, and its position among their batches."""

_Weights: TypeAlias = tuple[tuple[int, int], ...]
"""How many documents each of some batches has, and what it weighs."""


def search_files(
    site: Site, findings: Findings, tables: Tables = NOTHING_KEPT, processes: int = 1
) -> tuple[FileMaker, ...]:
    """Return the makers of the table of contents, and of the shards of every kind.

    Documents are made here; files are put together when they are asked for.
    """
    maker = _DocumentMaker(
        site,
        findings,
        actor_at=_places("places of actors in search", site.actors, tables),
        source_at=_places("places of sources in search", site.sources, tables),
    )
    runs = runs_of(site, _KINDS)
    notes = tables.table("documents of search", runs, maker.documents, processes)
    excerpts = tables.table("excerpts of search", site.sources, maker.excerpts, processes)
    name_of_notes, name_of_excerpts = WEIGHTS
    of_notes = tables.table(name_of_notes, notes, lambda run: _weights(notes[run]))
    of_excerpts = tables.table(name_of_excerpts, excerpts, lambda each: _weights(excerpts[each]))
    tables.done_with(notes, excerpts)
    cut = tables.whole("shards of search", lambda: tuple(_cut(of_notes, of_excerpts)))
    places = _places_in(of_notes, of_excerpts)
    found = {
        _Script(kind, shard.slug): tuple(islice(places, shard.batches))
        for kind, shards in cut.value
        for shard in shards
    }
    batches = tables.given("batches of search", found, found)
    held: Mapping[str, Mapping[Any, tuple[Batch, ...]]] = {
        **dict.fromkeys(map(str, _KINDS), notes),
        _EXCERPT: excerpts,
    }
    return (
        _file("contents", lambda: _contents(site, cut.value)),
        *(_file(each.name(), partial(_shard, held[each.kind], batches, each)) for each in found),
    )


def _places(name: str, ids: Iterable[K], tables: Tables) -> Mapping[K, int]:
    places = {each: at for at, each in enumerate(ids)}
    return tables.given(name, places, signs=places)


def _weights(batches: Iterable[Batch]) -> _Weights:
    return tuple((each.documents, each.weight) for each in batches)


def _places_in(*tables: Mapping[Any, _Weights]) -> Iterator[_Place]:
    """Yield the places of all batches, in the order in which they are divided into shards."""
    rows = chain.from_iterable(each.items() for each in tables)
    return ((owner, at) for owner, own in rows for at in range(len(own)))


def _cut(
    of_notes: Mapping[Run, _Weights], of_excerpts: Mapping[SourceId, _Weights]
) -> Iterator[tuple[str, tuple[Shard, ...]]]:
    """Yield every kind with its shards."""
    rows: dict[str, tuple[list[str], list[int], list[int]]] = {
        kind: ([], [], []) for kind in (*_KINDS, _EXCERPT)
    }
    of_runs = ((run.kind, run.ids[0], own) for run, own in of_notes.items())
    of_sources = ((_EXCERPT, source_id, own) for source_id, own in of_excerpts.items())
    for kind, first, own in chain(of_runs, of_sources):
        filed, documents, weights = rows[kind]
        for count, weight in own:
            filed.append(first)
            documents.append(count)
            weights.append(weight)
    for kind, row in rows.items():
        yield str(kind), tuple(shards_of(*row))


def _shard(
    held: Mapping[Any, tuple[Batch, ...]],
    batches: Mapping[_Script, tuple[_Place, ...]],
    script: _Script,
) -> bytes:
    return joined(held[owner][at] for owner, at in batches[script])


def _contents(site: Site, cut: Iterable[tuple[str, tuple[Shard, ...]]]) -> bytes:
    """Return every kind's name, its pattern of addresses and its shards."""
    kinds = [
        (
            kind,
            note_url(Kind.SOURCE if kind == _EXCERPT else Kind(kind), "*"),
            [(shard.slug, shard.documents) for shard in shards],
        )
        for kind, shards in cut
    ]
    return script_json({"language": site.settings.language, "kinds": kinds})


class _DocumentMaker:
    """Makes documents, each from what it looks up."""

    def __init__(
        self,
        site: Site,
        findings: Findings,
        actor_at: Mapping[ActorId, int],
        source_at: Mapping[SourceId, int],
    ) -> None:
        self.site = site
        self.findings = findings
        self.actor_at = actor_at
        self.source_at = source_at
        self.makers: Mapping[Kind, Callable[[str], Document]] = {
            Kind.ACTOR: self.actor,
            Kind.PLACE: self.place,
            Kind.SOURCE: self.source,
            Kind.QUESTION: self.question,
            Kind.MEASURE: self.measure,
            Kind.PAGE: self.page,
            Kind.EVENT: self.event,
            Kind.CLAIM: self.claim,
        }

    def documents(self, run: Run) -> tuple[Batch, ...]:
        """Return the documents of a run of notes."""
        make = self.makers[run.kind]
        return batches_of([script_json(make(each)) for each in run.ids])

    def excerpts(self, source_id: SourceId) -> tuple[Batch, ...]:
        """Return the passages of a source, in the order of its text."""
        cut = parts_of(self.site, source_id) if source_id in self.site.seeds else None
        parts = {source_id: cut} if cut else {}
        by_place: dict[str, list[Citation]] = {}
        for citation in self.site.citations_of_source[source_id]:
            by_place.setdefault(_place(parts, citation), []).append(citation)
        return batches_of(
            [script_json(self.excerpt(source_id, *each)) for each in by_place.items()]
        )

    def plain(self, *texts: str | None) -> str:
        """Return Markdown texts as plain words."""
        return _BETWEEN.join(
            [words_of_markup(convert(text)).filled(self.said_by) for text in texts if text]
        )

    def said_by(self, link: LinkRef) -> str:
        """Return what a link says: without words of its own, the title of its target."""
        if link.embed:
            return ""
        if link.words:
            return link.words
        meant = targets_of(self.site.refs_of, link.kind, link.id)
        found = [record for ref in meant if (record := self.site.find(ref))]
        return display_name(found[0]) if len(found) == 1 else link.id

    def judged(self, assessment: Assessment | None) -> tuple[str, ...]:
        """Return the texts of a judgement."""
        if assessment is None:
            return ()
        lists = (assessment.assumptions, assessment.gaps, assessment.would_change)
        return (self.plain(assessment.rationale), *(text for texts in lists for text in texts))

    def actors_at(self, actors: Iterable[ActorId]) -> list[int]:
        return [self.actor_at[each] for each in dict.fromkeys(actors)]

    def sources_at(self, citations: Iterable[Citation]) -> list[int]:
        sources = dict.fromkeys([each.evidence.source for each in citations])
        return [self.source_at[each] for each in sources]

    def actor(self, actor_id: str) -> Document:
        note = self.site.actors[ActorId(actor_id)].note
        return _document(
            actor_id,
            note.name,
            _joined(self.plain(note.summary), *note.tags),
            detail=note.role,
            codes=(note.kind,),
            names=note.aliases_in_text,
        )

    def place(self, place_id: str) -> Document:
        note = self.site.places[PlaceId(place_id)].note
        return _document(
            place_id,
            note.name,
            _joined(self.plain(note.summary), *note.tags),
            detail=note.country,
            names=note.aliases_in_text,
        )

    def source(self, source_id: str) -> Document:
        note = self.site.sources[SourceId(source_id)].note
        published = words(note.published) if note.published else ""
        return _document(
            source_id,
            note.title,
            _joined(self.plain(note.summary, note.notes), *note.tags),
            detail=_joined(note.publisher, published),
            codes=(note.kind,),
            dates=note.published,
            sources=(self.source_at[SourceId(source_id)],),
            names=note.authors,
        )

    def question(self, question_id: str) -> Document:
        note = self.site.questions[QuestionId(question_id)].note
        text = (self.plain(note.why), *note.indicators, *self.judged(note.assessment))
        return _document(question_id, note.question, _joined(*text, *note.tags))

    def measure(self, measure_id: str) -> Document:
        note = self.site.measures[MeasureId(measure_id)].note
        text = _joined(self.plain(note.definition), *note.tags)
        return _document(measure_id, note.title, text, detail=note.unit)

    def page(self, page_id: str) -> Document:
        note = self.site.pages[page_id].note
        text = _joined(note.summary, self.plain(note.body), *note.tags)
        # The front page's address does not follow the pattern, so all pages give theirs whole.
        return _document(note_url(Kind.PAGE, page_id), note.title, text)

    def event(self, event_id: str) -> Document:
        record = self.site.events[EventId(event_id)]
        note = record.note
        return _document(
            event_id,
            note.title,
            _joined(self.plain(note.summary, note.notes), *note.tags),
            detail=words(note.date),
            codes=(note.kind,),
            dates=note.date,
            sources=self.sources_at(self.site.citations[record.ref]),
        )

    def claim(self, claim_id: str) -> Document:
        record = self.site.claims[ClaimId(claim_id)]
        note = record.note
        text = (self.plain(note.analysis), *self.judged(note.assessment), *note.tags)
        return _document(
            claim_id,
            note.statement,
            _joined(*text),
            codes=(note.kind, self.findings.standing[ClaimId(claim_id)]),
            dates=note.date,
            by=self.actors_at(note.asserted_by),
            sources=self.sources_at(self.site.citations[record.ref]),
        )

    def excerpt(self, source_id: SourceId, place: str, citations: Sequence[Citation]) -> Document:
        note = self.site.sources[source_id].note
        passages = [each.evidence for each in citations]
        translations = dict.fromkeys(
            [each.translation.text for each in passages if each.translation]
        )
        return _document(
            place,
            "",
            citations[0].excerpt.words,
            codes=dict.fromkeys([each.stance for each in passages]),
            dates=note.published,
            by=self.actors_at([actor for each in passages for actor in each.said_by]),
            sources=(self.source_at[source_id],),
            translation=_joined(*translations),
            language="" if note.language in {None, self.site.settings.language} else note.language,
        )


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
        " ".join([code for code in codes if code]),
        _days(dates) if dates else "",
        [*by] or 0,
        [*sources] or 0,
        [*map(show_in_text, names)] or 0,
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
    return _BETWEEN.join([text for text in texts if text])


# --- scripts ----------------------------------------------------------------------------------


def _file(name: str, make: Callable[[], bytes]) -> FileMaker:
    def content() -> bytes:
        return b"sitegen.data(%b, %b);\n" % (script_json(f"search-{name}"), make())

    return file_maker(f"{FOLDER}/{name}.js", content)
