"""The manual of the rules as people read it: one rule, the list of all, the table in the README."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from sitegen.authoring.note_files import printable
from sitegen.authoring.refusals import Refused
from sitegen.authoring.rule_manual import Rule, all_rules
from sitegen.check import present_name
from sitegen.diagnostics import Severity, did_you_mean
from sitegen.faults.found import choices
from sitegen.model import Standing
from sitegen.notes import Assessment, Evidence
from sitegen.quotes import QuoteState

BEGIN: Final = "<!-- rules: begin -->"
END: Final = "<!-- rules: end -->"
_WIDTH: Final = 80
_GRADE: Final = re.compile("[a-f]?[1-6]|[a-f]")  # of the Admiralty code


def explain_rule(name: str) -> str:
    """Return the manual of one rule; refuse a name that no rule has, with the nearest ones."""
    rules = all_rules()
    wanted = present_name(name.strip().strip("[]").lower().replace("_", "-"))
    if wanted not in rules:
        if _is_code(wanted):
            message = f'"{printable(name)}" is a code, not a rule'
            raise Refused(message, "these are codes: see docs/codes.md", is_wrong_use=True)
        help_ = did_you_mean(wanted, rules) or "`sitegen explain` lists all rules"
        raise Refused(f'there is no rule "{printable(name)}"', help_, is_wrong_use=True)
    return "".join(f"{line}\n" for line in _manual(rules[wanted]))


def _is_code(wanted: str) -> bool:
    """Tell whether this is a word or a grade that stands in notes or on pages."""
    graded = ((Evidence, "stance"), (Evidence, "basis"), (Assessment, "verdict"))
    judged = ((Assessment, "likelihood"), (Assessment, "confidence"))
    words = {word for model, name in (*graded, *judged) for word in choices(model, name)}
    return wanted in {*words, *Standing, *QuoteState} or bool(_GRADE.fullmatch(wanted))


def _manual(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.weight}; {rule.origin})"
    for paragraph in re.split(r"\n\s*\n", rule.manual.strip()):
        yield ""
        yield from textwrap.wrap(" ".join(paragraph.split()), _WIDTH, break_on_hyphens=False)
    yield ""
    yield from textwrap.wrap(_consequence(rule), _WIDTH, break_on_hyphens=False)


def _consequence(rule: Rule) -> str:
    if Severity.WARNING not in rule.severities:
        return "An error: no site is built until it is mended."
    accepting = f"allow: [{{rule: {rule.name}, why: …}}]"
    start = "As a warning it" if Severity.ERROR in rule.severities else "A warning: it"
    return f"{start} stops the build only under --strict. To accept it in a note, write {accepting}"


def list_rules() -> str:
    """Return all rules, each with its severity and what it finds, by where they come from."""
    widest = max(map(len, all_rules()))
    lines = []
    for origin, rules in groupby(all_rules().values(), key=lambda rule: rule.origin):
        lines.append(f"{origin[0].upper()}{origin[1:]}")
        lines += [f"  {each.name:<{widest}}  {_brief(each):<7}  {each.summary}" for each in rules]
        lines.append("")
    lines.append("More on one of them: sitegen explain RULE")
    return "".join(f"{line}\n" for line in lines)


def _brief(rule: Rule) -> str:
    return rule.weight if len(rule.severities) == 1 else "both"


def rules_table() -> str:
    """Return all rules as a table in Markdown, as it stands in the README between its two marks."""
    rows = [
        f"| `{rule.name}` | {rule.weight} | {rule.summary.replace('|', chr(92) + '|')} |"
        for rule in all_rules().values()
    ]
    return "\n".join(["| rule | weight | what it finds |", "| --- | --- | --- |", *rows, ""])


def with_table(text: str) -> str:
    """Return a document with the table of rules put between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise Refused(f"the document has no lines {BEGIN} and {END}", "add them where it belongs")
    return f"{before}{begin}\n{rules_table()}{end}{after}"


def write_table(document: Path) -> bool:
    """Bring the table of rules in a document up to date; return whether that changed it."""
    try:
        before = document.read_bytes().decode()
        after = with_table(before)
        if after != before:
            document.write_bytes(after.encode())
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(f"cannot change {document}: {fault}") from fault
    return after != before
