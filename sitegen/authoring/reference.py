"""The reference of fields and rules in Markdown, made from the models and the rules themselves.

What it says of a field is what a JSON Schema, a scaffold and an editor say of it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.authoring.rule_manual import Rule, all_rules
from sitegen.dates import FuzzyDate
from sitegen.faults.found import choices, field_names, field_of, parts_of
from sitegen.kinds import Kind
from sitegen.markup.conversion import DEEPEST
from sitegen.markup.site_markdown import LONGEST_ADDRESS
from sitegen.note_models import MODELS
from sitegen.notes import LONGEST_ID, Note, SiteSettings, is_markdown
from sitegen.quotes import LONGEST_OMISSION
from sitegen.rules.limits import MOST_ORIGINS, MOST_RELATED
from sitegen.rules.ties import MOST_OF_A_KIND
from sitegen.yaml_nodes import MAX_DEPTH

_MADE: Final = (
    "<!-- Made by `sitegen reference`: change the code that it is made from, not this. -->"
)
_HEAD: Final = ("| field | holds | what it means |", "| --- | --- | --- |")
_HOLDS: Final = {bool: "`true` or `false`", float: "a number", int: "a whole number"}
_SHAPES: Final = (("https?", "an address"), ("Q[1-9]", "an id of Wikidata"), ("{1,80}", "an id"))


def fields_page() -> str:
    """Return the reference of every field of every kind of note."""
    lines = [
        *("# Fields", "", _MADE, ""),
        "A note is a file with these fields, and its id is the name of its file. A field in",
        "**bold** must be there; all others may be left out. `a.b` is the field `b` of the group",
        "`a`, and `a[].b` the field `b` of each entry of the list `a`. How dates are written",
        "stands under [dates](../codes.md#dates).",
    ]
    for kind in Kind:
        ending = "md" if kind is Kind.PAGE else "yaml"
        lines += _section(f"`content/{kind.plural}/ID.{ending}`: {kind}", MODELS[kind])
    lines += ["", "## Fields of every note", "", *_HEAD, *_rows(Note)]
    lines += _section("`content/site.yaml`: the site", SiteSettings)
    lines += [
        *("", "## Limits", ""),
        "An article may be as long as it is, and so may a text in a note, but for the fields that",
        "say otherwise above. Refused is more than this, for what a site would come to:",
        *("", "| what | at most |", "| --- | --- |", *_limits()),
        *("", "How they are counted stands under `too-many-subjects`, `too-many-relations` and"),
        "`too-many-origins` in the [rules](rules.md#links-between-notes).",
    ]
    return "".join(f"{line}\n" for line in lines)


def _section(title: str, model: type[BaseModel]) -> Iterator[str]:
    yield from ("", f"## {title}", "", " ".join((model.__doc__ or "").split()), "", *_HEAD)
    yield from _rows(model, leave_out=Note if issubclass(model, Note) else None)


def _rows(
    model: type[BaseModel], above: str = "", leave_out: type[BaseModel] | None = None
) -> Iterator[str]:
    """Yield a row for each field of a model, below it those of its own parts."""
    shared = leave_out.model_fields if leave_out else {}
    for name in field_names(model):
        info = field_of(model, name)
        if name in shared or info is None:
            continue
        shown = f"`{above}{name}`"
        meaning = (info.description or "").replace("|", "\\|")
        title = f"**{shown}**" if info.is_required() else shown
        yield f"| {title} | {_holds(model, name)} | {meaning} |"
        if parts := parts_of(info):
            brackets = "[]" if is_list(model, name) else ""
            yield from _rows(parts, f"{above}{name}{brackets}.")


def is_list(model: type[BaseModel], name: str) -> bool:
    """Return whether a field holds a list."""
    info = field_of(model, name)
    return info is not None and "tuple" in str(info.annotation)


def _holds(model: type[BaseModel], name: str) -> str:
    """Return in words what may stand in a field."""
    info = field_of(model, name)
    if parts_of(info):
        return "a list of groups" if is_list(model, name) else "a group of fields"
    if words := choices(model, name):
        given = info.default if info and isinstance(info.default, str) else None
        return ", ".join(f"`{word}`{' (if left out)' * (word == given)}" for word in words)
    if info is None:
        return ""
    one, most = _one(info), _found_in(info, "max_length")
    length = f"at most {int(most):,} characters" if most else ""
    if is_list(model, name):
        return f"a list of {_plural(one)}{f', each of {length}' if length else ''}"
    least, highest = _found_in(info, "ge"), _found_in(info, "le")
    bounds = f" from {least} to {highest}" if least and highest else ""
    return f"{one}{bounds}{f', {length}' if length else ''}"


def _found_in(info: FieldInfo, constraint: str) -> str:
    """Return a number that a field's type sets; empty where it sets none."""
    found = re.search(rf"\b{constraint}=(-?[0-9]+)", f"{info.annotation} {info.metadata}")
    return found[1] if found else ""


def _one(info: FieldInfo) -> str:
    """Return in words what one value of a field is."""
    if is_markdown(info):
        return "Markdown"
    written = f"{info.annotation} {info.metadata}"
    if FuzzyDate.__name__ in written:
        return "a date"
    for kind, words in _HOLDS.items():
        if kind in (info.annotation, *get_args(info.annotation)):
            return words
    return next((words for pattern, words in _SHAPES if pattern in written), "text")


def _limits() -> Iterator[str]:
    """Yield the rows of what is refused beyond a number, though each field by itself is sound."""
    yield f"| an id | {LONGEST_ID} characters |"
    for kind, most in MOST_OF_A_KIND.items():
        yield f"| {kind.plural} that a claim or an event has to do with | {most} |"
    yield f"| claims to which a claim stands in relation | {MOST_RELATED} |"
    yield f"| origins that a source goes back to | {MOST_ORIGINS} |"
    yield f"| what `[…]` leaves out of a quote | {LONGEST_OMISSION} characters |"
    yield f"| an address or a title in a Markdown link | {LONGEST_ADDRESS:,} characters |"
    yield f"| quotes and lists inside one another in Markdown | {DEEPEST} |"
    yield f"| groups and lists inside one another in YAML | {MAX_DEPTH} |"


def _plural(words: str) -> str:
    return "texts" if words == "text" else f"{words.removeprefix('an ')}s"


def rules_page() -> str:
    """Return the manual of every rule, in the order in which a build comes to them."""
    lines = [
        *("# Rules", "", _MADE, ""),
        "A report names its rule in brackets, as in `error[quote-changed]`. An error stops the",
        "build, a warning only under `--strict`. A warning that you have looked at is accepted by",
        '`allow: [{rule: …, why: "…"}]` on its note.',
    ]
    for origin, rules in groupby(all_rules().values(), key=lambda rule: rule.origin):
        lines += ["", f"## {origin[0].upper()}{origin[1:]}"]
        for each in rules:
            lines += _rule(each)
    return "".join(f"{line}\n" for line in lines)


def _rule(rule: Rule) -> list[str]:
    paragraphs = [" ".join(each.split()) for each in rule.manual.strip().split("\n\n")]
    texts = [line for each in paragraphs for line in ("", each)]
    return ["", f"### `{rule.name}`", "", f"*{rule.weight}*", *texts]
