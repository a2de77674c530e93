"""The design gallery: every part of the pages in all its forms, made from invented examples.

The examples are about a flood that never happened, so that nobody takes them for content. Links
lead back to the gallery; the numbers are chosen so that every form of a part is seen.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from sitegen.dates import parse_date
from sitegen.pages.date_view import date_view
from sitegen.pages.label_lines import label_lines
from sitegen.pages.network import HEAVIEST, ring
from sitegen.pages.timeline_glance import at_a_glance
from sitegen.urls import GALLERY
from sitegen.views import (
    AnswerView,
    AssessmentView,
    ChainNode,
    ChainView,
    ChangeView,
    CiteForm,
    CiteView,
    ClaimCard,
    CoverageView,
    DateView,
    EstimateView,
    EventCard,
    EvidenceGroup,
    ExcerptView,
    GalleryPage,
    HypothesesView,
    HypothesisView,
    LocatorDot,
    LocatorView,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixSection,
    NetworkNode,
    NetworkTie,
    NetworkView,
    NoteLink,
    PartsView,
    PlotView,
    ProsePiece,
    QuestionCard,
    RankView,
    RelationView,
    SourceCard,
    SourceLabel,
    TellingSource,
    Tick,
    TimelineItem,
    TimelineLane,
    TimelineMark,
    TimelineView,
    TimelineYear,
    Word,
)

_HERE: Final = f"{GALLERY}#main"


def gallery_page() -> GalleryPage:
    """Return what the design gallery shows; it is the same for every site."""
    return GalleryPage(
        title="Design",
        description="Every mark, card and drawing of this site, with what it means.",
        section="method",
        crumbs=(),
        claims=_CLAIMS,
        event=_EVENTS[0],
        source=_source_card(),
        question=QuestionCard("", _HERE, "Who opened the gates?", 3, _ASSESSMENT),
        assessment=_ASSESSMENT,
        groups=_groups(),
        relation=_relation(),
        history=_history(),
        linear=_linear(),
        logarithmic=_logarithmic(),
        timeline=_timeline(),
        sources=_SOURCES,
        answers=_answers(),
        hypotheses=_hypotheses(),
        matrix=_matrix(),
        locator=_locator(),
        network=_network(),
        cite=_cite(),
        parts=_parts(),
    )


def _parts() -> PartsView:
    first, here, last = (
        NoteLink("", f"{GALLERY}#parts", each) for each in ("A – F", "G – M", "N – Z")
    )
    return PartsView(
        contents=NoteLink("", f"{GALLERY}#parts", "Claims"),
        here=here.title,
        previous=first,
        following=last,
        nearby=(first, here, last),
    )


def _link(title: str, detail: str = "") -> NoteLink:
    return NoteLink("", _HERE, title, detail)


def _date(text: str) -> DateView:
    return date_view(parse_date(text))


def _label(title: str, publisher: str, published: str, kind: str, letter: str) -> SourceLabel:
    return SourceLabel("", _HERE, title, publisher, _date(published), kind, letter)


def _claim(statement: str, standing: str, **given: str | int) -> ClaimCard:
    def word(name: str) -> str:
        return str(given.get(name, ""))

    return ClaimCard(
        ref="",
        url=_HERE,
        statement=statement,
        kind=word("kind") or "fact",
        date=None,
        standing=standing,
        verdict=word("verdict"),
        likelihood=word("likelihood"),
        confidence=word("confidence"),
        articles=int(given.get("articles", 1)),
        origins=int(given.get("origins", 1)),
        asserted_by=(),
        quantity=word("quantity"),
    )


_AUTHORITY: Final = _link("Dam Authority", "operator of the dam")
_AGENCY: Final = _link("Valley News Agency")
_SOURCES: Final = (
    _label("Gates opened before dawn", "The Herald", "2023-05-05", "news", "B"),
    _label("What the operator knew", "Valley Review", "2023-06", "analysis", "C"),
    _label("A night on the levee", "", "2023-05~", "blog", ""),
)
_CLAIMS: Final = (
    _claim(
        "The spillway gates were opened at 04:10.",
        "corroborated",
        articles=3,
        origins=2,
        verdict="confirmed",
        likelihood="almost-certain",
        confidence="high",
    ),
    _claim(
        "The gates were opened before the order to evacuate.",
        "contested",
        articles=4,
        origins=2,
        verdict="contested",
        likelihood="roughly-even-chance",
        confidence="low",
    ),
    _claim(
        "The operator was warned at midnight.",
        "single-origin",
        articles=3,
        verdict="unverified",
        likelihood="likely",
        confidence="moderate",
    ),
    _claim("A second breach was feared.", "reported", origins=0, verdict="unlikely"),
    _claim(
        "The dam will be refilled by 2030.",
        "open",
        kind="prediction",
        verdict="likely",
        likelihood="very-unlikely",
    ),
    _claim("All gates were closed that night.", "contested", verdict="refuted"),
)
_ASSESSMENT: Final = AssessmentView(
    verdict="likely",
    likelihood="likely",
    confidence="moderate",
    rationale=(
        ProsePiece("<p>Two logs agree to the minute; neither names who gave the order.</p>"),
    ),
    assumptions=("That both clocks were right.",),
    gaps=("Who gave the order.",),
    would_change=("The original of the control room’s log.",),
    assessed_on=_date("2023-07-01"),
)


def _event(title: str, date: str, kind: str = "other", rival: str = "") -> EventCard:
    rivals = (_date(rival),) if rival else ()
    return EventCard(
        "", _HERE, title, kind, _date(date), rivals, (_AUTHORITY,), (_link("Lower Valley"),), 3, 2
    )


_EVENTS: Final = (
    _event("The gates are opened", "2023-05-04", rival="2023-05-03"),
    _event("The reservoir fills", "2023-03/2023-05", "transfer"),
    _event("An inspection finds cracks", "2023-02~", "meeting"),
    _event("The inquiry sits", "2023-06-12/..", "statement"),
)


def _source_card() -> SourceCard:
    return SourceCard(
        label=_SOURCES[0],
        reliability_why="Corrects its mistakes in print.",
        claims=12,
        events=4,
        coverage=CoverageView(
            quoted=18, ignored=4, unused=10, total=32, worked_through=64, share_quoted=31
        ),
        summary=(),
    )


def _excerpt(
    number: int, source: int, stance: str, segments: tuple[str, ...], **given: str
) -> ExcerptView:
    return ExcerptView(
        anchor=f"example-{number}",
        number=number,
        state=given.get("state", "exact"),
        stance=stance,
        before=given.get("before", ""),
        segments=segments,
        omitted=(" as the duty log has it ",) * (len(segments) - 1),
        after=given.get("after", ""),
        lang="en",
        dir="ltr",
        source=_SOURCES[source],
        passage_url=_HERE if given.get("state") != "not-held" else "",
        live_url="",
        archived_url="",
        credibility=given.get("credibility", ""),
        basis=given.get("basis", ""),
        said_by=(_link("Duty engineer"),) if given.get("said") else (),
        origins=(_AGENCY,) if source < 2 else (),
        translation=given.get("translation", ""),
        translated_by="person" if given.get("translation") else "",
        note=(),
        rival_date=None,
    )


def _groups() -> tuple[EvidenceGroup, ...]:
    shared = (
        _excerpt(
            1,
            0,
            "supports",
            ("the gates were opened", "at ten past four"),
            before="An engineer said that ",
            after=", twenty minutes before the sirens.",
            credibility="2",
            basis="told-by-named",
            said="yes",
        ),
        _excerpt(
            2,
            1,
            "disputes",
            ("nobody opened anything before the order",),
            state="normalised",
            credibility="4",
            basis="document",
        ),
    )
    alone = _excerpt(
        3,
        2,
        "mentions",
        ("la nuit des vannes",),
        state="not-held",
        basis="witnessed",
        translation="the night of the gates",
    )
    return (
        EvidenceGroup(shared, _SOURCES[:2], ("Valley News Agency",), (_AGENCY,), True, _chain()),
        EvidenceGroup((alone,), _SOURCES[2:], (), (), supports=False),
    )


def _chain() -> ChainView:
    titles = (
        ("Duty log", 0, 0.5, (1,)),
        ("Valley News Agency", 1, 0.5, (2, 3)),
        (_SOURCES[0].title, 2, 0.0, ()),
        (_SOURCES[1].title, 2, 1.0, ()),
    )
    return ChainView(
        nodes=tuple(
            ChainNode("", _HERE, title, label_lines(title, 26), column, row, feeds)
            for title, column, row, feeds in titles
        ),
        columns=3,
        rows=2,
    )


def _relation() -> RelationView:
    return RelationView(
        type="contradicts",
        is_inverse=False,
        why="Both cannot be: the order is timed at 04:30 by all accounts.",
        claim=_CLAIMS[5],
        here=(Word("The gates were ", differs=False), Word("opened.", differs=True)),
        there=(
            Word("All ", differs=True),
            Word("gates were ", differs=False),
            Word("closed that night.", differs=True),
        ),
    )


def _history() -> tuple[ChangeView, ...]:
    claim = _link(_CLAIMS[2].statement)
    return (
        ChangeView(_date("2023-05-20"), "", "unverified", "First reports.", claim),
        ChangeView(_date("2023-06-30"), "unverified", "likely", "The inquiry read the log.", claim),
    )


# --- plots and the timeline -------------------------------------------------------------------


def _estimate(
    number: str, low: float, high: float, dot: float | None, **given: bool
) -> EstimateView:
    return EstimateView(
        claim=_claim(f"{number} homes were flooded.", "single-origin", kind="estimate"),
        number=number,
        wording="some hundreds of homes",
        scope="homes, without sheds",
        as_of=_date("2023-05-06"),
        by=(_AUTHORITY,),
        sources=_SOURCES[:1],
        low=low,
        high=high,
        dot=dot,
        is_open_below=given.get("below", False),
        is_open_above=given.get("above", False),
        is_current=given.get("current", False),
    )


def _linear() -> PlotView:
    ticks = (Tick(0.0, "0"), Tick(25.0, "250"), Tick(50.0, "500"), Tick(75.0, "750"))
    estimates = (
        _estimate("300", 30.0, 30.0, 30.0),
        _estimate("about 420", 37.8, 46.2, 42.0, current=True),
        _estimate("500–700", 50.0, 70.0, None),
    )
    return PlotView(_link("Homes flooded"), "homes", False, ticks, estimates)


def _logarithmic() -> PlotView:
    ticks = tuple(Tick(at, f"{number:,}") for at, number in ((0.0, 10), (33.3, 100), (66.7, 1000)))
    estimates = (
        _estimate("up to 80", 0.0, 30.1, 30.1, below=True),
        _estimate("at least 400", 53.4, 100.0, 53.4, above=True),
        _estimate("2,000", 76.7, 76.7, 76.7),
    )
    return PlotView(_link("People displaced"), "people", True, ticks, estimates)


def _mark(start: float, end: float, words: str, **given: bool) -> TimelineMark:
    return TimelineMark(
        start=start,
        end=end,
        is_soft=given.get("soft", False),
        is_open_before=False,
        is_open_after=given.get("open_after", False),
        is_rival=given.get("rival", False),
        words=words,
        is_imprecise=given.get("imprecise", False),
    )


def _timeline() -> TimelineView:
    opened, filled, cracks, inquiry = _EVENTS
    what_happened = (
        TimelineItem(cracks, 0, (_mark(4.0, 18.0, cracks.date.words, soft=True),)),
        TimelineItem(filled, 1, (_mark(20.0, 58.0, filled.date.words),)),
        TimelineItem(
            opened,
            2,
            (
                _mark(44.0, 44.6, opened.date.words),
                _mark(43.2, 43.8, opened.rival_dates[0].words, rival=True),
            ),
        ),
    )
    pump = replace(filled, title="The pump was last serviced")
    happened = (
        *what_happened,
        TimelineItem(pump, 3, (_mark(6.0, 33.0, "spring 2023", imprecise=True),)),
        TimelineItem(
            replace(filled, title="First evacuation"),
            3,
            (_mark(60.0, 64.0, "2 – 9 June 2023"),),
            label="3 events: First evacuation; Second evacuation; …",
            count=3,
        ),
    )
    after = TimelineItem(inquiry, 0, (_mark(70.0, 100.0, inquiry.date.words, open_after=True),))
    lanes = (
        TimelineLane("What happened", 0, 4, happened),
        TimelineLane("What was said", 4, 1, (after,)),
    )
    return TimelineView(
        title="",
        ticks=(Tick(4.0, "2023-02"), Tick(33.0, "2023-04"), Tick(62.0, "2023-06")),
        lanes=lanes,
        rows=5,
        years=(TimelineYear("2023", "year-2023", (cracks, filled, opened, inquiry)),),
        count=8,
        glance=at_a_glance(lanes),
    )


# --- matrices, ranking, drawings --------------------------------------------------------------


def _cell(stance: str, credibility: str = "", words: str = "in the source’s words") -> MatrixCell:
    return MatrixCell(stance, credibility, words if stance else "", _HERE if stance else "")


_CELLS: Final = (
    (_cell("supports", "2"), _cell("disputes", "3"), _cell("")),
    (_cell("disputes", "2"), _cell("supports", "4"), _cell("mentions")),
    (_cell(""), _cell("mentions", "6"), _cell("supports")),
)


def _answers() -> tuple[AnswerView, ...]:
    notes = ("The operator, on its own.", "The operator, on orders.", "")
    return tuple(
        AnswerView(claim, note, cells)
        for claim, note, cells in zip(_CLAIMS[:3], notes, _CELLS, strict=True)
    )


def _rank(
    ranking: str, position: int | None, row: int, counts: tuple[int, int], moved: int = 0
) -> RankView:
    against, support = counts
    return RankView(
        ranking=ranking,
        position=position,
        is_shared=False,
        row=row,
        against=against,
        support=support,
        unrated=1 if support > 1 else 0,
        moved=moved,
    )


def _hypotheses() -> HypothesesView:
    names = ("all", "without-weak", "without-single")
    ranks = (
        ((1, 0, (0, 2), 0), (2, 1, (0, 1), -1), (1, 0, (0, 2), 0)),
        ((2, 1, (1, 2), 0), (1, 0, (0, 2), 1), (2, 1, (0, 2), 0)),
        ((3, 2, (2, 1), 0), (3, 2, (1, 1), 0), (None, 2, (0, 0), 0)),
    )
    answers = tuple(
        HypothesisView(
            claim,
            letter,
            tuple(_rank(name, *given) for name, given in zip(names, row, strict=True)),
        )
        for claim, letter, row in zip(_CLAIMS[:3], "ABC", ranks, strict=True)
    )
    telling = ((2, 1, 2), (1, 1, 1), (0, 1, 0))
    return HypothesesView(
        answers=answers,
        has_moves=True,
        weak=2,
        single=3,
        sources=tuple(
            TellingSource(source, *counts) for source, counts in zip(_SOURCES, telling, strict=True)
        ),
        pairs=3,
    )


def _matrix() -> MatrixSection:
    return MatrixSection(
        anchor="example-matrix",
        question=_link("Who opened the gates?"),
        part=1,
        parts=1,
        columns=tuple(MatrixColumn(at, source) for at, source in enumerate(_SOURCES, 1)),
        more=1,
        silent=2,
        rows=tuple(
            MatrixRow(claim, is_answer=at < 2, cells=cells)
            for at, (claim, cells) in enumerate(zip(_CLAIMS[:3], _CELLS, strict=True))
        ),
        is_numbered=False,
        is_few=True,
    )


def _locator() -> LocatorView:
    """Return a map of a coast that does not exist; so the world's outlines need not be read."""

    def dot(title: str, lies: str, x: float, y: float) -> LocatorDot:
        return LocatorDot(_link(title, lies), x, y, x + 8, y + 4, "start", is_labelled=True)

    return LocatorView(
        width=400,
        height=280,
        land="M-10-10h420v120l-60 25-45-10-30 45-70 20-40 50-90 5-30 60h-55z",
        borders="M140-10l20 70-30 55 40 75",
        here=dot("Dam", "12.5° N, 40.25° W", 190, 90),
        others=(dot("Lower Valley", "11.3° N, 39.8° W", 232, 150), dot("Capital", "13° N", 60, 40)),
    )


