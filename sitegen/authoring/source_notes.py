"""The note of a source of which some fields are known: those stand there, the rest as comments.

Used where an article is taken in and where records come from another program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pydantic import ValidationError

from sitegen.authoring.note_files import printable
from sitegen.authoring.note_writing import field_lines, note_text
from sitegen.authoring.scaffold import commented_field, schema_address
from sitegen.faults.found import field_names
from sitegen.kinds import Kind
from sitegen.notes import Note, Source
from sitegen.yaml_nodes import Data, read_yaml

_UNSEEN: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
_LONGEST: Final = 1_000


def clean(words: str) -> str:
    """Return words on one line without characters that nobody can see, cut to 1,000."""
    return " ".join(_UNSEEN.sub(" ", words).split())[:_LONGEST].rstrip()


def sound_fields(known: Mapping[str, Data]) -> tuple[dict[str, Data], dict[str, str]]:
    """Return what of a source's fields may stand in its note, and what may not, each as words.

    Empty fields are in neither. Fields are in the order of the model.
    """
    sound: dict[str, Data] = {}
    unsound: dict[str, str] = {}
    for name in sorted(known, key=field_names(Source).index):
        value = known[name]
        if not value:
            continue
        if _may_stand(name, value):
            sound[name] = value
        else:
            unsound[name] = value if isinstance(value, str) else "; ".join(map(str, value))
    return sound, unsound


def _may_stand(name: str, value: Data) -> bool:
    try:
        Source.model_validate({"title": "x", name: value})
    except ValidationError:
        return False
    _, faults = read_yaml("", "".join(f"{line}\n" for line in field_lines(name, value)))
    return not faults


def source_note(
    sound: Mapping[str, Data],
    head: Iterable[str] = (),
    remarks: Mapping[str, str] | None = None,
    foot: Iterable[str] = (),
    *,
    has_schemas: bool = False,
) -> str:
    """Return the text of a source's note.

    `sound` are the fields that are known, as `sound_fields` gives them. `head` and `foot` are
    comments before and after, `remarks` a comment above a field, by its name. Fields that are not
    known are comments that say what they mean.
    """
    note_text(Kind.SOURCE, sound)  # refuses what cannot be read back
    lines = [f"# yaml-language-server: $schema={schema_address(Kind.SOURCE)}"] * has_schemas
    lines += [_comment(each) for each in head]
    lines += _fields(sound, remarks or {})
    lines += [_comment(each) for each in foot]
    return "".join(f"{line}\n" for line in lines)


def _fields(sound: Mapping[str, Data], remarks: Mapping[str, str]) -> Iterator[str]:
    shared = set(field_names(Note))
    for name in field_names(Source):
        if remark := remarks.get(name):
            yield _comment(remark)
        if name in sound:
            yield from field_lines(name, sound[name])
        elif name not in shared:
            yield from commented_field(Source, name)


def _comment(words: str) -> str:
    """Return words as one line of comment, whatever they are."""
    return f"# {printable(' '.join(words.split()))}"
