"""Tables that are made entry by entry, and what of them is taken over."""

from __future__ import annotations

import pickle
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from sitegen.ledger import KeysOf, Ledger, LedgerState, Tables, TraceIndex, Traces
from sitegen.ledger.traces import ALL, KEYS, MOST_TABLES, numbers_in
from sitegen.ledger.watched import Looks, WatchedTable
from sitegen.storage.packed import Keys, Packed
from sitegen.storage.packet_file import PacketFile
from tests.ledgers import kept_of

Table = Mapping[str, Any]


@pytest.fixture(autouse=True, scope="module", params=["one by one", "all at once"])
def _batches(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have the entries of small tables made one by one, as they are, or all in one batch.

    In a batch each of many entries looks up what another has looked up before.
    """
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "all at once":
            patch.setattr("sitegen.processes.workers._BATCHES_PER_PROCESS", 1)
        yield


class Colour(StrEnum):
    """A closed set of names."""

    RED = "red"
    BLUE = "blue"


@dataclass
class Project:
    """Tables over some entries; `made` notes which of them were worked out."""

    entries: dict[str, Any]
    made: list[str] = field(default_factory=list)

    def noted(self, name: str, make: Callable[[str], Any]) -> Callable[[str], Any]:
        """Return a function that does the same and is noted."""

        def work(key: str) -> Any:
            self.made.append(f"{name} {key}")
            return make(key)

        return work


def build(
    entries: dict[str, Any],
    look: Callable[[Table, str], Any],
    last: LedgerState | None = None,
    keys: Iterable[str] = "x",
) -> tuple[dict[str, Any], list[str], LedgerState]:
    """Return a table of what `look` sees in the entries, what was made for it, and what is kept."""
    project, ledger = Project(entries), Ledger(last)
    table = ledger.given("entries", entries)
    found = ledger.table("looks", keys, project.noted("look", lambda key: look(table, key)))
    return dict(found), project.made, pickle.loads(pickle.dumps(kept_of(ledger)))


def again(before: dict[str, Any], after: dict[str, Any], look: Callable[[Table, str], Any]) -> bool:
    """Return whether a look is made again once the entries are others."""
    _, made, kept = build(before, look)
    assert made == ["look x"]
    found, made, _ = build(after, look, kept)
    assert found == {"x": look(after, "x")}
    return bool(made)


@pytest.mark.parametrize(
    "look",
    [
        lambda table, _: table["a"],
        lambda table, _: table.get("a"),
        lambda table, _: [table[key] for key in ("a", "a")],
        lambda table, _: list(table.values()),
        lambda table, _: dict(table),
        lambda table, _: {**table},
        lambda table, _: sorted(table.items()),
        lambda table, _: table | {},
        lambda table, _: {} | table,
        lambda table, _: table.copy(),
        lambda table, _: table == {"a": 1, "b": 1},
        lambda table, _: table != {"a": 1, "b": 1},
    ],
)
def test_look_at_an_entry_is_made_again_if_it_changes(look: Callable[[Table, str], Any]) -> None:
    """In whatever way a table gives an entry away."""
    assert again({"a": 1, "b": 1}, {"a": 2, "b": 1}, look)
    assert not again({"a": 1, "b": 1}, {"a": 1, "b": 1}, look)


@pytest.mark.parametrize(
    "look",
    [
        lambda table, _: "c" in table,
        lambda table, _: table.get("c", 0),
        lambda table, _: len(table),
        lambda table, _: bool(table),
        lambda table, _: list(table),
        lambda table, _: list(reversed(table)),
        lambda table, _: list(table.keys()),
    ],
)
def test_look_at_keys_is_made_again_if_one_comes(look: Callable[[Table, str], Any]) -> None:
    """Also a key that was looked for in vain; another content of an entry is no other key."""
    assert again({"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}, look)
    assert again({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}, look)
    assert not again({"a": 1, "b": 1}, {"a": 2, "b": 3}, look)


def test_order_of_keys_counts() -> None:
    """Who goes through a table sees its order."""
    assert again({"a": 1, "b": 2}, {"b": 2, "a": 1}, lambda table, _: list(table))
    assert not again({"a": 1, "b": 2}, {"b": 2, "a": 1}, lambda table, _: table["a"])


def test_other_entries_do_not_count() -> None:
    """An entry is taken over whatever happens to what it did not look up."""
    before = {"a": 1, "b": 1}
    assert not again(before, {"a": 1, "b": 2, "c": 3}, lambda table, _: table["a"])


def test_number_that_is_written_otherwise_is_another() -> None:
    """5 and 5.0 are shown differently, so they are not the same, nor are 1 and True."""
    for one, other in ((5, 5.0), (1, True)):
        assert again({"a": one}, {"a": other}, lambda table, _: str(table["a"]))


def test_change_goes_as_far_as_it_makes_a_difference() -> None:
    """What comes out the same has not changed, and what looks at it is taken over."""

    def run(
        entries: dict[str, int], last: LedgerState | None = None
    ) -> tuple[list[str], LedgerState]:
        project, ledger = Project(entries), Ledger(last)
        numbers = ledger.given("numbers", entries)
        odd = ledger.table("odd", "ab", project.noted("odd", lambda key: numbers[key] % 2))
        ledger.table("said", "ab", project.noted("said", lambda key: ("even", "odd")[odd[key]]))
        return project.made, kept_of(ledger)

    _, kept = run({"a": 1, "b": 2})
    assert run({"a": 3, "b": 2}, kept)[0] == ["odd a"]
    assert run({"a": 4, "b": 2}, kept)[0] == ["odd a", "said a"]


def test_entry_that_was_taken_over_is_known_for_good() -> None:
    """What it looked up counts as well in the build after the next."""

    def look(table: Table, key: str) -> Any:
        return table[key]

    _, _, kept = build({"a": 1, "b": 1}, look, keys="ab")
    for _ in range(2):
        _, made, kept = build({"a": 1, "b": 1}, look, kept, keys="ab")
        assert made == []
    found, made, _ = build({"a": 1, "b": 2}, look, kept, keys="ab")
    assert (found, made) == ({"a": 1, "b": 2}, ["look b"])


@pytest.mark.parametrize("whole", [False, True])
def test_sort_of_look_is_known_for_good_though_none_of_it_is_made_again(whole: bool) -> None:
    """Also where what was made again since looks at nothing of that sort."""

    def both(last: LedgerState | None, entries: dict[str, int], others: dict[str, int]) -> Any:
        ledger = Ledger(last)
        one, two = ledger.given("entries", entries), ledger.given("others", others)
        look = {"x": lambda: one["a"], "y": lambda: sum(two.values()) if whole else two["b"]}
        return dict(ledger.table("looks", look, lambda key: look[key]())), kept_of(ledger)

    _, kept = both(None, {"a": 1}, {"b": 1})
    _, kept = both(kept, {"a": 2}, {"b": 1})
    found, _ = both(kept, {"a": 2}, {"b": 2})
    assert found == {"x": 2, "y": 2}


def test_what_is_looked_at_everywhere_counts_for_all_that_comes_later() -> None:
    """Settings are seen by every entry that is made after they were noted."""

    def run(title: str, last: LedgerState | None = None) -> tuple[list[str], LedgerState]:
        project, ledger = Project({}), Ledger(last)
        ledger.table("early", "a", project.noted("early", str.upper))
        ledger.everywhere("title", title)
        ledger.table("late", "a", project.noted("late", lambda key: key + title))
        return project.made, kept_of(ledger)

    _, kept = run("One")
    assert run("One", kept)[0] == []
    assert run("Two", kept)[0] == ["late a"]


def test_index_leads_back() -> None:
    """An index says which entries point to something, each once, in the order of the table."""
    for tables in (Tables(), Ledger()):
        held = tables.given("held", {"a": "xyx", "b": "", "c": "x"})
        assert dict(tables.index("held by", held, iter)) == {"x": ("a", "c"), "y": ("a",)}


def test_index_follows_a_change() -> None:
    """Only what pointed there before or points there now has changed."""

    def run(
        entries: dict[str, str], last: LedgerState | None = None
    ) -> tuple[list[str], LedgerState]:
        project, ledger = Project(entries), Ledger(last)
        held = ledger.given("held", entries)
        by = ledger.index("held by", held, iter)
        ledger.table("look", "xyz", project.noted("look", lambda key: by.get(key, ())))
        return project.made, kept_of(ledger)

    _, kept = run({"a": "x", "b": "y"})
    assert run({"a": "x", "b": "z"}, kept)[0] == ["look y", "look z"]
    assert run({"a": "x", "b": "yy"}, kept)[0] == []


def test_sign_stands_for_an_entry() -> None:
    """Where less than the whole tells entries apart, no more of them is kept."""
    ledger = Ledger()
    texts = ledger.given("texts", {"a": "a long text"}, {"a": 11})
    assert texts["a"] == "a long text"
    assert dict(kept_of(ledger).tables["texts"].values) == {"a": 11}


def test_of_some_tables_digests_are_kept_alone() -> None:
    """What looks at an entry is made again if that has changed, and nothing else is."""

    def run(
        rows: dict[str, tuple[int, ...]], last: LedgerState | None = None
    ) -> tuple[list[str], LedgerState]:
        project, ledger = Project({}), Ledger(last)
        held = ledger.digested("rows", rows)
        ledger.table("look", "a", project.noted("look", lambda _: held["one"]))
        ledger.table("elsewhere", "a", project.noted("elsewhere", lambda _: held["other"]))
        return project.made, kept_of(ledger)

    _, kept = run({"one": (1, 2), "other": (3,)})
    assert all(isinstance(each, bytes) for each in kept.tables["rows"].values.values())
    assert run({"one": (1, 2), "other": (3,)}, kept)[0] == []
    assert run({"one": (1, 3), "other": (3,)}, kept)[0] == ["look a"]


def test_whole_is_made_again_if_what_it_is_made_from_changes() -> None:
    """And what looks it up, if it came out otherwise."""

    def count(entries: dict[str, int], last: LedgerState | None) -> tuple[list[str], LedgerState]:
        project, ledger = Project(entries), Ledger(last)
        table = ledger.given("entries", entries)
        total = ledger.whole(
            "total", lambda: project.noted("total", lambda _: sum(table.values()))("")
        )
        shown = ledger.table("shown", "x", project.noted("show", lambda _: f"{total.value} in all"))
        assert shown["x"] == f"{sum(entries.values())} in all"
        return project.made, kept_of(ledger)

    made, kept = count({"a": 1, "b": 2}, None)
    assert made == ["total ", "show x"]
    made, kept = count({"a": 2, "b": 1}, kept)
    assert made == ["total "]
    made, kept = count({"a": 2, "b": 2}, kept)
    assert made == ["total ", "show x"]
    assert count({"a": 2, "b": 2}, kept)[0] == []


def test_of_what_is_made_together_only_that_has_changed_which_comes_out_otherwise() -> None:
    """And all is left as it is where nothing of what it is made from has changed."""

    def parted(entries: dict[str, int], last: LedgerState | None) -> tuple[list[str], LedgerState]:
        project, ledger = Project({}), Ledger(last)
        table = ledger.given("entries", entries)

        def part() -> dict[str, list[str]]:
            project.made.append("part")
            odd = [key for key, value in table.items() if value % 2]
            return {"odd": odd, "all": [*table]} if odd else {"all": [*table]}

        parts = ledger.together("parts", part)
        shown = ledger.table("shown", parts, project.noted("show", lambda key: f"{parts[key]}"))
        assert shown == {key: f"{each}" for key, each in part().items()}
        project.made.pop()
        return project.made, kept_of(ledger)

    made, kept = parted({"a": 1, "b": 2}, None)
    assert made == ["part", "show odd", "show all"]
    made, kept = parted({"a": 1, "b": 4}, kept)
    assert made == ["part"]
    made, kept = parted({"a": 1, "b": 3}, kept)
    assert made == ["part", "show odd"]
    assert parted({"a": 1, "b": 3}, kept)[0] == []
    assert parted({"a": 2, "b": 4}, kept)[0] == ["part"]


def test_keys_are_those_that_were_given() -> None:
    """Equal keys of other types are other keys, whatever table had them first."""
    last = None
    for _ in range(2):
        ledger = Ledger(last)
        for name, keys in {"words": ("red", "blue"), "colours": (Colour.RED, Colour.BLUE)}.items():
            table = ledger.table(name, keys, lambda key: f"{key}!")
            assert [*map(type, table)] == [*map(type, keys)]
        last = pickle.loads(pickle.dumps(kept_of(ledger)))


def test_keys_that_follow_from_those_of_others_are_gone_through_if_these_change() -> None:
    """Not if an entry does, or if another table comes to have other keys."""
    made: list[str] = []

    def looks(last: LedgerState | None, others: str, entries: dict[str, int]) -> LedgerState:
        ledger = Ledger(last)
        ledger.given("others", dict.fromkeys(others, 0))
        table = ledger.given("entries", entries)

        def make() -> Iterator[str]:
            made.append("".join(table))
            return (key * 2 for key in table)

        found = ledger.table("looks", KeysOf([table], make), str.upper)
        assert dict(found) == {key * 2: key.upper() * 2 for key in entries}
        return kept_of(ledger)

    kept = None
    for others, entries in [("z", "ab"), ("zab", "ab"), ("z", "ba"), ("", "ba"), ("ab", "a")]:
        kept = looks(kept, others, {key: ord(key) + len(made) for key in entries})
    assert made == ["ab", "ba", "a"]


_ROWS = st.sampled_from(["", "a", "ab", "ba", "abc"])


@given(st.lists(st.tuples(_ROWS, st.booleans()), min_size=2, max_size=6))
def test_keys_that_follow_from_those_of_others_are_never_old_ones(
    builds: list[tuple[str, bool]],
) -> None:
    """Whatever rows of keys have come and gone since, and if some are those of no table."""
    kept = None
    for keys, is_table in builds:
        ledger = Ledger(kept)
        some = ledger.given("some", {"x": 0})
        entries = dict.fromkeys(keys, 0)
        table = ledger.given("entries", entries) if is_table else entries
        follow = KeysOf([some, table], partial(sorted, keys))
        assert [*ledger.table("looks", follow, str.upper)] == sorted(keys)
        kept = kept_of(ledger)


def test_two_tables_have_two_names() -> None:
    """A name used twice would mix up what is known of either; what is made anew is no second."""
    ledger = Ledger()
    ledger.given("table", {})
    ledger.mark()
    ledger.given("other", {})
    with pytest.raises(ValueError, match="a table"):
        ledger.given("table", {})
    ledger.back_to_mark()
    assert dict(ledger.given("other", {"a": 1})) == {"a": 1}


def test_tables_that_are_made_anew_need_no_more_numbers() -> None:
    """Whatever is forgotten, however often, there is room for as many tables as before."""
    ledger = Ledger()
    ledger.given("kept", {})
    ledger.mark()
    for _ in range(5):
        for number in range(200):
            ledger.given(f"table {number}", {})
        ledger.back_to_mark()
    assert [*ledger.names()] == ["kept"]


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        (lambda table: table["a"], lambda table: {table.number_of("a")}),
        (lambda table: table.get("a"), lambda table: {table.number_of("a")}),
        (lambda table: table.get("z"), lambda table: {table.number_of("z")}),
        (lambda table: "z" in table, lambda table: {table.number_of("z")}),
        (lambda table: "a" in table, lambda table: {table.number_of("a")}),
        (len, lambda table: {table.number_at(KEYS)}),
        (
            lambda table: [*table.values()],
            lambda table: {table.number_at(KEYS), table.number_at(ALL)},
        ),
        (
            lambda table: (table["b"], table["a"], table.get("z"), table["a"], "z" in table),
            lambda table: {*map(table.number_of, "abz")},
        ),
    ],
)
def test_what_several_entries_of_a_batch_look_up_is_known_of_each(
    look: Callable[[WatchedTable[str, int]], object],
    seen: Callable[[WatchedTable[str, int]], set[int]],
) -> None:
    """None goes without a number since one before it has asked the same; each is there once."""
    looks = Looks({})
    looks.give_key_numbers("ab")
    table = WatchedTable(looks, "numbers", 7, Keys("ab"), {"a": 1, "b": 2})
    made, traces, _ = looks.trace(lambda _: look(table), ["one", "other", "third"])
    assert made == [look(table)] * 3
    assert [sorted(numbers_in(each)) for each in traces.each()] == [sorted(seen(table))] * 3


def test_nothing_is_known_of_an_entry_but_what_it_looked_up() -> None:
    """Not what those before or after it in the same batch did."""
    looks = Looks({})
    looks.give_key_numbers("ab")
    table = WatchedTable(looks, "numbers", 7, Keys("ab"), {"a": 1, "b": 2})
    _, traces, wholes = looks.trace(table.get, ["a", "z", "b"])
    assert [[*numbers_in(each)] for each in traces.each()] == [
        [table.number_of(key)] for key in "azb"
    ]
    assert not wholes


class Shelf(Struct, frozen=True):
    """Something that holds tables."""

    books: Mapping[str, int]
    title: str


def test_traces_of_another_process_mean_the_same() -> None:
    """What was made there from tables sent there is known here at the next build."""

    def shelf(ledger: Ledger, books: dict[str, int]) -> Shelf:
        return Shelf(ledger.given("books", books), "All")

    here = Ledger()
    held = shelf(here, {"a": 1, "b": 2})
    sent, numbering = pickle.loads(pickle.dumps((held, here.numbering())))
    there = Ledger(numbering)
    taken = there.taken_up(sent)
    assert (dict(taken.books), taken.title) == ({"a": 1, "b": 2}, "All")
    _, trace = there.trace(lambda: (taken.books["b"], taken.books.get("c")))
    assert trace == here.trace(lambda: (held.books["b"], held.books.get("c")))[1]

    for books, holds in (
        ({"a": 0, "b": 2}, True),
        ({"a": 1, "b": 0}, False),
        ({"a": 1, "b": 2, "c": 3}, False),
    ):
        later = Ledger(kept_of(here))
        shelf(later, books)
        assert (not later.fallen(Traces.of([trace]))) is holds


@dataclass(frozen=True)
class Step:
    """A table over the entries of an earlier one, and how its entries come about."""

    source: int
    way: str


_WAYS: Mapping[str, Callable[[Table, str], Any]] = {
    "entry": lambda table, key: table.get(key),
    "neighbour": lambda table, key: table.get(str(table.get(key))),
    "all": lambda table, _: sorted(map(str, table.values())),
    "keys": lambda table, key: [*table].index(key) if key in table else len(table),
    "parity": lambda table, key: len(str(table.get(key))) % 2,
}
_KEYS = st.sampled_from("abcdef")
_ENTRIES = st.dictionaries(_KEYS, st.one_of(st.integers(0, 3), _KEYS, st.booleans()))
_STEPS = st.lists(st.builds(Step, st.integers(0, 9), st.sampled_from([*_WAYS])), max_size=6)


def run(tables: Tables, entries: dict[str, Any], steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return all tables that steps make from some entries."""
    made: list[Any] = [tables.given("0", entries)]
    for number, step in enumerate(steps, 1):
        source, way = made[step.source % len(made)], _WAYS[step.way]
        keys = sorted({*entries, "a"})
        made.append(tables.table(str(number), keys, partial(way, source)))
        index = tables.index(f"by {number}", made[-1], lambda value: [*str(value)])
        made.append(index)
    return [dict(each) for each in made]


@given(_STEPS, st.lists(_ENTRIES, min_size=2, max_size=4))
def test_tables_are_what_they_would_be_without_a_last_build(
    steps: list[Step], edits: list[dict[str, Any]]
) -> None:
    """Whatever is changed between builds, and whatever tables look at: nothing stale is left."""
    kept: LedgerState | None = None
    for entries in edits:
        ledger = Ledger(kept)
        assert list(map(repr, run(ledger, entries, steps))) == list(
            map(repr, run(Tables(), entries, steps))
        )
        kept = pickle.loads(pickle.dumps(kept_of(ledger)))


@dataclass(frozen=True)
class Question:
    """What some entries ask one of two tables: the second, or else the first."""

    askers: frozenset[str]
    way: str
    key: str
    of_second: bool

    def answer(self, asker: str, tables: tuple[Table, Table]) -> object:
        """Return what an entry is told; nothing is told to one that does not ask."""
        if asker not in self.askers:
            return None
        return _QUESTIONS[self.way](tables[self.of_second], self.key)


def entry_or_fault(table: Table, key: str) -> object:
    """Return an entry, or that there is none."""
    try:
        return table[key]
    except KeyError:
        return "none"


_QUESTIONS: Mapping[str, Callable[[Table, str], object]] = {
    "get": lambda table, key: table.get(key, "nothing"),
    "in": lambda table, key: key in table,
    "entry": entry_or_fault,
    "keys": lambda table, _: [*table],
    "length": lambda table, _: len(table),
    "values": lambda table, _: [*table.values()],
}
_PROGRAMS = st.lists(
    st.builds(
        Question,
        st.frozensets(_KEYS, min_size=1),
        st.sampled_from([*_QUESTIONS]),
        _KEYS,
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
_NUMBERS = st.dictionaries(_KEYS, st.integers(0, 2), max_size=6)


def answered(
    tables: Tables, first: dict[str, int], second: dict[str, int], program: list[Question]
) -> list[dict[str, Any]]:
    """Return what entries are told, who is told the same, and what follows from either."""
    both = tables.given("first", first), tables.given("second", second)
    told = tables.table("told", "abcdef", lambda key: [each.answer(key, both) for each in program])
    alike = tables.index("told the same", told, lambda answers: [*map(str, answers)])
    counts = tables.table(
        "counts", second, lambda key: (len(alike.get(str(both[1][key]), ())), told.get(key))
    )
    return [dict(each) for each in (told, alike, counts)]


@given(_PROGRAMS, st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=2, max_size=5))
def test_entries_are_what_they_would_be_afresh_whatever_they_ask(
    program: list[Question], edits: list[tuple[dict[str, int], dict[str, int]]]
) -> None:
    """However often others of the same table have asked it before, in build after build."""
    kept: LedgerState | None = None
    for first, second in edits:
        ledger = Ledger(kept)
        assert repr(answered(ledger, first, second, program)) == repr(
            answered(Tables(), first, second, program)
        )
        kept = pickle.loads(pickle.dumps(kept_of(ledger)))


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a ledger have another process make tables, however few there are."""
    monkeypatch.setattr("sitegen.ledger.ledger._WORTH_IT", 0)
    monkeypatch.setattr("sitegen.ledger.ledger.can_share", lambda: True)


def two_parts(
    ledger: Ledger, entries: dict[str, Any], made: list[str], *, waits: bool = False
) -> list[dict[str, Any]]:
    """Return all tables of two pieces of work on some entries, the first done by a process.

    Who `waits` for that process asks for the tables before the end of the context.
    """
    given = ledger.given("entries", entries)

    def noted(name: str, look: Callable[[str], Any]) -> Callable[[str], Any]:
        def work(key: str) -> Any:
            made.append(f"{name} {key}")
            return look(key)

        return work

    def elsewhere() -> list[Table]:
        words = ledger.table("words", entries, noted("words", lambda key: f"{given[key]}!"))
        own = ledger.table("own keys", ["p", "q", "both"], noted("own keys", lambda _: [*words]))
        back = ledger.index("by word", words, lambda word: [*str(word)])
        of = ledger.table("of own", ["only here"], noted("of own", lambda _: len(own["both"])))
        whole = ledger.whole("whole", lambda: sorted(back))
        parts = ledger.together("parts", lambda: {sign: [*own] for sign, own in back.items()})
        return [words, own, back, whole.cell, of, parts]

    def here() -> list[Table]:
        sizes = ledger.table("sizes", entries, noted("sizes", lambda key: len(str(given[key]))))
        more = ledger.table(
            "more", ["r", "s", "both"], noted("more", lambda _: sum(sizes.values()))
        )
        return [sizes, more]

    with ledger.meanwhile(elsewhere, processes=2) as made_elsewhere:
        mine = here()
        if waits:
            made_elsewhere()
            others = elsewhere()
    if not waits:
        others = elsewhere()
    return [dict(each) for each in (*others, *mine)]


@pytest.mark.usefixtures("shares")
@pytest.mark.parametrize("waits", [False, True])
def test_tables_that_another_process_has_made_are_found_here(waits: bool) -> None:
    """They are what they would be here, at the end or once waited for; nothing is made again."""
    entries = {"a": 1, "b": 22, "c": "x"}
    made: list[str] = []
    found = two_parts(Ledger(), entries, made, waits=waits)
    assert found[0] == {"a": "1!", "b": "22!", "c": "x!"}
    assert found[1] == {key: ["a", "b", "c"] for key in ("p", "q", "both")}
    assert found[2]["2"] == ("b",)
    assert [each.partition(" ")[0] for each in made] == ["sizes"] * 3 + ["more"] * 3


@pytest.mark.usefixtures("shares")
@pytest.mark.parametrize("edit", [{"a": 1}, {"a": 1, "b": 3, "c": "x"}, {"d": 1, "b": 22}, {}])
def test_what_another_process_has_looked_up_is_known_to_the_next_build(
    edit: dict[str, Any],
) -> None:
    """Whatever changes afterwards, all is made again that looked at it, wherever it was made."""
    first = Ledger()
    two_parts(first, {"a": 1, "b": 22, "c": "x"}, [])
    kept = pickle.loads(pickle.dumps(kept_of(first)))
    numbers = [header.number for header in kept.headers.values()]
    assert len({*numbers}) == len(numbers)
    assert len({*kept.key_numbers.values()}) == len(kept.key_numbers)

    again = two_parts(Ledger(kept), edit, [])
    afresh = two_parts(Ledger(), edit, [])
    assert list(map(repr, again)) == list(map(repr, afresh))
    made: list[str] = []
    two_parts(Ledger(kept), {"a": 1, "b": 22, "c": "x"}, made)
    assert made == []


def test_table_that_is_put_away_is_what_it_was(tmp_path: Path) -> None:
    """Whoever looks into it all the same finds it, and it is kept as it would have been."""
    (tmp_path / "packets").touch()
    ledger = Ledger(None, PacketFile(tmp_path / "packets"))
    table = ledger.table("doubled", "abc", lambda key: key * 2)
    open_still = ledger.table("tripled", "abc", lambda key: key + table[key])
    before = ledger.kept_table("doubled")
    ledger.done_with(table)
    ledger.put_away()
    assert isinstance(table, WatchedTable)
    assert isinstance(table.held, Packed)
    assert ledger.unpacked() == ["tripled"]
    assert (dict(table), dict(open_still)["b"]) == ({"a": "aa", "b": "bb", "c": "cc"}, "bbb")
    kept = ledger.kept_table("doubled")
    assert dict(kept.values.items()) == dict(before.values.items())
    assert kept.traces == before.traces


@pytest.mark.parametrize("other", [{"a": "aa"}, Ledger().table("doubled", "a", lambda key: key)])
def test_table_of_nobody_cannot_be_put_away(other: Mapping[str, str]) -> None:
    """Else it would stay open without a word."""
    ledger = Ledger()
    ledger.table("doubled", "a", lambda key: key * 2)
    with pytest.raises(ValueError, match="no table of this ledger"):
        ledger.done_with(other)


@pytest.mark.usefixtures("shares")
def test_table_that_is_packed_elsewhere_is_kept_so() -> None:
    """It stays as it is, and is kept as it would have been."""
    ledger = Ledger()
    table = ledger.table("doubled", "abc", lambda key: key * 2)
    assert ledger.unpacked() == ["doubled"]
    before = ledger.kept_table("doubled")
    ledger.lay_by("doubled", pickle.loads(pickle.dumps(before.without_keys())))
    assert dict(table) == {"a": "aa", "b": "bb", "c": "cc"}
    assert ledger.unpacked() == []
    assert dict(ledger.kept_table("doubled").values) == dict(before.values)


@given(
    st.lists(st.lists(st.integers(0, 9).map(lambda each: each * 0x01010101 % 2**32), max_size=5)),
    st.sets(st.integers(0, 9).map(lambda each: each * 0x01010101 % 2**32)),
)
def test_who_looked_up_some_entries_is_found_however_few_they_are(
    traced: list[list[int]], numbers: set[int]
) -> None:
    """Numbers whose bytes are alike are not mixed up, nor is what lies across two of them."""
    traces = Traces.of(array("I", sorted({*each})).tobytes() for each in traced)
    expected = [place for place, each in enumerate(traced) if numbers & {*each}]
    assert traces.places_of(numbers) == expected
    assert traces.places_of({*numbers, *range(2**20, 2**20 + 20)}) == expected
    assert TraceIndex.of(traces).places_of(numbers, traces) == expected


_ENTRY_NUMBERS = st.builds(
    lambda entry, table: entry * MOST_TABLES + table,
    st.one_of(st.integers(0, 300), st.integers(0, 3).map(lambda each: each * 0x010101)),
    st.sampled_from([1, 2]),
)


@given(
    st.lists(st.lists(_ENTRY_NUMBERS, max_size=5), max_size=9),
    st.one_of(
        st.sets(_ENTRY_NUMBERS, max_size=5),
        st.builds(
            lambda first, many: {(first + each) * MOST_TABLES + 1 for each in range(many)},
            st.integers(0, 300),
            st.integers(10, 300),
        ),
    ),
)
def test_index_finds_who_looked_up_entries_of_a_table_however_many_they_are(
    traced: list[list[int]], numbers: set[int]
) -> None:
    """Of each table it has many numbers, some of which end as others begin."""
    traces = _traces(sorted({*each}) for each in traced)
    expected = [place for place, each in enumerate(traced) if numbers & {*each}]
    assert TraceIndex.of(traces).places_of(numbers, traces) == expected


@pytest.mark.parametrize("many", [1, 16, 17, 40])
def test_index_finds_many_entries_of_a_table_as_it_finds_few(many: int) -> None:
    """Those of other tables, and others of the same, are not among them."""
    every = [[entry * MOST_TABLES + table] for entry in range(50) for table in (1, 2)]
    traces = _traces(every)
    sought = {entry * MOST_TABLES + 1 for entry in range(many)}
    assert TraceIndex.of(traces).places_of(sought, traces) == [*range(0, 2 * many, 2)]


def test_index_takes_no_two_halves_of_numbers_for_one() -> None:
    """What is sought may stand across two numbers of its table."""
    across = 0x00010201
    traces = _traces([[0x02010001], [0x00000001], [across]])
    assert across.to_bytes(4, sys.byteorder) in traces.numbers[:8]
    assert TraceIndex.of(traces).places_of({across}, traces) == [2]


@given(
    st.lists(st.lists(st.integers(0, 9), max_size=4)),
    st.lists(st.lists(st.integers(0, 9), max_size=4)),
    st.dictionaries(st.integers(0, 20), st.lists(st.integers(0, 9), max_size=4)),
)
def test_what_entries_looked_up_stays_apart_when_some_is_new(
    some: list[list[int]], others: list[list[int]], new: dict[int, list[int]]
) -> None:
    """Traces put together, and those with others in their places, are as if made at once."""
    joined = Traces.joined([_traces(some), _traces(others)])
    every = [*some, *others]
    assert joined == _traces(every)
    assert joined.entries() == len(every)
    new = {place: each for place, each in new.items() if place < len(every)}
    again = joined.with_new({place: array("I", each).tobytes() for place, each in new.items()})
    assert again == _traces([new.get(place, each) for place, each in enumerate(every)])
    assert [array("I", each).tolist() for each in joined.each()] == every
    index = TraceIndex.of(joined).with_new(new)
    for number in range(10):
        assert index.places_of({number}, again) == again.places_of({number})


def _traces(every: Iterable[list[int]]) -> Traces:
    return Traces.of(array("I", each).tobytes() for each in every)
