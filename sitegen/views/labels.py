"""The smallest views: links, dates, labels, compared words, citations.

Many pages show the same ones, and templates remember the text of each: so their hashes are asked
for again and again.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct


class NoteLink(Struct, frozen=True, cache_hash=True):
    """A link to a note."""

    ref: Annotated[str, "kind:id."]
    url: Annotated[str, "The note's page."]
    title: Annotated[str, "What readers call the note."]
    detail: Annotated[str, "A word on it: a role, a date; may be empty."] = ""


class DateView(Struct, frozen=True, cache_hash=True):
    """A date in words and in EDTF."""

    words: Annotated[str, "For readers: about June 2024."]
    edtf: Annotated[str, "As the author wrote it."]
    machine: Annotated[str, "For <time datetime>; empty where HTML has no form for it."]
    is_doubtful: Annotated[bool, "Approximate or uncertain."]


class SourceLabel(Struct, frozen=True, cache_hash=True):
    """A source in one line."""

    ref: Annotated[str, "source:id."]
    url: Annotated[str, "The source's page."]
    title: Annotated[str, "The article's title."]
    publisher: Annotated[str, "Empty where it is not stated."]
    published: Annotated[DateView | None, "When; None where it is not known."]
    kind: Annotated[str, "news, commentary …; empty where nobody said."]
    reliability: Annotated[str, "Admiralty letter; empty where nobody rated it."]


class CiteForm(Struct, frozen=True):
    """A reference in one of the forms that readers copy."""

    code: Annotated[str, "text, markdown, bibtex or csl-json."]
    text: Annotated[str, "To be copied as it is; may have several lines."]


class CiteView(Struct, frozen=True):
    """How to cite a page, and the passages on it."""

    forms: Annotated[tuple[CiteForm, ...], "The page's: text, Markdown, BibTeX and CSL-JSON."]
    passages: Annotated[tuple[str, ...], "One for each piece of evidence, as text, in order."]
    has_address: Annotated[bool, "Whether the site's own address is known; else it is left out."]


class Word(Struct, frozen=True):
    """A stretch of a statement that is compared with another one."""

    text: Annotated[str, "With the white space that follows it."]
    differs: Annotated[bool, "Whether the other statement lacks it."]
