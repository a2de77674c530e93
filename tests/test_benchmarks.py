"""That the corpora for timing are sound, alike from one seed, and linear in their size."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from benchmarks.corpus import corpus_files, write_corpus
from benchmarks.peers import PEERS, Peer, plain_pages
from benchmarks.run import CASES, SERVED, Usage, as_markdown, stages_as_markdown
from benchmarks.shape import Shape
from benchmarks.stages import STAGES, Clock
from benchmarks.yaml_text import note_as_yaml
from sitegen.check import check_corpus
from sitegen.prove import prove
from sitegen.quotes import QuoteState
from sitegen.read import read_project


def test_corpus_is_free_of_mistakes(tmp_path: Path) -> None:
    """Every file is read, every reference leads somewhere and every quote stands in its article."""
    write_corpus(tmp_path / "corpus", 300)
    corpus, diagnostics = read_project(tmp_path / "corpus")
    assert diagnostics == ()
    assert corpus is not None
    proofs = prove(corpus)
    assert list(check_corpus(corpus, proofs)) == []
    states = {match.state for match in proofs.matches.values()}
    assert states == {QuoteState.EXACT, QuoteState.NORMALISED}


def test_counts_are_in_the_stated_ratio() -> None:
    """Claims, events, sources and actors are as 100 to 25 to 5 to 2."""
    kinds = Counter(path.split("/")[1] for path, _ in corpus_files(Shape(1000, 1)))
    assert [kinds[kind] for kind in ("claims", "events", "sources", "actors")] == [
        1000,
        250,
        50,
        20,
    ]


def test_one_seed_gives_one_corpus() -> None:
    """The same seed gives the same files, another seed other ones."""
    assert dict(corpus_files(Shape(200, 7))) == dict(corpus_files(Shape(200, 7)))
    assert dict(corpus_files(Shape(200, 7))) != dict(corpus_files(Shape(200, 8)))


def test_no_note_is_behind_ever_more_others() -> None:
    """How often a note is named does not grow with the corpus."""

    def most_named(claims: int) -> int:
        files = dict(corpus_files(Shape(claims, 1)))
        words = Counter(
            word
            for path, text in files.items()
            if path.endswith(".yaml")
            for word in set(text.replace("[", " ").replace("]", " ").split())
            if word[-5:].isdigit() and "-" in word
        )
        return words.most_common(1)[0][1]

    assert most_named(2000) < 1.3 * most_named(1000)


def test_full_folder_is_refused(tmp_path: Path) -> None:
    """Nothing is written among files that are there, nor a corpus too small for its ratio."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_corpus(tmp_path, 100)
    with pytest.raises(ValueError, match="at least 100"):
        write_corpus(tmp_path / "new", 99)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_yaml_says_what_was_meant() -> None:
    """Any YAML reader that takes scalars as text gets the note's own words back."""
    note: dict[str, object] = {
        "statement": 'He said: "no", twice — #1',
        "date": "2024-06~",
        "tags": ["on", "no", "cargo-ship", "[…]"],
        "empty": [],
        "quantity": {"value": 12, "as_of": "2024-06"},
        "evidence": [{"source": "a-b", "quote": "x: y", "note": "one\n\ntwo\n"}, {"source": "c-d"}],
        "analysis": "- one\n\n  two\n",
    }
    assert yaml.load(note_as_yaml(note), yaml.BaseLoader) == {
        "statement": 'He said: "no", twice — #1',
        "date": "2024-06~",
        "tags": ["on", "no", "cargo-ship", "[…]"],
        "quantity": {"value": "12", "as_of": "2024-06"},
        "evidence": [{"source": "a-b", "quote": "x: y", "note": "one\n\ntwo\n"}, {"source": "c-d"}],
        "analysis": "- one\n\n  two\n",
    }


