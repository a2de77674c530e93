"""Rules over quotations: every one must stand in its source, in its source's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Location, error, warning
from sitegen.model import Corpus, PassageKey, Proofs, Record, Seed
from sitegen.notes import Evidence, Note, RivalDate, Source, SourceId, quotations
from sitegen.quotes import (
    LONGEST_OMISSION,
    Candidate,
    QuoteFault,
    QuoteMatch,
    QuoteState,
    context,
    negation_before,
)
from sitegen.quotes.near import say_differences
from sitegen.quotes.word_edges import cut_word
from sitegen.rules.tables import SOURCES, Rule, by_kind
from sitegen.sentences import paragraphs

_SHOWN_BEFORE: Final = 40  # characters before a quote

_SourceCheck = Callable[[Corpus, Proofs, Record[Any]], Iterator[Diagnostic]]


class Quotation(Struct, frozen=True, gc=False):
    """A quotation that was looked up: whose it is, in which text, and what came of it."""

    key: PassageKey
    record: Record[Note]
    entry: Evidence | RivalDate
    match: QuoteMatch
    seed: Seed

    def at(self, field: str = "quote") -> Location:
        """Return where a field of its entry stands."""
        return self.record.at(self.key.field, self.key.at, field)


class QuotationRule(NamedTuple):
    """A rule that can be told of one quotation, if that is in one of these states."""

    find: Callable[[Quotation], Iterator[Diagnostic]]
    states: frozenset[QuoteState]


def check_quotations(corpus: Corpus, proofs: Proofs, record: Record[Note]) -> Iterator[Diagnostic]:
    """Yield what the rules find in the quotations of one note, and in its text if it is a source.

    Nothing can be said of a quotation whose text is not held.
    """
    for field in ("evidence", "rival_dates"):
        for index, entry in enumerate(quotations(record.note, field)):
            key = PassageKey(record.ref, field, index)
            match = proofs.matches.get(key)
            if match is None or match.state is QuoteState.NOT_HELD:
                continue
            quoted = Quotation(key, record, entry, match, corpus.seeds[entry.source])
            for find in _OF_QUOTATIONS[match.state]:
                yield from find(quoted)
    for find_in in _OF_NOTES[record.ref.kind]:
        yield from find_in(corpus, proofs, record)


def place_in(seed: Seed, offset: int) -> Location:
    """Return where an offset into an article's text stands in its file."""
    before = seed.text[:offset]
    return Location(seed.path, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def quote_missing(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote's words are not in its source, nor anything much like them.

    A briefing that misquotes is worse than none. Copy the words again from the article's text, or
    name the source that has them: of the first twenty such quotes the report says in which other
    articles they stand.
    """
    match, seed = quoted.match, quoted.seed
    is_empty = match.fault is QuoteFault.EMPTY
    hint = "write the words" if is_empty else f"copy the words from {seed.path}"
    if match.nearest and not is_empty:
        near = match.nearest.span
        at = place_in(seed, near.start)
        hint += f"; the nearest are at {_short(at)}: “{_words(seed, near.start, near.end)}”"
    yield error(
        "quote-missing",
        quoted.at(),
        "this quote has no words"
        if is_empty
        else f'these words are not in the source "{quoted.entry.source}"',
        hint,
    )


def quote_changed(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote is not in its source, but a passage much like it is.

    Something was altered in copying: a word, a letter, the order of the parts, or more was left out
    than `[…]` may stand for (600 characters). The report shows the passage and what differs. Near
    is not equal: copy the words as they stand.
    """
    yield error(
        "quote-changed",
        quoted.at(),
        _what_changed(quoted.match, quoted.entry.source),
        *_changed_hint(quoted.match, quoted.seed),
    )


def _what_changed(match: QuoteMatch, source: str) -> str:
    match match.fault:
        case QuoteFault.GAP:
            longest = max(len(omission.text) for omission in match.omissions)
            return f"[…] leaves out {longest} characters, at most {LONGEST_OMISSION} may be"
        case QuoteFault.ORDER:
            return f'the parts of this quote stand in another order in the source "{source}"'
        case _:
            return f'these words are not quite those of the source "{source}"'


def _changed_hint(match: QuoteMatch, seed: Seed) -> tuple[str, tuple[tuple[Location, str], ...]]:
    if match.nearest is None:
        places = [(place_in(seed, span.start), "a part stands here") for span in match.scattered]
        what = "quote the parts as pieces of evidence of their own"
        return what, tuple(places)
    near = match.nearest
    at = place_in(seed, near.span.start)
    words = _words(seed, near.span.start, near.span.end)
    return f"{_short(at)} has “{words}”: {say_differences(near.pieces)}", ()


def quote_ambiguous(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote stands more than once in its source.

    Readers must land on the passage that is meant. Quote more words, or give the words just before
    (`prefix`) or after (`suffix`); the report shows which would decide.
    """
    match, seed = quoted.match, quoted.seed
    problem = "prefix and suffix fit none of them; " if match.context_mismatch else ""
    decides = any(each.prefix or each.suffix for each in match.candidates)
    yield error(
        "quote-ambiguous",
        quoted.at(),
        f'these words stand {match.places} times in the source "{quoted.entry.source}"',
        problem
        + ("add the line that goes with the place you mean" if decides else "quote more words"),
        tuple(
            (
                place_in(seed, candidate.segments[0].start),
                f"“{_around(candidate, seed)}”{_choice(candidate)}",
            )
            for candidate in match.candidates
        ),
    )


def _choice(candidate: Candidate) -> str:
    """Return the lines that choose one of several places, or that no words near it do."""
    fields = (("prefix", candidate.prefix), ("suffix", candidate.suffix))
    lines = [f"`{field}: {_yaml(words)}`" for field, words in fields if words]
    return f" → {' and '.join(lines)}" if lines else ""


def context_not_found(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote stands in its source, but not between the `prefix` and `suffix` that are given.

    The quote is unique, so it is found all the same; the words around it were copied wrong. Correct
    them, or take them out.
    """
    if quoted.match.context_mismatch:
        yield warning(
            "context-not-found",
            quoted.at("prefix" if quoted.entry.prefix else "suffix"),
            "the quote does not stand beside these words",
            f"take them out: the quote stands once only, at "
            f"{_short(place_in(quoted.seed, quoted.match.segments[0].start))}",
        )


def negation_left_out(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote leaves out a negation: by `[…]`, or because it begins right after it.

    Leaving out a "not" can turn a sentence round. Quote it whole, or quote the parts as pieces of
    evidence of their own; where the sense is kept, accept the warning by `allow`.
    """
    text, first = quoted.seed.text, quoted.match.segments[0]
    negation = negation_before(text, first.start)
    if negation and _is_one_paragraph(text, negation.start, first.start):
        before = context(text, first, _SHOWN_BEFORE)[0].rpartition("\n\n")[2]
        yield warning(
            "negation-left-out",
            quoted.at(),
            f'the quote begins right after "{_line(text[slice(*negation)])}"',
            f"quote that too; it reads: “… {_line(before)} [{_words(quoted.seed, *first)}]”; "
            "where the sense is kept, accept it by `allow`",
        )
    for omission in quoted.match.omissions:
        if omission.negations:
            words = ", ".join(f'"{word}"' for word in dict.fromkeys(omission.negations))
            yield warning(
                "negation-left-out",
                quoted.at(),
                f"what […] leaves out holds {words}",
                f"it reads: “{_cut(_line(omission.text))}”",
            )


def quote_cuts_word(quoted: Quotation) -> Iterator[Diagnostic]:
    """A quote begins or ends inside a word or a number of its source.

    "He was" may be half of "he wasn't", and "84" half of "84,000": the words stand there, and yet
    the source does not say so. Quote the whole word. Looked at are texts in Latin, Greek and
    Cyrillic letters; others write words together or have no spaces.
    """
    edges = [(each.start, "begins") for each in quoted.match.segments]
    edges += [(each.end, "ends") for each in quoted.match.segments]
    for offset, verb in sorted(edges):
        if word := cut_word(quoted.seed.text, offset):
            yield warning(
                "quote-cuts-word",
                quoted.at(),
                f'the quote {verb} inside "{word}"',
                "quote all of it",
            )


def text_altered(corpus: Corpus, _proofs: Proofs, record: Record[Source]) -> Iterator[Diagnostic]:
    """A source's text is not the file that its `sha256` was taken of.

    What was collected must stay as it was. Bring the file back, or, if it was replaced on purpose,
    check the quotes and write the new sum.
    """
    seed = corpus.seeds.get(SourceId(record.ref.id))
    if seed and record.note.sha256 and seed.sha256 != record.note.sha256:
        yield error(
            "text-altered",
            record.at("sha256"),
            f"{seed.path} is not the file with this SHA-256",
            f"bring the file back, or write its present sum: {seed.sha256}",
        )


def ignored_not_found(
    corpus: Corpus, proofs: Proofs, record: Record[Source]
) -> Iterator[Diagnostic]:
    """A passage under `ignore` is not in the source's text.

    It is compared as quotes are, and marks every place where it stands. Copy it again, or take it
    out.
    """
    source_id = SourceId(record.ref.id)
    for index, places in enumerate(proofs.ignored.get(source_id, ())):
        if not places:
            yield error(
                "ignored-not-found",
                record.at("ignore", index),
                "these words are not in the source's text",
                f"copy them from {corpus.seeds[source_id].path}, or take the entry out",
            )


def _around(candidate: Candidate, seed: Seed) -> str:
    """Return a quote in brackets between the words around it."""
    start, end = candidate.segments[0].start, candidate.segments[-1].end
    before, after = candidate.before[-80:], candidate.after[:80]
    return _line(f"{before}[{_cut(_line(seed.text[start:end]))}]{after}")


def _is_one_paragraph(text: str, first: int, last: int) -> bool:
    """Tell whether no paragraph ends between two places."""
    return any(each.start <= first and last < each.end for each in paragraphs(text))


def _short(at: Location) -> str:
    return f"{at.path}:{at.line}:{at.column}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159]}…"


def _words(seed: Seed, start: int, end: int) -> str:
    return _cut(_line(seed.text[start:end]))


def _yaml(words: str) -> str:
    """Return words as a YAML scalar that means just them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_STANDING: Final = frozenset({QuoteState.EXACT, QuoteState.NORMALISED})
CHECKS: tuple[QuotationRule | Rule[_SourceCheck], ...] = (
    QuotationRule(quote_missing, frozenset({QuoteState.MISSING})),
    QuotationRule(quote_changed, frozenset({QuoteState.CHANGED})),
    QuotationRule(quote_ambiguous, frozenset({QuoteState.AMBIGUOUS})),
    QuotationRule(context_not_found, _STANDING),
    QuotationRule(negation_left_out, _STANDING),
    QuotationRule(quote_cuts_word, _STANDING),
    Rule(text_altered, SOURCES),
    Rule(ignored_not_found, SOURCES),
)

_OF_NOTES: Final = by_kind(each for each in CHECKS if isinstance(each, Rule))
_OF_QUOTATIONS: Final = {
    state: tuple(
        each.find for each in CHECKS if isinstance(each, QuotationRule) and state in each.states
    )
    for state in QuoteState
}
