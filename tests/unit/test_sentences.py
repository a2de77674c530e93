"""Splitting articles into paragraphs and sentences."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sitegen.sentences import Stretch, paragraphs, sentences


def split(text: str) -> list[str]:
    """Return the sentences' own words."""
    return [text[start:end] for start, end in sentences(text)]


def blocks(text: str) -> list[str]:
    """Return the paragraphs' own words."""
    return [text[start:end] for start, end in paragraphs(text)]


# Each text is written with "⏐" where a sentence ends and another begins.
ENDS = [
    "He went.⏐ She stayed.⏐ They met!⏐ Why?⏐ Nobody knows…⏐ It ended.",
    "In 2022.⏐ In response, Ukraine cut ties.",
    "It took effect on December 4, 2024.⏐ The ratification was swift.",
    "It cost 3.5 billion.⏐ That is 2.1 percent of GDP.",
    "Up to 15,000 were sent in 2024.⏐ 12,000 of them came back.",
    "Really?!⏐ Yes.",
    # quotation marks and brackets
    "He calls it “a truly breakthrough document.”⏐ According to Putin, it helps.",
    "He didn't say \"we're friends for now.\"⏐ He said he’d stand by Russia.",
    "“We’ve sensed an unusual mobilization.⏐ Some are proud,” shares Pavel.⏐ “It’s history.”",
    "“What for?” he asked.⏐ No one spoke.",
    "(It was over.)⏐ He left.",
    "He left (or so they say).⏐ She stayed.",
    "‘It is over.’⏐ ‘Is it?’",
    "He asked: «\u00a0Why\u00a0?\u00a0»⏐ She left.",
    "The war ended.[12]⏐ Then came peace.",
    "The pact was signed.¹⏐ It holds.",
    "It is *over.*⏐ Go home.",
    # dots that end nothing
    "Kim Jong Un sent a letter to Putin that was... intense.⏐ He pledged support.",
    "It was… intense.⏐ He left.",
    "It was . . . intense.⏐ He left.",
    "He said [...] Russia would help.⏐ It did.",
    "He said […] Russia would help.",
    "Well...⏐ Nobody knows.",
    "See example.org.⏐ Then Yahoo! shares fell.",
    # abbreviations
    "Both counter U.S. hegemony, a shared goal.",
    "U.S. officials fear that cooperation grows.⏐ Six senior U.S. officials said so.",
    "It was signed in the U.S.⏐ The treaty holds.",
    "It was signed in the U.S. Senate.",
    "Two allies teaming up against the U.S.?⏐ Kinda.⏐ But actually, no.",
    "They named “policies of the U.S. and its satellites” — a clear sign.",
    "Policies of the “U.S.”⏐ Moscow agreed.",
    "The U.N. Security Council met at 5 p.m. Moscow time.⏐ It adjourned at 9 p.m.⏐ Then it rained.",
    "says Dr. Elena Sokolova, an analyst.⏐ Mr. Kim and Gen. Pak agreed.",
    "St. Petersburg lies on the Neva.",
    "J. Smith met A. B. Jones.⏐ They spoke.",
    "That was plan B.⏐ It failed.",
    "On Jan. 9 he wrote; in Sept. Moscow replied.⏐ It ended in Dec.⏐ The war went on.",
    "No. 5 was lost.⏐ No.⏐ That is wrong.",
    "See Art. 4, Sec. 2 and pp. 12–15.⏐ Modern art.⏐ Paintings.",
    "Arms, shells, etc.⏐ The list is long.",
    "Arms, shells, etc. Moscow has them.",
    "Smith et al. Journal of Arms Control, vol. 3.",
    "Samsung Inc. of Seoul and Acme Corp.⏐ They trade.",
    "North Korea vs. South Korea, e.g. Seoul, i.e. Republic of Korea.",
    "She holds a Ph.D. in physics.⏐ He has none.",
    # other scripts
    "平壌は認めた。⏐ロシアは否定した。⏐なぜか？⏐不明だ。",
    "「何も知らない。」と彼は言った。⏐終わり。",
    "他说：“不。”⏐她走了。",
    "他走了。⏐我",
    "ماذا حدث؟⏐ لا أحد يعرف.⏐ انتهى.",
    "यह समझौता है।⏐ यह नया है।",
    "Она ушла.⏐ Он остался.⏐ И т.д. без конца.",
]


@pytest.mark.parametrize("marked", ENDS)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    """A sentence ends at its mark, not at the dots of abbreviations, numbers and ellipses."""
    expected = [piece.strip() for piece in marked.split("⏐")]
    assert split(marked.replace("⏐", "")) == expected


def test_offsets_count_code_points() -> None:
    """Start and end are indices into the text as given, also after astral characters."""
    text = "🔗 Read more.\r\n\tHe e\u0301crit.  Fin.\r\n"
    assert sentences(text) == (Stretch(0, 12), Stretch(15, 25), Stretch(27, 31))
    assert split(text) == ["🔗 Read more.", "He e\u0301crit.", "Fin."]


