"""Rules over what stands behind a value: YAML takes it for a comment, and readers never see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from sitegen.diagnostics import Diagnostic, warning
from sitegen.faults.found import field_at, shorten
from sitegen.layout import SETTINGS
from sitegen.model import Corpus, Record
from sitegen.note_parts import is_free_text
from sitegen.notes import Note, SiteSettings
from sitegen.rules.tables import NoteCheck, Rule, SettingsCheck, SettingsRule
from sitegen.yaml_nodes import Locations

_MAY_CUT: Final = re.compile(r"\S #[^\s#]")


def cut_by_comment(_corpus: Corpus, record: Record[Note]) -> Iterator[Diagnostic]:
    """A sentence without quotes around it is cut short where ` #` begins a comment for YAML.

    Readers would get half of it: of `He said #7 first` only `He said`. Put the value in quotes, or
    on the lines below after `|`. Where a comment is meant, write a space after the `#`. Only fields
    of free words are looked at.
    """
    yield from _cut(type(record.note), record.locations)


def cut_in_settings(corpus: Corpus) -> Iterator[Diagnostic]:
    """The settings, which are no note, are held to the same rule."""
    if text := corpus.files.get(SETTINGS):
        yield from _cut(SiteSettings, Locations(SETTINGS, text))


def _cut(model: type[BaseModel], locations: Locations) -> Iterator[Diagnostic]:
    if not locations.may_have_comments() or not _MAY_CUT.search(locations.text):
        return
    for path, at, words in locations.comments():
        field = field_at(model, path)
        if field and is_free_text(field):
            yield warning(
                "cut-by-comment",
                at,
                f'"{shorten(words)}" is a comment for YAML, not part of what is written here',
                "put the whole value in quotes; if a comment is meant, write a space after #",
            )


CHECKS: tuple[Rule[NoteCheck] | SettingsRule[SettingsCheck], ...] = (
    Rule(cut_by_comment),
    SettingsRule(cut_in_settings),
)
