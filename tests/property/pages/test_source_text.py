"""What holds of any text and any passages quoted from it."""

from __future__ import annotations

import json

from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.notes import SourceId
from sitegen.pages.prose_views import excerpt_view
from sitegen.pages.source_text import paragraph_views, passages_of
from sitegen.quotes import QuoteState, find_quote, fold
from sitegen.sentences import paragraphs
from tests.sites import LinkedSite

A = SourceId("a")
texts = st.lists(
    st.sampled_from(
        [
            "Kim",
            "said",
            "no",
            "it",
            "rained",
            "Mr.",
            "🌧",
            "“Yes”",
            "9.5",
            "…",
            "é",
            "א",
            "—",
            "* * *",
        ]
    ),
    min_size=4,
    max_size=30,
).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", " ", ". ", "\n", "\n\n", "\r\n", "! ", "\u00a0", "  "]),
        min_size=len(words),
        max_size=len(words),
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)))
)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a text and quotes that stand in it just once, some of them elided."""
    text = draw(texts)
    folded = fold(text)
    quotes = []
    for _ in range(draw(st.integers(1, 6))):
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
        whole = text[ends[0] : ends[3]].strip()
        parts = f"{text[ends[0] : ends[1]].strip()} […] {text[ends[2] : ends[3]].strip()}"
        quote = draw(st.sampled_from([whole, parts]))
        if find_quote(folded, quote).state in {QuoteState.EXACT, QuoteState.NORMALISED}:
            quotes.append(quote)
    assume(quotes)
    return text, quotes


def linked(text: str, quotes: list[str], rights: str) -> LinkedSite:
    """Return a site with the text and a claim that quotes it so."""
    evidence = "".join(
        f"  - {{source: a, quote: {json.dumps(quote, ensure_ascii=False)}}}\n" for quote in quotes
    )
    return LinkedSite(
        {
            "content/sources/a.yaml": f"title: A\ntext: a.txt\nrights: {rights}\n",
            "seeds/a.txt": text,
            "content/claims/c.yaml": f"statement: C.\nevidence:\n{evidence}",
        }
    )


@given(quoted())
def test_pieces_make_up_the_paragraphs_exactly(written: tuple[str, list[str]]) -> None:
    """Put together, the pieces of each paragraph are its text, to the last character."""
    text, quotes = written
    site = linked(text, quotes, "full")
    views = paragraph_views(site.cards, A, passages_of(site.cards, A))
    assert ["".join(piece.text for piece in view.pieces) for view in views] == [
        text[start:end] for start, end in paragraphs(text)
    ]


@given(quoted())
def test_marked_pieces_make_up_each_passage(written: tuple[str, list[str]]) -> None:
    """What is marked as a passage is its very words, begun once and ended once."""
    text, quotes = written
    site = linked(text, quotes, "excerpts")
    passages = passages_of(site.cards, A)
    anchors = [passage.view.anchor for passage in passages]
    assert len(set(anchors)) == len(anchors)
    pieces = [piece for view in paragraph_views(site.cards, A, passages) for piece in view.pieces]
    for passage in passages:
        own = [piece for piece in pieces if passage.view in piece.passages]
        marked = "".join(piece.text for piece in own)
        words = "".join(text[start:end] for start, end in passage.segments)
        assert "".join(marked.split()) == "".join(words.split())
        assert [piece for piece in pieces if passage.view in piece.begins] == own[:1]
        assert [piece for piece in pieces if passage.view in piece.ends] == own[-1:]


@given(quoted(), st.sampled_from(["full", "excerpts", "none"]))
def test_excerpt_is_a_stretch_of_the_text(written: tuple[str, list[str]], rights: str) -> None:
    """Context, segments and omissions put together stand in the text as they are."""
    text, quotes = written
    site = linked(text, quotes, rights)
    for citation in site.citations("claim", "c"):
        view = excerpt_view(site.cards, citation)
        if rights == "none":
            assert (view.before, view.after) == ("", "")
            assert not any(view.omitted)
            continue
        between = [*view.omitted, ""]
        whole = "".join(segment + gap for segment, gap in zip(view.segments, between, strict=True))
        assert f"{view.before}{whole}{view.after}" in text
