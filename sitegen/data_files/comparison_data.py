"""The data with which a browser compares any two voices: Site and Voices → scripts.

- `data/compare/contents.js` says how many lists of voices there are.
- `data/compare/voices-1.js` … are these lists.
- `data/compare/sources/herald.js` has what one voice says. If that would be larger than `LARGEST`,
  it continues in `herald.2.js` …. So a passage that changes only changes the scripts of its voices.

A comparison loads the lists and the scripts of two voices. It compares by the rules of
`sitegen.findings.common_ground`. Fields that are empty are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from msgspec import Raw, Struct, field

from sitegen.data_files.script_data import as_number, json, shown
from sitegen.dates import words
from sitegen.findings.statements import Number
from sitegen.findings.voices import Said, Voices
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref, Site
from sitegen.notes import ActorId, ClaimId, EventId, SourceId
from sitegen.pages.pairs import voice_names
from sitegen.quantities import say_quantity
from sitegen.references import display_name
from sitegen.urls import evidence_anchor, note_url, passage_url
from sitegen.views import FileMaker, OutputFile

FOLDER: Final = "data/compare"

LARGEST: Final = 280_000
"""Bytes that a script may have."""


class _Tie(Struct, rename="camel", omit_defaults=True):
    """How a statement stands to another one; `is_inverse` where the other one declares it."""

    other: str
    relation: str = field(name="type")
    is_inverse: bool = False
    why: str = ""


class _Number(Struct, omit_defaults=True):
    """The number that a statement gives of a measure, and for which days."""

    measure: str
    low: Raw
    high: Raw
    scope: str = ""
    first: str = ""
    last: str = ""
    words: str = ""


class _Statement(Struct, omit_defaults=True):
    """A statement, in the script of each voice that speaks of it.

    `subjects` are the refs of what it is about; it is shown under the first.
    """

    ref: str
    title: str
    subjects: list[str] = field(default_factory=list)
    number: _Number | None = None
    ties: list[_Tie] = field(default_factory=list)


class _Passage(Struct, rename="camel", omit_defaults=True):
    """A passage in which a voice speaks.

    `is_held` where the source's text is held, so that the passage was checked. `source` is an id,
    `by` are the names of the speakers, `digit` is the passage's grade, and `date` a rival date in
    words.
    """

    stance: str
    origin: int
    words: str
    url: str
    is_held: bool = False
    source: str = ""
    by: list[str] = field(default_factory=list)
    translation: str = ""
    translator: str = ""
    digit: str = ""
    date: str = ""


class _Line(Struct):
    """What a voice says of a statement."""

    ref: str
    said: list[_Passage]


_BETWEEN: Final = 3  # bytes that separate a line, and a statement, from the next one


def comparison_files(
    site: Site, voices: Voices, tables: Tables = NOTHING_KEPT, processes: int = 1
) -> tuple[FileMaker, ...]:
    """Return the makers of the scripts with which a browser compares any two voices.

    What several scripts contain is made here; the rest is made when a file is asked for.
    """
    words = _Words(site, voices)
    shared = _Shared(
        statements=tables.table(
            "statements in comparisons", voices.statements, words.statement, processes
        ),
        subjects=tables.table("subjects in comparisons", voices.subject_order, words.subject),
        sources=tables.table("sources in comparisons", site.sources, words.source),
    )
    tables.done_with(shared.statements)
    rows = tables.table("voices in comparisons", voices.voices, partial(_voice, site, voices))
    lists = tables.together("voices in lists", lambda: dict(enumerate(_lists(rows), 1)))
    return (
        _script("contents", lambda: _contents(site, len(lists))),
        *(_script(f"voices-{number}", partial(_list, rows, lists, number)) for number in lists),
        *(
            FileMaker(partial(_files, words, shared, ref), f"{FOLDER}/{_name(ref)}.js")
            for ref in rows
        ),
    )


class _Shared(NamedTuple):
    """What the scripts of several voices contain, as it stands there: a JSON name and value.

    With each statement come the subjects that it needs.
    """

    statements: Mapping[Ref, tuple[bytes, tuple[Ref, ...]]]
    subjects: Mapping[Ref, bytes]
    sources: Mapping[SourceId, bytes]


_Lacking = tuple[dict[Ref, bytes], dict[SourceId, bytes]]
"""Subjects and sources that a script lacks."""


def _name(ref: Ref) -> str:
    return f"{ref.kind.plural}/{ref.id}"


# --- the lists of voices ----------------------------------------------------------------------


def _voice(site: Site, voices: Voices, ref: Ref) -> bytes:
    """Return a voice as JSON: its ref, its names from short to long, its grade and more.

    `count` is the number of statements of which it speaks.
    """
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
    return json(_filled(ref=str(ref), names=names, detail=detail, letter=letter, count=said))


def _lists(rows: Mapping[Ref, bytes]) -> Iterator[tuple[Ref, ...]]:
    """Yield voices in lists whose scripts are at most `LARGEST`; at least one, if an empty one."""
    held: list[Ref] = []
    size = 0
    for ref, row in rows.items():
        own = len(row) + 1
        if held and size + own > LARGEST:
            yield tuple(held)
            held, size = [], 0
        held.append(ref)
        size += own
    yield tuple(held)


def _list(rows: Mapping[Ref, bytes], lists: Mapping[int, tuple[Ref, ...]], number: int) -> bytes:
    return b"[\n%b\n]" % b",".join([rows[ref] for ref in lists[number]])


# --- what a voice says ------------------------------------------------------------------------


class _Part(Struct):
    """A script with what a voice says, while it grows: its lines, and once each all they refer to.

    `size` is in bytes.
    """

    said: list[bytes] = field(default_factory=list)
    statements: list[bytes] = field(default_factory=list)
    subjects: dict[Ref, bytes] = field(default_factory=dict)
    sources: dict[SourceId, bytes] = field(default_factory=dict)
    size: int = 0

    def lacking(self, shared: _Shared, about: Iterable[Ref], said: Iterable[Said]) -> _Lacking:
        """Return the subjects and sources that a line needs and the script does not have yet.

        `about` are the subjects of its statement, `said` its passages.
        """
        subjects, sources = self.subjects, self.sources
        cited = [each.citation.evidence.source for each in said]
        return (
            {each: shared.subjects[each] for each in about if each not in subjects},
            {each: shared.sources[each] for each in cited if each not in sources},
        )

    def written(self, *, is_last: bool) -> bytes:
        """Return the script's value as JSON; unless it is the last, it says that there is more."""
        named = map(b",".join, (self.statements, self.subjects.values(), self.sources.values()))
        more = b"" if is_last else b',\n"more":true'
        value = b'{"statements":{%b},\n"subjects":{%b},\n"sources":{%b},\n"said":[\n%b\n]%b}'
        return value % (*named, b",\n".join(self.said), more)


