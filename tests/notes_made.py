"""Notes of every kind, made up by hypothesis from the models: what is valid, and nothing else."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sitegen.authoring.exchange.note_columns import model_of
from sitegen.dates import FuzzyDate
from sitegen.faults.found import parts_of
from sitegen.kinds import Kind
from sitegen.notes import Note

WORDS = st.sampled_from(
    ["Rain", "a; b", "[]", "=1+1", "'=x", "'", "-3", "- a", 'say "so"', "one\ntwo", "a: b # c",
     "…“é”", "x\r\ny", "@now", "日本", "~", "null", "a\u00a0b", "😀 \u200d", "  \tx"]
) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufeff"),
    min_size=1, max_size=12,
)  # fmt: skip
DATES = st.sampled_from(["2024", "2024-06-19", "2024-06~", "2024-10/2024-11", "2025-08/.."])
IDS = st.sampled_from(["rain", "a-1", "x", "bridge-was-closed", "0"])


def notes_of(kind: Kind) -> st.SearchStrategy[Note]:
    """Return notes of one kind with any of their fields."""
    model = model_of(kind)
    return _data(model).map(lambda data: _made(model, data)).filter(lambda note: note is not None)  # type: ignore[return-value]


def _made(model: type[BaseModel], data: dict[str, Any]) -> BaseModel | None:
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _data(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    needed: dict[str, st.SearchStrategy[Any]] = {}
    others: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        where = needed if info.is_required() else others
        where[info.alias or name] = _value(name, info)
    return st.fixed_dictionaries(needed, optional=others)


def _value(name: str, info: FieldInfo) -> st.SearchStrategy[Any]:
    is_list = "tuple" in str(info.annotation)
    one = _one(name, info)
    if not is_list:
        return one
    return st.lists(one, min_size=1 if info.is_required() else 0, max_size=3)


def _one(name: str, info: FieldInfo) -> st.SearchStrategy[Any]:
    group = parts_of(info)
    if group is not None:
        # A group without any field, or with empty lists alone, says nothing.
        return _data(group).filter(lambda data: any(each != [] for each in data.values()))
    if words := _closed(info.annotation):
        return st.sampled_from(words)
    if name in _EXAMPLES:
        return st.just(_EXAMPLES[name])
    written = str(info.annotation) + str(info.metadata)
    if "{1,80}" in written:
        return IDS.map(lambda each: f"claims/{each}") if "pages?" in written else IDS
    types = _types(info.annotation)
    return next((_BY_TYPE[each] for each in _BY_TYPE if each in types), WORDS)


_EXAMPLES = {
    "url": "https://example.org/a?b=c",
    "archived_url": "http://example.org/",
    "sha256": "0" * 64,
    "wikidata": "Q42",
    "language": "de-CH",
}
_BY_TYPE: dict[object, st.SearchStrategy[Any]] = {
    FuzzyDate: DATES,
    bool: st.booleans(),
    int: st.integers(-99, 99),
    float: st.floats(-90, 90) | st.integers(-90, 90),
}


def _types(annotation: object) -> set[object]:
    inner = [each for argument in get_args(annotation) for each in _types(argument)]
    return {annotation, *inner}


def _closed(annotation: object) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next(filter(None, map(_closed, get_args(annotation))), ())
