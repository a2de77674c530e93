"""A trace tells whether a maker would find what it found before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.traces import Keys, Trace, Watch


@dataclass(frozen=True, slots=True)
class Shelf:
    """Something that makers look things up in."""

    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all_names: tuple[str, ...] = ()
    title: str = ""


Look = Callable[[Shelf], object]


def traced(shelf: Shelf, look: Look, known: Keys | None = None) -> tuple[Watch, Trace | None]:
    """Return the watch, and the trace of what one look found."""
    watch = Watch(known)
    watched = watch.over("shelf", shelf)

    def make() -> list[object]:
        return [look(watched)]

    return watch, watch.trace(make)[1]


def is_as_before(before: Shelf, after: Shelf, look: Look) -> bool:
    """Tell whether a look's trace on one shelf says that it would find the same on another."""
    watch, trace = traced(before, look)
    assert trace is not None
    later = Watch(watch.keys())
    later.over("shelf", after)
    return (watch.background(), watch.digest(trace)) == (later.background(), later.digest(trace))


@pytest.mark.parametrize(
    "look",
    [
        lambda shelf: shelf.names["a"],
        lambda shelf: shelf.names.get("a"),
        lambda shelf: "a" in shelf.names,
        lambda shelf: shelf.groups.get("a") or shelf.names["a"],
    ],
)
def test_look_counts_however_it_is_done(look: Look) -> None:
    """Nothing but the entry that was looked up can change what is found."""
    before = Shelf(names={"a": "x", "b": "y"})
    assert is_as_before(before, Shelf(names={"a": "x"}), look)
    assert is_as_before(before, Shelf(names={"b": "z", "c": "z", "a": "x"}), look)
    assert not is_as_before(before, Shelf(names={"a": "y"}), look)
    assert not is_as_before(before, Shelf(names={"b": "y"}), look)


def test_what_was_missed_is_found_when_it_comes() -> None:
    """An entry that was not there is looked up too, whatever kind of key it would have."""

    def look(shelf: Shelf) -> object:
        return shelf.names.get("a"), shelf.groups.get("a"), shelf.names.get("b")

    before = Shelf(names={"x": "y"})
    assert is_as_before(before, Shelf(names={"c": "x"}), look)
    assert not is_as_before(before, Shelf(names={"b": "x"}), look)
    assert not is_as_before(before, Shelf(groups={"a": frozenset("x")}), look)


def test_order_within_a_set_does_not_count() -> None:
    """It differs from one process to the next."""
    many = [f"{number}" for number in range(40)]
    before = Shelf(groups={"a": frozenset(many)})
    after = Shelf(groups={"a": frozenset(reversed(many))})
    assert is_as_before(before, after, lambda shelf: shelf.groups["a"])


def test_everybody_sees_the_background() -> None:
    """What is neither looked up nor gone through may have been seen by anybody."""
    before = Shelf(names={"a": "x"}, title="One")
    assert not is_as_before(before, Shelf(names={"a": "x"}), lambda shelf: shelf.names["a"])


def test_nothing_is_added_to_a_background_that_was_looked_at() -> None:
    """Makers that were compared before would not have seen it."""
    watch = Watch()
    watch.background()
    with pytest.raises(RuntimeError):
        watch.over("shelf", Shelf())


@pytest.mark.parametrize(
    "look",
    [
        lambda shelf: list(shelf.names),
        lambda shelf: len(shelf.names),
        lambda shelf: list(shelf.names.values()),
        lambda shelf: dict(shelf.names.items()),
        lambda shelf: shelf.all_names[0],
        lambda shelf: shelf.all_names[:1],
        lambda shelf: "a" in shelf.all_names,
        lambda shelf: len(shelf.all_names),
    ],
)
def test_who_goes_through_everything_has_no_trace(look: Look) -> None:
    """Whatever comes or goes could change what is found."""
    shelf = Shelf(names={"a": "x"}, all_names=("a", "b"))
    _, trace = traced(shelf, look)
    assert trace is None


def test_nothing_is_noted_between_two_makers() -> None:
    """What is prepared for all of them is nobody's look."""
    watch = Watch()
    shelf = watch.over("shelf", Shelf(names={"a": "x", "b": "y"}))
    list(shelf.names)
    _, first = watch.trace(lambda: [shelf.names["a"]])
    assert shelf.names["b"] == "y"
    _, second = watch.trace(lambda: [shelf.names["a"]])
    assert first is not None
    assert first == second


def test_parts_that_are_watched_already_are_no_background() -> None:
    """A shelf within another is looked up in as it would be alone."""

    @dataclass(frozen=True)
    class Room:
        shelf: Shelf
        names: Mapping[str, str]

    def room(watch: Watch, name: str) -> Room:
        shelf = watch.over("shelf", Shelf(names={"a": name}))
        return watch.over("room", Room(shelf, {"b": name}))

    first, second = Watch(), Watch()
    room(first, "x")
    inner = room(second, "y")
    assert first.background() == second.background()
    _, trace = second.trace(lambda: [inner.shelf.names["a"]])
    assert trace is not None
    assert first.digest(trace) != second.digest(trace)


_SHELVES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("xyz"))


@given(st.lists(_SHELVES, min_size=2, max_size=5), st.sets(st.sampled_from("abcdef")))
def test_trace_tells_exactly_whether_what_was_looked_up_is_the_same(
    shelves: list[dict[str, str]], looked_up: set[str]
) -> None:
    """Over builds that each know the keys of the one before, whatever comes and goes."""

    def look(shelf: Shelf) -> object:
        return [shelf.names.get(key) for key in looked_up]

    first, *others = shelves
    watch, trace = traced(Shelf(names=first), look)
    assert trace is not None
    before = watch.digest(trace)
    for each in others:
        watch = Watch(watch.keys())
        watch.over("shelf", Shelf(names=each))
        is_same = all(first.get(key) == each.get(key) for key in looked_up)
        assert (watch.digest(trace) == before) == is_same
