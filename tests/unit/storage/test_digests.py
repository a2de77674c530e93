"""Digests tell values apart, and nothing else: not where they come from."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from importlib import import_module
from itertools import combinations
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct

import sitegen
from sitegen.notes import Relation
from sitegen.storage.digests import SIZE, digest_of

_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True)
class Left:
    """A record."""

    name: str


class Right(Struct, frozen=True):
    """Another record."""

    title: str


@given(_PLAIN, _PLAIN)
def test_digests_are_equal_where_data_are(one: object, other: object) -> None:
    """Equal means of equal parts in one order, as `repr` shows them; True is not 1, nor 1 "1"."""
    is_equal = repr(one) == repr(other)
    assert (digest_of(one) == digest_of(other)) == is_equal
    assert len(digest_of(one)) == SIZE


@given(_PLAIN)
def test_copy_has_the_digest_of_what_it_is_a_copy_of(value: object) -> None:
    """It does not show in a digest which parts of a value are one object."""
    copy = pickle.loads(pickle.dumps((value, value)))
    assert digest_of((value, value)) == digest_of(copy)


def test_fields_of_a_record_count_by_name_and_value() -> None:
    """A record is not what it holds, nor another record with the same values."""
    assert digest_of(Left("a")) == digest_of(Left("a"))
    assert digest_of(Left("a")) != digest_of(Left("b"))
    assert digest_of(Left("a")) != digest_of(Right("a"))
    assert digest_of(Left("a")) != digest_of(("a",))


def test_html_is_not_text() -> None:
    """What a page shows as it is differs from what it escapes."""
    assert digest_of(Markup("<b>")) == digest_of(Markup("<b>")) != digest_of("<b>")


def test_what_is_no_plain_data_is_refused() -> None:
    """It would have another digest in every process."""
    with pytest.raises(TypeError, match="object is no plain data"):
        digest_of([object()])


def _fields_of(kind: object) -> tuple[str, ...]:
    """Return the names of the fields of a class of records; none of anything else."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind.__struct_fields__
    if isinstance(kind, type) and is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    return ()


def test_no_two_classes_of_records_have_the_same_fields() -> None:
    """A digest could not tell one from the other; a class and its base may have them."""
    classes: dict[tuple[str, ...], set[type]] = defaultdict(set)
    for found in walk_packages(sitegen.__path__, "sitegen."):
        if not found.name.endswith("__main__"):
            for value in vars(import_module(found.name)).values():
                if (names := _fields_of(value)) and value.__module__.startswith("sitegen."):
                    classes[tuple(sorted(names))].add(value)
    assert len(classes) > 100
    alike = [
        (one, other)
        for together in classes.values()
        for one, other in combinations(together, 2)
        if not (issubclass(one, other) or issubclass(other, one))
    ]
    assert not alike


def test_fields_of_a_note_count() -> None:
    """Whether a field was written or has its value by default does not."""
    written = Relation(type="refines", claim="a", why=None)
    assert digest_of(Relation(type="refines", claim="a")) == digest_of(written)
    assert digest_of(Relation(type="refines", claim="b")) != digest_of(written)


def test_order_within_a_set_does_not_count() -> None:
    """It differs from one process to the next."""
    many = [f"{number}" for number in range(40)]
    one, other = frozenset(many), frozenset(reversed(many))
    assert digest_of(one) == digest_of(other) != digest_of(one - {"7"})


def test_another_process_comes_to_the_same_digest() -> None:
    """What one build keeps is compared by the next."""
    script = (
        "from datetime import date\nfrom sitegen.storage.digests import digest_of\n"
        "from sitegen.notes import Relation\n"
        "print(digest_of(Relation(type='refines', claim='a'), date(2024, 6, 19), 'x').hex())\n"
    )
    here = digest_of(Relation(type="refines", claim="a"), date(2024, 6, 19), "x").hex()
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == here
