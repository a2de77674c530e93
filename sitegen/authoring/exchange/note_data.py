"""A note as plain data again, as its author would have written it: text, lists and groups."""

from __future__ import annotations

from sitegen.notes import Note
from sitegen.yaml_nodes import Data


def data_of_note(note: Note) -> dict[str, Data]:
    """Return the fields of a note under their names in YAML, those with their default left out.

    All scalars are text. The body of a page is its field `body`.
    """
    dumped = note.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {str(name): _plain(value) for name, value in dumped.items()}


def _plain(value: object) -> Data:
    match value:
        case dict():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case bool():
            return str(value).lower()
        case float():
            return repr(value).removesuffix(".0")
        case None:
            return None
        case _:
            return str(value)
