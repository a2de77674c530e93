"""What a report looks like to a reader, a program and a pull request."""

from __future__ import annotations

import json

import pytest

from sitegen.diagnostics import Diagnostic, Location, error, warning
from sitegen.report import format_github, format_json, format_text, summary_line

CLAIM = "content/claims/gates-opened.yaml"


def caret_of(text: str, column: int) -> tuple[str, str]:
    """Return the shown line and the caret's line, both without the gutter."""
    report = format_text([error("rule", Location("f", 1, column), "wrong")], {"f": text})
    _, line, caret = report.splitlines()
    return line.removeprefix("  1 | "), caret.removeprefix("    | ")


def test_report_shows_place_line_caret_and_help() -> None:
    """A diagnostic reads as its place and message, its line with a caret, and the help."""
    found = error(
        "quote-not-found",
        Location(CLAIM, 2, 8),
        'these words are not in source "herald"',
        'seeds/herald.txt:31:18 has "opened": "opend" differs',
    )
    text = "evidence:\nquote: The valves were opend\n"
    assert format_text([found], {CLAIM: text}) == (
        f'{CLAIM}:2:8: error[quote-not-found]: these words are not in source "herald"\n'
        "  2 | quote: The valves were opend\n"
        "    |        ^\n"
        '  help: seeds/herald.txt:31:18 has "opened": "opend" differs\n'
    )


def test_line_without_text_shows_no_source() -> None:
    """A file that is not given, a line past its end and an empty line show only the message."""
    for texts, line in (({}, 1), ({"f": "a\n"}, 9), ({"f": "a\n\nb"}, 2)):
        found = warning("rule", Location("f", line, 1), "odd")
        assert format_text([found], texts) == f"f:{line}:1: warning[rule]: odd\n"


def test_related_places_are_notes() -> None:
    """Each related place stands on a line of its own with what it is."""
    found = error("rule", Location("f", 3, 1), "twice", related=((Location("g", 1, 4), "first"),))
    assert format_text([found], {}) == "f:3:1: error[rule]: twice\n  note: g:1:4: first\n"


def test_help_of_several_lines_is_indented() -> None:
    """Further lines of a help stand below its first words."""
    found = error("rule", Location("f"), "wrong", "one\ntwo\n\nthree")
    assert format_text([found], {}).endswith("  help: one\n        two\n\n        three\n")


def test_reports_follow_the_order_of_places() -> None:
    """Diagnostics are sorted by place and repeated ones shown once."""
    late, early = error("rule", Location("f", 10), "b"), error("rule", Location("f", 9), "a")
    report = format_text([late, early, late], {})
    assert report == "f:9:1: error[rule]: a\nf:10:1: error[rule]: b\n"


def test_gutter_fits_the_line_number() -> None:
    """The caret's gutter is as wide as the line's number."""
    found = error("rule", Location("f", 100, 2), "wrong")
    assert format_text([found], {"f": "xyz\n" * 100}).splitlines()[1:] == [
        "  100 | xyz",
        "      |  ^",
    ]


@pytest.mark.parametrize(
    ("text", "column", "line", "caret"),
    [
        ("abc", 3, "abc", "  ^"),
        ("abc", 4, "abc", "   ^"),
        ("abc", 99, "abc", "   ^"),
        ("\tab", 2, "    ab", "    ^"),
        ("ab\tc", 4, "ab  c", "    ^"),
        ("日本x", 3, "日本x", "    ^"),
        ("😀x", 2, "😀x", "  ^"),
        ("e\u0301x", 3, "e\u0301x", " ^"),
        ("\u1112\u1161\u11abx", 4, "\u1112\u1161\u11abx", "  ^"),
        ("a\u200db", 3, "a\u200db", " ^"),
        ("a\u202eb", 3, "a<U+202E>b", "         ^"),
        ("a\x1b[31mb", 7, "a<U+001B>[31mb", "             ^"),
        ("a\u200bb", 3, "a<U+200B>b", "         ^"),
        ("a\ud800b", 3, "a<U+D800>b", "         ^"),
        ("a\u2028b", 3, "a<U+2028>b", "         ^"),
        ("\ufeffab", 2, "ab", " ^"),
    ],
)
def test_caret_stands_below_its_character(text: str, column: int, line: str, caret: str) -> None:
    """Tabs, wide, combining and hidden characters do not move the caret away from its column."""
    assert caret_of(text, column) == (line, caret)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_line_break_of_an_editor_counts(line_break: str) -> None:
    """Lines end as in Unix, Windows and old Mac files, and nowhere else."""
    found = error("rule", Location("f", 2, 1), "wrong")
    report = format_text([found], {"f": f"a\x85b{line_break}second{line_break}third"})
    assert "  2 | second\n" in report


