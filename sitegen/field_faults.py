"""What the validation library finds in a field, in words that an author can act on.

Knows the models and the library's kinds of error; neither files, nor places, nor other notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sitegen.diagnostics import did_you_mean
from sitegen.notes import Note, id_like, models_in
from sitegen.yaml_nodes import Data, FieldPath


class Words(NamedTuple):
    """What a diagnostic says: the rule, one short fact, and what to do next."""

    rule: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One fault: where in which model, and what is written there."""

    root: type[BaseModel]
    path: FieldPath
    written: object
    context: Mapping[str, object]
    said: str

    @property
    def parts(self) -> type[BaseModel] | None:
        """The model of the group of fields, or of each entry of the list, that belongs here."""
        info = field_at(self.root, self.path)
        return next(models_in(info.annotation), None) if info else None


def explain(root: type[BaseModel], fault: ErrorDetails) -> Words:
    """Return in an author's words what is wrong with the value of a field of `root`."""
    found = _Found(root, tuple(fault["loc"]), fault["input"], fault.get("ctx", {}), fault["msg"])
    return _FAULTS.get(fault["type"], _other)(found)


def missing_field(root: type[BaseModel], path: FieldPath, *, is_written: bool) -> Words:
    """Return what to say of a field that must be there; `is_written` where only its key is."""
    name, info = str(path[-1]), field_at(root, path)
    meaning = (info.description or "").rstrip(".") if info else ""
    parts = next(models_in(info.annotation), None) if info else None
    if parts:
        what = f"write below `{name}:` an entry with {_fields(parts)}"
    else:
        what = f"write `{name}: …`"
    return Words(
        "missing-field",
        f'the field "{name}" is {"empty" if is_written else "missing"}',
        f"{what} ({meaning[:1].lower()}{meaning[1:]})" if meaning else what,
    )


def unknown_field(root: type[BaseModel], path: FieldPath, written: Data) -> Words:
    """Return what to say of a field that nobody knows where it stands."""
    name, model = str(path[-1]), model_at(root, path[:-1])
    return Words(
        "unknown-field",
        f'unknown field "{_shorten(name)}"',
        _meant_by_field(root, path[:-1], name, written)
        or did_you_mean(name, field_names(model))
        or f"known here: {', '.join(field_names(model))}",
    )


def fields_meant(root: type[BaseModel], path: FieldPath) -> frozenset[str]:
    """Return the fields beside an unknown one that are no longer missing once it is mended."""
    name, model = str(path[-1]), model_at(root, path[:-1])
    if _field_with_word(model, name):
        return frozenset(field_names(model))
    meant = did_you_mean(name, field_names(model))
    also = {*_homes(model, name), *_SYNONYMS.get(name, ())}
    return frozenset(each for each in field_names(model) if f'"{each}"' in meant or each in also)


# What an unknown field may mean

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("published",),
    "description": ("summary", "definition"),
    "headline": ("title",),
    "lat": ("latitude",),
    "link": ("url",),
    "location": ("places",),
    "lon": ("longitude",),
    "name": ("title", "statement", "question"),
    "people": ("actors",),
    "title": ("name", "statement", "question"),
    "type": ("kind",),
}


def _meant_by_field(
    root: type[BaseModel], parent: FieldPath, name: str, written: Data
) -> str | None:
    model = model_at(root, parent)
    known = field_names(model)
    if name == "id" and not parent:
        return "take it out: the id of a note is the name of its file"
    if field := _field_with_word(model, name):
        return f"write `{field}: {name}`{_claim_hint(model, written)}"
    if homes := _homes(model, name):
        return f"it belongs below {' or '.join(f'`{home}`' for home in homes)}"
    if synonym := next((each for each in _SYNONYMS.get(name, ()) if each in known), None):
        return f'did you mean "{synonym}"?'
    if parent and name in field_names(root) and not did_you_mean(name, known):
        return f"it belongs to the note itself, not below `{parent[0]}`"
    return None


def _field_with_word(model: type[BaseModel], word: str) -> str | None:
    """Return the field of which a word is one of the possible values."""
    return next((name for name in field_names(model) if word in _choices(model, name)), None)


