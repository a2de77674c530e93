"""What follows from the notes: Site → Findings.

Pure functions of the linked notes; each finding is one function, and none of them looks at what an
author judged. The rules are those of the content model, section "What is derived".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import structs

from sitegen.backlinks import backlinks_of
from sitegen.dates import FuzzyDate, is_before, sort_key
from sitegen.findings.coverage import source_coverage
from sitegen.findings.disagreements import disagreements
from sitegen.findings.independence import lineage, origin_groups
from sitegen.findings.silence import coverings, ends_of, silences, sources_quoted
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables, no_wait
from sitegen.model import Citation, Findings, OriginGroup, Ref, Site, Standing
from sitegen.notes import ClaimId, SourceId


def derive(
    site: Site, tables: Tables = NOTHING_KEPT, before_backlinks: Callable[[], None] = no_wait
) -> Findings:
    """Return everything that follows from a site's notes.

    What `tables` know to be as it was in the last build is not worked out again. Backlinks come
    last: `before_backlinks` may wait until another process has made their tables.
    """
    lineages = lineage(site, tables)

    def groups_of(claim_id: ClaimId) -> tuple[OriginGroup, ...]:
        return origin_groups(site, site.citations[Ref(Kind.CLAIM, claim_id)], lineages)

    groups = tables.table("groups", site.claims, groups_of)
    by_id = {each.id: each for each in disagreements(site, tables)}
    ends = ends_of(site, tables)
    of_claims = sources_quoted(site, Kind.CLAIM, site.claims, tables)
    of_events = sources_quoted(site, Kind.EVENT, site.events, tables)
    covering = coverings(site, ends, of_claims, of_events, tables)
    held = [each for each in site.sources if each in site.seeds]
    findings = Findings(
        standing=tables.table("standing", site.claims, lambda each: standing(site, each, groups)),
        lineages=lineages,
        groups=groups,
        disagreements=tables.digested("disagreements by id", by_id),
        coverage=tables.table("coverage", held, partial(source_coverage, site)),
        sources_of_claims=of_claims,
        sources_of_events=of_events,
        covering=covering,
        silence=silences(site, covering, ends, of_claims, tables),
        backlinks={},
    )
    before_backlinks()
    return structs.replace(findings, backlinks=backlinks_of(site, tables))


def standing(
    site: Site, claim_id: ClaimId, groups: Mapping[ClaimId, Sequence[OriginGroup]]
) -> Standing:
    """Return what the evidence of a claim, and of those that contradict it, amounts to.

    The author's assessment plays no part. A prediction stays open until a source that was published
    after it was made supports or disputes it, or supports a claim that contradicts it.
    """
    record = site.claims[claim_id]
    if record.note.kind == "prediction" and not _is_answered(site, claim_id):
        return Standing.OPEN
    citations = site.citations[record.ref]
    if "disputes" in [citation.evidence.stance for citation in citations]:
        return Standing.CONTESTED
    if any(_supporting(site, rival) for rival in _contradicting(site, claim_id)):
        return Standing.CONTESTED
    supporting = sum([group.supports for group in groups[claim_id]])
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
    """Return whether something later than the making of a prediction confirms or disputes it.

    A prediction was made when the earliest source that supports or mentions it was published; if
    there is none, any dispute counts as later. A source without a known date cannot be shown to be
    later. If the claim says for when it holds, a source that was published before that time cannot
    confirm it.
    """
    record = site.claims[claim_id]
    own = site.citations[record.ref]
    disputing = [each for each in own if each.evidence.stance == "disputes"]
    making = [each for each in own if each.evidence.stance != "disputes"]
    if not making:
        return True
    known = [date for each in making if (date := _published(site, each.source)) and date.latest]
    if not known:
        return False
    first = min(known, key=sort_key)
    rivals = [each for rival in _contradicting(site, claim_id) for each in _supporting(site, rival)]
    begins = record.note.date.earliest if record.note.date else None
    return any(
        is_before(first, date)
        for each in (*disputing, *rivals)
        if (date := _published(site, each.source))
    ) or any(
        is_before(first, date) and not (begins and date.latest and date.latest < begins)
        for each in _supporting(site, claim_id)
        if (date := _published(site, each.source))
    )


def _published(site: Site, source_id: SourceId) -> FuzzyDate | None:
    return site.sources[source_id].note.published
