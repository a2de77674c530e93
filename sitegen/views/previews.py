"""What previews show: notes, passages and dates in a few lines, and the scripts that bring them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Struct

from sitegen.views.cards import ClaimCard, EventCard
from sitegen.views.labels import CiteForm, SourceLabel


class QuotePreview(Struct, frozen=True):
    """A passage's words with what must stand beside them."""

    words: Annotated[str, "As its page quotes them; the end of a long passage is left out."]
    lang: Annotated[str, "BCP 47 tag of the words."]
    source: Annotated[SourceLabel, "Where they stand."]
    stance: Annotated[str, "supports, disputes or mentions."]
    state: Annotated[str, "exact, normalised or not-held."]
    credibility: Annotated[str, "Admiralty digit; empty where nobody rated it."]
    basis: Annotated[str, "How the passage knows; empty where nobody said."]
    said_by: Annotated[tuple[str, ...], "Whose words these are, by name."]
    translation: Annotated[str, "In the site's language; may be empty."]


class ClaimPreview(Struct, frozen=True):
    """A claim, and the first passage that bears on it."""

    key: Annotated[str, "Its id."]
    card: Annotated[ClaimCard, "The claim in a few lines."]
    quote: Annotated[QuotePreview, "The first passage in support, or else the first of all."]


class EventPreview(Struct, frozen=True):
    """An event."""

    key: Annotated[str, "Its id."]
    card: Annotated[EventCard, "The event in a few lines."]
    text: Annotated[str, "The beginning of its summary; may be empty."]


class SourcePreview(Struct, frozen=True):
    """An article."""

    key: Annotated[str, "Its id."]
    label: Annotated[SourceLabel, "The article in one line."]
    lang: Annotated[str, "BCP 47 tag of its title."]
    claims: Annotated[int, "How many claims quote it."]
    events: Annotated[int, "How many events quote it."]
    text: Annotated[str, "The beginning of its summary, or why it has its grade; may be empty."]


class QuestionPreview(Struct, frozen=True):
    """A question, and what the author answers."""

    key: Annotated[str, "Its id."]
    title: Annotated[str, "The question."]
    answers: Annotated[int, "How many claims compete to answer it."]
    verdict: Annotated[str, "The author's; may be empty."]
    likelihood: Annotated[str, "The author's; may be empty."]
    confidence: Annotated[str, "The author's; may be empty."]
    text: Annotated[str, "The beginning of why it matters; may be empty."]


class SubjectPreview(Struct, frozen=True):
    """An actor, a place, a measure, a narrative page or a correction."""

    key: Annotated[str, "Its id."]
    title: Annotated[str, "What readers call it."]
    kind: Annotated[str, "person, state …; empty where there are no kinds or nobody said."]
    detail: Annotated[str, "A role, a country, a unit, a date; may be empty."]
    claims: Annotated[int, "How many claims refer to it."]
    events: Annotated[int, "How many events refer to it."]
    text: Annotated[str, "The beginning of what is said of it; may be empty."]


class OwnerPreview(Struct, frozen=True):
    """A note that rests on a passage."""

    stance: Annotated[str, "What the passage does to it."]
    title: Annotated[str, "What readers call the note."]


class ExcerptPreview(Struct, frozen=True):
    """A passage, as a note's evidence or in its article."""

    key: Annotated[str, "Folder, id and place on the page: claims/rain#evidence-1."]
    is_evidence: Annotated[bool, "Whether the link leads to a note instead of to the article."]
    quote: Annotated[QuotePreview, "The passage."]
    owners: Annotated[tuple[OwnerPreview, ...], "What rests on it: one note, or the first few."]
    more: Annotated[int, "How many further notes rest on it."]


class DatePreview(Struct, frozen=True):
    """A date of which more can be said than its words do."""

    key: Annotated[str, "Its text in EDTF."]
    words: Annotated[str, "As readers see it."]
    precision: Annotated[str, "day, month, season, interval …"]
    first: Annotated[str, "The first day that its words allow, in words; empty if open."]
    last: Annotated[str, "The last one."]
    doubts: Annotated[
        tuple[tuple[str, str], ...], "What is in doubt and how: (month, approximate)."
    ]


class ReferencePreview(Struct, frozen=True):
    """How to cite an article, or a claim that gives a number."""

    key: Annotated[str, "Folder and id: sources/herald."]
    forms: Annotated[tuple[CiteForm, ...], "Text, Markdown, BibTeX and CSL-JSON."]


Preview: TypeAlias = (
    ClaimPreview
    | EventPreview
    | SourcePreview
    | QuestionPreview
    | SubjectPreview
    | ExcerptPreview
    | DatePreview
    | ReferencePreview
)


class PreviewShard(Struct, frozen=True):
    """A script of `data/previews/`: the previews of one kind between two keys."""

    name: Annotated[str, "Under which it brings its data: previews/claims-1."]
    kind: Annotated[str, "claim, event … excerpt, date, reference."]
    previews: Annotated[tuple[Preview, ...], "In the order of their keys."]


class PreviewContents(Struct, frozen=True):
    """The script that says in which shard a key is to be found."""

    shards: Annotated[
        tuple[tuple[str, str, tuple[str, ...]], ...],
        "Folder, kind and the first key of each of its shards, in order.",
    ]
