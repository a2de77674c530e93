"""Digests tell values apart, and nothing else: not where they come from."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sitegen.digests import FOLLOWS, SIZE, Digests, digest_of, quick_digest_of
from sitegen.notes import Relation

_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True)
class Left:
    """A record."""

    name: str


@dataclass(frozen=True, slots=True)
class Right:
    """Another record with the same field."""

    name: str


@given(_PLAIN, _PLAIN)
def test_digests_are_equal_where_data_are(one: object, other: object) -> None:
    """Equal means of equal parts of the same types, as `repr` shows them."""
    is_equal = repr(one) == repr(other)
    assert (digest_of(one) == digest_of(other)) == is_equal
    assert len(digest_of(one)) == SIZE


@given(_PLAIN)
def test_copy_has_the_digest_of_what_it_is_a_copy_of(value: object) -> None:
    """It does not show in a digest which parts of a value are one object."""
    copy = pickle.loads(pickle.dumps((value, value)))
    assert digest_of((value, value)) == digest_of(copy)


def test_class_of_a_record_counts() -> None:
    """Two records with the same values are two things where their classes differ."""
    assert digest_of(Left("a")) == digest_of(Left("a"))
    assert digest_of(Left("a")) != digest_of(Left("b"))
    assert digest_of(Left("a")) != digest_of(Right("a"))
    assert digest_of(Left("a")) != digest_of(("a",))


def test_fields_of_a_note_count() -> None:
    """Whether a field was written or has its value by default does not."""
    written = Relation(type="refines", claim="a", why=None)
    assert digest_of(Relation(type="refines", claim="a")) == digest_of(written)
    assert digest_of(Relation(type="refines", claim="b")) != digest_of(written)


@dataclass(frozen=True, slots=True)
class Group:
    """A record with a set, and one that many may share."""

    members: frozenset[str]
    left: Left


def test_order_within_a_set_does_not_count() -> None:
    """It differs from one process to the next, whether a set stands alone or in a record."""
    many = [f"{number}" for number in range(40)]
    one, other = frozenset(many), frozenset(reversed(many))
    assert digest_of(one) == digest_of(other) != digest_of(one - {"7"})
    assert digest_of(Group(one, Left("a"))) == digest_of(Group(other, Left("a")))
    assert digest_of(Group(one, Left("a"))) != digest_of(Group(one - {"7"}, Left("a")))


def test_shared_object_counts_by_what_it_holds() -> None:
    """Another object with the same fields is as good; one with others is not."""
    digests = Digests([Left])
    left = Left("a")
    groups = [Group(frozenset(name), left) for name in "xy"]
    found = [digests.of(group) for group in groups]
    assert found == [Digests([Left]).of(Group(each.members, Left("a"))) for each in groups]
    assert found[0] != found[1]
    assert digests.of(Group(frozenset("x"), Left("b"))) not in found


@dataclass(frozen=True, slots=True)
class Noted:
    """A record with a field that follows from the other."""

    name: str
    length: int = field(default=0, metadata=FOLLOWS)


def test_field_that_follows_from_others_does_not_count() -> None:
    """Two records that differ in it differ in what it follows from."""
    assert digest_of(Noted("a", 1)) == digest_of(Noted("a", 2)) != digest_of(Noted("b", 1))


@given(_PLAIN, _PLAIN)
def test_quick_digests_differ_where_data_do(one: object, other: object) -> None:
    """They may differ where data do not, but what is the same object has the same digest."""
    assert quick_digest_of(one, one) == quick_digest_of(one, one)
    if repr(one) != repr(other):
        assert quick_digest_of(one) != quick_digest_of(other)


def test_another_process_comes_to_the_same_digest() -> None:
    """What one build keeps is compared by the next."""
    script = (
        "from datetime import date\nfrom sitegen.digests import digest_of\n"
        "from sitegen.notes import Relation\n"
        "print(digest_of(Relation(type='refines', claim='a'), date(2024, 6, 19), 'x').hex())\n"
    )
    here = digest_of(Relation(type="refines", claim="a"), date(2024, 6, 19), "x").hex()
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == here