def test_each_line_is_a_paragraph() -> None:
    """A line break ends a paragraph, whatever its characters, and blank lines are none."""
    text = "One\nTwo\r\n\r\n \t \rThree\u2028Four\n"
    assert blocks(text) == ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \u00a0"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    """A text of white space has neither paragraphs nor sentences."""
    assert paragraphs(text) == ()
    assert sentences(text) == ()


def test_list_marks_are_left_out_of_sentences() -> None:
    """Items of lists are split like other lines, and begin after their mark."""
    text = (
        "- Access to advanced technology.\n"
        "  • Combat Experience: They haven't fought in 70 years. Now they’re learning.\n"
        "  1. Transfers: Watch the launch. If it works, you can bet.\n"
        "12) Labor, sent abroad\n"
        "(3) Third\n"
        "-5 degrees is no item\n"
        "2024. A year begins a line."
    )
    assert split(text) == [
        "Access to advanced technology.",
        "Combat Experience: They haven't fought in 70 years.",
        "Now they’re learning.",
        "Transfers: Watch the launch.",
        "If it works, you can bet.",
        "Labor, sent abroad",
        "Third",
        "-5 degrees is no item",
        "2024.",
        "A year begins a line.",
    ]


def test_a_row_of_a_table_is_one_sentence() -> None:
    """Rows are whole, full stops inside included; a rule between rows is no sentence."""
    text = (
        "Feature | North Korea-Russia | U.S.-South Korea |\n"
        "---|---|---|\n"
        "Troops | Up to 15,000. They went to Kursk. | None |\n"
        "| single |"
    )
    rows = text.split("\n")
    assert split(text) == [rows[0], rows[2], rows[3]]


def test_a_bar_in_a_line_makes_no_table() -> None:
    """One bar in the middle of a line is punctuation."""
    assert split("By A. Smith | He reports. She edits.") == [
        "By A. Smith | He reports.",
        "She edits.",
    ]


def test_a_heading_is_one_sentence() -> None:
    """A line with capitals and no mark at its end is whole, whatever stands inside."""
    text = "Why Now? The Geopolitical Context\n## What next? Nobody knows.\nGlobal Implications"
    assert split(text) == [
        "Why Now? The Geopolitical Context",
        "What next? Nobody knows.",
        "Global Implications",
    ]


def test_a_line_without_its_last_mark_is_still_split() -> None:
    """A paragraph that lacks its last full stop is no heading."""
    text = "He left. She stayed in a country as broken as North Korea"
    assert split(text) == ["He left.", "She stayed in a country as broken as North Korea"]


def test_ornaments_are_paragraphs_but_no_sentences() -> None:
    """A line of asterisks separates sections and says nothing."""
    text = "He left.\n*****\n____\nShe stayed."
    assert blocks(text) == ["He left.", "*****", "____", "She stayed."]
    assert split(text) == ["He left.", "She stayed."]


def test_only_the_given_paragraphs_are_split() -> None:
    """With `within`, sentences are those of the stretches given, white space or not."""
    text = "One. Two.\n\nThree. Four."
    assert sentences(text, [Stretch(9, 23)]) == (Stretch(11, 17), Stretch(18, 23))
    assert sentences(text, [Stretch(9, 11)]) == ()


WRAPPED = dedent(
    """\
    MOSCOW AND PYONGYANG

    The treaty was ratified by Russia's State Duma and Federation Council in
    October, and the North Koreans followed suit in Pyongyang on November
    11. It officially took effect on December 4, 2024, and both leaders
    praised it.

    Kim called the U.S. a threat and said so in a speech to his entire army
    – the first in years – in the capital.

    Its provisions:
    - Mutual defense, which mandates immediate military assistance if either
      nation faces an armed invasion.
    - Trade.
    1. First
    2. Second
    The end came soon.
    Nobody had expected that it would come quite so soon, least of all the
    men.
    """
)


def test_hard_wrapped_lines_are_joined() -> None:
    """In a text wrapped by hand, paragraphs run to a blank line, an item or an early end."""
    joined = [" ".join(block.split()) for block in blocks(WRAPPED)]
    assert [(words[:10], words[-10:]) for words in joined] == [
        ("MOSCOW AND", " PYONGYANG"),
        ("The treaty", "raised it."),
        ("Kim called", "e capital."),
        ("Its provis", "rovisions:"),
        ("- Mutual d", " invasion."),
        ("- Trade.", "- Trade."),
        ("1. First", "1. First"),
        ("2. Second", "2. Second"),
        ("The end ca", "came soon."),
        ("Nobody had", "l the men."),
    ]


def test_a_sentence_runs_over_wrapped_lines() -> None:
    """Sentences of wrapped paragraphs keep the line breaks inside them."""
    ratified, effective = split(WRAPPED)[1:3]
    assert ratified.endswith("in Pyongyang on November\n11.")
    assert effective.startswith("It officially took effect")


def test_one_long_line_shows_that_a_text_is_not_wrapped() -> None:
    """The same lines with one of more than 120 characters are paragraphs each."""
    text = WRAPPED + "word " * 30
    assert len(blocks(text)) == len([line for line in text.split("\n") if line.strip()])


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    """Lines that end early by choice, as in a list of names, stay apart."""
    text = (
        "Kim Jong Un\nVladimir Putin\nSergei Lavrov\nChoe Son Hui\nAndrei Belousov\nNo Kwang Chol"
    )
    assert blocks(text) == text.split("\n")