def _choices(model: type[BaseModel], name: str) -> tuple[str, ...]:
    info = _field(model, name)
    for each in (info.annotation, *get_args(info.annotation)) if info else ():
        if get_origin(each) is Literal:
            return get_args(each)
    return ()


def _claim_hint(model: type[BaseModel], written: Data) -> str:
    """Return how `contradicts: other-claim` goes on, once it is `type: contradicts`."""
    if "claim" in model.model_fields and isinstance(written, str):
        return f" and `claim: {_shorten(written)}`"
    return ""


def _homes(model: type[BaseModel], name: str) -> list[str]:
    """Return the fields of a model whose own parts have a field of this name."""
    return [
        field
        for field in field_names(model)
        if field != "allow"
        for info in [_field(model, field)]
        for parts in (models_in(info.annotation) if info else ())
        if name in field_names(parts)
    ]


# Words, ids and addresses


def _literal(found: _Found) -> Words:
    choices = _choices(model_at(found.root, found.path[:-1]), str(found.path[-1]))
    listed = f"one of: {', '.join(choices)}"
    if not isinstance(found.written, str):
        return _wrong_shape(found, "one word", f"write {listed}")
    alike = found.written.lower().replace(" ", "-").replace("_", "-")
    same = [word for word in choices if word.lower() == alike]
    hint = did_you_mean(same[0], same) if same else did_you_mean(found.written, choices)
    return _invalid(
        found, "is none of the words that may stand here", f"{hint} ({listed})" if hint else listed
    )


def _pattern(found: _Found) -> Words:
    pattern = str(found.context.get("pattern", ""))
    for begins, what, advise in _PATTERNS:
        if pattern.startswith(begins):
            return _invalid(found, f"is not {what}", advise(str(found.written).strip()))
    return _other(found)


def _advise_id(text: str) -> str:
    if len(text) > 80:
        return f"an id has at most 80 characters, this has {len(text)}"
    alike = id_like(re.sub(r"\.(ya?ml|md|html)$", "", text))
    rule = "ids have lower-case ASCII letters, digits and hyphens"
    return f'write "{alike}": {rule}' if alike else f"{rule}, at most 80"


def _advise_origin(text: str) -> str:
    if ":" in text:
        return "only `actor:` and `source:` may stand before the id of an origin"
    return _advise_id(text)


def _advise_address(text: str) -> str:
    kind, slash, rest = text.replace(":", "/").partition("/")
    plural = f"{kind.lower().removesuffix('s')}s"
    if not slash:
        return f"write kind/id, as in claims/{id_like(text) or 'my-claim'}"
    if plural in _ADDRESSED:
        return f'write "{plural}/{id_like(rest)}"'
    return f"the kinds are {', '.join(_ADDRESSED)}"


_ADDRESSED: Final = tuple(
    "sources claims events actors places questions measures pages".split()
)  # what a correction may concern


def _advise_url(text: str) -> str:
    if re.fullmatch(r"(?!\w+:)[\w-]+(\.[\w-]+)+(/\S*)?", text):
        return f"write https://{text}"
    if re.match(r"https?://", text) and re.search(r"\s", text):
        return "an address has no spaces: write %20 for each"
    return "write a full address that begins with https://"


def _advise_sha256(text: str) -> str:
    if re.fullmatch(r"[0-9A-Fa-f]{64}", text):
        return "write its letters in lower case"
    return "write 64 hexadecimal digits, as sha256sum prints them"


def _advise_wikidata(text: str) -> str:
    id_ = re.search(r"(?i:\bq)([1-9][0-9]*)\b", text)
    return f"write Q{id_[1]}" if id_ else "write it as in Q7747"


def _advise_language(text: str) -> str:
    if re.fullmatch(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{1,8})+", text):
        return f"write {text.replace('_', '-')}"
    return "write a BCP 47 tag such as en, ko or zh-Hans"


_PATTERNS: Final[tuple[tuple[str, str, Callable[[str], str]], ...]] = (
    # how the pattern begins, what the text is not, what to do
    ("^[a-z0-9-]", "an id", _advise_id),
    ("^((actor|source)", "the id of an origin", _advise_origin),
    ("^(sources?|", "the address of a note", _advise_address),
    ("^https?", "a web address", _advise_url),
    ("^[0-9a-f]{64}", "a SHA-256", _advise_sha256),
    ("^Q[1-9]", "a Wikidata id", _advise_wikidata),
    ("^[A-Za-z]{2,3}(-", "a language tag", _advise_language),
)


