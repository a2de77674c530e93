"""The manual of the rules as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.authoring.explaining import (
    explain_rule,
    list_rules,
    rules_table,
    with_table,
    write_table,
)
from sitegen.authoring.refusals import Refused
from sitegen.authoring.rule_manual import all_rules


@pytest.mark.parametrize("name", ["quote-changed", "QUOTE_CHANGED", "[quote-changed]"])
def test_rule_is_explained_in_full(name: str) -> None:
    """A rule's manual is there, with how much it weighs, however its name is written."""
    text = explain_rule(name)
    assert text.startswith("quote-changed (error; quotations)\n\nA quote is not in its source,")
    assert "copy the words as they stand." in " ".join(text.split())
    assert "no site is built until it is mended" in text
    assert max(map(len, text.splitlines())) <= 80


def test_rule_is_explained_under_a_former_name() -> None:
    """Who looks up an old name is told the present one."""
    text = explain_rule("confirmed-without-evidence")
    assert text.startswith("verdict-not-borne-out (warning; judgements)")


def test_warning_says_how_it_is_accepted() -> None:
    """The manual of a warning gives the very entry that accepts it."""
    assert "allow: [{rule: orphan-note, why: …}]" in " ".join(explain_rule("orphan-note").split())


def test_unknown_rule_leads_to_the_nearest() -> None:
    """A misspelt rule is answered with the ones that are most like it."""
    with pytest.raises(Refused) as refused:
        explain_rule("quote-chnged")
    assert '"quote-changed"' in refused.value.help


@pytest.mark.parametrize("code", ["contested", "C3", "F", "single-origin", "normalised"])
def test_code_is_no_rule_and_leads_to_the_codes(code: str) -> None:
    """Who asks for a word or a grade of a page is sent to where it is explained."""
    with pytest.raises(Refused) as refused:
        explain_rule(code)
    assert refused.value.help == "these are codes: see docs/codes.md"


def test_list_has_every_rule_once() -> None:
    """Without a name, all rules are listed, each on a line of its own."""
    lines = list_rules().splitlines()
    for name in all_rules():
        assert sum(line.startswith(f"  {name} ") for line in lines) == 1, name


def test_table_has_every_rule_once() -> None:
    """The table in Markdown has a row for each rule, of three cells."""
    rows = rules_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(all_rules())
    assert all(row.replace("\\|", "").count("|") == 4 for row in rows)


def test_table_in_the_readme_is_the_registry(repo_root: Path) -> None:
    """The README lists the rules as they are: else run `sitegen explain --into README.md`."""
    readme = (repo_root / "README.md").read_text(encoding="utf-8")
    assert with_table(readme) == readme


def test_table_is_put_between_its_marks(tmp_path: Path) -> None:
    """Bringing a document up to date changes nothing outside the marks, and nothing twice."""
    document = tmp_path / "README.md"
    document.write_text("a\n<!-- rules: begin -->\nold\n<!-- rules: end -->\nb\n", "utf-8")
    assert write_table(document)
    assert not write_table(document)
    text = document.read_text("utf-8")
    assert text.startswith("a\n<!-- rules: begin -->\n| rule |")
    assert text.endswith("|\n<!-- rules: end -->\nb\n")
    with pytest.raises(Refused, match="has no lines"):
        with_table("nothing here")
