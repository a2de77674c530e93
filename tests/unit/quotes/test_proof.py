"""Finding quotes in a text, and saying why one is not there."""

from __future__ import annotations

import pytest

from sitegen.quotes import (
    LONGEST_OMISSION,
    NOT_HELD,
    QuoteFault,
    QuoteMatch,
    QuoteState,
    excerpt_words,
    find_place,
    find_quote,
)
from sitegen.quotes.folding import Span, fold

ARTICLE = (
    "The valves were opened at noon.\r\n\r\n“We heard it – before we saw it”,  said "
    "Anna\u00a0Holm.\nNobody was told. The valves were not closed before co\u00adop\u00ader"
    "ation ended; the Mayor’s cafe\u0301 stood 🌊 under water."
)


def found(quote: str, text: str = ARTICLE, prefix: str = "", suffix: str = "") -> QuoteMatch:
    """Return the answer for a quote."""
    return find_quote(fold(text), quote, prefix, suffix)


def words(match: QuoteMatch, text: str = ARTICLE) -> list[str]:
    """Return the text's own words at every segment of a quote."""
    return [text[start:end] for start, end in match.segments]


STANDING = [
    ("valves were opened", "exact", ["valves were opened"]),
    ("“We heard it – before we saw it”", "exact", ["“We heard it – before we saw it”"]),
    ('"We heard it - before we saw it"', "normalised", ["“We heard it – before we saw it”"]),
    ("noon. “We", "normalised", ["noon.\r\n\r\n“We"]),
    ("noon.\r\n\r\n“We", "exact", ["noon.\r\n\r\n“We"]),
    ("said Anna Holm.", "normalised", ["said Anna\u00a0Holm."]),
    ("before cooperation ended", "normalised", ["before co\u00adop\u00aderation ended"]),
    ("before co\u00adop\u00aderation ended", "exact", ["before co\u00adop\u00aderation ended"]),
    ("the Mayor's café", "normalised", ["the Mayor’s cafe\u0301"]),
    ("stood 🌊 under", "exact", ["stood 🌊 under"]),
    ("  Nobody was told.\n", "exact", ["Nobody was told."]),
    ("body was tol", "exact", ["body was tol"]),
]


@pytest.mark.parametrize(("quote", "state", "own_words"), STANDING)
def test_finds_what_stands_there(quote: str, state: str, own_words: list[str]) -> None:
    """A quote stands there character for character, or after what is forgiven."""
    match = found(quote)
    assert (match.state, words(match), match.places) == (state, own_words, 1)


OFFSETS = [
    ("a\r\nb c", "b c", (3, 6)),
    ("😀😀 so", "so", (3, 5)),
    ("x\u00ad\u00ady so", "so", (5, 7)),
    ("x\u00a0\u00a0\u00a0so", "so", (4, 6)),
    ("e\u0301e\u0301 so", "so", (5, 7)),
    ("שלום, עולם!", "עולם", (6, 10)),
    ("\u1112\u1161\u11ab so", "한 so", (0, 6)),
    ("end of\nthe text ", "the text", (7, 15)),
]


@pytest.mark.parametrize(("text", "quote", "span"), OFFSETS)
def test_offsets_are_code_points_of_the_text_as_read(
    text: str, quote: str, span: tuple[int, int]
) -> None:
    """Line ends, astral letters, soft hyphens, marks and direction do not shift offsets."""
    assert found(quote, text).segments == (span,)


@pytest.mark.parametrize(
    "quote",
    [
        "the valves were opened at noon",
        "The valves were opened at noon,",
        "The valves were open at noon",
        "The valves were opened, at noon",
        "The valves  were opened at noon!",
        "The valves were opened at no\u200bon",
        "Thevalves were opened at noon",
    ],
)
def test_nothing_else_is_forgiven(quote: str) -> None:
    """Case, spelling, punctuation, missing spaces and zero-width characters make it changed."""
    match = found(quote)
    assert (match.state, match.fault) == (QuoteState.CHANGED, QuoteFault.WORDING)
    assert match.segments == ()
    assert match.nearest is not None
    assert "valves were opened at noon" in ARTICLE[slice(*match.nearest.span)]


