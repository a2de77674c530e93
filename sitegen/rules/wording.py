"""Rules that hold statements and attributions to the words that are quoted for them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

from sitegen.diagnostics import Diagnostic, warning
from sitegen.kinds import Kind
from sitegen.model import Citation, Findings, Record, Ref, Site
from sitegen.notes import Claim, Note
from sitegen.numbers import numbers_in
from sitegen.rules.tables import CLAIMS, EVENTS, FindingsCheck, Rule, WholeRule
from sitegen.sentences import paragraphs

MENTIONED: Final = frozenset({Kind.ACTOR, Kind.PLACE})
"""The kinds of note whose names texts may mention."""

_QUOTING: Final = CLAIMS | EVENTS
_MOST_SENTENCES: Final = 1 << 12  # whose capitals are kept
_LEAST_WORD: Final = 3  # "one" and "two" in words are grammar as often as counts
_NAME_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*")
_CONNECTORS: Final = frozenset({"of", "for", "de", "al"})
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_ENDS: Final = (".", "!", "?", "…")
_CLOSERS: Final = "\"'”’)]"
_CALENDAR: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[,;:]?"
)


def number_not_quoted(
    site: Site, findings: Findings, record: Record[Claim]
) -> Iterator[Diagnostic]:
    """A claim's statement gives a number that none of its quotes nor their sentences have.

    Readers would look for it in vain. Quote the words that give the number, or take it out of the
    statement. Years and dates are not meant; numbers in words count from three on.
    """
    stated = numbers_in(record.note.statement)
    citations = site.citations[record.ref] if stated else ()
    if any(not citation.excerpt.segments for citation in citations):
        return  # nobody can look into a text that is not held
    wanted = {each.value for each in stated if each.is_figure or each.value >= _LEAST_WORD}
    for citation in citations:
        for sentence in _sentences(site, findings, citation) if wanted else ():
            wanted.difference_update([each.value for each in numbers_in(sentence)])
    for number in stated if wanted else ():
        if number.value in wanted and (number.is_figure or number.value >= _LEAST_WORD):
            written = record.note.statement[number.start : number.end]
            yield warning(
                "number-not-quoted",
                record.locations.at_text(("statement",), written),
                f'"{written}" stands in none of the quotes',
                "quote the words that give this number, or take it out of the statement",
            )


def speaker_not_named(
    site: Site, _findings: Findings, record: Record[Note]
) -> Iterator[Diagnostic]:
    """A passage is put down as somebody's words, but its paragraph does not name them.

    Whose words they are must be for readers to see. Take the speaker out, add the name under which
    the text has them to the actor's `aliases_in_text`, or accept the warning by `allow` and say
    how the speaker is known.
    """
    for citation in site.citations[record.ref]:
        around = _around(site, citation) if citation.evidence.said_by else ""
        for index, actor_id in enumerate(citation.evidence.said_by):
            actor = site.actors[actor_id].note
            names = (actor.name, *actor.aliases_in_text)
            if around and not any(name in around for name in names):
                yield warning(
                    "speaker-not-named",
                    record.at("evidence", citation.number - 1, "said_by", index),
                    f'the paragraph of this quote does not name "{actor.name}"',
                    "take the speaker out, or add the name that the text uses to "
                    f"`aliases_in_text` of actors/{actor_id}.yaml",
                )


class Capitals(NamedTuple):
    """Words with capitals that stand together in a sentence that a citation quotes.

    They may hold names. Of those that open a sentence the first has its capital from there.
    """

    citation: int
    is_opener: bool
    words: str


def capitals_in(site: Site, findings: Findings, record: Record[Note]) -> tuple[Capitals, ...]:
    """Return the capitals in what a note quotes, in order, whatever actors and places there are.

    `unknown_name` is told by them: they depend on nothing but the quotes and their texts.
    """
    if record.ref.kind not in _QUOTING:
        return ()
    return tuple(
        [
            Capitals(citation.number, start <= 1, words)
            for citation in site.citations[record.ref]
            if not citation.rival_date
            for sentence in _full_sentences(site, findings, citation)
            for start, words in _long_stretches(sentence)
        ]
    )


def unknown_name(
    site: Site, quoted: Mapping[Ref, Sequence[Capitals]], known: Set[str]
) -> Iterator[Diagnostic]:
    """A quote holds what looks like a name, but no actor or place has it, under any alias.

    It may be somebody whom readers should be able to look up, or another spelling of somebody they
    can. Write a note, add the spelling to `aliases_in_text`, or, where it is no such name ("Cold
    War"), list it under `names` in site.yaml. Names are looked for in texts of languages that
    write them with capitals, and not in headlines.
    """
    names: dict[tuple[bool, str], tuple[str, ...]] = {}
    seen: set[str] = set()
    for owner, stretches in quoted.items():
        for number, is_opener, words in stretches:
            unknown = names.get((is_opener, words))
            if unknown is None:
                unknown = tuple(_unknown_names(words.split(" "), is_opener, known))
                names[is_opener, words] = unknown
            for name in unknown:
                if name not in seen and name in _quote(site, owner, number):
                    seen.add(name)
                    yield _unknown_name(site, owner, number, name)


def _quote(site: Site, owner: Ref, number: int) -> str:
    return " ".join(site.citations[owner][number - 1].excerpt.words.split())


def _unknown_name(site: Site, owner: Ref, number: int, name: str) -> Diagnostic:
    locations = site.records(owner.kind)[owner.id].locations
    return warning(
        "unknown-name",
        locations.at_text(("evidence", number - 1, "quote"), name),
        f'no actor or place is called "{name}"',
        "write a note, add it to `aliases_in_text`, or list it under `names` in site.yaml",
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
    every = _sentences(site, findings, citation)
    return [each for each in every if each.rstrip(_CLOSERS).endswith(_ENDS)]


def _around(site: Site, citation: Citation) -> str:
    """Return the paragraphs of the source that a quote stands in; empty where it is not held."""
    spans = citation.excerpt.segments
    if not spans:
        return ""
    text = site.seeds[citation.source].text
    own = paragraphs(text)
    first = max(bisect_right(own, spans[0].start, key=lambda each: each.start) - 1, 0)
    last = bisect_left(own, spans[-1].end, key=lambda each: each.start)
    return text[own[first].start : own[last - 1].end]


def _unknown_names(words: Sequence[str], is_opener: bool, known: Set[str]) -> Iterator[str]:
    is_name = not is_opener or _known_length(words, 0, known)
    return _runs(words if is_name else words[1:], known)


# What may be a capital right after the white space behind something that may have one, with nothing
# but connectors between; never goes back, and begins only where white space ends. Beyond ASCII any
# character may be one. (To say so by a range takes 3 ms at each place whenever this is loaded.)
_CAPITAL: Final = r"[^\x00-@\[-\x7f]"
_PAIR: Final = re.compile(
    rf"(?<!\S)[\x00-\x08\x0e-\x1b!-@\[-\x7f]*+{_CAPITAL}\S*+\s++"
    rf"(?:(?:{'|'.join(sorted(_CONNECTORS))})\s++)*+{_CAPITAL}"
)


@lru_cache(_MOST_SENTENCES)  # many notes may quote one sentence
def _long_stretches(sentence: str) -> tuple[tuple[int, str], ...]:
    """Return the stretches of words with capitals that may be a name, and where each begins."""
    if not _PAIR.search(sentence):  # as in most
        return ()
    return tuple(
        (start, " ".join(words)) for start, words in _capitalised(sentence) if _is_long(words)
    )


def _capitalised(sentence: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the stretches of words with capitals, and where each begins.

    Scripts without capitals have none. A short word may connect two others: "Bank of Korea".
    """
    stretch: list[str] = []
    start, end = 0, 0
    for found in _NAME_WORD.finditer(sentence):
        word = found[0]
        is_capital = word[0].isupper()
        if not stretch and not is_capital:  # as most words are
            continue
        if stretch and sentence[end : found.start()].strip():
            yield start, stretch
            stretch = []
        if is_capital:
            start = start if stretch else found.start()
            stretch.append(word)
        elif stretch and word in _CONNECTORS:
            stretch.append(word)
        elif stretch:
            yield start, stretch
            stretch = []
        end = found.end()
    if stretch:
        yield start, stretch


def _runs(words: Sequence[str], known: Set[str]) -> Iterator[str]:
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


def _known_length(words: Sequence[str], at: int, known: Set[str]) -> int:
    """Return how many words from a place on are the longest known name there; 0 for none."""
    for end in range(min(len(words), at + 8), at, -1):
        name = " ".join(words[at:end]).rstrip(".,;:")
        if {name, _POSSESSIVE.sub("", name), " ".join(words[at:end])} & known:
            return end - at
    return 0


def _name_in(run: Sequence[str]) -> Iterator[str]:
    while run and run[-1] in _CONNECTORS:
        run = run[:-1]
    if _is_long(run):
        yield _POSSESSIVE.sub("", " ".join(run).rstrip(".,;:"))


def _is_long(words: Sequence[str]) -> bool:
    """Return whether words are enough for the name of somebody whom nobody knows."""
    return len(words) > 1 and len([each for each in words if each not in _CONNECTORS]) > 1


_NamesCheck = Callable[[Site, Mapping[Ref, Sequence[Capitals]], Set[str]], Iterator[Diagnostic]]

CHECKS: tuple[Rule[FindingsCheck] | WholeRule[_NamesCheck], ...] = (
    Rule(number_not_quoted, CLAIMS),
    Rule(speaker_not_named, _QUOTING),
    WholeRule(unknown_name),
)
