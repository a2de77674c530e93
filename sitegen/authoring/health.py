"""What a project lacks, though nothing in it is wrong: the work that is left for its authors.

Worked out from the linked notes and what follows from them; the day it is seen from is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import Final

from sitegen.kinds import Kind
from sitegen.model import Findings, Record, Site, Standing, Use
from sitegen.notes import Assessment, Claim, Note, Question, SourceId
from sitegen.references import display_name
from sitegen.rules.judgements import stands_alone

STALE_AFTER: Final = 180
"""After how many days a judgement is called stale, unless the author says otherwise."""

NEAR_LIMIT: Final = 0.8
"""From this part of the limit on, the quoted share of a text is near it."""

_SENTENCES_SHOWN: Final = 3
_LONGEST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class NoteConcern:
    """A note that asks for work: its address, what readers call it, and why, in a few words."""

    kind: str
    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class UnusedText:
    """The sentences of a source that no note quotes and that are not set aside."""

    source: str
    sentences: int
    unused: tuple[UnusedSentence, ...]


@dataclass(frozen=True, slots=True)
class UnusedSentence:
    """A sentence nobody quotes, with the line of the text's file on which it begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class QuotedShare:
    """How much of a source the notes quote, in percent, and how much they may at most.

    `state` is `free` (no limit), `below`, `near` or `above`.
    """

    source: str
    percent: float
    limit: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Health:
    """All that `sitegen health` tells; `today` is the day from which judgements are old."""

    today: str | None
    stale_after: int
    single_origin: tuple[NoteConcern, ...]
    ungraded_sources: tuple[NoteConcern, ...]
    unassessed_answers: tuple[NoteConcern, ...]
    lone_claims: tuple[NoteConcern, ...]
    stale_assessments: tuple[NoteConcern, ...]
    unused_passages: tuple[UnusedText, ...]
    quoted_shares: tuple[QuotedShare, ...]


def take_stock(
    site: Site, findings: Findings, today: date | None = None, stale_after: int = STALE_AFTER
) -> Health:
    """Return what a site's notes lack; without `today` the newest date in them stands in."""
    seen_from = today or newest_date(site)
    return Health(
        today=seen_from.isoformat() if seen_from else None,
        stale_after=stale_after,
        single_origin=tuple(_single_origin(site, findings)),
        ungraded_sources=tuple(
            _concern(record, "nobody rated its reliability")
            for record in site.sources.values()
            if record.note.reliability is None
        ),
        unassessed_answers=tuple(_unassessed_answers(site)),
        lone_claims=tuple(_lone(site, findings)),
        stale_assessments=tuple(_stale(site, seen_from, stale_after)) if seen_from else (),
        unused_passages=tuple(_unused(site, findings)),
        quoted_shares=tuple(_shares(site, findings)),
    )


def newest_date(site: Site) -> date | None:
    """Return the newest day on which something was published, collected, corrected or judged."""
    dates = chain(
        (each.note.published for each in site.sources.values()),
        (each.note.collected for each in site.sources.values()),
        (each.note.date for each in site.corrections.values()),
        (judged.assessed_on for _, judged in _judgements(site)),
    )
    return max((each.latest for each in dates if each and each.latest), default=None)


def _single_origin(site: Site, findings: Findings) -> Iterator[NoteConcern]:
    for claim_id, record in site.claims.items():
        if findings.standing[claim_id] is Standing.SINGLE_ORIGIN:
            sources = sorted(
                {each for group in findings.groups[claim_id] for each in group.sources}
            )
            yield _concern(record, f"only from {', '.join(sources)}")


def _unassessed_answers(site: Site) -> Iterator[NoteConcern]:
    """Yield the claims that are given as answers to a question, but that nobody judged."""
    questions: dict[str, list[str]] = {}
    for question_id, record in site.questions.items():
        for answer in record.note.answers:
            questions.setdefault(answer.claim, []).append(question_id)
    for claim_id, claim in site.claims.items():
        if claim_id in questions and claim.note.assessment is None:
            yield _concern(claim, f"answers {', '.join(questions[claim_id])}")


def _lone(site: Site, findings: Findings) -> Iterator[NoteConcern]:
    for record in site.claims.values():
        if stands_alone(findings, record):
            sources = sorted({each.source for each in record.note.evidence})
            yield _concern(record, f"only on the page of {', '.join(sources)}")