# Dates, numbers, yes and no


def _date(found: _Found) -> Words:
    return Words("invalid-date", *_named(found, str(found.context["reason"])), _help(found))


def _number(found: _Found) -> Words:
    if not isinstance(found.written, str):
        return _wrong_shape(found, "a number", "write one number")
    what = "a number"
    if _is_decimal(found.written) and "whole" in _number_kind(found):
        what = "a whole number"
    return _invalid(found, f"is not {what}", _advise_number(found))


def _number_kind(found: _Found) -> str:
    info = field_at(found.root, found.path)
    return "whole" if info and int in (info.annotation, *get_args(info.annotation)) else ""


def _is_decimal(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]*[.]?[0-9]+", text.strip()) is not None


_GROUPED: Final = re.compile(r"([+-]?[0-9]{1,3}(?:[\s,.'’_][0-9]{3})+)([.,][0-9]+)?")
_DECIMAL_COMMA: Final = re.compile(r"([+-]?[0-9]+),([0-9]+)")


def _advise_number(found: _Found) -> str:
    text, name = str(found.written).strip(), found.path[-1]
    if grouped := _GROUPED.fullmatch(text):
        rest = (grouped[2] or "").replace(",", ".")
        return f"write {re.sub(r'[^0-9+-]', '', grouped[1])}{rest}"
    if comma := _DECIMAL_COMMA.fullmatch(text):
        return f"write {comma[1]}.{comma[2]}"
    if name in {"latitude", "longitude"}:
        return "write degrees as in 51.48; south and west are negative"
    if "quantity" in found.path:
        return "write digits only; words belong in `wording`, units in the measure"
    return "write digits only"


def _out_of_range(found: _Found) -> Words:
    limit = 90 if found.path[-1] == "latitude" else 180
    return _invalid(found, f"lies not between -{limit} and {limit}", "degrees are meant")


def _boolean(found: _Found) -> Words:
    if not isinstance(found.written, str):
        return _wrong_shape(found, "true or false", "write true or false")
    return _invalid(found, "is neither true nor false", "write true or false")


# Shapes


def _text(found: _Found) -> Words:
    return _wrong_shape(found, "text", _advise_text(found.written))


def _advise_text(written: object) -> str:
    if isinstance(written, dict):
        return 'write one text; if it holds ": ", put it in quotes'
    return "write one text, without brackets around it or hyphens before it"


def _one_date(found: _Found) -> Words:
    return _wrong_shape(
        found, "a date", "write one date, as 2024-06-19, or a stretch, as 2024-10/2024-11"
    )


def _list(found: _Found) -> Words:
    parts, written = found.parts, found.written
    if isinstance(written, dict) and parts:
        help_ = 'put "- " before its first field and indent the others to stand below that one'
    elif parts:
        help_ = f'write below it an entry with {_fields(parts)}, the first after "- "'
    elif isinstance(written, str) and re.fullmatch(r"[\w .–-]+(, *[\w .–-]+)*", written):
        help_ = f'write [{_shorten(written)}], or each on a line of its own after "- "'
    else:
        help_ = 'write each entry on a line of its own after "- "'
    return _wrong_shape(found, "a list", help_)


def _group(found: _Found) -> Words:
    parts, written = found.parts, found.written
    is_entry = isinstance(found.path[-1], int) if found.path else False
    if parts is None:
        help_ = "write its fields on the lines below"
    elif isinstance(written, list):
        help_ = 'write one entry after each "- "' if is_entry else 'take the "- " before it out'
    elif is_entry:
        help_ = f"write {_fields(parts, str(written))}"
    else:
        help_ = f"write on the lines below it {_fields(parts)}"
    return _wrong_shape(found, "a group of fields", help_)


def _fields(parts: type[BaseModel], written: str = "") -> str:
    """Return the fields to write: those that must be there, else the first ones.

    What stands in place of a group with one such field is most likely the value of that field.
    """
    needed = [name for name in field_names(parts) if _is_required(parts, name)]
    names = needed or field_names(parts)[:3]
    value = written if len(needed) == 1 and re.fullmatch(r"[\w-]{1,60}", written) else "…"
    *others, last = [f"`{name}: {value}`" for name in names]
    return f"{', '.join(others)} and {last}" if others else last


