"""What the comparison of any two voices is made from in a browser: Site and Findings → scripts.

`data/compare/contents.js` says in how many lists the voices come (`voices-1.js` …), each voice with
the shards that hold what it says (`said-1.js` …). A comparison loads the lists and the shards of
two voices; no file is larger than `LARGEST`. The rules by which the script compares are those of
`sitegen.findings.common_ground`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct, field

from sitegen.dates import words
from sitegen.findings.statements import Number
from sitegen.findings.voices import Said, Voices
from sitegen.ledger import Tables
from sitegen.model import Kind, Ref, Site
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

_AFRESH: Final = Tables()


def comparison_files(
    site: Site, voices: Voices, tables: Tables = _AFRESH, processes: int = 1
) -> Iterator[OutputFile]:
    """Return the scripts from which a browser compares any two voices.

    What they hold is put into words at once, the files are made as they are asked for.
    """
    words = _Words(site, voices)
    written = _Written(
        statements=tables.table("statements in comparisons", voices.statements, words.statement),
        subjects=tables.table("subjects in comparisons", voices.places, words.subject),
        sources=tables.table("sources in comparisons", site.sources, words.source),
        said=tables.table("words in comparisons", voices.voices, words.said, processes),
    )
    return _files(site, voices, written)


class _Line(NamedTuple):
    """What a voice says of one statement, as it stands in a script, and what that needs besides."""

    statement: Ref
    content: bytes
    sources: tuple[SourceId, ...]


class _Written(NamedTuple):
    """All that is said, and what it is said of, as it stands in scripts."""

    statements: Mapping[Ref, bytes]
    subjects: Mapping[Ref, bytes]
    sources: Mapping[SourceId, bytes]
    said: Mapping[Ref, tuple[_Line, ...]]


def _files(site: Site, voices: Voices, written: _Written) -> Iterator[OutputFile]:
    shards = _Shards(voices, written)
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


Entries = dict[bytes, bytes]
"""Parts of a script by what they are called, both as they stand there."""


class _Shard(Struct):
    """A script with what some voices say, while it grows."""

    statements: Entries = field(default_factory=dict)
    subjects: Entries = field(default_factory=dict)
    sources: Entries = field(default_factory=dict)
    said: dict[str, list[bytes]] = field(default_factory=dict)
    size: int = 0

    def growth(self, line: bytes, needs: Sequence[Entries]) -> int:
        """Return about how many bytes a line, and what it needs that is not here yet, would add."""
        new = [
            len(name) + len(entry) + 4
            for entries, known in zip(needs, self._known(), strict=True)
            for name, entry in entries.items()
            if name not in known
        ]
        return len(line) + sum(new) + 100

    def add(self, voice: str, line: bytes, needs: Sequence[Entries]) -> None:
        """Add a line, and what it needs."""
        self.size += self.growth(line, needs)
        for entries, known in zip(needs, self._known(), strict=True):
            known.update(entries)
        self.said.setdefault(voice, []).append(line)

    def _known(self) -> tuple[Entries, Entries, Entries]:
        return self.statements, self.subjects, self.sources


class _Shards:
    """All such scripts: each voice follows on the one before, a long one fills several."""

    def __init__(self, voices: Voices, written: _Written) -> None:
        self.voices = voices
        self.written = written
        self.subjects_of = {ref: voices.statements.subjects[ref] for ref in voices.statements}
        self.all: list[_Shard] = [_Shard()]

    def add(self, ref: Ref) -> tuple[int, int]:
        """Add a voice, and return the numbers of the first and the last shard that hold of it."""
        first = 0
        for line in self.written.said[ref]:
            needs = self._needs(line)
            if self.all[-1].size + self.all[-1].growth(line.content, needs) > LARGEST:
                self.all.append(_Shard())
            self.all[-1].add(str(ref), line.content, needs)
            first = first or len(self.all)
        return first, len(self.all)

    def _needs(self, line: _Line) -> tuple[Entries, Entries, Entries]:
        subjects = self.subjects_of[line.statement]
        return (
            {_named(str(line.statement)): self.written.statements[line.statement]},
            {_named(str(each)): self.written.subjects[each] for each in subjects},
            {_named(each): self.written.sources[each] for each in line.sources},
        )


def _named(name: str) -> bytes:
    return b'"%b"' % name.encode()  # refs and ids hold nothing that would have to be written apart


class _Words:
    """Puts into words what scripts hold; what many voices speak of once."""

    def __init__(self, site: Site, voices: Voices) -> None:
        self.site = site
        self.voices = voices

    def said(self, ref: Ref) -> tuple[_Line, ...]:
        """Return what a voice says of each statement."""
        lines = []
        for key, said in self.voices.voices[ref].said.items():
            passages = [_passage(self.site, each) for each in said]
            cited = tuple(dict.fromkeys(each.citation.source for each in said))
            lines.append(_Line(key, shown_json({"ref": str(key), "said": passages}), cited))
        return tuple(lines)

    def subject(self, ref: Ref) -> bytes:
        """Return an event, a measure or a question."""
        record = self.site.find(ref)
        title = display_name(record) if record else ref.id
        return shown_json({"ref": str(ref), "title": title, "place": self.voices.places[ref]})

    def source(self, source_id: SourceId) -> bytes:
        """Return a source."""
        note = self.site.sources[source_id].note
        is_other = note.language not in {None, self.site.settings.language}
        return shown_json(_filled(title=note.title, lang=note.language if is_other else ""))

    def statement(self, ref: Ref) -> bytes:
        """Return a statement."""
        statement, record = self.voices.statements[ref], self.site.find(ref)
        number = statement.number
        row = _filled(
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
        return shown_json(row)

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
    named = (_entries(each) for each in (shard.statements, shard.subjects, shard.sources))
    return b'{"statements":%b,\n"subjects":%b,\n"sources":%b,\n"said":{%b}}' % (*named, voices)


def _entries(entries: Entries) -> bytes:
    return b"{%b}" % b",".join(b"%b:%b" % each for each in entries.items())


def _script(name: str, value: bytes) -> OutputFile:
    content = b"sitegen.data(%b, %b);\n" % (shown_json(f"compare-{name}"), value)
    return OutputFile(f"{FOLDER}/{name}.js", content)
