"""Rules over what the notes amount to: judgements without evidence, loose ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from sitegen.diagnostics import Diagnostic, warning
from sitegen.kinds import Kind
from sitegen.model import Findings, Record, Site, Standing
from sitegen.notes import Claim, ClaimId, Note, RelationType, Source, SourceId, quotations
from sitegen.references import references
from sitegen.rules.tables import CLAIMS, SOURCES, FindingsCheck, Rule

_INDEPENDENT: Final = 2  # origins from which on evidence is more than one account


def overconfident(_site: Site, findings: Findings, record: Record[Claim]) -> Iterator[Diagnostic]:
    """A claim is judged with high confidence though its evidence has one origin or none.

    ICD 203 reserves high confidence for judgements on good and independent information. Lower the
    confidence, or find evidence of another origin. That something contests the claim as well does
    not make its evidence any better; a prediction that is still open is not meant.
    """
    claim_id, assessment = ClaimId(record.ref.id), record.note.assessment
    if assessment is None or assessment.confidence != "high":
        return
    standing = findings.standing[claim_id]
    origins = sum(group.supports for group in findings.groups[claim_id])
    if origins < _INDEPENDENT and standing is not Standing.OPEN:
        shown = Standing.SINGLE_ORIGIN if origins else standing
        yield _not_borne_out("overconfident", record, "confidence", "high confidence", shown)


def verdict_not_borne_out(
    _site: Site, findings: Findings, record: Record[Claim]
) -> Iterator[Diagnostic]:
    """A claim is called confirmed, or refuted, though its evidence does not bear that out.

    `confirmed` needs evidence of two independent origins that nothing disputes, `refuted` needs
    evidence against the claim. Choose a weaker verdict, or find the evidence.
    """
    verdict = record.note.assessment.verdict if record.note.assessment else None
    if verdict is None:
        return
    standing = findings.standing[ClaimId(record.ref.id)]
    if (verdict == "confirmed" and standing is not Standing.CORROBORATED) or (
        verdict == "refuted" and standing is not Standing.CONTESTED
    ):
        yield _not_borne_out(
            "verdict-not-borne-out",
            record,
            "verdict",
            f'the verdict "{verdict}"',
            standing,
        )


_MEANING: Final[Mapping[Standing, str]] = {
    Standing.CONTESTED: "that is contested",
    Standing.CORROBORATED: "that independent sources support",
    Standing.SINGLE_ORIGIN: "whose evidence has one origin",
    Standing.REPORTED: "that its evidence only mentions",
    Standing.OPEN: "that is still open",
}


def _not_borne_out(
    rule: str, record: Record[Claim], field: str, judgement: str, standing: Standing
) -> Diagnostic:
    return warning(
        rule,
        record.at("assessment", field),
        f"{judgement} on a claim {_MEANING[standing]}",
        "choose a weaker judgement, or find evidence that bears this one out",
    )


def unused_source(site: Site, findings: Findings, record: Record[Source]) -> Iterator[Diagnostic]:
    """No published note quotes a source.

    Readers would take it for one that had been worked through. Quote it, make it a draft, or take
    it out.
    """
    source_id = SourceId(record.ref.id)
    is_origin = any(link.role == "origins" for link in findings.backlinks[record.ref])
    if not site.citations_of_source[source_id] and not is_origin:
        yield warning(
            "unused-source",
            record.at("title"),
            f'no note quotes the source "{source_id}"',
            "quote it, make it a draft, or take it out",
        )


def orphan_note(_site: Site, findings: Findings, record: Record[Note]) -> Iterator[Diagnostic]:
    """A note hangs together with no other one, so readers cannot come across it.

    Actors, places and measures need a note that names them; questions a claim that bears on them;
    events a passage they quote, an actor, a place, a question or a claim. Link it, or take it out.
    Claims are on the pages of the sources they quote; `sitegen health` lists those to which
    nothing else leads.
    """
    kind, note_id = record.ref
    if stands_alone(findings, record) and not _quotes(record.note):
        yield warning(
            "orphan-note",
            record.at(),
            f'nothing leads to the {kind} "{note_id}"',
            "name it in another note, or take it out",
        )


def stands_alone(findings: Findings, record: Record[Note]) -> bool:
    """Return whether nothing leads to a note but the sources that it quotes, if any."""
    return not findings.backlinks[record.ref] and not _leads_somewhere(record)


def _quotes(note: Note) -> bool:
    """Return whether a note quotes a source, whose page then leads to it."""
    return any(quotations(note, field) for field in ("evidence", "rival_dates"))


_RELATIONS: Final = frozenset(get_args(RelationType))
_SHOWN_BY: Final = _RELATIONS | {
    "events",
    "actors",
    "places",
    "questions",
    "answers",
    "claims",
    "quantity",
    "part_of",
    "asserted_by",
    "said_by",
}
"""The roles of references whose targets show the note that refers."""


def _leads_somewhere(record: Record[Note]) -> bool:
    """Return whether a claim, event or question names a note that shows it in turn."""
    if record.ref.kind not in {Kind.CLAIM, Kind.EVENT, Kind.QUESTION}:
        return False
    return any(each.role in _SHOWN_BY for each in references(record.note))


def quoted_share_exceeded(
    site: Site, findings: Findings, record: Record[Source]
) -> Iterator[Diagnostic]:
    """The notes quote more of a source's text than the publication policy allows.

    The limit is `max_quoted_share` under `publication` in site.yaml, in percent; sources whose
    rights are `full` have none. Shorten quotes to the words that matter, or get the right to
    publish the text and write `rights: full`.
    """
    limit = site.settings.publication.max_quoted_share
    source_id = SourceId(record.ref.id)
    coverage = findings.coverage.get(source_id) if limit is not None else None
    if limit is None or coverage is None:
        return
    share = coverage.quoted_share
    if site.rights_of(source_id) != "full" and share > limit:
        yield warning(
            "quoted-share-exceeded",
            record.at("text"),
            f"the notes quote {share:.1f} percent of this text, at most {limit:g} may be",
            "shorten quotes to the words that matter, or raise the limit in site.yaml",
        )


_SHOWN_ELSEWHERE: Final = frozenset(
    {Kind.CLAIM, Kind.EVENT, Kind.ACTOR, Kind.PLACE, Kind.QUESTION, Kind.MEASURE}
)

CHECKS: tuple[Rule[FindingsCheck], ...] = (
    Rule(overconfident, CLAIMS),
    Rule(verdict_not_borne_out, CLAIMS),
    Rule(unused_source, SOURCES),
    Rule(orphan_note, _SHOWN_ELSEWHERE),
    Rule(quoted_share_exceeded, SOURCES),
)
