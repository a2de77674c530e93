"""The one registry of rules: nothing missing, and severities as they are reported."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from sitegen.authoring.rule_manual import all_rules

_ROOT = Path(__file__).resolve().parents[3]


def reported_in_code() -> dict[str, set[str]]:
    """Return the severities with which rules are named in calls of `error` and `warning`."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (_ROOT / "sitegen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                rule = node.args[0]
                is_named = isinstance(rule, ast.Constant) and isinstance(rule.value, str)
                if node.func.id in {"error", "warning"} and is_named:
                    found[str(rule.value)].add(node.func.id)  # type: ignore[attr-defined]
    return found


def reported_in_examples() -> dict[str, set[str]]:
    """Return the severities with which rules stand in the expected reports."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (_ROOT / "tests" / "golden" / "rules").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for severity, rule in re.findall(r":\d+:\d+: (error|warning)\[([a-z0-9-]+)\]", text):
            found[rule].add(severity)
    return found


def test_every_rule_that_is_reported_is_there_with_its_severity() -> None:
    """No module reports a rule that the registry does not have, or as something else."""
    rules = all_rules()
    for found in (reported_in_code(), reported_in_examples()):
        assert len(found) > 20
        for name, severities in found.items():
            assert severities <= set(rules[name].severities), name


def test_every_rule_knows_where_it_comes_from() -> None:
    """Each rule belongs to a named part of the work and says in a sentence what it finds."""
    for rule in all_rules().values():
        assert rule.origin != "the rest", rule.name
        assert rule.summary.endswith((".", "!", "?")), rule.name
        assert "\n" not in rule.summary
        assert rule.manual.startswith(rule.summary[:20])


def test_a_rule_may_be_both() -> None:
    """A rule that is sometimes an error says so."""
    assert all_rules()["draft-reference"].weight == "error or warning"
    assert all_rules()["orphan-note"].weight == "warning"
