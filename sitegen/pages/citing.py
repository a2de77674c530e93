"""How to cite a claim, a passage, an article or a page: text, Markdown, BibTeX and CSL-JSON.

No clock is read: a reference has the date that the notes give, or none. Where the site's own
address is not known, references have paths in place of addresses, and `CiteView.has_address` is
false.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final, NamedTuple

from msgspec import Struct

from sitegen.dates import FuzzyDate, machine, parse_date, sort_key, words
from sitegen.kinds import Kind
from sitegen.model import Citation, Ref
from sitegen.notes import Claim, ClaimId, Source, SourceId
from sitegen.pages.cards import Cards
from sitegen.urls import evidence_anchor, note_url
from sitegen.views import CiteForm, CiteView

_LONGEST_PASSAGE = 300
_CSL_TYPES: Final = {
    "news": "article-newspaper",
    "wire": "article-newspaper",
    "academic": "article-journal",
    "blog": "post-weblog",
}
_MARKDOWN_SIGNS: Final = re.compile(r"[\\`*_\[\]<>]")
_IN_BIBTEX: Final = re.compile(r"[\\~^&%$#_{}]")
_BIBTEX_SIGNS: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)


class Work(Struct, frozen=True):
    """What is cited: a page of the site, or an article. Empty texts are left out."""

    key: str
    title: str
    kind: str  # of CSL's types the one that fits; a page of the site is a "webpage"
    container: str
    authors: tuple[str, ...]
    date: FuzzyDate | None
    date_word: str  # what happened on that date: "assessed", "published"
    address: str
    is_quoted: bool  # a claim's statement is a sentence and stands in quotation marks


def cite_claim(cards: Cards, claim_id: ClaimId) -> CiteView:
    """Return how to cite a claim, and each piece of its evidence.

    Its date is that of the assessment, else of the latest step of its history, else none.
    """
    citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]
    passages = tuple([cite_excerpt(cards, each) for each in citations])
    return CiteView(forms_of_claim(cards, claim_id), passages, has_address=bool(cards.base_url))


def forms_of_claim(cards: Cards, claim_id: ClaimId) -> tuple[CiteForm, ...]:
    """Return how to cite a claim, without its evidence."""
    note = cards.site.claims[claim_id].note
    return _forms(
        Work(
            key=f"claim-{claim_id}",
            title=note.statement,
            kind="webpage",
            container=cards.site.settings.title,
            authors=(),
            date=_judged_on(note),
            date_word="assessed",
            address=_address(cards, note_url(Kind.CLAIM, claim_id)),
            is_quoted=True,
        )
    )


def cite_page(cards: Cards, page_id: str) -> CiteView:
    """Return how to cite a narrative page; it has no date."""
    work = Work(
        key=f"page-{page_id}",
        title=cards.site.pages[page_id].note.title,
        kind="webpage",
        container=cards.site.settings.title,
        authors=(),
        date=None,
        date_word="",
        address=_address(cards, note_url(Kind.PAGE, page_id)),
        is_quoted=False,
    )
    return CiteView(_forms(work), (), has_address=bool(cards.base_url))


def cite_source(cards: Cards, source_id: SourceId) -> CiteView:
    """Return how to cite an article itself, at its own address."""
    work = work_of_source(source_id, cards.site.sources[source_id].note)
    return CiteView(_forms(work), (), has_address=bool(work.address))


def work_of_source(source_id: str, note: Source) -> Work:
    """Return what a reference to an article is made of."""
    return Work(
        key=f"source-{source_id}",
        title=note.title,
        kind=_CSL_TYPES.get(note.kind or "", "article"),
        container=note.publisher or "",
        authors=note.authors,
        date=note.published,
        date_word="published",
        address=note.url or note.archived_url or "",
        is_quoted=False,
    )


def cite_excerpt(cards: Cards, citation: Citation) -> str:
    """Return how to cite a passage, as text: words, speakers, article, and where it is proved.

    Long passages are given by their beginning.
    """
    quoted = " ".join(citation.excerpt.words.split())
    if len(quoted) > _LONGEST_PASSAGE:
        quoted = f"{quoted[:_LONGEST_PASSAGE].rsplit(' ', 1)[0]} […]"
    anchor = evidence_anchor(citation.number)
    address = _address(cards, f"{cards.links[citation.owner].url}#{anchor}")
    evidence = citation.evidence
    article = cards.quoted[evidence.source].cited
    speakers = cards.links_to(Kind.ACTOR, evidence.said_by)
    by = f"{', '.join([each.title for each in speakers])}, quoted in " if speakers else ""
    return f"{in_marks(quoted)} {by}{article} Quoted in: {cards.site.settings.title}. {address}"


def in_marks(quoted: str) -> str:
    """Return words in quotation marks.

    Words that begin with an opening mark of their own get no second one, and get a closing mark
    only if theirs is missing.
    """
    if quoted.startswith("“"):
        return quoted + ("”" if quoted.count("“") > quoted.count("”") else "")
    if quoted.startswith('"'):
        return quoted + ('"' if quoted.count('"') % 2 else "")
    return f"“{quoted}”"


def _judged_on(note: Claim) -> FuzzyDate | None:
    """Return the date of a claim's judgement as far as its note gives one."""
    if note.assessment and note.assessment.assessed_on:
        return note.assessment.assessed_on
    return max((change.date for change in note.history), key=sort_key, default=None)


