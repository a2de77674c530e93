"""Claims against sources: which claim rests on which source, for the whole site.

Claims are grouped by the question they bear on, and each group has a table of its own that shows
only the sources which speak of any claim in it: so a table stays as wide as its subject. What is
too long for one page goes on on the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sitegen.model import Citation, Kind, Ref
from sitegen.notes import ClaimId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.urls import evidence_anchor
from sitegen.views import MatrixCell, MatrixColumn, MatrixPage, MatrixRow, MatrixSection, NoteLink

MATRIX: Final = "matrix.html"
ROWS_OF_A_PAGE: Final = 300
ROWS_OF_A_PART: Final = 100
TITLES_FIT: Final = 20  # columns; more are headed by numbers

SILENT: Final = MatrixCell(stance="", credibility="", words="", url="")

_WEIGHT: Final = {"disputes": 0, "supports": 1, "mentions": 2}
_TITLE = "Claims and sources"
_DESCRIPTION = "Which claims rest on which sources, by question."


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a section before it is laid out: its claims, and which of how many parts it is."""

    question: QuestionId | None
    claims: tuple[ClaimId, ...]
    part: int
    parts: int


def matrix_pages(cards: Cards) -> Iterator[tuple[str, MatrixPage]]:
    """Yield the pages of the matrix with their paths; one page even where there is no claim."""
    numbers = {source_id: at for at, source_id in enumerate(cards.sources_by_date(), 1)}
    pages = list(_paged(_stretches(cards))) or [[]]
    links = tuple(
        NoteLink("", _path(at), f"Part {at}", _contents(cards, stretches))
        for at, stretches in enumerate(pages, 1)
    )
    for at, stretches in enumerate(pages, 1):
        sections = tuple(_section(cards, each, numbers) for each in stretches)
        columns = {column.number: column for section in sections for column in section.columns}
        yield (
            _path(at),
            MatrixPage(
                title=_TITLE if len(pages) == 1 else f"{_TITLE}, part {at} of {len(pages)}",
                description=_DESCRIPTION,
                section="sources",
                crumbs=(),
                sections=sections,
                sources=tuple(columns[number] for number in sorted(columns)),
                pages=links,
                number=at,
                claims=len(cards.site.claims),
            ),
        )


def _path(number: int) -> str:
    return MATRIX if number == 1 else f"matrix-{number}.html"


def _stretches(cards: Cards) -> Iterator[_Stretch]:
    """Yield the sections in parts of a length that a page can hold, answers before other claims."""
    site = cards.site
    seen: set[ClaimId] = set()
    for question_id, claims in site.claims_of_question.items():
        seen.update(claims)
        yield from _parts(question_id, tuple(claims))
    yield from _parts(None, tuple(claim_id for claim_id in site.claims if claim_id not in seen))


def _parts(question: QuestionId | None, claims: Sequence[ClaimId]) -> Iterator[_Stretch]:
    starts = range(0, len(claims), ROWS_OF_A_PART)
    for part, start in enumerate(starts, 1):
        stretch = tuple(claims[start : start + ROWS_OF_A_PART])
        yield _Stretch(question, stretch, part, len(starts))


def _paged(stretches: Iterable[_Stretch]) -> Iterator[list[_Stretch]]:
    """Yield the stretches of each page: as many as have no more rows together than a page holds."""
    page: list[_Stretch] = []
    rows = 0
    for stretch in stretches:
        if page and rows + len(stretch.claims) > ROWS_OF_A_PAGE:
            yield page
            page, rows = [], 0
        page.append(stretch)
        rows += len(stretch.claims)
    if page:
        yield page


def _contents(cards: Cards, stretches: Sequence[_Stretch]) -> str:
    """Return in a few words what a page holds: its first question, and how many more."""
    titles = list(dict.fromkeys(_question(cards, each.question) for each in stretches))
    first = next(islice(titles, 1), None)
    name = first.title if first else "Claims that bear on no question"
    more = len(titles) - 1
    return name if more < 1 else f"{name} … and {more} more"


def _question(cards: Cards, question_id: QuestionId | None) -> NoteLink | None:
    return cards.links[Ref(Kind.QUESTION, question_id)] if question_id else None


def _section(cards: Cards, stretch: _Stretch, numbers: Mapping[SourceId, int]) -> MatrixSection:
    speaking = {
        citation.source
        for claim_id in stretch.claims
        for citation in cards.site.citations[Ref(Kind.CLAIM, claim_id)]
    }
    columns = sorted(speaking, key=lambda each: numbers[each])
    name = stretch.question or "no-question"
    note = cards.site.questions[stretch.question].note if stretch.question else None
    answers = {answer.claim for answer in note.answers} if note else set()
    return MatrixSection(
        anchor=f"matrix-{name}" if stretch.part == 1 else f"matrix-{name}-{stretch.part}",
        question=_question(cards, stretch.question),
        part=stretch.part,
        parts=stretch.parts,
        columns=tuple(MatrixColumn(numbers[each], cards.labels[each]) for each in columns),
        silent=len(numbers) - len(columns),
        rows=tuple(
            MatrixRow(
                claim=cards.claims[claim_id],
                is_answer=claim_id in answers,
                cells=cells_of(cards, claim_id, columns),
            )
            for claim_id in stretch.claims
        ),
        is_numbered=len(columns) > TITLES_FIT,
    )


def cells_of(
    cards: Cards, claim_id: ClaimId, columns: Iterable[SourceId]
) -> tuple[MatrixCell, ...]:
    """Return what each of some sources says of a claim."""
    said: dict[SourceId, list[Citation]] = {}
    for citation in cards.site.citations[Ref(Kind.CLAIM, claim_id)]:
        said.setdefault(citation.source, []).append(citation)
    return tuple(cell(cards, said.get(each, ())) for each in columns)


def cell(cards: Cards, said: Sequence[Citation]) -> MatrixCell:
    """Return what one source says of one claim: the passage that matters most, of several.

    What disputes comes before what supports, and that before what only mentions.
    """
    if not said:
        return SILENT
    first = min(said, key=lambda each: _WEIGHT[each.evidence.stance])
    return MatrixCell(
        stance=first.evidence.stance,
        credibility=first.evidence.credibility or "",
        words=first.excerpt.words,
        url=f"{cards.links[first.owner].url}#{evidence_anchor(first.number)}",
    )
