"""What holds of the coverage of any text, whatever is quoted from it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings.coverage import merged
from sitegen.model import Use
from sitegen.notes import SourceId
from tests.sites import LinkedSite

spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda each: (each[0], sum(each)))
)


@given(spans)
def test_merged_spans_hold_the_same_characters(given_spans: list[tuple[int, int]]) -> None:
    """In order, apart from one another, and neither more nor less than before."""
    result = merged(given_spans)
    assert {at for span in result for at in range(*span)} == {
        at for span in given_spans for at in range(*span)
    }
    assert all(earlier[1] < later[0] for earlier, later in pairwise(result))


WORDS = [f"word{number:02}" for number in range(12)]
texts = st.lists(st.sampled_from([" ", ". ", ".\n\n", ", "]), min_size=12, max_size=12).map(
    lambda gaps: "".join(word + gap for word, gap in zip(WORDS, gaps, strict=True)).strip()
)


@settings(max_examples=30, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 4)), max_size=4))
def test_sentence_is_quoted_if_a_word_of_it_is(text: str, quoted: list[tuple[int, int]]) -> None:
    """Checked word by word; and quoted characters never pass all there are."""
    stretches = [WORDS[first : first + more + 1] for first, more in quoted]
    ends = [(text.index(words[0]), text.index(words[-1]) + len(words[-1])) for words in stretches]
    files = {"content/sources/a.yaml": "title: A\ntext: a.txt\n", "seeds/a.txt": text}
    if ends:
        quotes = (" ".join(text[start:end].split()) for start, end in ends)
        evidence = "".join(f"  - {{source: a, quote: '{quote}'}}\n" for quote in quotes)
        files["content/claims/c.yaml"] = f"statement: C.\nevidence:\n{evidence}"
    coverage = LinkedSite(files).findings.coverage[SourceId("a")]
    words = {word for stretch in stretches for word in stretch}
    for start, end, use in coverage.sentences:
        has_quoted_word = any(start <= text.index(word) < end for word in words)
        assert (use is Use.QUOTED) is has_quoted_word
    assert 0 <= coverage.quoted_characters <= coverage.all_characters <= len(text)
    assert bool(coverage.quoted_characters) is bool(words)