def _address(cards: Cards, url: str) -> str:
    """Return a page's address, below the site's own where that is known."""
    return f"{cards.base_url.rstrip('/')}/{url}" if cards.base_url else url


def _forms(work: Work) -> tuple[CiteForm, ...]:
    return (
        CiteForm("text", as_text(work)),
        CiteForm("markdown", as_markdown(work)),
        CiteForm("bibtex", as_bibtex(work)),
        CiteForm("csl-json", as_csl(work)),
    )


def as_text(work: Work) -> str:
    """Return a reference as a line of text."""
    authors = f"{', '.join(work.authors)}: " if work.authors else ""
    title = in_marks(work.title) if work.is_quoted else _ended(work.title)
    container = f"In: {work.container}." if work.kind == "webpage" else _ended(work.container)
    return _joined(f"{authors}{title}", container, _dated(work), work.address)


def as_markdown(work: Work) -> str:
    """Return a reference as a line of Markdown, its title a link."""
    title = _plain_markdown(in_marks(work.title) if work.is_quoted else work.title)
    authors = f"{_plain_markdown(', '.join(work.authors))}: " if work.authors else ""
    link = f"[{title}](<{work.address}>)" if work.address else title
    link = link if work.is_quoted else f"{link}."
    container = f"*{_plain_markdown(work.container)}*." if work.container else ""
    before = "In: " if work.kind == "webpage" and container else ""
    return _joined(f"{authors}{link}", f"{before}{container}", _dated(work))


def as_bibtex(work: Work) -> str:
    """Return a reference as an entry of BibTeX: `@misc` or `@article`, in UTF-8."""
    stated = _cited(work.date).parts if work.date else ()
    is_article = work.kind.startswith("article")
    lines = [f"@{'article' if is_article else 'misc'}{{{work.key},"]
    if work.authors:
        authors = " and ".join([f"{{{_bibtex(author)}}}" for author in work.authors])
        lines.append(f"  author = {{{authors}}},")
    lines.append(f"  title = {{{{{_bibtex(work.title)}}}}},")
    if work.container:
        field = "journal" if is_article else "howpublished"
        lines.append(f"  {field} = {{{_bibtex(work.container)}}},")
    for name, part in zip(("year", "month", "day"), stated, strict=False):
        lines.append(f"  {name} = {{{part}}},")
    if work.date and not stated:
        lines.append(f"  note = {{{_bibtex(_dated(work).rstrip('.'))}}},")
    if work.address:
        lines.append(f"  url = {{{work.address}}},")
    lines.append("}")
    return "\n".join(lines)


def as_csl(work: Work) -> str:
    """Return a reference as CSL-JSON (Citation Style Language 1.0.2): a list of one item."""
    fields = [
        f'    "id": {encode_basestring(work.key)}',
        f'    "type": {encode_basestring(work.kind)}',
        f'    "title": {encode_basestring(work.title)}',
    ]
    if work.authors:
        named = [f'"literal": {encode_basestring(author)}' for author in work.authors]
        every = ",\n".join([f"      {{\n        {author}\n      }}" for author in named])
        fields.append(f'    "author": [\n{every}\n    ]')
    if work.container:
        fields.append(f'    "container-title": {encode_basestring(work.container)}')
    if work.date:
        fields.append(f'    "issued": {_cited(work.date).csl}')
    if work.address:
        fields.append(f'    "URL": {encode_basestring(work.address)}')
    return "[\n  {\n" + ",\n".join(fields) + "\n  }\n]"


def _json(value: object) -> str:
    """Return a list or an object as JSON, indented as a value of an object."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n    ")


class _CitedDate(NamedTuple):
    """A date as references have it: in words, its parts as far as stated, and in CSL-JSON.

    A doubtful date or a range has no parts; CSL then has its words.
    """

    words: str
    parts: tuple[int, ...]
    csl: str


def _cited(date: FuzzyDate) -> _CitedDate:
    return _cited_date(date.text)


@lru_cache(maxsize=1 << 12)  # a claim's is in all four forms, and many claims have the same
def _cited_date(text: str) -> _CitedDate:
    date = parse_date(text)
    stated, said = machine(date), words(date)
    parts = tuple(map(int, stated.split("-"))) if stated else ()
    return _CitedDate(said, parts, _json({"date-parts": [parts]} if parts else {"literal": said}))


def _dated(work: Work) -> str:
    if work.date is None:
        return ""
    when = _cited(work.date).words
    said = f"{work.date_word} {when}." if work.kind == "webpage" else when
    return _ended(f"{said[:1].upper()}{said[1:]}")


def _ended(text: str) -> str:
    """Return a text with one full stop, or another sign that ends a sentence."""
    return text if not text or text[-1] in ".?!…”" else f"{text}."


def _joined(*parts: str) -> str:
    return " ".join([part for part in parts if part])


def _plain_markdown(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\g<0>", text) if _MARKDOWN_SIGNS.search(text) else text


def _bibtex(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS) if _IN_BIBTEX.search(text) else text
