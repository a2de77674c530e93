"""Values in packets: opened when asked for, and otherwise carried on as they are."""

from __future__ import annotations

import pickle
import pickletools
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Flag, StrEnum, auto
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import Claim
from sitegen.storage.packed import Keys, Layered, Listed, Packed, pack
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Buffer, Damaged, Packets, sum_of
from sitegen.storage.pickling import pickled


class Colour(StrEnum):
    """A closed set."""

    RED = "red"


class Sides(Flag):
    """An open set."""

    LEFT = auto()
    RIGHT = auto()


class Pair(NamedTuple):
    """A named tuple."""

    one: int
    other: Any


@dataclass(frozen=True, slots=True)
class Record:
    """A plain record."""

    name: str
    value: Any
    more: tuple[Any, ...] = ()


class View(Struct, frozen=True, kw_only=True):
    """A record whose fields are given by name."""

    name: str
    value: Any


class Card(Struct, frozen=True):
    """A record that is written in C."""

    name: str
    links: tuple[Any, ...] = ()


@dataclass(slots=True)
class Single:
    """A record of one field."""

    value: Any


@dataclass(slots=True)
class Counted:
    """A record that works something out when it is made."""

    name: str
    length: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the letters."""
        self.length = len(self.name)


@pytest.mark.parametrize(
    "value",
    [
        Record("a", Record("b", None), (Colour.RED, Pair(1, Single(2.0)))),
        Card("a", (Card("b"), Record("c", None))),
        View(name="a", value=Single([Record("b", {"c": Counted("four")})])),
        Claim.model_construct(statement="It rained.", evidence=()),
        (Colour, Claim, Record),
        [Colour.RED, Sides.LEFT, Sides.LEFT | Sides.RIGHT, date(2024, 6, 19)],
        5.0,
        True,
    ],
)
def test_values_come_out_as_they_went_in(value: Any) -> None:
    """Whatever a value is made of, and in another process too."""
    packed = pickle.loads(pickle.dumps(pack({"a": value})))
    assert repr(packed["a"]) == repr(value)
    assert packed["a"] == value


def test_packet_is_opened_when_it_is_asked_for() -> None:
    """Keys are known without; of values that were asked for, their whole packet is told."""
    packed = pack({number: [number] for number in range(40)})
    opened: list[Any] = []
    packed.on_opening = opened.extend
    assert (len(packed), 39 in packed, 40 in packed) == (40, True, False)
    assert list(packed) == list(range(40))
    assert opened == []
    assert packed[20] is packed[20]
    assert [20] in opened
    assert len(opened) < len(packed)


@pytest.mark.parametrize("is_enough", [True, False])
def test_all_packets_are_opened_only_if_all_can_stay_open(is_enough: bool, tmp_path: Path) -> None:
    """To open some that are closed again for others is of no use to anybody."""
    (tmp_path / "packets").touch()
    file = PacketFile(tmp_path / "packets")
    packed = pack({number: [number] for number in range(40)}, file=file)
    file.most_open = sum(map(len, packed.packets)) - (not is_enough)
    opened: list[Any] = []
    packed.on_opening = opened.extend
    assert [*packed.opening()] == ([*range(len(packed.packets))] if is_enough else [])
    assert opened == ([[number] for number in range(40)] if is_enough else [])


def test_old_packets_are_carried_on() -> None:
    """Only those are made again in which something is new or gone."""
    old = pack({number: str(number) for number in range(160)})
    assert pack(Layered(Keys(range(160)), {}, old)) is old
    new = pack(Layered(old.order, {50: "new"}, old))
    assert [new[key] for key in (0, 50, 51)] == ["0", "new", "51"]
    assert len({*new.packets} & {*old.packets}) == len(old.packets) - 1
    keys = Keys([*range(100), *range(101, 161)])
    new = pack(Layered(keys, {50: "new", 160: "last"}, old))
    assert [new[key] for key in (0, 50, 99, 101, 160)] == ["0", "new", "99", "101", "last"]
    assert len({*new.packets} & {*old.packets}) == len(old.packets) - 2


def test_packets_in_a_file_stay_where_they_are() -> None:
    """Only what is new is written; to another file, everything."""
    file = sum_of(b"one") + b"one" + sum_of(b"three") + b"three"
    packets = Packets(file, array("Q", [4, 3, 11, 5])).with_new({1: b"two", 2: b"three"})
    written: list[bytes] = []

    def write(content: Buffer) -> int:
        written.append(bytes(content))
        return 100 * len(written)

    assert [*array("Q", packets.in_place(write, file))] == [4, 3, 100, 3, 200, 5]
    assert written == [b"two", b"three"]
    assert [*array("Q", packets.in_place(write, b"another"))] == [300, 3, 400, 3, 500, 5]
    assert written[2:] == [b"one", b"two", b"three"]


def test_damaged_packet_is_not_opened() -> None:
    """Others of the same file are."""
    file = sum_of(b"one") + b"one" + sum_of(b"three") + b"tree!"
    packets = Packets(file, array("Q", [4, 3, 11, 5]))
    assert packets[0] == b"one"
    with pytest.raises(Damaged):
        packets[1]


def test_what_is_gone_is_not_found() -> None:
    """Nor is what never was."""
    values = Layered(Keys("ab"), {"a": 1}, pack({"b": 2, "c": 3}))
    assert dict(values) == {"a": 1, "b": 2}
    for mapping in (values, pack(values), Listed(Keys("ab"), (1, 2))):
        for key in "cd":
            with pytest.raises(KeyError):
                mapping[key]


_VALUES = st.dictionaries(st.integers(0, 60), st.text(max_size=2), max_size=60)


@given(st.lists(_VALUES, min_size=1, max_size=4))
def test_packed_values_are_those_that_were_given(edits: list[dict[int, str]]) -> None:
    """After any changes, in the order of the last."""
    packed: Packed[int, str] = pack({})
    for values in edits:
        same = {key for key in values if key in packed and packed[key] == values[key]}
        new = {key: value for key, value in values.items() if key not in same}
        layered = Layered(Keys(values), new, packed)
        packed = pickle.loads(pickle.dumps(pack(layered)))
        assert list(packed.items()) == list(values.items()) == list(layered.items())
        assert list(packed.values()) == [packed[key] for key in packed] == list(layered.values())


@pytest.mark.parametrize(
    "every",
    [
        (),
        ("a", "b"),
        (Ref(Kind.CLAIM, "a"), Ref(Kind.CLAIM, "b"), Ref(Kind.EVENT, "a")),
        (Ref(Kind.CLAIM, "a"), (Kind.CLAIM, "b")),
        ((1, 2), (3,)),
    ],
)
def test_keys_are_the_same_out_of_a_pickle(every: tuple[Any, ...]) -> None:
    """Each is of the same kind as before, which not all that are equal to it are."""
    keys = pickle.loads(pickle.dumps(Keys(every)))

    assert keys.every == every
    assert [*map(type, keys.every)] == [*map(type, every)]


def calls_in(content: bytes) -> int:
    """Return how many objects a pickle has made by a call."""
    calls = {"REDUCE", "NEWOBJ", "NEWOBJ_EX"}
    return sum(opcode.name in calls for opcode, _, _ in pickletools.genops(content))


@pytest.mark.parametrize("dumps", [pickle.dumps, pickled])
def test_keys_that_are_named_tuples_are_loaded_without_a_call_for_each(
    dumps: Callable[[object], bytes],
) -> None:
    """A pickle has their fields in rows, in which a key takes less room than by itself."""
    few, many = ([Ref(Kind.CLAIM, f"{at}") for at in range(count)] for count in (10, 1000))
    assert calls_in(dumps(Keys(many))) == calls_in(dumps(Keys(few)))
    by_rows, one_by_one = (
        len(dumps(make(many))) - len(dumps(make(few))) for make in (Keys[Ref], tuple[Ref, ...])
    )
    assert by_rows < one_by_one