def test_a_letter_is_not_found_without_its_marks() -> None:
    """A quote never ends between a letter and its combining mark."""
    assert found("the Mayor’s cafe").state is QuoteState.CHANGED
    assert found("x", "x\u0302 y").state is QuoteState.MISSING


def test_words_of_another_text_are_missing() -> None:
    """A quote is missing where nothing is like it; what is nearest may still be shown."""
    match = found("Ministers agreed to lower the tax on fuel")
    assert (match.state, match.fault) == (QuoteState.MISSING, QuoteFault.WORDING)


@pytest.mark.parametrize("quote", ["", " \n", "\u00ad", "[…]", "… […]", "[...] [...]", "..."])
def test_a_quote_without_words_is_missing(quote: str) -> None:
    """White space and marks of omission say nothing, whether or not the text has them too."""
    match = found(quote, f"{ARTICLE} [...] […] …")
    assert (match.state, match.fault) == (QuoteState.MISSING, QuoteFault.EMPTY)


def test_nothing_stands_in_an_empty_text() -> None:
    """In an article without text every quote is missing."""
    assert found("word", "").state is QuoteState.MISSING


def test_a_source_not_held_has_an_answer_of_its_own() -> None:
    """Not held is neither found nor missing."""
    assert (NOT_HELD.state, NOT_HELD.fault, NOT_HELD.segments) == ("not-held", None, ())


TWICE = "He said no. The vote was held on Monday. She said no. The vote was lost, she said."


def test_several_places_are_ambiguous() -> None:
    """A quote that stands twice shows both contexts and the prefix that would choose each."""
    match = found("said no", TWICE)
    assert (match.state, match.places, match.segments) == (QuoteState.AMBIGUOUS, 2, ())
    assert [
        (candidate.segments, candidate.prefix, candidate.suffix) for candidate in match.candidates
    ] == [(((3, 10),), "He", ""), (((45, 52),), "She", "")]
    assert match.candidates[0].before == "He "
    assert match.candidates[0].after == ". The vote was held on Monday. She said no. The vote was "


def test_places_are_counted_after_folding() -> None:
    """A place with the very characters is no better than one that differs as forgiven."""
    assert found("it's so", "it's so, he said, and it’s so").places == 2


def test_overlapping_places_are_separate() -> None:
    """Places may share characters and still are two."""
    assert found("that that", "all that that that stands").places == 2


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"),
    [
        ("He", "", 3),
        ("She ", "", 45),
        ("Monday.\nShe", "", 45),
        ("", ". The vote was held", 3),
        ("", ". Then", None),
        ("", "\n. The vote was lost", 45),
        ("he", "", 45),
        ("S", "", None),
        ("She", ". The vote was held", None),
    ],
)
def test_prefix_and_suffix_choose(prefix: str, suffix: str, start: int | None) -> None:
    """Words directly before and after choose a place; white space between does not count."""
    match = found("said no", TWICE, prefix, suffix)
    if start is None:
        assert (match.state, match.places) == (QuoteState.AMBIGUOUS, 2)
        assert match.context_mismatch
    else:
        assert match.segments == ((start, start + 7),)
        assert not match.context_mismatch


def test_context_is_folded_too() -> None:
    """Prefix and suffix are compared in plain form, as quotes are."""
    text = "“It’s on”, he said. “It’s off”, he said."
    match = found("he said", text, prefix='"It\'s off",')
    assert match.segments == ((32, 39),)


def test_context_that_leaves_several_places_is_still_ambiguous() -> None:
    """The places that fit the prefix are the ones shown, with what tells them from all others."""
    text = "at two it rose, by two it fell, at two it stood, so two of them"
    match = found("two", text, prefix="at")
    assert (match.places, match.context_mismatch) == (2, False)
    assert [candidate.prefix for candidate in match.candidates] == ["", "fell, at"]
    assert [candidate.suffix for candidate in match.candidates] == ["it rose,", ""]


