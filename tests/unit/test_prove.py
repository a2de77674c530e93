"""Every quotation of every note is looked up in its source, each with the answer it deserves."""

from __future__ import annotations

import pytest

from sitegen import prove as prove_module
from sitegen.build import in_tables
from sitegen.kinds import Kind
from sitegen.ledger import Ledger, LedgerState
from sitegen.model import Corpus, PassageKey, Proofs, Ref
from sitegen.notes import SourceId
from sitegen.prove import prove
from sitegen.quotes import QuoteMatch, QuoteState, find_quote
from sitegen.quotes.folding import FoldedText
from tests.archive import unpack
from tests.ledgers import kept_of
from tests.sites import read_files

SITE = """
-- content/site.yaml --
title: Test
-- content/sources/a.yaml --
title: A
text: a.txt
ignore: [Read more., Buy now!]
-- content/sources/unheld.yaml --
title: Not held
-- seeds/a.txt --
It rained – all day. Read more. It was wet. It was cold.
Read  more. Nobody came.
"""


def proofs_of(text: str) -> Proofs:
    """Return the proofs of a project in one text."""
    return read_files(unpack(SITE + text))[1]


@pytest.mark.parametrize(
    ("quote", "state"),
    [
        ("{source: a, quote: It rained – all day.}", QuoteState.EXACT),
        ("{source: a, quote: It rained - all day.}", QuoteState.NORMALISED),
        ("{source: a, quote: It was}", QuoteState.AMBIGUOUS),
        ("{source: a, quote: It was, suffix: wet}", QuoteState.EXACT),
        ("{source: a, quote: It was, prefix: It was wet.}", QuoteState.EXACT),
        ("{source: a, quote: It rained – all night.}", QuoteState.CHANGED),
        ("{source: a, quote: Penguins marched eastward}", QuoteState.MISSING),
        ("{source: unheld, quote: Anything at all}", QuoteState.NOT_HELD),
    ],
)
def test_each_of_the_six_states_is_told(quote: str, state: QuoteState) -> None:
    """The proof of a quotation is one of six answers, never yes or no."""
    proofs = proofs_of(f"-- content/claims/c.yaml --\nstatement: It rained.\nevidence: [{quote}]\n")
    key = PassageKey(Ref(Kind.CLAIM, "c"), "evidence", 0)
    assert proofs.matches[key].state is state


def test_quotations_of_events_and_drafts_are_proved_too() -> None:
    """Rival dates are quotations, and a draft's mistakes are worth knowing."""
    proofs = proofs_of(
        """
-- content/events/e.yaml --
title: Rain
date: 2024-01-01
evidence: [{source: a, quote: It rained}]
rival_dates: [{date: 2024-01-02, source: a, quote: Nobody came}]
-- content/claims/d.yaml --
statement: It hailed.
draft: true
evidence: [{source: a, quote: Penguins marched eastward}]
"""
    )
    event, draft = Ref(Kind.EVENT, "e"), Ref(Kind.CLAIM, "d")
    assert {key: match.state for key, match in proofs.matches.items()} == {
        PassageKey(event, "evidence", 0): QuoteState.EXACT,
        PassageKey(event, "rival_dates", 0): QuoteState.EXACT,
        PassageKey(draft, "evidence", 0): QuoteState.MISSING,
    }


def test_ignored_passages_are_found_wherever_they_stand() -> None:
    """Each has all its places, compared as quotes are; none where it does not stand."""
    proofs = proofs_of("")
    text = unpack(SITE)["seeds/a.txt"]
    everywhere, nowhere = proofs.ignored[SourceId("a")]
    assert [text[start:end] for start, end in everywhere] == ["Read more.", "Read  more."]
    assert nowhere == ()


def test_unknown_source_has_no_proof() -> None:
    """A quotation of a source that does not exist is another rule's business."""
    proofs = proofs_of(
        "-- content/claims/c.yaml --\nstatement: It rained.\n"
        "evidence: [{source: nobody, quote: It rained}]\n"
    )
    assert proofs.matches == {}


def test_same_quotation_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many notes may quote one passage; looking for it again would find the same."""
    asked: list[str] = []

    def counting(source: FoldedText, quote: str, prefix: str = "", suffix: str = "") -> QuoteMatch:
        asked.append(f"{prefix}|{quote}|{suffix}")
        return find_quote(source, quote, prefix, suffix)

    monkeypatch.setattr("sitegen.prove.find_quote", counting)
    proofs = proofs_of(
        "".join(
            f"-- content/claims/c{number}.yaml --\nstatement: It rained.\n"
            "evidence: [{source: a, quote: It rained}, {source: a, quote: It was, suffix: wet}]\n"
            for number in range(5)
        )
    )
    assert len(proofs.matches) == 10
    assert sorted(asked) == ["|It rained|", "|It was|wet"]


def test_what_was_found_before_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation with other words is, and one in a text that has changed."""
    looked_for: list[str] = []

    def find(text: FoldedText, quote: str, prefix: str = "", suffix: str = "") -> QuoteMatch:
        looked_for.append(quote)
        return find_quote(text, quote, prefix, suffix)

    monkeypatch.setattr(prove_module, "find_quote", find)

    def claims(*quotes: str) -> str:
        return "".join(
            f"-- content/claims/c{at}.yaml --\nstatement: It rained.\n"
            f"evidence: [{{source: a, quote: {quote}}}]\n"
            for at, quote in enumerate(quotes)
        )

    def corpus_of(text: str) -> Corpus:
        return read_files(unpack(text))[0]

    kept: LedgerState | None = None
    first = corpus_of(SITE + claims("It rained", "It was cold"))
    changed = corpus_of(SITE + claims("It rained", "It was wet"))
    elsewhere = corpus_of(SITE.replace("Nobody", "Kim") + claims("It rained", "It was wet"))
    looked_for.clear()

    for corpus, new in (
        (first, ["It rained", "It was cold"]),
        (first, []),
        (changed, ["It was wet"]),
        (first, ["It was cold"]),
        (elsewhere, ["It rained", "It was wet"]),
    ):
        ledger = Ledger(kept)
        proofs = prove(in_tables(corpus, ledger), ledger)
        kept = kept_of(ledger)
        assert looked_for == new
        looked_for.clear()
        assert proofs == prove(corpus)
        looked_for.clear()
