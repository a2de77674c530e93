"""Whatever an author asks for, an entry leads back to the passage that was shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.authoring.excerpting import Choice, Search, evidence_entry
from sitegen.authoring.passages import find_passages
from sitegen.authoring.refusals import Refused
from sitegen.diagnostics import Location
from sitegen.notes import SourceId
from sitegen.quotes import find_quote, fold

TEXTS = st.lists(
    st.sampled_from(["rain", "Rain", "fell", "not", "“no”", "it’s", "\n\n", "–", "a\u00adb", "é."]),
    max_size=40,
).map(" ".join)
WORDS = st.text(st.sampled_from("rainfelot “’…[]. "), max_size=30)


@given(text=TEXTS, words=WORDS | TEXTS)
def test_entry_leads_to_its_passage_and_no_other(text: str, words: str) -> None:
    """An entry is proved at the very place, or there is none."""
    source = fold(text)
    passages = find_passages(source, words)
    if passages is None:
        assert find_quote(source, words).segments == ()
        return
    assert 0 < len(passages.found) <= passages.count
    for segments in passages.found:
        choice = Choice(Location("seeds/a.txt"), "", segments, segments[0])
        found = Search(SourceId("a"), passages.way, (choice,), 1, source)
        try:
            entry = evidence_entry(found, choice)
        except Refused:
            continue
        match = find_quote(source, entry["quote"], entry.get("prefix", ""), entry.get("suffix", ""))
        assert match.segments == segments
