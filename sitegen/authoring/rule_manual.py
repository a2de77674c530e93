"""Every rule that a report may name: what it finds, how much it weighs, where it comes from.

The one registry of rules. The texts are those of the modules that find the faults; `explain`, the
table in the README and SARIF reports are made from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Final

from msgspec import Struct

from sitegen.authoring.exchange.rules import RULES as IMPORTING_RULES
from sitegen.check import manual
from sitegen.cluster import RULES as CLUSTER_RULES
from sitegen.diagnostics import Severity
from sitegen.make import RULES as MAKING_RULES
from sitegen.render import RULES as RENDERING_RULES
from sitegen.rules import (
    comments,
    files,
    judgements,
    limits,
    order,
    prose,
    quotations,
    references,
    wording,
)
from sitegen.rules.severities import ALWAYS_WARNINGS, AT_TIMES_WARNINGS
from sitegen.schema import RULES as FIELD_RULES

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s")


class Rule(Struct, frozen=True):
    """One rule: `origin` is the part of the work that finds it, `manual` its whole text."""

    name: str
    severities: tuple[Severity, ...]
    origin: str
    manual: str

    @property
    def summary(self) -> str:
        """What it finds: the first sentence of its manual."""
        return _SENTENCE_END.split(" ".join(self.manual.split()), maxsplit=1)[0]

    @property
    def weight(self) -> str:
        """Its severity in words."""
        return " or ".join(self.severities)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by name, in the order in which a build comes to them."""
    texts = {
        **manual(),
        **FIELD_RULES,
        **RENDERING_RULES,
        **MAKING_RULES,
        **CLUSTER_RULES,
        **IMPORTING_RULES,
    }
    rules: dict[str, Rule] = {}
    for origin, names in _origins():
        for name in names:
            if name in texts:
                rules.setdefault(name, Rule(name, _severities(name), origin, texts[name]))
    for name in sorted(texts.keys() - rules.keys()):
        rules[name] = Rule(name, _severities(name), "the rest", texts[name])
    return rules


def _origins() -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of the work, in their order, with the names of the rules of each."""
    yield "the project's files", list(files.READING_RULES)
    yield "YAML", [*files.YAML_RULES, *_named(comments)]
    yield "fields", list(FIELD_RULES)
    yield "links between notes", [*_named(references), *_named(limits)]
    yield "Markdown", [*prose.RULES, *_named(prose)]
    yield "dates", _named(order)
    yield "quotations", _named(quotations)
    yield "judgements", _named(judgements)
    yield "wording", _named(wording)
    yield "accepted warnings", ["unused-allowance"]
    yield "templates", list(RENDERING_RULES)
    yield "writing the site", list(chain(MAKING_RULES, CLUSTER_RULES, files.WRITING_RULES))
    yield "imports", list(IMPORTING_RULES)


def _named(module: object) -> list[str]:
    """Return the rules that a module's checks are named for."""
    checks = getattr(module, "CHECKS", ())
    return [each.find.__name__.replace("_", "-") for each in checks]


def _severities(name: str) -> tuple[Severity, ...]:
    if name in AT_TIMES_WARNINGS:
        return (Severity.ERROR, Severity.WARNING)
    return (Severity.WARNING,) if name in ALWAYS_WARNINGS else (Severity.ERROR,)