def _files(words: _Words, shared: _Shared, ref: Ref) -> Iterator[OutputFile]:
    """Yield the scripts with what a voice says; most need one."""
    parts = [*_parts(words, shared, ref)]
    for number, part in enumerate(parts, 1):
        name = _name(ref) if number == 1 else f"{_name(ref)}.{number}"
        yield _output(name, part.written(is_last=number == len(parts)))


def _parts(words: _Words, shared: _Shared, ref: Ref) -> Iterator[_Part]:
    part = _Part()
    for key, said in words.voices.voices[ref].said.items():
        line, (statement, about) = words.line(key, said), shared.statements[key]
        own = len(line) + len(statement) + _BETWEEN
        new = part.lacking(shared, about, said)
        size = own + _size(new)
        if part.said and part.size + size > LARGEST:
            yield part
            part = _Part()
            new = part.lacking(shared, about, said)
            size = own + _size(new)
        part.size += size
        part.said.append(line)
        part.statements.append(statement)
        part.subjects.update(new[0])
        part.sources.update(new[1])
    yield part


def _size(new: _Lacking) -> int:
    """Return how many bytes the subjects and sources take that a script lacks."""
    return sum([len(entry) + 1 for entries in new for entry in entries.values()])


def _entry(name: object, value: object) -> bytes:
    """Return a name and a value as JSON; refs and ids have nothing that would need escaping."""
    return b'"%b":%b' % (str(name).encode(), json(value))