def _is_required(model: type[BaseModel], name: str) -> bool:
    info = _field(model, name)
    return bool(info and info.is_required())


def _wrong_shape(found: _Found, expected: str, help_: str) -> Words:
    written = found.written
    if written is None:
        return _empty(found)
    shape = (
        "a list" if isinstance(written, list)
        else "a group of fields" if isinstance(written, dict)
        else "one value"
    )  # fmt: skip
    message = f"{shape} stands where {expected} is expected"
    return Words("wrong-type", *_named(found, message), help_)


# Emptiness, and what several fields say together


def _empty(found: _Found) -> Words:
    if isinstance(found.written, list):
        message = "this list is empty"
        help_ = f"write an entry with {_fields(found.parts)}" if found.parts else "write an entry"
        return Words("missing-field", *_named(found, message), help_)
    is_entry = bool(found.path) and isinstance(found.path[-1], int)
    if is_entry:
        message, help_ = "an entry of this list is empty", "write it, or take it out"
    else:
        message, help_ = "nothing is written here", "write something, or take the field out"
    return Words("missing-field", *_named(found, message), help_)


def _together(found: _Found) -> Words:
    return Words("invalid-value", *_named(found, found.said), _help(found))


def _too_long(found: _Found) -> Words:
    length, limit = len(str(found.written)), found.context.get("max_length")
    message = f"this has {length} characters, at most {limit} may be"
    return Words("invalid-value", *_named(found, message), "write a shorter one")


def _other(found: _Found) -> Words:
    message = found.said[:1].lower() + found.said[1:].rstrip(".")
    help_ = "see the JSON Schema that `sitegen schema` writes"
    return Words("invalid-value", *_named(found, message), help_)


_FAULTS: Final[Mapping[str, Callable[[_Found], Words]]] = {
    "literal_error": _literal,
    "string_pattern_mismatch": _pattern,
    "invalid_date": _date,
    "date_type": _one_date,
    "no_number": _together,
    "value_and_range": _together,
    "range_reversed": _together,
    "half_a_position": _together,
    "float_parsing": _number,
    "float_type": _number,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_type": _number,
    "int_from_float": _number,
    "finite_number": _number,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "bool_parsing": _boolean,
    "bool_type": _boolean,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_short": _empty,
    "string_type": _text,
    "tuple_type": _list,
    "model_type": _group,
    "model_attributes_type": _group,
}


def _invalid(found: _Found, fault: str, help_: str) -> Words:
    message = f'"{_shorten(found.written)}" {fault}'
    return Words("invalid-value", *_named(found, message), help_)


def _named(found: _Found, message: str) -> tuple[str]:
    """Return the message with the name of its field before it."""
    path = (*found.path, found.context["field"]) if "field" in found.context else found.path
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    return (f"{name}: {message}" if name else message,)


def _help(found: _Found) -> str:
    return str(found.context.get("help", ""))


def _shorten(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


# Finding one's way in the models


def field_names(model: type[BaseModel]) -> list[str]:
    """Return the names that a model's fields have in YAML, those that all notes share last."""
    shared = Note.model_fields if issubclass(model, Note) else {}
    fields = sorted(model.model_fields.items(), key=lambda item: item[0] in shared)
    return [info.alias or name for name, info in fields]


def model_at(root: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """Return the model that describes the value at a path below `root`."""
    model = root
    for step in path:
        if isinstance(step, str) and (info := _field(model, step)):
            model = next(models_in(info.annotation), model)
    return model


def field_at(root: type[BaseModel], path: FieldPath) -> FieldInfo | None:
    """Return the field at a path below `root`; of a list's entry that is the list's field."""
    names = [step for step in _steps(path) if isinstance(step, str)]
    return _field(model_at(root, tuple(names[:-1])), names[-1]) if names else None


def _steps(path: FieldPath) -> Iterator[str | int]:
    yield from path


def _field(model: type[BaseModel], name: str) -> FieldInfo | None:
    """Return a model's field by its name in YAML."""
    for own_name, info in model.model_fields.items():
        if (info.alias or own_name) == name:
            return info
    return None
