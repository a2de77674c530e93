"""What an author writes: one validated model per kind of note, in the content model's terms.

The models are the only description of the format: reading, the JSON Schemas and the reference for
authors are all made from them. They know nothing of files, of links between notes or of the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Final, Literal, NewType, Self, TypeAlias, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from sitegen.dates import FuzzyDate, InvalidDate, parse_date
from sitegen.kinds import Kind
from sitegen.note_parts import Part, models_in

LONGEST_ID = 80
LONGEST_NAME = 1000
"""Characters of a name, a title or a statement, which stands wherever its note is spoken of."""

ID_PATTERN = rf"^[a-z0-9-]{{1,{LONGEST_ID}}}$"
_ID = re.compile(r"[a-z0-9-]{1,80}")
# Each kind has an `index.html` that lists its notes; the rest are names that Windows keeps
# (Microsoft, "Naming Files, Paths, and Namespaces").
_RESERVED_ID = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]")

SourceId = NewType("SourceId", str)
ClaimId = NewType("ClaimId", str)
EventId = NewType("EventId", str)
ActorId = NewType("ActorId", str)
PlaceId = NewType("PlaceId", str)
QuestionId = NewType("QuestionId", str)
MeasureId = NewType("MeasureId", str)

_Id = StringConstraints(pattern=ID_PATTERN)
ClaimIds: TypeAlias = tuple[Annotated[ClaimId, _Id], ...]
EventIds: TypeAlias = tuple[Annotated[EventId, _Id], ...]
ActorIds: TypeAlias = tuple[Annotated[ActorId, _Id], ...]
PlaceIds: TypeAlias = tuple[Annotated[PlaceId, _Id], ...]
QuestionIds: TypeAlias = tuple[Annotated[QuestionId, _Id], ...]

Text = Annotated[str, StringConstraints(min_length=1)]
Texts: TypeAlias = tuple[Text, ...]
# What other notes' pages repeat: with no end to it, a site would grow with its length times theirs.
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
_MARKDOWN = "markdown"  # marks the fields that `prose` finds
Markdown = Annotated[str, StringConstraints(min_length=1), _MARKDOWN]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+[^\s]*$", max_length=4000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")]
LanguageTag = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=100)
]
OriginId = Annotated[str, StringConstraints(pattern=r"^((actor|source):)?[a-z0-9-]{1,80}$")]
CORRECTED: Final = tuple(kind for kind in Kind if kind is not Kind.CORRECTION)
"""The kinds of note that can be corrected: whoever corrects a correction writes another one."""

_CORRECTED_FOLDER: Final = "|".join(f"{kind.plural}?" for kind in CORRECTED)
NoteAddress = Annotated[
    str, StringConstraints(pattern=rf"^({_CORRECTED_FOLDER})/[a-z0-9-]{{1,80}}$")
]


def _parse_date(value: object) -> FuzzyDate:
    if isinstance(value, FuzzyDate):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("date_type", "a date is written as text")
    try:
        return parse_date(value)
    except InvalidDate as wrong:
        raise PydanticCustomError(
            "invalid_date", "{reason}", {"reason": str(wrong), "help": wrong.help}
        ) from None


Edtf = Annotated[
    FuzzyDate,
    PlainValidator(_parse_date),
    PlainSerializer(lambda date: date.text, return_type=str),
    # An editor that reads YAML takes a bare year for a number.
    WithJsonSchema({"type": ["string", "integer"], "minLength": 1}, mode="validation"),
    WithJsonSchema({"type": "string", "minLength": 1}, mode="serialization"),
]


def _require_ungrouped(value: object) -> object:
    if isinstance(value, str) and "_" in value:
        raise PydanticCustomError("float_parsing", "a number has no separators")
    return value


# Python would take 1_0 for ten, and so does YAML 1.1; for YAML 1.2, as in most editors, it is text.
Number = Annotated[float | None, BeforeValidator(_require_ungrouped)]

SourceKind = Literal[
    "news", "wire", "analysis", "commentary", "blog", "state-media", "official", "academic", "other"
]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Annotated[
    Literal["1", "2", "3", "4", "5", "6"],
    WithJsonSchema({"enum": ["1", "2", "3", "4", "5", "6", 1, 2, 3, 4, 5, 6]}, mode="validation"),
]
Rights = Literal["full", "excerpts", "none"]
Stance = Literal["supports", "disputes", "mentions"]
Basis = Literal["witnessed", "document", "told-by-named", "told-by-unnamed", "inferred", "repeated"]
Translator = Literal["person", "machine", "publisher"]
ClaimKind = Literal["fact", "estimate", "quotation", "provision", "prediction", "opinion"]
Qualifier = Literal["about", "at-least", "up-to", "over"]
RelationType = Literal[
    "contradicts", "qualifies", "refines", "supports", "depends-on", "same-as", "compatible-with"
]
Verdict = Literal["confirmed", "likely", "contested", "unverified", "unlikely", "refuted"]
Likelihood = Literal[
    "almost-no-chance",
    "very-unlikely",
    "unlikely",
    "roughly-even-chance",
    "likely",
    "very-likely",
    "almost-certain",
]
Confidence = Literal["low", "moderate", "high"]
EventKind = Literal[
    "meeting", "agreement", "legal-act", "deployment", "combat", "statement", "transfer", "other"
]
ActorKind = Literal["person", "organisation", "state", "group"]


class Allowance(Part):
    """A warning that the author has looked at and accepts."""

    rule: Text = Field(description="The rule's name, as the report shows it in brackets.")
    why: Text = Field(description="Why the warning is accepted here.")


class Note(Part):
    """What every kind of note may carry."""

    draft: bool = Field(False, description="Keep this note out of the published site.")
    aliases: tuple[Annotated[str, _Id], ...] = Field(
        (), description="Earlier ids of this note; each becomes a page that leads here."
    )
    tags: Texts = Field((), description="Words to group notes by.")
    allow: tuple[Allowance, ...] = Field(
        (), description="Warnings about this note that are accepted, each with a reason."
    )


class Translation(Part):
    """A quote in the language of the site."""

    text: Text = Field(description="The translated words.")
    by: Translator | None = Field(None, description="Who translated: person, machine, publisher.")


class Evidence(Part):
    """A passage of a source that bears on a claim or an event, as the author wrote it down.

    `quote`, `prefix` and `suffix` are the parts of a W3C TextQuoteSelector. `credibility` is the
    digit of the Admiralty code and belongs to this passage, not to its source.
    """

    source: Annotated[SourceId, _Id] = Field(description="The id of the source.")
    quote: Text = Field(description="The source's words, verbatim; […] leaves something out.")
    stance: Stance = Field("supports", description="What the passage does to the statement.")
    credibility: Credibility | None = Field(
        None, description="Admiralty digit for this information; 6 means it cannot be judged."
    )
    basis: Basis | None = Field(None, description="How this passage knows what it says.")
    origins: tuple[OriginId, ...] | None = Field(
        None, description="Whom this passage has it from; overrides the source's origins."
    )
    said_by: ActorIds = Field((), description="Whose words the passage gives.")
    prefix: Text | None = Field(None, description="Words just before, if the quote stands twice.")
    suffix: Text | None = Field(None, description="Words just after, if the quote stands twice.")
    translation: Translation | None = Field(None, description="The quote in the site's language.")
    note: Markdown | None = Field(None, description="A remark on this passage.")


class Quantity(Part):
    """A number that a claim states, so that it can be compared with others of its measure."""

    measure: Annotated[MeasureId, _Id] = Field(description="The id of what is counted.")
    value: Number = Field(None, description="The number, without separators.")
    min: Number = Field(None, description="The lowest number of a range.")
    max: Number = Field(None, description="The highest number of a range.")
    qualifier: Qualifier | None = Field(None, description="How the source hedges the number.")
    as_of: Edtf | None = Field(None, description="The date for which the number holds.")
    scope: Name | None = Field(None, description="What exactly is counted: “in training”.")
    wording: Text | None = Field(None, description="As the source puts it: “several hundred”.")

    @model_validator(mode="after")
    def _is_a_number_or_a_range(self) -> Self:
        if self.value is None and self.min is None and self.max is None:
            raise PydanticCustomError(
                "no_number",
                "no number is given",
                {"help": "give `value`, or `min` and `max`", "lacking": "value min max"},
            )
        if self.value is not None and (self.min is not None or self.max is not None):
            raise PydanticCustomError(
                "value_and_range",
                "one number and a range are given",
                {"help": "keep `value`, or keep `min` and `max`", "field": "value"},
            )
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError(
                "range_reversed",
                "this is greater than `max`",
                {"help": "exchange the two", "field": "min"},
            )
        return self


class Relation(Part):
    """How this claim stands to another one."""

    type: RelationType = Field(description="What this claim does to the other.")
    claim: Annotated[ClaimId, _Id] = Field(description="The id of the other claim.")
    why: Name | None = Field(None, description="In a sentence: “one counts …, the other …”.")


class Assessment(Part):
    """The author's judgement. Likelihood and confidence are those of ICD 203, and stay apart."""

    verdict: Verdict | None = Field(None, description="The author's verdict.")
    likelihood: Likelihood | None = Field(None, description="One of the seven terms of ICD 203.")
    confidence: Confidence | None = Field(None, description="How well founded the judgement is.")
    rationale: Markdown | None = Field(None, description="Why the author judges so.")
    assumptions: Texts = Field((), description="What the judgement takes for granted.")
    gaps: Texts = Field((), description="What is not known.")
    would_change: Texts = Field((), description="What would change this judgement.")
    assessed_on: Edtf | None = Field(None, description="The day of the judgement.")