def _network() -> NetworkView:
    tied = (
        ("Ministry of Works", (("claims", 9), ("belongs-to", 1))),
        ("Valley News Agency", (("spoken-of-by", 5),)),
        ("Duty engineer", (("claims", 2), ("has-member", 1))),
        ("Levee Union", (("events", 1),)),
    )
    return NetworkView(
        width=440,
        height=88,
        x=220.0,
        y=44.0,
        label=("Dam Authority",),
        nodes=tuple(
            NetworkNode(
                link=_link(name),
                ties=tuple(NetworkTie(code, count) for code, count in ties),
                count=sum(count for _, count in ties),
                weight=min(sum(count for _, count in ties).bit_length(), HEAVIEST),
                x=place[0],
                y=place[1],
                anchor="start" if place[0] > 220 else "end",
                label=label_lines(name, 17),
            )
            for (name, ties), place in zip(tied, ring(len(tied)), strict=True)
        ),
        left_out=3,
    )


def _cite() -> CiteView:
    return CiteView(
        forms=(
            CiteForm(
                "text", "“The spillway gates were opened at 04:10.” In: A flood. gallery.html"
            ),
        ),
        passages=("“the gates were opened” Gates opened before dawn, The Herald, 5 May 2023.",),
        has_address=False,
    )
