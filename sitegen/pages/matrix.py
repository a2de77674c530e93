"""Claims against sources: which claim rests on which source, for the whole site.

Claims are grouped by the question they bear on, and each group has a table of its own that shows
only the sources which speak of any claim in it: so a table stays as wide as its subject. What is
too long for one page is split by the questions, and a question with very many claims by number. Of
very many sources a table shows those that speak of most of its claims: a claim that bears on many
questions would else be repeated under each with all its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from sitegen.model import Citation, Kind, Ref
from sitegen.notes import ClaimId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Shelf, Whole, is_light, pages_in_parts
from sitegen.pages.splitting import Key, say_words, words
from sitegen.pages.weights import weigh_section
from sitegen.urls import evidence_anchor
from sitegen.views import (
    Frame,
    MatrixCell,
    MatrixColumn,
    MatrixPage,
    MatrixRow,
    MatrixSection,
    NoteLink,
    PageSpec,
    PartsView,
)

MATRIX: Final = "matrix.html"
CELLS_OF_A_TABLE: Final = 8000
ROWS_OF_A_TABLE: Final = 100
COLUMNS_OF_A_TABLE: Final = 200
TITLES_FIT: Final = 20  # columns; more are headed by numbers
FEW: Final = 6  # columns that fit on any wide screen

SILENT: Final = MatrixCell(stance="", credibility="", words="", url="")

_WEIGHT: Final = {"disputes": 0, "supports": 1, "mentions": 2}
_WHOLE: Final = Whole(
    path=MATRIX,
    folder="matrix",
    template="pages/matrix.html",
    frame=Frame(
        title="Claims and sources",
        description="Which claims rest on which sources, by question.",
        section="sources",
        crumbs=(),
    ),
    lead="Which claims rest on which sources: by question, in parts.",
    filter="claims",
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a section before it is laid out: its claims, and which of how many parts it is."""

    question: QuestionId | None
    claims: tuple[ClaimId, ...]
    part: int
    parts: int


def matrix_pages(cards: Cards) -> Iterator[PageSpec]:
    """Yield the matrix on one page, or its contents and its parts; a page even without a claim."""
    numbers = {source_id: at for at, source_id in enumerate(cards.sources_by_date(), 1)}
    sections = [_section(cards, each, numbers) for each in _stretches(cards)]
    answering = [each for each in sections if each.question]
    others = [each for each in sections if not each.question]
    shelves = (
        _shelf(answering, "questions", "By question" if others else ""),
        _shelf(others, "others", "Claims that bear on no question" if answering else ""),
    )
    if is_light(shelves):
        yield PageSpec(_WHOLE.path, _WHOLE.template, _page(_WHOLE.frame, sections, None))
        return
    yield from pages_in_parts(_WHOLE, shelves)


def _shelf(sections: Sequence[MatrixSection], id: str, title: str) -> Shelf[MatrixSection]:  # noqa: A002
    return Shelf(
        items=sections,
        key=_key,
        weight=weigh_section,
        view=_page,
        noun="table",
        say=say_words,
        id=id,
        title=title,
        name=lambda section: section.question.title if section.question else "",
    )


def _key(section: MatrixSection) -> Key:
    """Return the question's words; the parts of one question follow one another by number."""
    title = section.question.title if section.question else ""
    return words(title, section.part if section.parts > 1 else 0)


def _page(frame: Frame, sections: Sequence[MatrixSection], parts: PartsView | None) -> MatrixPage:
    columns = {column.number: column for section in sections for column in section.columns}
    return MatrixPage(
        **frame,
        sections=tuple(sections),
        sources=tuple(columns[number] for number in sorted(columns)),
        parts=parts,
    )


def _stretches(cards: Cards) -> Iterator[_Stretch]:
    """Yield the sections in parts of a length that a page can hold, answers before other claims."""
    site = cards.site
    seen: set[ClaimId] = set()
    for question_id, claims in site.claims_of_question.items():
        seen.update(claims)
        yield from _parts(cards, question_id, tuple(claims))
    rest = tuple(claim_id for claim_id in site.claims if claim_id not in seen)
    yield from _parts(cards, None, rest)


def _parts(
    cards: Cards, question: QuestionId | None, claims: Sequence[ClaimId]
) -> Iterator[_Stretch]:
    stretches = list(_cut(cards, claims))
    for part, stretch in enumerate(stretches, 1):
        yield _Stretch(question, stretch, part, len(stretches))


def _cut(cards: Cards, claims: Sequence[ClaimId]) -> Iterator[tuple[ClaimId, ...]]:
    """Yield claims in stretches whose tables are neither too long nor, with all sources, too big.

    Every source of a stretch is a column in all of its rows.
    """
    rows: list[ClaimId] = []
    columns: set[SourceId] = set()
    for claim_id in claims:
        own = _sources_of(cards, claim_id)
        cells = (len(rows) + 1) * min(len(columns | own), COLUMNS_OF_A_TABLE)
        if rows and (len(rows) == ROWS_OF_A_TABLE or cells > CELLS_OF_A_TABLE):
            yield tuple(rows)
            rows, columns = [], set()
        rows.append(claim_id)
        columns |= own
    if rows:
        yield tuple(rows)


def _sources_of(cards: Cards, claim_id: ClaimId) -> set[SourceId]:
    return {each.source for each in cards.site.citations[Ref(Kind.CLAIM, claim_id)]}


def _question(cards: Cards, question_id: QuestionId | None) -> NoteLink | None:
    return cards.links[Ref(Kind.QUESTION, question_id)] if question_id else None


def _section(cards: Cards, stretch: _Stretch, numbers: Mapping[SourceId, int]) -> MatrixSection:
    speaking = Counter(
        source_id for claim_id in stretch.claims for source_id in _sources_of(cards, claim_id)
    )
    often = nsmallest(
        COLUMNS_OF_A_TABLE, speaking, key=lambda each: (-speaking[each], numbers[each])
    )
    columns = sorted(often, key=lambda each: numbers[each])
    name = stretch.question or "no-question"
    note = cards.site.questions[stretch.question].note if stretch.question else None
    answers = {answer.claim for answer in note.answers} if note else set()
    return MatrixSection(
        anchor=f"matrix-{name}" if stretch.part == 1 else f"matrix-{name}-{stretch.part}",
        question=_question(cards, stretch.question),
        part=stretch.part,
        parts=stretch.parts,
        columns=tuple(MatrixColumn(numbers[each], cards.labels[each]) for each in columns),
        more=len(speaking) - len(columns),
        silent=len(numbers) - len(speaking),
        rows=tuple(
            MatrixRow(
                claim=cards.claims[claim_id],
                is_answer=claim_id in answers,
                cells=cells_of(cards, claim_id, columns),
            )
            for claim_id in stretch.claims
        ),
        is_numbered=len(columns) > TITLES_FIT,
        is_few=len(columns) <= FEW,
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