class Change(Part):
    """One step in the history of a claim's judgement."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    date: Edtf = Field(description="When the judgement changed.")
    from_: Text | None = Field(None, alias="from", description="What it was before.")
    to: Text | None = Field(None, description="What it became.")
    why: Text = Field(description="Why it changed.")


class Claim(Note):
    """One statement that can be true or false, with the passages that bear on it."""

    statement: Name = Field(description="One neutral sentence, understandable alone.")
    kind: ClaimKind = Field("fact", description="What sort of statement it is.")
    asserted_by: ActorIds = Field((), description="Who asserts it, according to the texts.")
    date: Edtf | None = Field(None, description="When what it says holds.")
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)] = Field(
        description="The passages that bear on the statement; at least one."
    )
    events: EventIds = Field((), description="Events it belongs to.")
    actors: ActorIds = Field((), description="Actors it speaks of.")
    places: PlaceIds = Field((), description="Places it speaks of.")
    questions: QuestionIds = Field((), description="Key questions it bears on.")
    quantity: Quantity | None = Field(None, description="The number it states.")
    relations: tuple[Relation, ...] = Field((), description="How it stands to other claims.")
    assessment: Assessment | None = Field(None, description="The author's judgement.")
    history: tuple[Change, ...] = Field((), description="How the judgement changed, and why.")
    analysis: Markdown | None = Field(None, description="What the author makes of it.")


class Source(Note):
    """The curated record of one article. `reliability` is the letter of the Admiralty code."""

    title: Name = Field(description="The article's title.")
    publisher: Name | None = Field(None, description="Who published it.")
    authors: tuple[Name, ...] = Field((), description="Who wrote it.")
    url: Url | None = Field(None, description="Where it can be read.")
    archived_url: Url | None = Field(None, description="Where a copy is archived.")
    published: Edtf | None = Field(None, description="When it was published.")
    collected: Edtf | None = Field(None, description="When the text was collected.")
    language: LanguageTag | None = Field(None, description="BCP 47 tag; else the site's language.")
    kind: SourceKind | None = Field(None, description="What sort of publication it is.")
    text: Text | None = Field(None, description="Path of the article's text below seeds/.")
    sha256: Sha256 | None = Field(None, description="SHA-256 of that file; proved when given.")
    reliability: Reliability | None = Field(
        None, description="Admiralty letter for this source; F means it cannot be judged."
    )
    reliability_why: Text | None = Field(None, description="What the letter rests on.")
    origins: tuple[OriginId, ...] = Field(
        (), description="Actors or sources that it takes its reporting from."
    )
    rights: Rights | None = Field(None, description="How much of the text may be published.")
    ignore: Texts = Field((), description="Verbatim passages that are no content.")
    summary: Markdown | None = Field(None, description="What the article says, in short.")
    notes: Markdown | None = Field(None, description="Remarks for readers.")


class RivalDate(Part):
    """Another date for an event, with the words that give it."""

    date: Edtf = Field(description="The other date.")
    source: Annotated[SourceId, _Id] = Field(description="The id of the source that gives it.")
    quote: Text = Field(description="Its words, verbatim.")
    prefix: Text | None = Field(None, description="Words just before, if the quote stands twice.")
    suffix: Text | None = Field(None, description="Words just after, if the quote stands twice.")


class Event(Note):
    """Something that happened, or is said to have happened."""

    title: Name = Field(description="What happened, in a few words.")
    date: Edtf = Field(description="When; an interval is allowed.")
    kind: EventKind = Field("other", description="What sort of event it is.")
    summary: Markdown | None = Field(None, description="What happened.")
    evidence: tuple[Evidence, ...] = Field((), description="The passages that speak of it.")
    rival_dates: tuple[RivalDate, ...] = Field((), description="Dates other sources give.")
    actors: ActorIds = Field((), description="Who took part.")
    places: PlaceIds = Field((), description="Where.")
    questions: QuestionIds = Field((), description="Key questions it bears on.")
    claims: ClaimIds = Field((), description="Claims about it that do not name it themselves.")
    part_of: Annotated[EventId, _Id] | None = Field(None, description="The larger event.")
    notes: Markdown | None = Field(None, description="Remarks for readers.")


class Actor(Note):
    """A person, organisation, state or group."""

    name: Name = Field(description="The name that readers see.")
    kind: ActorKind | None = Field(None, description="What sort of actor it is.")
    aliases_in_text: Texts = Field((), description="Other names under which texts mention it.")
    role: Text | None = Field(None, description="Who this is, in a few words.")
    member_of: ActorIds = Field((), description="Actors it belongs to.")
    wikidata: Wikidata | None = Field(None, description="The Wikidata id, as in Q7747.")
    summary: Markdown | None = Field(None, description="What readers need to know.")


class Place(Note):
    """Somewhere that claims or events speak of."""

    name: Name = Field(description="The name that readers see.")
    aliases_in_text: Texts = Field((), description="Other names under which texts mention it.")
    country: Text | None = Field(None, description="The country it lies in.")
    latitude: Number = Field(None, ge=-90, le=90, description="Degrees, north positive.")
    longitude: Number = Field(None, ge=-180, le=180, description="Degrees, east positive.")
    wikidata: Wikidata | None = Field(None, description="The Wikidata id, as in Q19002.")
    summary: Markdown | None = Field(None, description="What readers need to know.")

    @model_validator(mode="after")
    def _has_both_coordinates_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            given, lacking = ("longitude", "latitude")[:: 1 if self.latitude is None else -1]
            raise PydanticCustomError(
                "half_a_position",
                "a position has a {lacking} too",
                {"help": "give both, or neither", "field": given, "lacking": lacking},
            )
        return self


class Answer(Part):
    """A claim that answers a question."""

    claim: Annotated[ClaimId, _Id] = Field(description="The id of the claim.")
    note: Text | None = Field(None, description="What this answer amounts to.")


class Question(Note):
    """A key question that claims answer, perhaps in competing ways."""

    question: Name = Field(description="The question, as a sentence.")
    why: Markdown | None = Field(None, description="Why it matters.")
    answers: tuple[Answer, ...] = Field((), description="The claims that compete to answer it.")
    indicators: Texts = Field((), description="What to watch.")
    assessment: Assessment | None = Field(None, description="The author's judgement.")


class Measure(Note):
    """Something that is counted, so that estimates of it can be compared."""

    title: Name = Field(description="What is counted.")
    unit: Name = Field(description="In what: soldiers, shells, dollars.")
    definition: Markdown | None = Field(None, description="What counts and what does not.")


class Correction(Note):
    """Something that was published wrong, and how it was put right."""

    date: Edtf = Field(description="When it was put right.")
    was: Name = Field(description="What was wrong.")
    now: Text = Field(description="How it reads now.")
    notes: tuple[NoteAddress, ...] = Field((), description="The notes it concerns, as kind/id.")
    since: Text | None = Field(None, description="Since when it was wrong: a date or an edition.")


class FrontMatter(Note):
    """What stands above the body of a narrative page."""

    title: Name = Field(description="The page's title.")
    order: int | None = Field(None, description="Its place among the pages; lowest first.")
    summary: Text | None = Field(None, description="What the page tells, in a sentence.")


class Page(FrontMatter):
    """A narrative page: its front matter, and the Markdown below it."""

    body: Annotated[str, _MARKDOWN] = Field("", description="The Markdown below the front matter.")


class Publication(Part):
    """The publication policy: what holds for every source that does not say otherwise."""

    rights: Rights = Field("excerpts", description="How much of a text may be published.")
    max_quoted_share: Number = Field(
        None,
        ge=0,
        le=100,
        description="Percent of a text that may be quoted at most; none where rights are full.",
    )


class SiteSettings(Part):
    """What `content/site.yaml` says of the site as a whole."""

    title: Name = Field(description="The name of the site.")
    description: Text | None = Field(None, description="What it is about, in a sentence.")
    language: LanguageTag = Field("en", description="BCP 47 tag of the site's own words.")
    base_url: Url | None = Field(None, description="Where the site is published, if known.")
    names: Texts = Field(
        (), description='Names in the texts that need no note, such as "Cold War".'
    )
    publication: Publication = Field(Publication(), description="The publication policy.")


def is_id(text: str) -> bool:
    """Return whether a text can be an id: lower-case ASCII letters, digits, hyphens, at most 80."""
    return _ID.fullmatch(text) is not None


def is_reserved(note_id: str) -> bool:
    """Return whether no note may have this id, but for the front page `index`."""
    return _RESERVED_ID.fullmatch(note_id) is not None


def id_like(words: str) -> str:
    """Return the id that is most like some words; empty where none of its letters can stand."""
    plain = unicodedata.normalize("NFKD", words).lower()
    without_marks = re.sub(r"[\u0300-\u036f'’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", without_marks).strip("-")[:LONGEST_ID].rstrip("-")


def foreign_letter(words: str) -> str:
    """Return what the first letter is that no id can have, lest it be taken for one that can.

    Empty where there is none. A Cyrillic "а" cannot be told from "a" by eye. Only scripts with
    capitals are meant: letters of others look like no Latin ones.
    """
    for letter in words:
        name = unicodedata.name(letter, "").lower()
        has_case = letter.lower() != letter.upper()
        if has_case and not name.startswith("latin ") and not id_like(letter):
            return f'"{letter}" is {name} (U+{ord(letter):04X})'
    return ""


@cache
def _prose_fields(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a model's Markdown fields, and of those that hold models with some."""
    fields = model.model_fields.items()
    return (
        tuple(name for name, field in fields if is_markdown(field)),
        tuple(
            name
            for name, field in fields
            if any(any(_prose_fields(part)) for part in models_in(field.annotation))
        ),
    )


def is_markdown(field: FieldInfo) -> bool:
    """Return whether a field holds Markdown."""
    types = (field.annotation, *get_args(field.annotation))
    marks = [
        *field.metadata,
        *(mark for each in types for mark in getattr(each, "__metadata__", ())),
    ]
    return _MARKDOWN in marks


def quotations(note: Note, field: str) -> tuple[Evidence | RivalDate, ...]:
    """Return what a note quotes in a field; nothing where its kind has no such field."""
    if field not in note.field_names:
        return ()
    found: tuple[Evidence | RivalDate, ...] = getattr(note, field)
    return found


def prose(
    note: BaseModel, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path and the text of every Markdown field of a note, also of its parts."""
    markdown, nested = _prose_fields(type(note))
    for name in markdown:
        if text := getattr(note, name):
            yield (*at, name), text
    for name in nested:
        value = getattr(note, name)
        if isinstance(value, BaseModel):
            yield from prose(value, (*at, name))
        elif value is not None:
            for index, part in enumerate(value):
                yield from prose(part, (*at, name, index))
