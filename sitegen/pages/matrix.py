"""Claims against sources: which claim rests on which source, for the whole site.

Claims are grouped by the question they bear on. Each group has a table of its own that shows only
the sources which speak of any claim in it, so a table is no wider than its subject. What is too
long for one page is split by questions, and a question with very many claims by number. If a table
has very many sources, it shows only those that speak of most of its claims: otherwise a claim that
bears on many questions would be repeated under each with all its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Final

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Citation, Ref
from sitegen.notes import ClaimId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import ItemGroup, PageIdentity, Row, SplittablePage
from sitegen.pages.splitting import Key, say_words, words
from sitegen.pages.weights import weigh_section
from sitegen.urls import MATRIX, evidence_anchor
from sitegen.views import (
    Frame,
    MatrixCell,
    MatrixColumn,
    MatrixPage,
    MatrixRow,
    MatrixSection,
    NoteLink,
    PartsView,
)

CELLS_OF_A_TABLE: Final = 8000
ROWS_OF_A_TABLE: Final = 100
COLUMNS_OF_A_TABLE: Final = 200
TITLES_FIT: Final = 20  # columns; more are headed by numbers
FEW: Final = 6  # columns that fit on any wide screen

_OTHERS: Final = "Claims that bear on no question"

SILENT: Final = MatrixCell(stance="", credibility="", words="", url="")

_WEIGHT: Final = {"disputes": 0, "supports": 1, "mentions": 2}
_IDENTITY: Final = PageIdentity(
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


class _Stretch(Struct, frozen=True):
    """The claims of one table: part number `part` of the `parts` of a question's claims."""

    question: QuestionId | None
    claims: tuple[ClaimId, ...]
    part: int
    parts: int

    @property
    def anchor(self) -> str:
        """The id of its element on the page, which no other stretch has."""
        name = self.question or "no-question"
        return f"matrix-{name}" if self.part == 1 else f"matrix-{name}-{self.part}"


_Sources = Mapping[ClaimId, Collection[SourceId]]
"""Which sources speak of each claim."""


def splittable_matrix(
    cards: Cards, numbers: Callable[[Tables], Mapping[SourceId, int]]
) -> SplittablePage:
    """Return the matrix, on one page or in parts; a page even without a claim.

    `numbers` are those of the sources by date.
    """

    def item_groups(tables: Tables) -> tuple[ItemGroup[str], ...]:
        stretches = tables.together("stretches of the matrix", lambda: _cut_up(cards))
        bears = tables.whole(
            "what stretches bear on",
            lambda: {anchor: bool(each.question) for anchor, each in stretches.items()},
        )
        matrix_tables = _MatrixTables(cards, stretches, numbers(tables))
        filed = tables.table("places in the matrix", bears.value, matrix_tables.file)
        has_answers, has_others = (is_so in bears.value.values() for is_so in (True, False))

        def item_group(id: str, title: str, *, is_question: bool) -> ItemGroup[str]:  # noqa: A002
            def rows() -> Iterable[Row]:
                return (filed[each] for each, is_so in bears.value.items() if is_so is is_question)

            return ItemGroup(
                rows, matrix_tables.page, "table", say_words, id, title, name=matrix_tables.title
            )

        return (
            item_group("questions", "By question" if has_others else "", is_question=True),
            item_group("others", _OTHERS if has_answers else "", is_question=False),
        )

    return SplittablePage(_IDENTITY, item_groups)


def _cut_up(cards: Cards) -> dict[str, _Stretch]:
    sources = dict(cards.findings.sources_of_claims.items())  # all are looked at, none by itself
    return {each.anchor: each for each in _stretches(cards, sources)}


