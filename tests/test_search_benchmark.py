"""That what search is measured on is sound, and that the table says what was measured."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.languages import articles_in_languages
from benchmarks.search import Cost, as_markdown
from sitegen.build import examine
from sitegen.diagnostics import Severity


def test_texts_in_four_languages_are_free_of_mistakes(tmp_path: Path) -> None:
    """Every quote of the added claims stands in its article, in Arabic and Chinese too."""
    write_corpus(tmp_path / "corpus", 100)
    added = dict(articles_in_languages(400))
    for path, content in added.items():
        (tmp_path / "corpus" / path).write_text(content, encoding="utf-8", newline="")
    examined = examine(tmp_path / "corpus")
    assert [each for each in examined.diagnostics if each.severity is Severity.ERROR] == []
    assert examined.site
    languages = {each.note.language for each in examined.site.sources.values()}
    assert languages == {None, "ko", "ru", "zh", "ar"}
    assert len([path for path in added if path.startswith("content/claims/")]) == 160


def test_table_has_a_row_for_each_size() -> None:
    """Weights are in KB and as a share of the text, times in the units of their columns."""
    cost = Cost(
        claims=1400,
        documents=4000,
        text=700_000,
        data=100_000,
        loaded=119_000,
        read=1234.5,
        cold=[38.2, 41.6, 95],
        first=[3, 4, 13],
        longest=0,
        memory=12.7,
    )
    last = as_markdown([cost, cost]).splitlines()[-1]
    assert last == "| 1,400 | 4,000 | 700 | 100 | 17% | 1.2 | 4 (13) | 42 (95) | 0 | 13 |"