def _stale(site: Site, today: date, stale_after: int) -> Iterator[NoteConcern]:
    for record, judged in _judgements(site):
        made = judged.assessed_on.latest if judged.assessed_on else None
        if made and (today - made).days > stale_after:
            yield _concern(record, f"judged on {made.isoformat()}, {(today - made).days} days ago")


def _judgements(site: Site) -> Iterator[tuple[Record[Claim] | Record[Question], Assessment]]:
    records: Iterable[Record[Claim] | Record[Question]] = chain(
        site.claims.values(), site.questions.values()
    )
    for record in records:
        if record.note.assessment:
            yield record, record.note.assessment


def _unused(site: Site, findings: Findings) -> Iterator[UnusedText]:
    for source_id, coverage in findings.coverage.items():
        text = site.seeds[source_id].text
        line, done = 1, 0
        unused = []
        for each in coverage.sentences:
            line += text.count("\n", done, each.start)
            done = each.start
            if each.use is Use.UNUSED:
                unused.append(UnusedSentence(line, text[each.start : each.end]))
        yield UnusedText(source_id, len(coverage.sentences), tuple(unused))


def _shares(site: Site, findings: Findings) -> Iterator[QuotedShare]:
    for source_id, coverage in findings.coverage.items():
        limit = _limit(site, source_id)
        share = coverage.quoted_share
        if limit is None:
            state = "free"
        elif share > limit:
            state = "above"
        else:
            state = "near" if share >= NEAR_LIMIT * limit else "below"
        yield QuotedShare(source_id, round(share, 1), limit, state)


def _limit(site: Site, source_id: SourceId) -> float | None:
    is_free = site.rights_of(source_id) == "full"
    return None if is_free else site.settings.publication.max_quoted_share


def _concern(record: Record[Note], why: str) -> NoteConcern:
    return NoteConcern(str(record.ref.kind), record.ref.id, display_name(record), why)


def as_json(health: Health) -> str:
    """Return it as one JSON object, with the names of `Health` as keys."""
    return json.dumps(asdict(health), ensure_ascii=False, indent=2) + "\n"


def as_text(health: Health) -> str:
    """Return it for a reader, a section for each kind of work that is left."""
    seen = f" on {health.today}" if health.today else ""
    sections = [
        *_section(
            "Claims whose evidence has a single origin",
            "look for a source that knows it from elsewhere",
            _lines(health.single_origin),
        ),
        *_section(
            "Sources whose reliability nobody rated",
            f"rate them: `reliability: A` to `F` in content/{Kind.SOURCE.plural}/",
            _lines(health.ungraded_sources),
        ),
        *_section(
            "Claims that answer a question and that nobody judged",
            "write their `assessment`",
            _lines(health.unassessed_answers),
        ),
        *_section(
            "Claims to which only their sources lead",
            "give them `events`, `actors`, `places` or `questions`, or name them elsewhere",
            _lines(health.lone_claims),
        ),
        *_section(
            f"Judgements older than {health.stale_after} days{seen}",
            "look at them again, and write the day in `assessed_on`",
            _lines(health.stale_assessments),
        ),
        *_section(
            "Sentences that no note quotes",
            "quote them, or list what is no content under `ignore` in the source's note",
            _unused_lines(health.unused_passages),
        ),
        *_section(
            "Texts of which nearly too much, or too much, is quoted",
            "shorten quotes; the limit is `max_quoted_share` under `publication` in site.yaml",
            _share_lines(health.quoted_shares),
        ),
    ]
    return "".join(f"{line}\n" for line in sections or ["nothing is left to do"])


def _section(title: str, advice: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a section; nothing at all where nothing is to be done."""
    if not lines:
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in lines)
    yield f"  → {advice}"


def _lines(concerns: Sequence[NoteConcern]) -> list[str]:
    return [f"{each.kind}s/{each.id}: {_cut(each.name)} ({each.why})" for each in concerns]


def _unused_lines(texts: Sequence[UnusedText]) -> list[str]:
    lines = []
    for each in texts:
        if each.unused:
            lines.append(f"{each.source}: {len(each.unused)} of {each.sentences} sentences")
            shown = each.unused[:_SENTENCES_SHOWN]
            lines += [f"  line {sentence.line}: {_cut(sentence.text)}" for sentence in shown]
            if len(each.unused) > len(shown):
                lines.append(f"  and {len(each.unused) - len(shown)} more (--format json: all)")
    return lines


def _share_lines(shares: Sequence[QuotedShare]) -> list[str]:
    return [
        f"{each.source}: {each.percent} percent, at most {each.limit:g} may be"
        for each in shares
        if each.limit is not None and each.state in {"near", "above"}
    ]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