class _Words:
    """Makes the JSON that scripts are put together from."""

    def __init__(self, site: Site, voices: Voices) -> None:
        self.site = site
        self.voices = voices

    def line(self, ref: Ref, said: Iterable[Said]) -> bytes:
        """Return what a voice says of a statement."""
        return json(_Line(str(ref), [_passage(self.site, each) for each in said]))

    def subject(self, ref: Ref) -> bytes:
        """Return an event, a measure or a question."""
        record = self.site.find(ref)
        title = display_name(record) if record else ref.id
        date = self.voices.subject_order.dates[EventId(ref.id)] if ref.kind is Kind.EVENT else ""
        return _entry(ref, _filled(ref=str(ref), title=title, date=date))

    def source(self, source_id: SourceId) -> bytes:
        """Return a source."""
        note = self.site.sources[source_id].note
        is_other = note.language not in {None, self.site.settings.language}
        own = _filled(title=note.title, lang=note.language if is_other else "")
        return _entry(source_id, own)

    def statement(self, ref: Ref) -> tuple[bytes, tuple[Ref, ...]]:
        """Return a statement, and the subjects that it is about."""
        statement, record = self.voices.statements[ref], self.site.find(ref)
        number = statement.number
        row = _Statement(
            ref=str(statement.ref),
            title=display_name(record) if record else statement.ref.id,
            subjects=[str(each) for each in statement.subjects],
            number=self._number(statement.ref, number) if number else None,
            ties=[
                _Tie(str(each.other), each.type, each.is_inverse, each.why)
                for each in statement.ties
            ],
        )
        return _entry(ref, row), statement.subjects

    def _number(self, ref: Ref, number: Number) -> _Number:
        quantity = self.site.claims[ClaimId(ref.id)].note.quantity
        date, unit = number.date, self.site.measures[number.measure].note.unit
        return _Number(
            measure=number.measure,
            low=as_number(number.low),
            high=as_number(number.high),
            scope=number.scope,
            first=date.earliest.isoformat() if date and date.earliest else "",
            last=date.latest.isoformat() if date and date.latest else "",
            words=f"{say_quantity(quantity)} {unit}",
        )


def _passage(site: Site, said: Said) -> _Passage:
    citation, stance, origin = said
    evidence, excerpt, rival_date = citation.evidence, citation.excerpt, citation.rival_date
    translation, segments = evidence.translation, excerpt.segments
    if segments:
        url = passage_url(evidence.source, segments)
    else:
        url = f"{note_url(*citation.owner)}#{evidence_anchor(citation.number)}"
    return _Passage(
        stance,
        origin,
        excerpt.words,
        url,
        is_held=bool(segments),
        source=evidence.source,
        by=[display_name(site.actors[each]) for each in evidence.said_by],
        translation=translation.text if translation else "",
        translator=(translation.by or "unknown") if translation else "",
        digit=evidence.credibility or "",
        date=words(rival_date) if rival_date else "",
    )


def _filled(**fields: object) -> dict[str, object]:
    """Return the fields that are neither empty nor false; numbers are kept even if zero."""
    return {name: value for name, value in fields.items() if value or type(value) is int}


# --- scripts ----------------------------------------------------------------------------------


def _contents(site: Site, lists: int) -> bytes:
    return json({"language": site.settings.language, "lists": lists})


def _script(name: str, make: Callable[[], bytes]) -> FileMaker:
    return FileMaker(lambda: (_output(name, make()),), f"{FOLDER}/{name}.js")


def _output(name: str, value: bytes) -> OutputFile:
    content = b"sitegen.data(%b, %b);\n" % (json(f"compare-{name}"), shown(value))
    return OutputFile(f"{FOLDER}/{name}.js", content)
