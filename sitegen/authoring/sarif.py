"""Diagnostics as SARIF 2.1.0 (OASIS), for code scanning and editors that read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from sitegen import __version__
from sitegen.authoring.rule_manual import Rule
from sitegen.diagnostics import Diagnostic, Location, in_order

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "PROJECT"


def format_sarif(diagnostics: Iterable[Diagnostic], rules: Mapping[str, Rule]) -> str:
    """Return a SARIF log with one run: every rule with its manual, every diagnostic as a result.

    Columns count characters (code points), as everywhere in sitegen; addresses are relative to the
    project's folder, whose own address is left for the reader to know (SARIF 3.4.4).
    """
    index = {name: place for place, name in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "sitegen",
                "semanticVersion": __version__,
                "rules": [_rule(each) for each in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The project's folder."}}},
        "results": [_result(each, index) for each in in_order(diagnostics)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.manual.split())},
        "help": {"text": rule.manual, "markdown": rule.manual},
        "defaultConfiguration": {"level": rule.severities[0].value},
        "properties": {"tags": [rule.origin]},
    }


def _result(diagnostic: Diagnostic, index: Mapping[str, int]) -> dict[str, object]:
    advice = f"\n{diagnostic.help}" if diagnostic.help else ""
    result: dict[str, object] = {
        "ruleId": diagnostic.rule,
        "level": diagnostic.severity.value,
        "message": {"text": f"{diagnostic.message}{advice}"},
        "locations": [{"physicalLocation": _physical(diagnostic.at)}],
    }
    if diagnostic.rule in index:
        result["ruleIndex"] = index[diagnostic.rule]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(at), "message": {"text": words}}
            for number, (at, words) in enumerate(diagnostic.related)
        ]
    return result


def _physical(at: Location) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": quote(at.path, errors="surrogateescape"), "uriBaseId": _ROOT},
        "region": {"startLine": at.line, "startColumn": at.column},
    }
