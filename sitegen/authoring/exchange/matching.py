"""Which source, and which passage of it, an annotation means.

A source is known by its address, else by its id or title. The passage's words must stand in its
text as quotes must; the words around only choose among several places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen.authoring.excerpting import Choice, Search, evidence_entry
from sitegen.authoring.exchange.web_annotations import Target
from sitegen.authoring.note_files import printable
from sitegen.authoring.note_text import tidy
from sitegen.authoring.passages import Way
from sitegen.authoring.refusals import Refused
from sitegen.diagnostics import Location, did_you_mean
from sitegen.model import Corpus
from sitegen.notes import SourceId, is_id
from sitegen.quotes import FoldedText, Span, find_places, fold, fold_words, nearest_passage

URN: Final = "urn:sitegen:source:"
_AROUND: Final = 64
_MOST_COMPARED: Final = 50  # addresses, for the one that may be meant
_SLASHES: Final = re.compile(r"/+$")


class Unmatched(Refused):
    """A passage that cannot be matched: the message says why, `help` what to do."""


class Sources(Struct, frozen=True):
    """The sources of a project, by all that may mean one; texts are folded when first needed."""

    corpus: Corpus
    by_address: dict[str, list[SourceId]]
    by_title: dict[str, list[SourceId]]
    folded: dict[SourceId, FoldedText]

    @classmethod
    def of(cls, corpus: Corpus) -> Sources:
        """Return the sources of a project."""
        by_address: dict[str, list[SourceId]] = defaultdict(list)
        by_title: dict[str, list[SourceId]] = defaultdict(list)
        for source_id, record in corpus.sources.items():
            for address in {_address(record.note.url), _address(record.note.archived_url)} - {""}:
                by_address[address].append(source_id)
            by_title[_title(record.note.title)].append(source_id)
        return cls(corpus, by_address, by_title, {})

    def meant(self, target: Target) -> Sequence[SourceId]:
        """Return the sources that a target may mean; refuse where there are none."""
        named = SourceId(target.address.removeprefix(URN))
        if named in self.corpus.sources:
            return [named]
        found = self.by_address.get(_address(target.address)) or self.by_title.get(
            _title(target.title) or "\0"
        )
        if not found and target.address.startswith(URN):
            missing = f'no source has the id "{printable(named)[:200]}"'
            help_ = f"import its note and its article, or: sitegen new source {named}"
            raise Unmatched(missing, help_ if is_id(named) else "")
        if not found:
            host = _address(target.address).partition("/")[0]
            alike = [each for each in self.by_address if host and each.partition("/")[0] == host]
            nearest = did_you_mean(_address(target.address), alike[:_MOST_COMPARED])
            help_ = nearest or "write the address as `url` in its source note, or sitegen add it"
            raise Unmatched(f"no source has the address {printable(target.address)!r:.200}", help_)
        return found

    def text(self, source_id: SourceId) -> FoldedText | None:
        """Return a source's text in plain form, None where it is not held."""
        seed = self.corpus.seeds.get(source_id)
        if seed is not None and source_id not in self.folded:
            self.folded[source_id] = fold(seed.text)
        return self.folded.get(source_id)


def entries_for(sources: Sources, targets: Sequence[Target]) -> Iterator[dict[str, str]]:
    """Yield the evidence for the passages of one annotation.

    Passages of one source that stand near one another are one quote with marks of omission. Raises
    Unmatched for the first that cannot be found.
    """
    if len(targets) > 1 and (joined := _joined(sources, targets)):
        yield joined
        return
    for target in targets:
        yield _entry(sources, target)


def _entry(sources: Sources, target: Target) -> dict[str, str]:
    """Return the evidence for one passage, in the source that has it."""
    if not target.exact:
        help_ = "only an annotation of some words can be evidence"
        raise Unmatched("it is on no words of the page", help_)
    meant = sources.meant(target)
    found: list[dict[str, str]] = []
    missed: list[Refused] = []
    for source_id in meant:
        try:
            found.append(_entry_in(sources, source_id, target))
        except Refused as refusal:
            missed.append(refusal)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Unmatched(missed[0].message, missed[0].help)
    ids = ", ".join(each["source"] for each in found)
    raise Unmatched(f"several sources have this address and these words: {ids}")


def _entry_in(sources: Sources, source_id: SourceId, target: Target) -> dict[str, str]:
    text = sources.text(source_id)
    if text is None:  # nobody can check it; it is kept as it was made
        kept = {"quote": target.exact, "prefix": target.prefix, "suffix": target.suffix}
        words = {name: tidy(value).strip() for name, value in kept.items()}
        return {"source": source_id, **{name: value for name, value in words.items() if value}}
    return _proved(source_id, text, (_place(source_id, text, target),))


def _proved(source_id: SourceId, text: FoldedText, segments: tuple[Span, ...]) -> dict[str, str]:
    span = Span(segments[0].start, segments[-1].end)
    choice = Choice(Location(source_id), "", segments, span)
    return evidence_entry(Search(source_id, Way.EXACT, (choice,), 1, text), choice)


def _joined(sources: Sources, targets: Sequence[Target]) -> dict[str, str] | None:
    """Return several passages as one quote; None where they are none."""
    try:
        meant = [sources.meant(each) for each in targets]
        source_id = meant[0][0]
        text = sources.text(source_id)
        if text is None or any(each != meant[0] for each in meant):
            return None
        return _proved(
            source_id, text, tuple(_place(source_id, text, target) for target in targets)
        )
    except Refused:
        return None


def _place(source_id: SourceId, text: FoldedText, target: Target) -> Span:
    """Return where a passage stands; of several places the one with most of the same around."""
    wanted = fold_words(target.exact)
    places = list(find_places(text.text, wanted)) if wanted else []
    if not places:
        near = nearest_passage(text, wanted) if wanted else None
        words = text.original[near.span.start : near.span.end] if near else ""
        help_ = f"the nearest words are “{printable(tidy(words))[:200]}”" if words else ""
        raise Unmatched(f'these words are not in the source "{source_id}"', help_)
    prefix, suffix = fold_words(target.prefix)[-_AROUND:], fold_words(target.suffix)[:_AROUND]
    scores = [_alike(text.text, at, at + len(wanted), prefix, suffix) for at in places]
    best = max(scores)
    if scores.count(best) > 1:
        help_ = "annotate more words, or use: sitegen excerpt"
        raise Unmatched(f'these words stand {len(places)} times in "{source_id}"', help_)
    at = places[scores.index(best)]
    return text.span(at, at + len(wanted))


def _alike(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """Return how many characters beside a place are those that should be there."""
    before = text[max(0, start - _AROUND - 1) : start].rstrip()
    after = text[end : end + _AROUND + 1].lstrip()
    return _shared(before[::-1], prefix.rstrip()[::-1]) + _shared(after, suffix.lstrip())


def _shared(left: str, right: str) -> int:
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _address(written: str | None) -> str:
    """Return what is the same for all spellings of an address."""
    try:
        parts = urlsplit(written or "")
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    path = _SLASHES.sub("", unquote(parts.path))
    return f"{host}{port}{path}{f'?{parts.query}' if parts.query else ''}"


def _title(written: str) -> str:
    return " ".join(written.split()).casefold()