@pytest.mark.parametrize("column", [1, 30, 51, 700, 500_000, 999_970, 1_000_000])
def test_long_line_is_cut_around_the_caret(column: int) -> None:
    """Of a line of a million characters only the surroundings of the caret are shown."""
    text = "x" * (column - 1) + "!" + "x" * (1_000_000 - column)
    line, caret = caret_of(text, column)
    assert len(line) <= 102
    assert line[caret.index("^")] == "!"
    assert line.startswith("…") == (column > 51)
    assert line.endswith("…") == (column <= 999_950)


def test_cut_line_does_not_begin_with_a_mark() -> None:
    """A combining mark whose letter was cut off is cut off too."""
    line, caret = caret_of("e" * 9 + "\u0301" * 3 + "x" * 60, 61)
    assert line.startswith("…x")
    assert len(caret) - 1 == 1 + 48


def test_messages_cannot_forge_a_report() -> None:
    """Line breaks and terminal codes in paths, messages and notes are shown, not obeyed."""
    found = error("rule", Location("a\nb"), "m\x1b[2J", "h\x07", ((Location("c\rd"), "n\n"),))
    report = format_text([found], {})
    assert report.splitlines() == [
        "a<U+000A>b:1:1: error[rule]: m<U+001B>[2J",
        "  note: c<U+000D>d:1:1: n<U+000A>",
        "  help: h<U+0007>",
    ]


def test_colour_comes_only_where_asked() -> None:
    """Colour adds codes and nothing else."""
    found = [
        error("rule", Location("f", 1, 2), "wrong", "mend", ((Location("f"), "here"),)),
        warning("rule", Location("g"), "odd"),
    ]
    plain, painted = (format_text(found, {"f": "abc"}, color=each) for each in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[rule]\x1b[0m" in painted
    assert "\x1b[1;33mwarning[rule]\x1b[0m" in painted
    for code in ("\x1b[1;31m", "\x1b[1;33m", "\x1b[36m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == plain


def test_json_has_one_object_a_line() -> None:
    """Each line is an object with all of a diagnostic, in ASCII."""
    found = [
        error("rule", Location("f", 2, 3), "wröng\n", "mend", ((Location("g", 4, 5), "here"),)),
        warning("other", Location("e"), "odd \ud800"),
    ]
    report = format_json(found)
    assert report.isascii()
    first, second = (json.loads(line) for line in report.splitlines())
    assert first["message"] == "odd \ud800"
    assert second == {
        "path": "f",
        "line": 2,
        "column": 3,
        "severity": "error",
        "rule": "rule",
        "message": "wröng\n",
        "help": "mend",
        "related": [{"path": "g", "line": 4, "column": 5, "message": "here"}],
    }


def test_github_commands_carry_place_and_words() -> None:
    """A command names file, line, column and rule, and holds notes and help."""
    found = error("rule", Location("f", 2, 3), "wrong", "mend", ((Location("g", 4, 5), "here"),))
    assert format_github([found]) == (
        "::error file=f,line=2,col=3,title=rule::wrong%0Anote: g:4:5: here%0Ahelp: mend\n"
    )


def test_github_commands_are_escaped() -> None:
    """Percent signs and line breaks are escaped, in properties colons and commas too."""
    found = warning("rule", Location("a,b:c%\r\n"), "100%, so: done\r\n::error::x\x1b")
    assert format_github([found]) == (
        "::warning file=a%2Cb%3Ac%25%0D%0A,line=1,col=1,title=rule"
        "::100%25, so: done%0D%0A::error::x<U+001B>\n"
    )


@pytest.mark.parametrize(
    ("diagnostics", "summary"),
    [
        ([], "no errors, no warnings"),
        ([error("r", Location("f"), "m")], "1 error in 1 file"),
        ([warning("r", Location("f"), "m")], "1 warning in 1 file"),
        (
            [error("r", Location("f", line), "m") for line in (1, 2, 3)]
            + [warning("r", Location("g"), "m")],
            "3 errors, 1 warning in 2 files",
        ),
    ],
)
def test_summary_counts_by_severity_and_file(diagnostics: list[Diagnostic], summary: str) -> None:
    """A summary says how many of each severity there are, and in how many files."""
    assert summary_line(diagnostics) == summary


def test_nothing_wrong_gives_no_report() -> None:
    """Without diagnostics every report is empty."""
    assert [format_text([], {}), format_json([]), format_github([])] == ["", "", ""]
