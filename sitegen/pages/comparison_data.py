"""What the comparison of any two voices is made from in a browser: Site and Findings → scripts.

`data/compare/contents.js` says in how many lists the voices come (`voices-1.js` …), each voice with
the shards that hold what it says (`said-1.js` …). A comparison loads the lists and the shards of
two voices; no file is larger than `LARGEST`. The rules by which the script compares are those of
`sitegen.findings.common_ground`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from sitegen.dates import words
from sitegen.findings.voices import Number, Said, Statement, Voices, voices_of
from sitegen.ledger import Tables
from sitegen.model import Findings, Kind, Ref, Site
from sitegen.notes import ActorId, ClaimId, SourceId
from sitegen.pages.pairs import voice_names
from sitegen.quantities import say_quantity
from sitegen.references import display_name
from sitegen.script_data import as_number, shown_json
from sitegen.urls import evidence_anchor, note_url, passage_url
from sitegen.views import OutputFile

FOLDER: Final = "data/compare"

LARGEST: Final = 280_000
"""Bytes that a script may have."""

Row = dict[str, object]
"""A statement, or what a voice says of one; what would be empty is left out.

A statement stands once in each shard where any voice speaks of it:

- `ref`, `title`, `order` (its place on the site), `subjects` (refs; it is shown under the first)
- `number`: `measure`, `low`, `high`, `scope`, `first` and `last` day, `words`
- `ties`: to other statements: `other`, `type`, `isInverse` (the other says so), `why`

What a voice says of it has its `ref`, and

- `said`: the passages: `stance`, `origin`, `words`, `url`, `isHeld` (the text is, so that it was
  checked), `source`, `by` (the names of its speakers), `translation` and `translator`, `digit` (its
  grade), `date` (a rival date in words)
