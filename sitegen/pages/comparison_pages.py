"""Two sources, or two actors, side by side: the pages of pairs, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from sitegen.findings.common_ground import CommonGround, Finding, SubjectFindings
from sitegen.findings.voices import Said, Voices
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref
from sitegen.notes import ClaimId
from sitegen.pages.cards import Cards
from sitegen.pages.comparison import differing_words
from sitegen.pages.date_view import date_view
from sitegen.pages.makers import PageMaker
from sitegen.pages.pairs import (
    MOST_ACTOR_PAIRS,
    MOST_SOURCES,
    Pair,
    Pairs,
    pair_counts,
    pair_url,
    pairs_of,
    voice_view,
)
from sitegen.pages.prose_views import excerpt_view
from sitegen.pages.weights import weigh_finding, weigh_subject
from sitegen.urls import COMPARE
from sitegen.views import (
    ActorPair,
    ComparedStatement,
    ComparedSubject,
    ComparisonPage,
    ComparisonsPage,
    FindingView,
    NoteLink,
    PageSpec,
    PairRow,
    SilenceView,
    Word,
)

HEAVY: Final = 220_000  # estimated bytes; what goes beyond is on the next page
_MOST_PASSAGES: Final = 6  # of one side on one statement
_MOST_NUMBERS: Final = 12  # of one side for one measure
_MOST_SILENT: Final = 100  # statements listed that only one side makes
_NOTHING: Final = SilenceView((), 0)


def comparison_page_makers(
    cards: Cards, voices: Voices, tables: Tables = NOTHING_KEPT
) -> Iterator[PageMaker]:
    """Yield the maker of the page that lists all pairs, then one maker for each pair's pages."""
    pairs = pairs_of(cards, voices, tables)
    yield PageMaker(
        lambda: (PageSpec(COMPARE, "pages/compare.html", comparisons_page(pairs)),), "compare"
    )
    for pair in pairs.found:
        left, right = pair
        yield PageMaker(partial(_pages_of, pairs, pair), f"compare:{left} {right}")


def _pages_of(pairs: Pairs, pair: Pair) -> Iterator[PageSpec]:
    ground = pairs.found[pair]
    return comparison_pages(pairs, ground) if ground else iter(())


# --- all pairs --------------------------------------------------------------------------------


def comparisons_page(pairs: Pairs) -> ComparisonsPage:
    """Return what the page of all pairs shows."""
    site = pairs.cards.site
    refs = [Ref(Kind.SOURCE, each) for each in pairs.cards.sources_by_date()]
    is_whole = len(refs) <= MOST_SOURCES
    actors = [
        ground for (left, _), ground in pairs.found.items() if ground and left.kind is Kind.ACTOR
    ]
    asserting = {*pairs.voices.asserting.value}
    speaking = [
        ref
        for ref in (Ref(Kind.ACTOR, each) for each in site.actors)
        if ref in pairs.voices.voices or ref.id in asserting
    ]
    return ComparisonsPage(
        title="Compare",
        description="What two sources, or two actors, say about the same things.",
        section="sources",
        crumbs=(),
        rows=tuple(_row(pairs, refs, at) for at in range(len(refs))) if is_whole else (),
        sources=() if is_whole else tuple(voice_view(pairs, ref) for ref in refs),
        most_sources=MOST_SOURCES,
        pairs=tuple(
            ActorPair(
                voice_view(pairs, ground.left),
                voice_view(pairs, ground.right),
                pair_counts(ground),
            )
            for ground in actors
        ),
        most_pairs=MOST_ACTOR_PAIRS,
        actors=tuple(voice_view(pairs, ref) for ref in speaking),
    )


def _row(pairs: Pairs, refs: Sequence[Ref], at: int) -> PairRow:
    grounds = (pairs.found.get((min(refs[at], each), max(refs[at], each))) for each in refs[:at])
    return PairRow(
        voice=voice_view(pairs, refs[at]),
        number=at + 1,
        cells=tuple(pair_counts(ground) if ground else None for ground in grounds),
    )


# --- one pair ---------------------------------------------------------------------------------


def comparison_pages(pairs: Pairs, ground: CommonGround) -> Iterator[PageSpec]:
    """Yield the pages of a pair; most have one."""
    left, right = (
        voice_view(pairs, ref, other)
        for ref, other in ((ground.left, ground.right), (ground.right, ground.left))
    )
    outside = [_silence(pairs, refs) for refs in (ground.outside_left, ground.outside_right)]
    shares = list(_shares(_subject(pairs, ground, each) for each in ground.subjects))
    parts = tuple(
        NoteLink("", pair_url(ground.left, ground.right, at), f"Part {at}", _contents(subjects))
        for at, subjects in enumerate(shares, 1)
    )
    for at, subjects in enumerate(shares, 1):
        is_last = at == len(shares)
        title = f"{left.name} and {right.name}"
        yield PageSpec(
            parts[at - 1].url,
            "pages/comparison.html",
            ComparisonPage(
                title=title if len(shares) == 1 else f"{title}, part {at} of {len(shares)}",
                description=f"What {left.name} and {right.name} say about the same things.",
                section="actors" if ground.left.kind is Kind.ACTOR else "sources",
                crumbs=(NoteLink("", COMPARE, "Compare"),),
                kind=ground.left.kind,
                left=left,
                right=right,
                counts=pair_counts(ground),
                subjects=tuple(subjects),
                outside_left=outside[0] if is_last else _NOTHING,
                outside_right=outside[1] if is_last else _NOTHING,
                parts=parts,
                number=at,
            ),
        )


