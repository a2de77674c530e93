"""This repository's own briefing: worked through sentence by sentence, and without a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import Examined, examine
from sitegen.model import Use
from sitegen.notes import SourceId

# Sentences that assert nothing and may stay unquoted, by how they begin.
RHETORIC = {
    "behind-the-curtain": (
        "What does this mean for the future of deterrence and diplomacy?",
        "What lessons should we draw",
        "As citizens of a deeply interconnected world, these questions compel us",
    ),
    "what-everyone-gets-wrong": ("Vladimir Putin and Kim Jong Un?",),
    "partnership-explainer": (),
    "patchwork-of-dictatorships": (),
    "breakthrough-document": (),
}


@pytest.fixture(scope="module")
def briefing(repo_root: Path) -> Examined:
    """Return this repository's content, read and checked."""
    return examine(repo_root)


def test_the_briefing_has_no_fault(briefing: Examined) -> None:
    """Neither an error nor a warning is left that no note accepts with a reason."""
    assert briefing.diagnostics == ()


@pytest.mark.parametrize("source", sorted(RHETORIC))
def test_every_sentence_that_asserts_something_is_quoted(briefing: Examined, source: str) -> None:
    """What no note speaks of, and nobody set aside as no content, is rhetoric and known as such."""
    assert briefing.site is not None
    assert briefing.findings is not None
    text = briefing.site.seeds[SourceId(source)].text
    sentences = briefing.findings.coverage[SourceId(source)].sentences
    unused = [text[each.start : each.end] for each in sentences if each.use is Use.UNUSED]
    assert [each for each in unused if not each.startswith(RHETORIC[source])] == []
    assert len(unused) == len(RHETORIC[source])


def test_the_briefing_shows_two_articles_with_one_origin(briefing: Examined) -> None:
    """At least one claim has evidence from several articles that counts once."""
    assert briefing.findings is not None
    groups = [group for groups in briefing.findings.groups.values() for group in groups]
    assert any(len(group.sources) > 1 and group.ties for group in groups)


def test_the_bottom_line_is_short(briefing: Examined) -> None:
    """The front page says in at most 200 words what is known."""
    assert briefing.site is not None
    body = briefing.site.pages["index"].note.body
    assert len(body.split()) <= 200