"""

Named = dict[str, Row]
"""Statements, subjects or sources by the ref or id under which rows name them."""

_AFRESH: Final = Tables()


def comparison_files(
    site: Site,
    findings: Findings,  # noqa: ARG001
    tables: Tables = _AFRESH,  # noqa: ARG001
    processes: int = 1,  # noqa: ARG001
) -> Iterator[OutputFile]:
    """Yield the scripts from which a browser compares any two voices."""
    voices = voices_of(site)
    shards = _Shards(site, voices)
    listed = [_voice(site, voices, ref, *shards.add(ref)) for ref in voices.voices]
    lists = list(_packed(listed))
    for number, shard in enumerate(shards.all, 1):
        yield _script(f"said-{number}", _object(shard))
    for number, names in enumerate(lists, 1):
        yield _script(f"voices-{number}", b"[\n%b\n]" % b",".join(names))
    contents = {"language": site.settings.language, "lists": len(lists)}
    yield _script("contents", shown_json(contents))


def _voice(site: Site, voices: Voices, ref: Ref, first: int, last: int) -> bytes:
    """Return a voice: its ref, names from short to long, grade, and which shards hold its words."""
    publisher, beginning, title = voice_names(site, ref)
    if ref.kind is Kind.SOURCE:
        note = site.sources[SourceId(ref.id)].note
        date = words(note.published) if note.published else "date not known"
        detail = f"{publisher or 'publisher not stated'}, {date}"
        letter = note.reliability or ""
    else:
        detail, letter = site.actors[ActorId(ref.id)].note.role or "", ""
    said = len(voices.voices[ref].said)
    names = [publisher, beginning, title]
    return shown_json(
        _filled(ref=str(ref), names=names, detail=detail, letter=letter, count=said)
        | {"first": first, "last": last}
    )


@dataclass(slots=True)
class _Shard:
    """A script with what some voices say, while it grows."""

    statements: Named = field(default_factory=dict)
    subjects: Named = field(default_factory=dict)
    sources: Named = field(default_factory=dict)
    said: dict[str, list[bytes]] = field(default_factory=dict)
    size: int = 0

    def growth(self, row: bytes, statements: Named, subjects: Named, sources: Named) -> int:
        """Return about how many bytes a row, and what it needs that is not here yet, would add."""
        needed = (
            (statements, self.statements),
            (subjects, self.subjects),
            (sources, self.sources),
        )
        new = [
            [name, named]
            for names, known in needed
            for name, named in names.items()
            if name not in known
        ]
        return len(row) + len(shown_json(new)) + 100


class _Shards:
    """All such scripts: each voice follows on the one before, a long one fills several."""

    def __init__(self, site: Site, voices: Voices) -> None:
        self.site = site
        self.voices = voices
        self.all: list[_Shard] = [_Shard()]
        # What many voices speak of is put into words once.
        self._rows = {ref: self._row(each) for ref, each in voices.statements.items()}
        self._subjects = {ref: self._subject(ref) for ref in voices.places}
        self._sources = {each: self._source(each) for each in site.sources}

    def add(self, ref: Ref) -> tuple[int, int]:
        """Add a voice, and return the numbers of the first and the last shard that hold of it."""
        voice = self.voices.voices[ref]
        first = 0
        for key, said in voice.said.items():
            statement = self.voices.statements[key]
            passages = [_passage(self.site, each) for each in said]
            row = shown_json({"ref": str(key), "said": passages})
            statements = {str(key): self._rows[key]}
            subjects = {str(each): self._subjects[each] for each in statement.subjects}
            cited = dict.fromkeys(each.citation.source for each in said)
            sources: Named = {each: self._sources[each] for each in cited}
            shard = self.all[-1]
            size = shard.growth(row, statements, subjects, sources)
            if shard.size + size > LARGEST:
                shard = _Shard()
                self.all.append(shard)
                size = shard.growth(row, statements, subjects, sources)
            shard.size += size
            shard.statements |= statements
            shard.subjects |= subjects
            shard.sources |= sources
            shard.said.setdefault(str(ref), []).append(row)
            first = first or len(self.all)
        return first, len(self.all)

    def _subject(self, ref: Ref) -> Row:
        record = self.site.find(ref)
        title = display_name(record) if record else ref.id
        return {"ref": str(ref), "title": title, "place": self.voices.places[ref]}

    def _source(self, source_id: SourceId) -> Row:
        note = self.site.sources[source_id].note
        is_other = note.language not in {None, self.site.settings.language}
        return _filled(title=note.title, lang=note.language if is_other else "")

    def _row(self, statement: Statement) -> Row:
        record = self.site.find(statement.ref)
        number = statement.number
        return _filled(
            ref=str(statement.ref),
            title=display_name(record) if record else statement.ref.id,
            order=statement.order,
            subjects=[str(each) for each in statement.subjects],
            number=self._number(statement.ref, number) if number else None,
            ties=[
                _filled(
                    other=str(each.other), type=each.type, isInverse=each.is_inverse, why=each.why
                )
                for each in statement.ties
            ],
        )

    def _number(self, ref: Ref, number: Number) -> Row:
        quantity = self.site.claims[ClaimId(ref.id)].note.quantity
        date, unit = number.date, self.site.measures[number.measure].note.unit
        return _filled(
            measure=number.measure,
            low=as_number(number.low),
            high=as_number(number.high),
            scope=number.scope,
            first=date.earliest.isoformat() if date and date.earliest else "",
            last=date.latest.isoformat() if date and date.latest else "",
            words=f"{say_quantity(quantity)} {unit}",
        )


def _passage(site: Site, said: Said) -> Row:
    citation, translation = said.citation, said.citation.evidence.translation
    segments = citation.excerpt.segments
    if segments:
        url = passage_url(citation.source, segments)
    else:
        url = f"{note_url(*citation.owner)}#{evidence_anchor(citation.number)}"
    return _filled(
        stance=said.stance,
        origin=said.origin,
        words=citation.excerpt.words,
        url=url,
        isHeld=bool(segments),
        source=citation.source,
        by=[display_name(site.actors[each]) for each in citation.evidence.said_by],
        translation=translation.text if translation else "",
        translator=(translation.by or "unknown") if translation else "",
        digit=citation.evidence.credibility,
        date=words(citation.rival_date) if citation.rival_date else "",
    )


def _filled(**fields: object) -> Row:
    """Return the fields that are neither empty nor false; numbers always."""
    return {name: value for name, value in fields.items() if value or type(value) is int}


# --- scripts ----------------------------------------------------------------------------------


def _packed(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield rows in as many lists as keep scripts small."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        own = len(row) + 1
        if held and size + own > LARGEST:
            yield held
            held, size = [], 0
        held.append(row)
        size += own
    yield held


def _object(shard: _Shard) -> bytes:
    voices = b",\n".join(
        b"%b:[\n%b\n]" % (shown_json(ref), b",\n".join(rows)) for ref, rows in shard.said.items()
    )
    named = (shown_json(each) for each in (shard.statements, shard.subjects, shard.sources))
    return b'{"statements":%b,\n"subjects":%b,\n"sources":%b,\n"said":{%b}}' % (*named, voices)


def _script(name: str, value: bytes) -> OutputFile:
    content = b"sitegen.data(%b, %b);\n" % (shown_json(f"compare-{name}"), value)
    return OutputFile(f"{FOLDER}/{name}.js", content)
