"""What can be said of a date beyond its words: what they reach over, and what is in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Final

from sitegen.dates import FuzzyDate, Precision, Qualifier, machine, parse_date, words
from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Record, Site
from sitegen.notes import Claim, Correction, Event, Note, Question, Source
from sitegen.pages.bundles import Bundles, by_bundle
from sitegen.views import DatePreview

_DATED: Final = (Kind.SOURCE, Kind.CLAIM, Kind.EVENT, Kind.QUESTION, Kind.CORRECTION)
_DOUBTS: Final = {
    Qualifier.APPROXIMATE: "approximate",
    Qualifier.UNCERTAIN: "uncertain",
    Qualifier.BOTH: "uncertain and approximate",
}


def dates_with_previews(
    site: Site, bundles: Bundles, tables: Tables
) -> Callable[[], Iterable[str]]:
    """Return a function that yields the texts of all dates that have a preview, each once."""

    def texts(notes: Mapping[str, Record[Note]], ids: Iterable[str]) -> list[str]:
        dates = chain.from_iterable(_dates_of(notes[each].note) for each in ids)
        return [*dict.fromkeys(date.text for date in dates if date and has_preview(date))]

    found = [
        by_bundle(
            tables,
            f"dates with previews in {kind.plural}",
            bundles.of(kind),
            partial(texts, site.records(kind)),
        )
        for kind in _DATED
    ]
    return lambda: dict.fromkeys(text for own in found for some in own.values() for text in some)


def _dates_of(note: Note) -> Iterator[FuzzyDate | None]:
    """Yield every date that a note gives."""
    match note:
        case Claim():
            yield note.date
            yield note.quantity.as_of if note.quantity else None
            yield note.assessment.assessed_on if note.assessment else None
            yield from (change.date for change in note.history)
        case Event():
            yield note.date
            yield from (rival.date for rival in note.rival_dates)
        case Source():
            yield from (note.published, note.collected)
        case Question():
            yield note.assessment.assessed_on if note.assessment else None
        case Correction():
            yield note.date


def has_preview(date: FuzzyDate) -> bool:
    """Return whether a date is no plain year, month or day, but in doubt, a season or a range."""
    return machine(date) is None


def date_preview(text: str) -> DatePreview:
    """Return what there is to say of a date that notes write as this text."""
    date = parse_date(text)
    return DatePreview(
        key=text,
        words=words(date),
        precision=date.precision,
        first=_day(date.earliest),
        last=_day(date.latest),
        doubts=tuple(dict.fromkeys(_doubts(date))),
    )


def _day(day: dt.date | None) -> str:
    return words(parse_date(day.isoformat())) if day else ""


def _doubts(date: FuzzyDate) -> Iterator[tuple[str, str]]:
    """Yield which component of a date is in doubt, and how; a doubt at both ends comes once."""
    for doubt in date.doubts:
        yield str(doubt.component), _DOUBTS[doubt.qualifier]
    parts = [list(_doubts(part)) for part in date.parts]
    if date.precision is not Precision.INTERVAL:
        yield from chain.from_iterable(parts)
    elif parts[0] == parts[1]:
        yield from ((f"{component} at either end", how) for component, how in parts[0])
    else:
        for end, found in zip(("start", "end"), parts, strict=True):
            yield from ((f"{component} of its {end}", how) for component, how in found)