def _contents(subjects: Sequence[ComparedSubject]) -> str:
    """Return the title of a part: that of its first subject."""
    link = subjects[0].link
    return link.title if link else "Claims that belong to no event or question"


def _shares(subjects: Iterable[ComparedSubject]) -> Iterator[list[ComparedSubject]]:
    """Yield the subjects of each page; one that is too heavy for a page continues on the next."""
    share: list[ComparedSubject] = []
    weight = 0
    for subject in (piece for each in subjects for piece in _pieces(each)):
        own = weigh_subject(subject)
        if share and weight + own > HEAVY:
            yield share
            share, weight = [], 0
        share.append(subject)
        weight += own
    yield share


def _pieces(subject: ComparedSubject) -> Iterator[ComparedSubject]:
    """Yield a subject in pieces that fit on a page; the first has what only one side says."""
    weight, start, number = 0, 0, 1
    findings = subject.findings
    for at, each in enumerate(findings):
        own = weigh_finding(each)
        if at > start and weight + own > HEAVY:
            yield _piece(subject, start, at, number)
            weight, start, number = 0, at, number + 1
        weight += own
    yield _piece(subject, start, len(findings), number)


def _piece(subject: ComparedSubject, start: int, end: int, number: int) -> ComparedSubject:
    is_first = number == 1
    return ComparedSubject(
        anchor=subject.anchor if is_first else f"{subject.anchor}.{number}",
        kind=subject.kind,
        link=subject.link,
        findings=subject.findings[start:end],
        only_left=subject.only_left if is_first else _NOTHING,
        only_right=subject.only_right if is_first else _NOTHING,
    )


def _subject(pairs: Pairs, ground: CommonGround, found: SubjectFindings) -> ComparedSubject:
    subject = found.subject
    return ComparedSubject(
        anchor=f"{subject.kind}-{subject.id}" if subject else "other",
        kind=subject.kind if subject else "",
        link=pairs.cards.links[subject] if subject else None,
        findings=tuple(_finding(pairs, ground, each) for each in found.findings),
        only_left=_silence(pairs, found.only_left),
        only_right=_silence(pairs, found.only_right),
    )


def _silence(pairs: Pairs, refs: Sequence[Ref]) -> SilenceView:
    shown = refs[:_MOST_SILENT]
    return SilenceView(tuple(pairs.cards.links[ref] for ref in shown), len(refs) - len(shown))


# --- what both speak of -----------------------------------------------------------------------


def _finding(pairs: Pairs, ground: CommonGround, found: Finding) -> FindingView:
    words: dict[Ref, tuple[Word, ...]] = {}
    if found.ground == "contradicts":
        one, other = found.left[0], found.right[0]
        links = pairs.cards.links
        words[one], words[other] = differing_words(links[one].title, links[other].title)
    sides = []
    for voice, refs, side in ((ground.left, found.left, 0), (ground.right, found.right, 1)):
        clashing = dict.fromkeys(pair[side] for pair in found.clashes)
        shown = [*clashing, *(ref for ref in refs if ref not in clashing)][:_MOST_NUMBERS]
        sides.append(tuple(_statement(pairs, voice, ref, words.get(ref, ())) for ref in shown))
    is_shared = found.ground in {"same", "dates"}
    return FindingView(
        accord=found.accord,
        ground=found.ground,
        is_inverse=found.is_inverse,
        why=found.why,
        shared=pairs.cards.links[found.left[0]] if is_shared else None,
        left=sides[0],
        right=sides[1],
        left_more=len(found.left) - len(sides[0]),
        right_more=len(found.right) - len(sides[1]),
        clashes=tuple(
            (
                pairs.cards.claims[ClaimId(one.id)].quantity,
                pairs.cards.claims[ClaimId(other.id)].quantity,
            )
            for one, other in found.clashes[:_MOST_NUMBERS]
        ),
    )


def _statement(pairs: Pairs, voice: Ref, ref: Ref, words: tuple[Word, ...]) -> ComparedStatement:
    said = pairs.voices.voices[voice].said[ref]
    shown: Sequence[Said] = said[:_MOST_PASSAGES]
    link = pairs.cards.links[ref]
    return ComparedStatement(
        link=NoteLink(link.ref, link.url, link.title, _number(pairs.cards, ref)),
        words=words,
        excerpts=tuple(excerpt_view(pairs.cards, each.citation) for each in shown),
        stances=tuple(each.stance for each in shown),
        more=len(said) - len(shown),
    )


def _number(cards: Cards, ref: Ref) -> str:
    """Return a claim's number, what it counts and for when; nothing where a claim has no number."""
    if ref.kind is not Kind.CLAIM:
        return ""
    claim_id = ClaimId(ref.id)
    note = cards.site.claims[claim_id].note
    if note.quantity is None:
        return ""
    date = note.quantity.as_of or note.date
    parts = (cards.claims[claim_id].quantity, note.quantity.scope, date and date_view(date).words)
    return ", ".join(part for part in parts if part)