def test_a_wrong_context_of_a_unique_quote_is_told() -> None:
    """A quote that stands once is found whatever its prefix, and the mismatch is said."""
    match = found("was held on", TWICE, prefix="No vote")
    assert (match.state, match.context_mismatch) == (QuoteState.EXACT, True)


def test_many_places_are_counted_but_not_all_shown() -> None:
    """The first five of a hundred places are shown."""
    match = found("go", "go " * 100)
    assert (match.places, len(match.candidates)) == (100, 5)


def test_too_many_places_are_not_told_apart() -> None:
    """Of thousands of places none is worth a prefix: the quote is too short."""
    text = " ".join(f"w{number} go" for number in range(2_000))
    assert {candidate.prefix for candidate in found("go", text).candidates} == {""}


@pytest.mark.parametrize("mark", ["[…]", "[...]", "[.\u00ad..]"])
def test_elided_quotes_have_segments_and_omissions(mark: str) -> None:
    """The parts are found in order, and what lies between them is returned."""
    match = found(f"The valves were opened {mark} said Anna\u00a0Holm. {mark} was told")
    assert words(match) == ["The valves were opened", "said Anna\u00a0Holm.", "was told"]
    assert [omission.text for omission in match.omissions] == [
        " at noon.\r\n\r\n“We heard it – before we saw it”,  ",
        "\nNobody ",
    ]
    assert [ARTICLE[slice(*omission.span)] for omission in match.omissions] == [
        omission.text for omission in match.omissions
    ]


def test_an_elided_quote_is_exact_or_normalised_as_a_whole() -> None:
    """It is exact when all its parts are."""
    assert found("were opened […] Nobody").state is QuoteState.EXACT
    assert found("were opened […] Anna Holm").state is QuoteState.NORMALISED


def test_omissions_at_the_ends_and_twice_mean_nothing() -> None:
    """Marks before the first part, after the last and side by side leave nothing else out."""
    assert words(found("[…] opened […] […] Nobody […]")) == ["opened", "Nobody"]
    assert words(found("[…] Nobody was […]")) == ["Nobody was"]


def test_brackets_in_the_text_itself_are_found_as_they_are() -> None:
    """A source that itself leaves something out can be quoted with its marks."""
    text = "He wrote: “I came […] and saw.” Later: I came, looked and saw."
    match = found("I came […] and saw", text)
    assert (match.state, words(match, text)) == ("exact", ["I came […] and saw"])
    assert words(found("I came [...] looked", text), text) == []
    assert words(found("wrote: [...] and saw.”", text), text) == ["wrote:", "and saw.”"]


NEGATIONS = [
    ("were not closed", ("not",)),
    ("can’t or won't", ("can't", "won't")),
    ("NEVER, nobody; nor without", ("NEVER", "nobody", "nor", "without")),
    ("cannot: no one", ("cannot", "no")),
    ("knots, notes, noon, another, nonetheless", ()),
    ("didn", ()),
]


@pytest.mark.parametrize(("left_out", "negations"), NEGATIONS)
def test_negations_left_out_are_named(left_out: str, negations: tuple[str, ...]) -> None:
    """What an omission holds is searched for English negations, whole words only."""
    (omission,) = found("They […] agreed", f"They {left_out} agreed").omissions
    assert omission.negations == negations


def test_an_omission_has_a_limit() -> None:
    """Six hundred code points may be left out, white space at both ends included, and no more."""
    just, over = (f"begin{' ' * 10}{'😀' * (size - 20)}{' ' * 10}end" for size in (600, 601))
    assert found("begin […] end", just).state is QuoteState.EXACT
    match = found("begin […] end", over)
    assert (match.state, match.fault) == (QuoteState.CHANGED, QuoteFault.GAP)
    assert [len(omission.text) for omission in match.omissions] == [LONGEST_OMISSION + 1]
    assert match.scattered == ((0, 5), (606, 609))
    assert match.segments == ()


def test_parts_in_another_order_are_told() -> None:
    """Parts that all stand in the text, but the other way round, have a fault of their own."""
    match = found("Nobody was told […] The valves were opened")
    assert (match.state, match.fault) == (QuoteState.CHANGED, QuoteFault.ORDER)
    assert [ARTICLE[slice(*span)] for span in match.scattered] == [
        "Nobody was told",
        "The valves were opened",
    ]


