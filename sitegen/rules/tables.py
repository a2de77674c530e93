"""How a rule stands in the table of its module: what finds it, and in which notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar

from sitegen.diagnostics import Diagnostic
from sitegen.kinds import Kind
from sitegen.model import Corpus, Findings, Record, Site
from sitegen.rules.ties import Tied

Find = TypeVar("Find", bound=Callable[..., Iterator[Diagnostic]])

CorpusCheck = Callable[[Corpus, Tied], Iterator[Diagnostic]]
SettingsCheck = Callable[[Corpus], Iterator[Diagnostic]]
NoteCheck = Callable[[Corpus, Record[Any]], Iterator[Diagnostic]]
FindingsCheck = Callable[[Site, Findings, Record[Any]], Iterator[Diagnostic]]

EVERY_KIND: Final = frozenset(Kind)
CLAIMS: Final = frozenset({Kind.CLAIM})
EVENTS: Final = frozenset({Kind.EVENT})
SOURCES: Final = frozenset({Kind.SOURCE})


class Rule(NamedTuple, Generic[Find]):
    """A rule that can be told of one note: `find` looks at that, and by key at what it names.

    It goes through no mapping of all notes, unless something is wrong already, and remembers
    nothing from one note to the next: what it finds holds as long as all that it has looked up.
    """

    find: Find
    kinds: frozenset[Kind] = EVERY_KIND


class WholeRule(NamedTuple, Generic[Find]):
    """A rule that only several notes together can break.

    Of a corpus, `find` takes all notes, to look some up by key, and what they have to do with one
    another, in which to look for faults.
    """

    find: Find


class SettingsRule(NamedTuple, Generic[Find]):
    """A rule over what is no note."""

    find: Find


_Other = WholeRule[Any] | SettingsRule[Any]


def by_kind(table: Iterable[Rule[Find] | _Other]) -> Mapping[Kind, tuple[Find, ...]]:
    """Return for each kind of note the checks that look at a single one."""
    rules = [each for each in table if isinstance(each, Rule)]
    return {kind: tuple(each.find for each in rules if kind in each.kinds) for kind in Kind}


def of_whole(table: Iterable[Rule[Any] | WholeRule[Find]]) -> tuple[Find, ...]:
    """Return the checks that look at all notes."""
    return tuple(each.find for each in table if isinstance(each, WholeRule))
