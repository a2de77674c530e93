"""Rules that hold statements and attributions to the words that are quoted for them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from sitegen.diagnostics import Diagnostic, warning
from sitegen.model import Citation, Findings, Site
from sitegen.notes import SourceId
from sitegen.numbers import numbers_in
from sitegen.sentences import Stretch, paragraphs

_LEAST_WORD: Final = 3  # "one" and "two" in words are grammar as often as counts
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*")
_CONNECTORS: Final = frozenset({"of", "for", "de", "al"})
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_ENDS: Final = re.compile(r"[.!?…][\"'”’)\]]*$")
_CALENDAR: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[,;:]?"
)


def number_not_quoted(site: Site, findings: Findings) -> Iterator[Diagnostic]:
    """A claim's statement gives a number that none of its quotes nor their sentences have.

    Readers would look for it in vain. Quote the words that give the number, or take it out of the
    statement. Years and dates are not meant; numbers in words count from three on.
    """
    for record in site.claims.values():
        stated = numbers_in(record.note.statement)
        citations = site.citations[record.ref] if stated else ()
        if any(not citation.excerpt.segments for citation in citations):
            continue  # nobody can look into a text that is not held
        quoted = {
            number.value
            for citation in citations
            for sentence in _sentences(site, findings, citation)
            for number in numbers_in(sentence)
        }
        for number in stated:
            if number.value not in quoted and (number.is_figure or number.value >= _LEAST_WORD):
                written = record.note.statement[number.start : number.end]
                yield warning(
                    "number-not-quoted",
                    record.places.at_text(("statement",), written),
                    f'"{written}" stands in none of the quotes',
                    "quote the words that give this number, or take it out of the statement",
                )


def speaker_not_named(site: Site, _findings: Findings) -> Iterator[Diagnostic]:
    """A passage is put down as somebody's words, but its paragraph does not name them.

    Whose words they are must be for readers to see. Take the speaker out, add the name under which
    the text has them to the actor's `aliases_in_text`, or accept the warning by `allow` and say
    how the speaker is known.
    """
    stretches = {source_id: paragraphs(seed.text) for source_id, seed in site.seeds.items()}
    for owner, citations in site.citations.items():
        record = site.find(owner)
        for citation in citations:
            around = _paragraphs(site, citation, stretches) if citation.evidence.said_by else ""
            for index, actor_id in enumerate(citation.evidence.said_by):
                actor = site.actors[actor_id].note
                names = (actor.name, *actor.aliases_in_text)
                if record and around and not any(name in around for name in names):
                    yield warning(
                        "speaker-not-named",
                        record.at("evidence", citation.number - 1, "said_by", index),
                        f'the paragraph of this quote does not name "{actor.name}"',
                        "take the speaker out, or add the name that the text uses to "
                        f"`aliases_in_text` of actors/{actor_id}.yaml",
                    )


def unknown_name(site: Site, findings: Findings) -> Iterator[Diagnostic]:
    """A quote holds what looks like a name, but no actor or place has it, under any alias.

    It may be somebody whom readers should be able to look up, or another spelling of somebody they
    can. Write a note, add the spelling to `aliases_in_text`, or, where it is no such name ("Cold
    War"), list it under `names` in site.yaml. Names are looked for in texts of languages that
    write them with capitals, and not in headlines.
    """
    known = set(site.settings.names)
    for actor in site.actors.values():
        known |= {actor.note.name, *actor.note.aliases_in_text}
    for place in site.places.values():
        known |= {place.note.name, *place.note.aliases_in_text}
    unknown = lru_cache(maxsize=1024)(lambda sentence: tuple(_unknown_names(sentence, known)))
    seen: set[str] = set()
    for owner, citations in site.citations.items():
        record = site.find(owner)
        for citation in citations:
            if record is None or citation.rival_date:
                continue
            quoted = " ".join(citation.excerpt.words.split())
            sentences = _full_sentences(site, findings, citation)
            for name in chain.from_iterable(map(unknown, sentences)):
                if name not in seen and name in quoted:
                    seen.add(name)
                    yield warning(
                        "unknown-name",
                        record.places.at_text(("evidence", citation.number - 1, "quote"), name),
                        f'no actor or place is called "{name}"',
                        "write a note, add it to `aliases_in_text`, or list it under `names` in "
                        "site.yaml",
                    )


def _sentences(site: Site, findings: Findings, citation: Citation) -> list[str]:
    """Return the sentences of the source that a quote stands in."""
    text = site.seeds[citation.source].text
    return [
        text[sentence.start : sentence.end]
        for sentence in findings.coverage[citation.source].touched_by(citation.excerpt.segments)
    ]


def _full_sentences(site: Site, findings: Findings, citation: Citation) -> list[str]:
    """Return the sentences of a quote that end as sentences do, which headlines do not."""
    if not citation.excerpt.segments:
        return []
    return [each for each in _sentences(site, findings, citation) if _ENDS.search(each)]


def _paragraphs(
    site: Site, citation: Citation, stretches: Mapping[SourceId, Sequence[Stretch]]
) -> str:
    """Return the paragraphs of the source that a quote stands in; empty where it is not held."""
    spans = citation.excerpt.segments
    if not spans:
        return ""
    own = stretches[citation.source]
    first = max(bisect_right(own, spans[0].start, key=lambda each: each.start) - 1, 0)
    last = bisect_left(own, spans[-1].end, key=lambda each: each.start)
    return site.seeds[citation.source].text[own[first].start : own[last - 1].end]


def _unknown_names(sentence: str, known: set[str]) -> Iterator[str]:
    for start, words in _capitalised(sentence):
        # The first word of a sentence has its capital from there.
        is_opener = start <= 1 and not _known_length(words, 0, known)
        yield from _runs(words[1:] if is_opener else words, known)


def _capitalised(sentence: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the stretches of words with capitals, and where each begins.

    Scripts without capitals have none. A short word may connect two others: "Bank of Korea".
    """
    stretch: list[str] = []
    start, end = 0, 0
    for found in _NAME_WORD.finditer(sentence):
        is_next = not sentence[end : found.start()].strip() if stretch else True
        if not is_next:
            yield start, stretch
            stretch = []
        if found[0][0].isupper():
            start = start if stretch else found.start()
            stretch.append(found[0])
        elif stretch and found[0] in _CONNECTORS:
            stretch.append(found[0])
        elif stretch:
            yield start, stretch
            stretch = []
        end = found.end()
    if stretch:
        yield start, stretch


def _runs(words: Sequence[str], known: set[str]) -> Iterator[str]:
    """Yield the stretches of two or more words that belong to no known name."""
    run: list[str] = []
    at = 0
    while at < len(words):
        length = _known_length(words, at, known)
        if length or _CALENDAR.fullmatch(words[at]):
            yield from _name_in(run)
            run = []
        else:
            run.append(words[at])
        at += max(length, 1)
    yield from _name_in(run)


def _known_length(words: Sequence[str], at: int, known: set[str]) -> int:
    """Return how many words from a place on are the longest known name there; 0 for none."""
    for end in range(min(len(words), at + 8), at, -1):
        name = " ".join(words[at:end]).rstrip(".,;:")
        if {name, _POSSESSIVE.sub("", name), " ".join(words[at:end])} & known:
            return end - at
    return 0


def _name_in(run: Sequence[str]) -> Iterator[str]:
    while run and run[-1] in _CONNECTORS:
        run = run[:-1]
    if sum(word not in _CONNECTORS for word in run) >= 2:
        yield _POSSESSIVE.sub("", " ".join(run).rstrip(".,;:"))


CHECKS: tuple[Callable[[Site, Findings], Iterator[Diagnostic]], ...] = (
    number_not_quoted,
    speaker_not_named,
    unknown_name,
)
