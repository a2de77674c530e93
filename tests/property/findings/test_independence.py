"""What holds of the independence of any evidence, whoever published and repeated what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings.independence import lineage, origin_groups
from sitegen.model import Citation
from tests.sites import LinkedSite

T = TypeVar("T")

NAMES = "abcdef"
AGENCIES = ("x", "y")


@dataclass(frozen=True)
class Articles:
    """Who published each source, what each has its reporting from, and what overrides that."""

    publishers: tuple[str, ...]
    origins: tuple[tuple[str, ...], ...]
    overrides: tuple[tuple[str, ...] | None, ...]

    def linked(self) -> LinkedSite:
        """Return a site with one claim that quotes each source once, in the order of names."""
        files = {f"content/actors/{each}.yaml": f"name: {each}\n" for each in AGENCIES}
        evidence = ""
        for name, publisher, origins, override in zip(
            NAMES, self.publishers, self.origins, self.overrides, strict=True
        ):
            files[f"content/sources/{name}.yaml"] = (
                f"title: {name}\npublisher: {publisher}\norigins: [{', '.join(origins)}]\n"
            )
            own = "" if override is None else f", origins: [{', '.join(override)}]"
            evidence += f"  - {{source: {name}, quote: x{own}}}\n"
        files["content/claims/c.yaml"] = f"statement: It rained.\nevidence:\n{evidence}"
        return LinkedSite(files)


def origins_for(position: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Return what a source may have its reporting from: agencies, and sources before it."""
    known = [*AGENCIES, *NAMES[:position]]
    return st.lists(st.sampled_from(known), max_size=2, unique=True).map(tuple)


articles = st.builds(
    Articles,
    st.tuples(*[st.sampled_from(["", "", "Herald", "HERALD", "Post"])] * len(NAMES)),
    st.tuples(*[origins_for(position) for position in range(len(NAMES))]),
    st.tuples(*[st.none() | origins_for(position) for position in range(len(NAMES))]),
)


def partition(linked: LinkedSite, citations: tuple[Citation, ...]) -> set[frozenset[int]]:
    """Return the groups of evidence as sets of citations' numbers."""
    groups = origin_groups(linked.site, citations, lineage(linked.site))
    return {frozenset(group.citations) for group in groups}


@settings(max_examples=30, deadline=None)
@given(articles, st.data())
def test_order_of_evidence_never_changes_the_groups(written: Articles, data: st.DataObject) -> None:
    """The partition is the same in whatever order the evidence is written, and is a partition."""
    linked = written.linked()
    citations = linked.citations("claim", "c")
    groups = partition(linked, citations)
    assert sorted(number for group in groups for number in group) == list(range(1, 7))
    turned = tuple(data.draw(st.permutations(citations)))
    assert partition(linked, turned) == groups
    first = [
        min(turned.index(citations[number - 1]) for number in group.citations)
        for group in origin_groups(linked.site, turned, lineage(linked.site))
    ]
    assert first == sorted(first)


@settings(max_examples=30, deadline=None)
@given(articles, st.data())
def test_more_ties_never_make_more_groups(written: Articles, data: st.DataObject) -> None:
    """A publisher or an origin that becomes known joins groups and parts none."""
    before = written.linked()
    at = data.draw(st.integers(0, len(NAMES) - 1))
    if data.draw(st.booleans()) and not written.publishers[at]:
        more = replace(written, publishers=replaced(written.publishers, at, "Herald"))
    elif written.overrides[at] is None:
        added = (*written.origins[at], *data.draw(origins_for(at)))
        more = replace(written, origins=replaced(written.origins, at, tuple(dict.fromkeys(added))))
    else:
        added = (*(written.overrides[at] or ()), *data.draw(origins_for(at)))
        more = replace(
            written, overrides=replaced(written.overrides, at, tuple(dict.fromkeys(added)))
        )
    after = more.linked()
    coarser = partition(after, after.citations("claim", "c"))
    finer = partition(before, before.citations("claim", "c"))
    assert len(coarser) <= len(finer)
    assert all(any(group <= larger for larger in coarser) for group in finer)


def replaced(values: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    """Return the values with another one at a position."""
    return (*values[:at], value, *values[at + 1 :])


@settings(max_examples=25, deadline=None)
@given(articles)
def test_groups_are_those_of_pairwise_ties(written: Articles) -> None:
    """Against a plain reading of the rule: any tie of two joins them, and ties are transitive."""
    linked = written.linked()
    behind = {
        name: everything_behind(written, written.origins[position])
        for position, name in enumerate(NAMES)
    }
    own = [
        behind[name] if override is None else everything_behind(written, override)
        for name, override in zip(NAMES, written.overrides, strict=True)
    ]
    groups = [{number} for number in range(len(NAMES))]
    for one in range(len(NAMES)):
        for other in range(one):
            publishers = {written.publishers[each].casefold() for each in (one, other)}
            is_tied = (
                len(publishers - {""}) == len(publishers) == 1
                or own[one] & own[other]
                or NAMES[one] in own[other]
                or NAMES[other] in own[one]
            )
            if is_tied:
                joined = [group for group in groups if one in group or other in group]
                groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    found = partition(linked, linked.citations("claim", "c"))
    assert found == {frozenset(number + 1 for number in group) for group in groups}


def everything_behind(written: Articles, origins: tuple[str, ...]) -> set[str]:
    """Return the origins and what those that are sources have theirs from."""
    return set(origins).union(
        *(
            everything_behind(written, written.origins[NAMES.index(each)])
            for each in origins
            if each in NAMES
        )
    )
