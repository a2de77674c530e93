"""A fault as the validation library found it, and the way about in the models.

Knows neither files nor places, nor the words for any kind of fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.note_parts import models_in
from sitegen.notes import Note
from sitegen.yaml_nodes import FieldPath


class Words(NamedTuple):
    """What a diagnostic says: the rule, one short fact, and what to do next."""

    rule: str
    message: str
    help: str


class Found(Struct, frozen=True):
    """One fault: at which path below which model, what is written there, and what was said of it.

    `context` is what the library adds for its kind of fault. A rule over several fields of a group
    names in `context["field"]` the one that is shown.
    """

    root: type[BaseModel]
    path: FieldPath
    written: object
    context: Mapping[str, object]
    said: str

    @property
    def field(self) -> FieldInfo | None:
        """The field that is at fault; of a list's entry that is the list's field."""
        return field_at(self.root, self.path)

    @property
    def parts(self) -> type[BaseModel] | None:
        """The model of the group of fields, or of each entry of the list, that belongs here."""
        return parts_of(self.field)

    @property
    def is_entry(self) -> bool:
        """Whether this is an entry of a list, and not a field."""
        return bool(self.path) and isinstance(self.path[-1], int)

    def named(self, message: str) -> str:
        """Return a message with the name of its field before it."""
        path = (*self.path, self.context.get("field"))
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        return f"{name}: {message}" if name else message


def shorten(value: object) -> str:
    """Return a value as text on one line, of at most 60 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def field_names(model: type[BaseModel]) -> list[str]:
    """Return the names that a model's fields have in YAML, those that all notes share last."""
    shared = Note.model_fields if issubclass(model, Note) else {}
    fields = sorted(model.model_fields.items(), key=lambda item: item[0] in shared)
    return [info.alias or name for name, info in fields]


def field_of(model: type[BaseModel], name: str) -> FieldInfo | None:
    """Return a model's field by its name in YAML."""
    for own_name, info in model.model_fields.items():
        if (info.alias or own_name) == name:
            return info
    return None


def model_at(root: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """Return the model that describes the value at a path below `root`."""
    model = root
    for step in path:
        if isinstance(step, str):
            model = parts_of(field_of(model, step)) or model
    return model


def field_at(root: type[BaseModel], path: FieldPath) -> FieldInfo | None:
    """Return the field at a path below `root`; of a list's entry that is the list's field."""
    names = [step for step in path if isinstance(step, str)]
    return field_of(model_at(root, tuple(names[:-1])), names[-1]) if names else None


def parts_of(info: FieldInfo | None) -> type[BaseModel] | None:
    """Return the model of the groups that a field holds, if it holds such."""
    return next(models_in(info.annotation), None) if info else None


def choices(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return the words that may stand in a field; empty where the list is not closed."""
    info = field_of(model, name)
    return _words_in(info.annotation) if info else ()


def _words_in(annotation: object) -> tuple[str, ...]:
    """Return the words of the first closed list that an annotation speaks of."""
    arguments: tuple[object, ...] = get_args(annotation)
    if get_origin(annotation) is Literal:
        return tuple(str(each) for each in arguments)
    return next(filter(None, map(_words_in, arguments)), ())
