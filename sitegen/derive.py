"""What follows from the notes: Site → Findings.

Pure functions of the linked notes; each finding is one function, and none of them looks at what an
author judged. The rules are those of the content model, section "What is derived".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.dates import FuzzyDate, is_before, sort_key
from sitegen.findings.coverage import source_coverage
from sitegen.findings.disagreements import disagreements
from sitegen.findings.independence import lineage, origin_groups
from sitegen.model import Citation, Findings, Kind, OriginGroup, Ref, Site, Standing
from sitegen.notes import ClaimId, SourceId


def derive(site: Site) -> Findings:
    """Return everything that follows from a site's notes."""
    lineages = lineage(site)
    groups = {
        claim_id: origin_groups(site, site.citations[record.ref], lineages)
        for claim_id, record in site.claims.items()
    }
    return Findings(
        standing={claim_id: standing(site, claim_id, groups) for claim_id in site.claims},
        groups=groups,
        disagreements=disagreements(site),
        coverage={
            source_id: source_coverage(site, source_id)
            for source_id in site.sources
            if source_id in site.seeds
        },
        silence=silence(site),
    )


def standing(
    site: Site, claim_id: ClaimId, groups: Mapping[ClaimId, Sequence[OriginGroup]]
) -> Standing:
    """Return what a claim's evidence alone amounts to.

    The author's assessment plays no part. A prediction stays open until a source that was published
    after it was made supports or disputes it, or supports a claim that contradicts it.
    """
    record = site.claims[claim_id]
    if record.note.kind == "prediction" and not _is_answered(site, claim_id):
        return Standing.OPEN
    citations = site.citations[record.ref]
    if any(citation.evidence.stance == "disputes" for citation in citations):
        return Standing.CONTESTED
    if any(_supporting(site, rival) for rival in _contradicting(site, claim_id)):
        return Standing.CONTESTED
    supporting = sum(group.supports for group in groups[claim_id])
    if supporting >= 2:
        return Standing.CORROBORATED
    return Standing.SINGLE_ORIGIN if supporting else Standing.REPORTED


def _contradicting(site: Site, claim_id: ClaimId) -> list[ClaimId]:
    relations = site.relations.get(claim_id, ())
    return [relation.other for relation in relations if relation.type == "contradicts"]


def _supporting(site: Site, claim_id: ClaimId) -> list[Citation]:
    citations = site.citations[Ref(Kind.CLAIM, claim_id)]
    return [citation for citation in citations if citation.evidence.stance == "supports"]


def _is_answered(site: Site, claim_id: ClaimId) -> bool:
    """Return whether something published after a prediction was made confirms or disputes it.

    Made it was with the earliest of the sources that support or mention it; a source whose date is
    not known cannot be shown to be later. Where the claim says when it holds, what was published
    before that time began does not answer it either.
    """
    record = site.claims[claim_id]
    own = site.citations[record.ref]
    made = [_published(site, each.source) for each in own if each.evidence.stance != "disputes"]
    known = [date for date in made if date and date.latest]
    if not known:
        return False
    first = min(known, key=sort_key)
    begins = record.note.date.earliest if record.note.date else None
    rivals = [each for rival in _contradicting(site, claim_id) for each in _supporting(site, rival)]
    bearing = [citation for citation in own if citation.evidence.stance != "mentions"] + rivals
    for citation in bearing:
        date = _published(site, citation.source)
        if (
            date
            and is_before(first, date)
            and not (begins and date.latest and date.latest < begins)
        ):
            return True
    return False


def _published(site: Site, source_id: SourceId) -> FuzzyDate | None:
    return site.sources[source_id].note.published


def silence(site: Site) -> dict[ClaimId, tuple[SourceId, ...]]:
    """Return for every claim the sources that cover its events or questions but not the claim.

    A source covers an event or a question when the event itself or one of its claims quotes it.
    """
    covering: dict[Ref, set[SourceId]] = {}
    for event_id, claims in site.claims_of_event.items():
        event = Ref(Kind.EVENT, event_id)
        covering[event] = _quoted_by(site, [event, *(Ref(Kind.CLAIM, each) for each in claims)])
    for question_id, claims in site.claims_of_question.items():
        covering[Ref(Kind.QUESTION, question_id)] = _quoted_by(
            site, [Ref(Kind.CLAIM, each) for each in claims]
        )
    subjects: dict[ClaimId, set[Ref]] = {claim_id: set() for claim_id in site.claims}
    for event_id, claims in site.claims_of_event.items():
        for claim_id in claims:
            subjects[claim_id].add(Ref(Kind.EVENT, event_id))
    for question_id, claims in site.claims_of_question.items():
        for claim_id in claims:
            subjects[claim_id].add(Ref(Kind.QUESTION, question_id))
    found: dict[ClaimId, tuple[SourceId, ...]] = {}
    for claim_id, about in subjects.items():
        speaking = _quoted_by(site, [Ref(Kind.CLAIM, claim_id)])
        covered = set().union(*(covering[ref] for ref in about)) if about else set()
        found[claim_id] = tuple(sorted(covered - speaking))
    return found


def _quoted_by(site: Site, owners: Sequence[Ref]) -> set[SourceId]:
    return {citation.source for owner in owners for citation in site.citations.get(owner, ())}