def test_table_shows_medians_spread_and_ratios() -> None:
    """Each size, generator and build has a row with median, extremes and its share of Hugo's."""
    timings = {
        (claims, name, case): [
            Usage(seconds * slower * claims / 1000, 2.0, 50.0) for seconds in (1.0, 4.0, 2.0)
        ]
        for claims in (1000, 10000)
        for name, slower in (("sitegen", 1), ("Hugo", 4))
        for case in CASES
    }
    timings |= {(claims, "sitegen", SERVED): [Usage(0.5, 0.4, 60.0)] for claims in (1000, 10000)}
    table = as_markdown(timings)
    row = "| 1,000 | sitegen | cold | 3 | 2.00 (1.00–4.00) | 2.00 (2.00–2.00) | 50 (50–50) | 0.25 |"
    assert row in table
    assert "| sitegen | one note changed | 10.0 | 1.0 | 1.0 |" in table
    assert f"| 1,000 | sitegen | {SERVED} | 1 | 0.50 (0.50–0.50) | 0.40 (0.40–0.40) |" in table
    assert f"| Hugo | {SERVED}" not in table
    alone = {each: used for each, used in timings.items() if each[1] == "sitegen"}
    assert row.replace("0.25", "–") in as_markdown(alone)


def test_ratios_are_those_of_builds_timed_at_both_sizes() -> None:
    """A size at which sitegen alone was timed has no ratios for others, nor for other cases."""
    names = ("sitegen", "Hugo")
    timings = {(1000, name, case): [Usage(1.0, 2.0, 50.0)] for name in names for case in CASES}
    timings[10000, "sitegen", "cold"] = [Usage(12.0, 22.0, 300.0)]
    table = as_markdown(timings)
    assert "| 10,000 | sitegen | cold | 1 | 12.00 (12.00–12.00) |" in table
    _, ratios = table.split("Ratios 10,000 : 1,000 (claims 10 : 1)")
    assert [row for row in ratios.splitlines() if row.startswith(("| sitegen", "| Hugo"))] == [
        "| sitegen | cold | 12.0 | 11.0 | 6.0 |"
    ]


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_other_generators_get_every_note(peer: Peer, tmp_path: Path) -> None:
    """Each note is a page with its quotations, and its links lead to others' pages."""
    write_corpus(tmp_path / "corpus", 100)
    pages = plain_pages(tmp_path / "corpus")
    peer.write(tmp_path / "laid-out", pages)
    found = {path.stem: path for path in (tmp_path / "laid-out").rglob("*.md")}
    claim = tmp_path / "laid-out" / peer.change.format("claim-00050")
    text = claim.read_text()
    assert pages.keys() <= found.keys()
    assert "> " in text
    named = re.findall(r"\]\((?:\{filename\})?([^)]+)\)", text)
    assert named
    assert {re.search(r"[a-z]+-\d{5}", each)[0] for each in named} <= pages.keys()  # type: ignore[index]
    if peer.name == "MkDocs":
        assert all((claim.parent / each).resolve().is_file() for each in named)


def test_every_moment_belongs_to_the_innermost_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one stage spends in another is not counted twice, nor what it yields late."""
    now = [0.0]
    monkeypatch.setattr("time.process_time", lambda: now[0])
    clock = Clock()

    def inner() -> Iterator[int]:
        now[0] += 2
        yield 1

    timed_inner = clock.timed("inner", inner)

    def outer() -> list[int]:
        now[0] += 1
        found = list(timed_inner())
        now[0] += 4
        return found

    assert clock.timed("outer", outer)() == [1]
    now[0] += 8
    clock.switch()
    assert clock.spent == {"outer": 5, "inner": 2, "all else": 8}


def test_stages_are_functions_of_the_program() -> None:
    """A stage that was renamed would lose its row in the report."""
    for module, path, _ in STAGES:
        found: object = importlib.import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        assert callable(found)


def test_table_of_stages_has_all_of_both_builds() -> None:
    """A stage that one of them does not come to has no time in it."""
    table = stages_as_markdown(1000, {"cold": {"read": 1.0, "write": 2.5}, "warm": {"look": 0.5}})
    assert "| stage | cold | warm |" in table
    assert "| read | 1.00 | 0.00 |" in table
    assert "| look | 0.00 | 0.50 |" in table
    assert table.endswith("| in all | 3.50 | 0.50 |\n")
