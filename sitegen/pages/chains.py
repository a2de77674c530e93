"""The way of a report: from the first origins that anybody names to the articles that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sitegen.findings.independence import origin_refs
from sitegen.kinds import Kind
from sitegen.model import Citation, Ref
from sitegen.notes import Evidence, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.label_lines import label_lines
from sitegen.views import ChainNode, ChainView

_LABEL = 26  # characters of a line
_FEWEST = 3  # articles and origins that are worth a drawing


def chain_view(cards: Cards, citations: Sequence[Citation]) -> ChainView | None:
    """Return the way from origins to articles for one group of evidence.

    None where there are no origins, or where one article has its report from one origin: then there
    is nothing to draw. If an article has its report from another one, that one's origins are
    followed too, as when independence is counted. The column of a node is the length of its longest
    way to the articles.
    """
    feeds = _feeds(cards, citations)
    if not feeds:
        return None
    articles = dict.fromkeys([Ref(Kind.SOURCE, each.evidence.source) for each in citations])
    if len({*articles, *feeds}) < _FEWEST:
        return None
    distance = _distances(feeds, (*articles, *sorted(feeds)))
    farthest = max(distance.values())
    columns: list[list[Ref]] = [[] for _ in range(farthest + 1)]
    for ref, steps in distance.items():
        columns[farthest - steps].append(ref)
    rows = max(map(len, columns))
    position = {ref: at for at, ref in enumerate(ref for column in columns for ref in column)}
    return ChainView(
        nodes=tuple(
            ChainNode(
                ref=str(ref),
                url=cards.links[ref].url,
                title=cards.links[ref].title,
                label=label_lines(cards.links[ref].title, _LABEL),
                column=at,
                row=row + (rows - len(column)) / 2,
                feeds=tuple(sorted(position[each] for each in feeds.get(ref, ()))),
            )
            for at, column in enumerate(columns)
            for row, ref in enumerate(column)
        ),
        columns=len(columns),
        rows=rows,
    )


def _feeds(cards: Cards, citations: Sequence[Citation]) -> dict[Ref, dict[Ref, None]]:
    """Return for every origin of some passages the articles and origins that report from it."""
    waiting = [
        (Ref(Kind.SOURCE, each.evidence.source), origins)
        for each in citations
        if (origins := _origins(cards, each.evidence))
    ]
    found: dict[Ref, dict[Ref, None]] = defaultdict(dict)
    seen: set[Ref] = set()
    while waiting:
        ref, origins = waiting.pop()
        for origin in origins:
            if origin != ref:
                found[origin][ref] = None
            if origin.kind is Kind.SOURCE and origin not in seen:
                seen.add(origin)
                waiting.append((origin, cards.quoted[SourceId(origin.id)].origins))
    return found


def _origins(cards: Cards, evidence: Evidence) -> tuple[Ref, ...]:
    """Return the origins of a passage: its own where it names any, else those of its source."""
    if evidence.origins is None:
        return cards.quoted[evidence.source].origins
    return origin_refs(cards.site, evidence.origins)


def _distances(feeds: Mapping[Ref, Iterable[Ref]], starts: Iterable[Ref]) -> dict[Ref, int]:
    """Return how many steps each node is from the articles, by the longest way without a circle.

    An article that is itself the origin of another one stands one column before it. The search is
    depth first with a stack of its own, because a chain may be longer than Python's stack allows.
    """
    distance: dict[Ref, int] = {}
    for start in starts:
        stack = [(start, iter(feeds.get(start, ())))] if start not in distance else []
        above = {start}
        farthest = [0]
        while stack:
            ref, onward = stack[-1]
            following = next((each for each in onward if each not in above), None)
            if following is None:
                distance[ref] = farthest.pop()
                stack.pop()
                above.discard(ref)
                if farthest:
                    farthest[-1] = max(farthest[-1], distance[ref] + 1)
            elif following in distance:
                farthest[-1] = max(farthest[-1], distance[following] + 1)
            else:
                stack.append((following, iter(feeds.get(following, ()))))
                above.add(following)
                farthest.append(0)
    return distance