def test_the_part_that_is_worst_off_is_shown() -> None:
    """Of an elided quote with changed parts, the nearest passage of the worst is the hint."""
    match = found("The valves were opend […] Anna Holm. […] Nobody was warned")
    assert (match.state, match.fault) == (QuoteState.CHANGED, QuoteFault.WORDING)
    assert match.nearest is not None
    assert ARTICLE[slice(*match.nearest.span)] == "Nobody was told"


def test_one_small_part_that_stands_does_not_make_a_quote_changed() -> None:
    """The parts count by their length."""
    assert found("noon […] Ministers agreed to lower taxes").state is QuoteState.MISSING


def test_an_elided_quote_takes_the_nearest_next_part() -> None:
    """Each later part is the nearest from which the rest can be reached."""
    text = f"Start here, stop, stop {'-' * 500} stop {'-' * 300} end"
    assert found("Start […] stop", text).segments == ((0, 5), (12, 16))
    assert found("Start […] stop […] end", text).segments == ((0, 5), (524, 528), (830, 833))


def test_an_elided_quote_with_two_beginnings_is_ambiguous() -> None:
    """Two places of the first part are two readings, unless prefix or suffix choose."""
    text = "Then she rose and spoke. Now she sat and spoke softly."
    match = found("she […] spoke", text)
    assert (match.state, match.places) == (QuoteState.AMBIGUOUS, 2)
    assert [candidate.prefix for candidate in match.candidates] == ["Then", "Now"]
    assert found("she […] spoke", text, prefix="Now").segments == ((29, 32), (41, 46))
    assert found("sat […] spoke", text, suffix="softly").segments == ((33, 36), (41, 46))


def test_a_suffix_may_choose_a_later_last_part() -> None:
    """The last part is the one that the suffix follows, not the nearest."""
    text = "He came, waited, waited again and left."
    assert found("He […] waited", text, suffix="again").segments == ((0, 2), (17, 23))


def test_readings_that_no_context_tells_apart_get_no_hint() -> None:
    """Where prefix and suffix cannot choose, none is offered."""
    match = found("a […] b", "a a a b")
    assert [(each.prefix, each.suffix) for each in match.candidates] == [
        ("", ""),
        ("", ""),
        ("a a", ""),
    ]


def test_a_hint_that_would_not_choose_is_not_given() -> None:
    """A suffix that other beginnings could reach as well is no help."""
    match = found("a […] b", "a b a b a b.")
    assert [(each.prefix, each.suffix) for each in match.candidates] == [
        ("", "a b a"),
        ("", ""),
        ("b a b", ""),
    ]


def test_every_hint_chooses_its_candidate() -> None:
    """Using a candidate's prefix and suffix leads to just that place."""
    text = "no, no, no: no no\nno. No, no"
    match = found("no", text)
    assert match.places == 7
    for candidate in match.candidates:
        chosen = found("no", text, candidate.prefix, candidate.suffix)
        assert chosen.segments == candidate.segments


def test_excerpts_are_the_text_s_own_words() -> None:
    """What is published is cut from the text, with a mark for what is left out."""
    match = found("valves were opened [...] cooperation")
    assert (
        excerpt_words(ARTICLE, match.segments) == "valves were opened […] co\u00adop\u00aderation"
    )
    assert excerpt_words(ARTICLE, [Span(0, 3)]) == "The"


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("It rained", Span(0, 9)),
        ("'It was  dry'", Span(21, 33)),
        ("It […] wind", Span(0, 2)),
        ("It snowed", None),
        ("wind […] It rained", None),
        ("[…]", None),
        ("", None),
    ],
)
def test_place_of_a_quote_is_that_of_its_first_words(quote: str, place: Span | None) -> None:
    """Of several places it is the first; what is not there as written is nowhere."""
    assert find_place(fold("It rained. It rained ‘It was dry’ in the wind."), quote) == place
