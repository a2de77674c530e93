"""Which pieces of evidence may go back to one origin and therefore count once.

The rule is the content model's: two pieces are independent unless their sources are the same, have
the same publisher, share an origin, or one is the other's origin. Origins are followed to their
end: what a source has from another one, it has from that one's origins too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, OriginGroup, Record, Ref, Site
from sitegen.notes import Note, OriginId, SourceId
from sitegen.references import display_name, origin_meaning


def lineage(site: Site, tables: Tables = NOTHING_KEPT) -> Mapping[SourceId, frozenset[Ref]]:
    """Return for every source all actors and sources that its reporting goes back to.

    No source goes back to itself or to very many others: `check` has refused that as an error.
    """

    def own(source_id: SourceId) -> frozenset[Ref]:
        return _origins(site, site.sources[source_id].note.origins)

    origins = tables.table("origins of sources", site.sources, own)

    def all_of(source_id: SourceId) -> frozenset[Ref]:
        found: set[Ref] = set()
        waiting = [source_id]
        for each in waiting:
            new = origins[each] - found
            found |= new
            waiting += (SourceId(ref.id) for ref in new if ref.kind is Kind.SOURCE)
        return frozenset(found)

    return tables.table("lineages", site.sources, all_of)


def _origins(site: Site, origins: Iterable[OriginId]) -> frozenset[Ref]:
    return frozenset(origin_refs(site, origins))


def origin_refs(site: Site, origins: Iterable[OriginId]) -> tuple[Ref, ...]:
    """Return the published actors and sources that origins' ids mean."""
    return tuple([ref for origin in origins if (ref := origin_ref(site, origin))])


def origin_ref(site: Site, origin: OriginId) -> Ref | None:
    """Return the published actor or source that an origin's id means."""
    kinds, note_id = origin_meaning(origin)
    for kind in kinds:
        if note_id in site.records(kind):
            return Ref(kind, note_id)
    return None


def origin_groups(
    site: Site, citations: Sequence[Citation], lineages: Mapping[SourceId, frozenset[Ref]]
) -> tuple[OriginGroup, ...]:
    """Return a claim's evidence in groups that are independent of one another.

    Groups stand in the order of their first citation. Dependence is transitive: where A shares a
    publisher with B and B an origin with C, the three count once.
    """
    ties = [_ties(site, citation, lineages) for citation in citations]
    tied = [*zip(citations, ties, strict=True)]
    return tuple([_group(site, [tied[each] for each in group]) for group in _connected(ties)])


def positions_by_origin(
    site: Site, citations: Sequence[Citation], lineages: Mapping[SourceId, frozenset[Ref]]
) -> list[list[int]]:
    """Return the independent groups of some citations, each as positions in `citations`."""
    return _connected([_ties(site, citation, lineages) for citation in citations])


def _connected(ties: Sequence[Iterable[Ref | str]]) -> list[list[int]]:
    if len(ties) == 1:
        return [[0]]
    by_tie: dict[Ref | str, list[int]] = defaultdict(list)
    for position, own in enumerate(ties):
        for tie in own:
            by_tie[tie].append(position)
    leader = list(range(len(ties)))
    for positions in by_tie.values():
        for position in positions[1:]:
            leader[_leader(leader, position)] = _leader(leader, positions[0])
    members: dict[int, list[int]] = defaultdict(list)
    for position in range(len(ties)):
        members[_leader(leader, position)].append(position)
    return sorted(members.values())


def _ties(
    site: Site, citation: Citation, lineages: Mapping[SourceId, frozenset[Ref]]
) -> list[Ref | str]:
    """Return all that ties a piece of evidence to others: if two share a tie, they count once.

    A tie is a source, an actor, or the name of a publisher.
    """
    source_id, origins = citation.evidence.source, citation.evidence.origins
    found: list[Ref | str] = [Ref(Kind.SOURCE, source_id)]
    if publisher := site.sources[source_id].note.publisher:
        found.append(publisher.casefold())
    if origins is None:
        found += lineages[source_id]
    else:
        for ref in _origins(site, origins):
            found.append(ref)
            if ref.kind is Kind.SOURCE:
                found += lineages[SourceId(ref.id)]
    return found


def _leader(leader: list[int], position: int) -> int:
    """Return the representative of a position's set, shortening the way to it."""
    while leader[position] != position:
        leader[position] = leader[leader[position]]
        position = leader[position]
    return position


def _group(site: Site, tied: Sequence[tuple[Citation, Iterable[Ref | str]]]) -> OriginGroup:
    evidence = [citation.evidence for citation, _ in tied]
    sources = tuple(dict.fromkeys([each.source for each in evidence]))
    return OriginGroup(
        citations=tuple([citation.number for citation, _ in tied]),
        sources=sources,
        ties=tuple(sorted(_names_of_ties(site, sources, tied))) if len(sources) > 1 else (),
        supports="supports" in [each.stance for each in evidence],
    )


def _names_of_ties(
    site: Site, sources: Iterable[SourceId], tied: Sequence[tuple[Citation, Iterable[Ref | str]]]
) -> set[str]:
    """Return the names of the ties that at least two of the sources share."""
    shared: dict[Ref | str, set[SourceId]] = defaultdict(set)
    for citation, ties in tied:
        for tie in ties:
            shared[tie].add(citation.source)
    published = (site.sources[source_id].note.publisher for source_id in sources)
    publishers: dict[str, str] = {}  # as the first that has a name writes it
    for name in filter(None, published):
        publishers.setdefault(name.casefold(), name)
    return {_tie_name(site, tie, publishers) for tie, bound in shared.items() if len(bound) > 1}


def _tie_name(site: Site, tie: Ref | str, publishers: Mapping[str, str]) -> str:
    if isinstance(tie, Ref):
        record: Record[Note] | None = site.find(tie)
        return display_name(record) if record else tie.id
    return publishers[tie]
