"""A new note as a file to fill in: its fields and what they mean, as the models describe them.

Fields that a note needs stand there empty, so that `sitegen check` asks for each that is left out;
all others are comments, to be kept by taking the sign away: first those that most notes of a kind
have, and below one line that divides them the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.authoring.note_files import checked_ref, note_name, require_project, write_new
from sitegen.authoring.refusals import Refused
from sitegen.faults.found import choices, field_names, field_of, parts_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.note_models import MODELS
from sitegen.notes import Note

SCHEMA_FOLDER: Final = ".schemas"
DIVIDER: Final = "# ---- That is enough to begin with; whatever stands below is optional. ----"
"""The line of a scaffold above which stands what matters first."""

_WIDTH: Final = 2

# What most notes of a kind have beside the fields that they need.
_USUAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SOURCE: ("publisher", "published", "url", "text", "reliability"),
    Kind.CLAIM: ("events", "actors", "places", "questions"),
    Kind.EVENT: ("evidence", "actors", "places"),
    Kind.ACTOR: ("kind", "aliases_in_text"),
    Kind.PLACE: ("aliases_in_text", "country"),
    Kind.QUESTION: ("why", "answers"),
    Kind.MEASURE: ("definition",),
    Kind.PAGE: ("summary",),
    Kind.CORRECTION: ("notes",),
}
_USUAL_PARTS: Final = frozenset({"stance", "credibility"})


def new_note(project: Path, kind: Kind, note_id: str) -> Path:
    """Write the scaffold of a note and return its path; refuse where one is there already."""
    ref = checked_ref(kind, note_id)
    require_project(project)
    other = project / note_name(ref).replace(".yaml", ".yml")
    if kind is not Kind.PAGE and other.exists():
        raise Refused(f"{note_name(ref).replace('.yaml', '.yml')} is there already")
    has_schemas = (project / SCHEMA_FOLDER / f"{kind}.schema.json").is_file()
    return write_new(project, note_name(ref), scaffold(ref, has_schemas=has_schemas))


def scaffold(ref: Ref, *, has_schemas: bool = False) -> str:
    """Return the text of a new note; with a first line for editors where there are schemas."""
    model = MODELS[ref.kind]
    schema = f"# yaml-language-server: $schema={schema_address(ref.kind)}"
    is_page = ref.kind is Kind.PAGE
    lines = [
        *([schema] if has_schemas and not is_page else []),
        f"# {_sentence(model)}",
        "# Fill in what stands here; of what is commented out, keep what you need (without the #).",
        *_first(model, _USUAL[ref.kind]),
        "",
        DIVIDER,
        *_rest(model, _USUAL[ref.kind]),
        "# The fields that every note may have:",
        *_optional(Note, field_names(Note)),
        *(
            ["# Below the next line comes the page itself, in Markdown; [[id]] links to a note."]
            * is_page
        ),
    ]
    text = "".join(f"{line}\n" for line in lines)
    return f"---\n{text}---\n\n" if is_page else text


def schema_address(kind: Kind) -> str:
    """Return where a note's file finds the schema of its kind."""
    return f"../../{SCHEMA_FOLDER}/{kind}.schema.json"


def _sentence(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]


def _own(model: type[BaseModel]) -> tuple[list[str], list[str]]:
    """Return the fields of one kind of note that it needs, and those that it can do without."""
    own = [name for name in field_names(model) if name not in field_names(Note)]
    needed = [name for name in own if _info(model, name).is_required()]
    return needed, [name for name in own if name not in needed]


def _first(model: type[BaseModel], usual: Sequence[str]) -> Iterator[str]:
    """Yield the fields that a note needs, then those that most notes of its kind have."""
    needed, others = _own(model)
    for name in needed:
        yield from _needed(model, name)
    shown = [name for name in others if name in usual]
    if shown:
        yield ""
        yield from _optional(model, shown)


def _rest(model: type[BaseModel], usual: Sequence[str]) -> Iterator[str]:
    """Yield what is left: of the entries that a note needs, and of the note itself."""
    needed, others = _own(model)
    for name in needed:
        if parts := parts_of(_info(model, name)):
            left = [each for each in _optional_parts(parts) if each not in _USUAL_PARTS]
            yield f"# An entry of `{name}` may also have:"
            for each in left:
                brackets = ": []" if _is_list(_info(parts, each)) else ""
                yield f"#   `{each}{brackets}`  {_meaning(parts, each)}"
            yield ""
    left = [name for name in others if name not in usual]
    if left:
        yield "# The note may also have:"
        yield from _optional(model, left)
        yield ""


def _optional_parts(parts: type[BaseModel]) -> list[str]:
    return [each for each in field_names(parts) if not _info(parts, each).is_required()]


def _needed(model: type[BaseModel], name: str, indent: str = "") -> Iterator[str]:
    """Yield a field that must be filled in, and below it those of its first entry."""
    yield f"{indent}# {_meaning(model, name)}"
    yield f"{indent}{name}:"
    parts = parts_of(_info(model, name))
    if parts is None:
        return
    needed = [each for each in field_names(parts) if _info(parts, each).is_required()]
    inner = indent + " " * 2 * _WIDTH
    for index, each in enumerate(needed):
        comment, line = _needed(parts, each, inner)
        yield comment
        yield line if index else f"{indent}  - {line.strip()}"
    for each in _optional_parts(parts):
        if each in _USUAL_PARTS:
            yield from _commented(parts, each, inner)


def _optional(model: type[BaseModel], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from commented_field(model, name)


def commented_field(model: type[BaseModel], name: str) -> Iterator[str]:
    """Yield the lines of a field that is commented out, with what it means."""
    yield from _commented(model, name, "")


def _commented(model: type[BaseModel], name: str, indent: str) -> Iterator[str]:
    """Yield a field that is commented out; what it means stands beside it."""
    info = _info(model, name)
    parts = parts_of(info)
    if parts is None:
        yield f"{indent}# {name}:{_stand_in(model, name)}  # {_meaning(model, name)}"
        return
    yield f"{indent}# {name}:  # {_meaning(model, name)}"
    dash = "- " if _is_list(info) else ""
    for index, each in enumerate(field_names(parts)):
        lead = dash if index == 0 else " " * len(dash)
        yield (f"{indent}#   {lead}{each}:{_stand_in(parts, each)}  # {_meaning(parts, each)}")


def _stand_in(model: type[BaseModel], name: str) -> str:
    """Return what stands for a value: the default, brackets for a list, nothing for words."""
    info = _info(model, name)
    if _is_list(info):
        return " []"
    return f" {_default(info)}" if _default(info) else ""


def _meaning(model: type[BaseModel], name: str) -> str:
    """Return a field's description, with the words that may stand there."""
    meaning, words = _info(model, name).description or "", choices(model, name)
    if not words or all(word in meaning for word in words):
        return meaning
    return f"{meaning} One of: {', '.join(words)}."


def _default(info: FieldInfo) -> str:
    if isinstance(info.default, bool):
        return str(info.default).lower()
    return info.default if isinstance(info.default, str) else ""


def _is_list(info: FieldInfo) -> bool:
    return "tuple" in str(info.annotation)


def _info(model: type[BaseModel], name: str) -> FieldInfo:
    info = field_of(model, name)
    if info is None:
        raise KeyError(name)
    return info