class _MatrixTables(Struct, frozen=True):
    """What tables are made from: stretches by their anchors, and the numbers of sources by date."""

    cards: Cards
    stretches: Mapping[str, _Stretch]
    numbers: Mapping[SourceId, int]

    def title(self, anchor: str) -> str:
        """Return a stretch's question; empty where its claims bear on none."""
        question = _question(self.cards, self.stretches[anchor].question)
        return question.title if question else ""

    def key(self, anchor: str) -> Key:
        """Return the question's words; the parts of one question follow one another by number."""
        stretch = self.stretches[anchor]
        return words(self.title(anchor), stretch.part if stretch.parts > 1 else 0)

    def file(self, anchor: str) -> Row:
        """Return the row that files a stretch."""
        return Row(self.key(anchor), (), self.weigh(anchor), anchor)

    def columns(self, stretch: _Stretch) -> tuple[list[SourceId], int]:
        """Return the sources that are a stretch's columns, and how many speak of its claims."""
        quoted = self.cards.findings.sources_of_claims
        speaking = Counter(chain.from_iterable([quoted[each] for each in stretch.claims]))
        numbers = {each: self.numbers[each] for each in speaking}
        often = nsmallest(
            COLUMNS_OF_A_TABLE, speaking, key=lambda each: (-speaking[each], numbers[each])
        )
        return sorted(often, key=numbers.__getitem__), len(speaking)

    def weigh(self, anchor: str) -> int:
        """Return what a stretch weighs as a table."""
        stretch = self.stretches[anchor]
        columns, _ = self.columns(stretch)
        shown, quoted = frozenset(columns), self.cards.findings.sources_of_claims
        rows = (
            (self.cards.claims[each], len(shown.intersection(quoted[each])))
            for each in stretch.claims
        )
        return weigh_section(
            self.title(anchor), [self.cards.labels[each] for each in columns], rows
        )

    def page(self, frame: Frame, anchors: Iterable[str], parts: PartsView | None) -> MatrixPage:
        """Return a page of some tables."""
        sections = tuple(map(self.section, anchors))
        columns = {column.number: column for section in sections for column in section.columns}
        return MatrixPage(
            **frame,
            sections=sections,
            sources=tuple(columns[number] for number in sorted(columns)),
            parts=parts,
        )

    def section(self, anchor: str) -> MatrixSection:
        """Return a stretch as a table."""
        cards, stretch = self.cards, self.stretches[anchor]
        columns, speaking = self.columns(stretch)
        note = cards.site.questions[stretch.question].note if stretch.question else None
        answers = {answer.claim for answer in note.answers} if note else set()
        return MatrixSection(
            anchor=anchor,
            question=_question(cards, stretch.question),
            part=stretch.part,
            parts=stretch.parts,
            columns=tuple(MatrixColumn(self.numbers[each], cards.labels[each]) for each in columns),
            more=speaking - len(columns),
            silent=len(self.numbers) - speaking,
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


def _stretches(cards: Cards, sources: _Sources) -> Iterator[_Stretch]:
    """Yield the claims of each question in parts that fit on a page, then claims without one."""
    site = cards.site
    seen: set[ClaimId] = set()
    for question_id, claims in site.claims_of_question.items():
        seen.update(claims)
        yield from _parts(sources, question_id, tuple(claims))
    rest = tuple(claim_id for claim_id in site.claims if claim_id not in seen)
    yield from _parts(sources, None, rest)


def _parts(
    sources: _Sources, question: QuestionId | None, claims: Sequence[ClaimId]
) -> Iterator[_Stretch]:
    stretches = list(_cut(sources, claims))
    for part, stretch in enumerate(stretches, 1):
        yield _Stretch(question, stretch, part, len(stretches))


def _cut(sources: _Sources, claims: Sequence[ClaimId]) -> Iterator[tuple[ClaimId, ...]]:
    """Yield claims in stretches whose tables have neither too many rows nor too many cells.

    Every source of a stretch is a column, with a cell in each row.
    """
    rows: list[ClaimId] = []
    columns: set[SourceId] = set()
    for claim_id in claims:
        own = columns.union(sources[claim_id])
        cells = (len(rows) + 1) * min(len(own), COLUMNS_OF_A_TABLE)
        if rows and (len(rows) == ROWS_OF_A_TABLE or cells > CELLS_OF_A_TABLE):
            yield tuple(rows)
            rows, columns = [], set()
        rows.append(claim_id)
        columns.update(sources[claim_id])
    if rows:
        yield tuple(rows)


def _question(cards: Cards, question_id: QuestionId | None) -> NoteLink | None:
    return cards.links[Ref(Kind.QUESTION, question_id)] if question_id else None


def cells_of(
    cards: Cards, claim_id: ClaimId, columns: Iterable[SourceId]
) -> tuple[MatrixCell, ...]:
    """Return what each of some sources says of a claim."""
    said: dict[SourceId, list[Citation]] = {}
    for citation in cards.site.citations[Ref(Kind.CLAIM, claim_id)]:
        said.setdefault(citation.source, []).append(citation)
    return tuple([cell(cards, own) if (own := said.get(each)) else SILENT for each in columns])


def cell(cards: Cards, said: Sequence[Citation]) -> MatrixCell:
    """Return what one source says of one claim; of several passages, the one that matters most.

    One that disputes matters more than one that supports, and that more than a mere mention.
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
