"""Says in an author's words what keeps a text from being YAML, and where."""

from __future__ import annotations

import re

from msgspec import Struct

from sitegen.yaml_nodes.lines import LINE_BREAK, code_point, indent_of, shortened, start_of_line
from sitegen.yaml_nodes.nodes import QUOTES, Node

GLUED_ITEM = re.compile(r"-(?:[^\W\d_]|[\"'\[{])")

GLUED_VALUE = re.compile(r"[ \t]*(?:- +)?[\w.-]+(:)[^\s:/]")  # no web address

_KEY_AND_VALUE = re.compile(r"[ -]*+(?:\"[^\"]*\"|'[^']*'|[^\s:][^:]*+):\s")

_GLUED_TO_END = re.compile(r":[,\]}]")

_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")

_PAIR = re.compile(r"\\(?:u|U0000)([dD][89abAB]..)\\(?:u|U0000)([dD][c-fC-F][0-9a-fA-F]{2})")

_NO_COMMA = "a comma or a closing bracket is missing here"

QUOTE_IT = "put the value in quotes, or on the lines below after `|`"

GLUED = 'a space is missing after "-"'

SPACE_AFTER_HYPHEN = 'write "- " before each item, or quote words that begin with "-"'

SPACE_AFTER_COLON = "write a space after the colon that ends a key"


class Fault(Struct, frozen=True):
    """A diagnostic whose places are still offsets into the text."""

    rule: str
    start: int
    message: str
    help: str
    related: tuple[tuple[int, str], ...] = ()


class Problem(Struct, frozen=True):
    """A syntax error as the parser reports it, and what was read before it.

    `since` and `at` are the offsets of the parser's context and problem, `last` is the scalar read
    last, `opener` the bracket that is still open.
    """

    text: str
    said: str
    since: int
    at: int
    last: Node | None
    opener: int | None

    @property
    def line(self) -> int:
        """The offset at which the line of the problem starts."""
        return start_of_line(self.text, self.at)


def syntax_fault(start: int, message: str, help: str, *related: tuple[int, str]) -> Fault:  # noqa: A002
    """Return a fault of syntax; `related` are further offsets with a word on each."""
    return Fault("yaml-syntax", start, message, help, related)


def _invisible_break(problem: Problem) -> Fault | None:
    """YAML breaks lines also where no editor does."""
    text = problem.text
    for offset in (problem.since, problem.at):
        before = max(text.rfind(sign, 0, offset) for sign in "\x85\u2028\u2029")
        if before >= start_of_line(text, offset):
            message = f"the invisible character {code_point(text[before])} breaks the line here"
            return syntax_fault(before, message, "put a space in its place")
    return None


def _tab(problem: Problem) -> Fault | None:
    width = indent_of(problem.text, problem.line)
    tab = problem.text.find("\t", problem.line, problem.line + width)
    if tab < 0:
        return None
    return syntax_fault(tab, "a tab stands in the indentation", "indent with spaces only")


def _first_sign(problem: Problem) -> Fault | None:
    causes = ("start any token", "an anchor", "an alias", "tag", "directive", "mapping keys are")
    if not any(cause in problem.said for cause in causes):
        return None
    sign = problem.text[problem.since : problem.since + 1]
    return syntax_fault(problem.since, f'a value cannot begin with "{sign}"', QUOTE_IT)


def _in_quotes(problem: Problem) -> Fault | None:
    if "quoted scalar" not in problem.said:
        return None
    if not any(word in problem.said for word in ("escape", "hexdec")):
        sign = problem.text[problem.since]
        message = f"the quotation mark {sign} that opens here is never closed"
        return syntax_fault(problem.since, message, _closing(sign, problem))
    start = max(problem.text.rfind("\\", problem.since, problem.at + 1), problem.since)
    if half := _HALF.match(problem.text, start):
        return _half_character(half)
    written = shortened(problem.text[start : start + 2])
    help_ = "write `\\\\` for a backslash, or use single quotes"
    return syntax_fault(start, f'"{written}" means nothing inside double quotes', help_)


def _half_character(half: re.Match[str]) -> Fault:
    """JSON writes a character beyond U+FFFF in two escapes, each of which means nothing alone."""
    pair = _PAIR.match(half.string, half.start())
    if pair:
        halves = bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be")
        whole = f"`\\U{ord(halves):08X}`"
    else:
        whole = "the whole of it as in `\\U0001F600`"
    message = f'"{half[0]}" is half a character'
    return syntax_fault(half.start(), message, f"write the character itself, or {whole}")


def _after_quotes(problem: Problem) -> Fault | None:
    text, quoted = problem.text, problem.last
    if quoted is None or quoted.style not in QUOTES or problem.at >= len(text):
        return None
    if problem.at < quoted.end or text[quoted.end : problem.at].strip(" \t"):
        return None
    closing = _closing(quoted.style, problem)
    if LINE_BREAK.search(text, quoted.start, quoted.end):
        # The mark that closes it was meant for other words, even for those of a comment.
        message = f"the quotation mark {quoted.style} that opens here is not closed on its line"
        closed = (quoted.end - 1, "this mark closes it, and more words follow")
        return syntax_fault(quoted.start, message, closing, closed)
    if problem.opener is not None:
        help_ = f"write it, if a value of its own follows; else {closing}"
        return syntax_fault(problem.at, _NO_COMMA, help_)
    message = "more words follow the closing quotation mark"
    return syntax_fault(problem.at, message, closing)


def _closing(sign: str, problem: Problem) -> str:
    inside = "`''` for an apostrophe" if sign == "'" else '`\\"` for a quotation mark'
    help_ = f"put the mark after the last word and inside write {inside}"
    if problem.opener is not None:  # no block can stand between brackets
        return help_
    return f"{help_}, or put the words on the lines below after `|`"


def _brackets(problem: Problem) -> Fault | None:
    text, at, opener = problem.text, problem.at, problem.opener
    quoting = "put a value that holds a bracket in quotes"
    if _GLUED_TO_END.match(text, at):
        help_ = "put the value in quotes; after a colon that ends a key write a space"
        return syntax_fault(at, '":" stands at the end of a value', help_)
    if opener is not None:
        if at < len(text) and _is_further_in(problem, opener):
            return _without_comma(problem) or syntax_fault(at, _NO_COMMA, quoting)
        sign = "]" if text[opener : opener + 1] == "[" else "}"
        message = f'the "{text[opener : opener + 1]}" that opens here is never closed'
        return syntax_fault(opener, message, f'close it with "{sign}", or {quoting}')
    if "node content" in problem.said and at < len(text):
        return syntax_fault(at, f'a value cannot begin with "{text[at]}"', QUOTE_IT)
    if text[problem.line : at].rstrip(" ")[-1:] in ("]", "}"):
        return syntax_fault(at, "more words follow the closing bracket", quoting)
    return None


def _is_further_in(problem: Problem, opener: int) -> bool:
    """Tell whether the line of a problem may lie between brackets, by its indentation."""
    first = start_of_line(problem.text, opener)
    is_below = first < problem.line
    return not is_below or indent_of(problem.text, problem.line) > indent_of(problem.text, first)


def _without_comma(problem: Problem) -> Fault | None:
    """Between brackets only a comma ends a value: a line does not, and a colon cannot be in it."""
    text, at, line, last = problem.text, problem.at, problem.line, problem.last
    is_in_words = last is not None and not text[last.end : at].strip()
    if not text[line:at].strip() or (is_in_words and last and last.start < line):
        help_ = "write it; or put the value in quotes, if it goes on below"
        return syntax_fault(len(text[:line].rstrip()), _NO_COMMA, help_)
    if not is_in_words or text[at] != ":":
        return None
    help_ = "put the value in quotes; before a field of its own write a comma"
    return syntax_fault(at, '": " stands inside a value', help_)


def _misplaced(problem: Problem) -> Fault | None:
    if "block scalar" in problem.said:
        message = "nothing but a line break may follow `|` or `>`"
        return syntax_fault(problem.at, message, "begin the words on the next line, indented")
    if "sequence entries" in problem.said:
        help_ = 'begin the list on the line below its key, or quote a value that begins with "- "'
        return syntax_fault(problem.at, "a list item cannot stand here", help_)
    return None


def _keyless(problem: Problem) -> Fault | None:
    if "expected ':" not in problem.said:
        return None
    glued = GLUED_VALUE.match(problem.text, start_of_line(problem.text, problem.since))
    if glued is not None:
        return syntax_fault(glued.start(1), 'a space is missing after ":"', SPACE_AFTER_COLON)
    if GLUED_ITEM.match(problem.text, problem.since):
        return syntax_fault(problem.since, GLUED, SPACE_AFTER_HYPHEN)
    help_ = "write `key: value`, or indent the line if it belongs to the value above"
    return syntax_fault(problem.since, "this line has no key", help_)


def _colon(problem: Problem) -> Fault | None:
    if "mapping values" not in problem.said:
        return None
    text, start = problem.text, problem.line
    if _KEY_AND_VALUE.match(text[start : problem.at]):
        return syntax_fault(problem.at, '": " stands inside a value', QUOTE_IT)
    above = start_of_line(text, len(text[:start].rstrip()))
    glued = GLUED_VALUE.match(text, above)
    if glued is not None and above < start:
        return syntax_fault(glued.start(1), 'a space is missing after ":"', SPACE_AFTER_COLON)
    if indent_of(text, start) > indent_of(text, above):
        help_ = f"{QUOTE_IT}; a field of its own begins in the column of the field above"
        return syntax_fault(problem.at, '": " stands inside the value that began above', help_)
    key = above + indent_of(text, above)
    return syntax_fault(key, "this line has no key", "write `key: value`")


def _layout(problem: Problem) -> Fault | None:
    if not any(word in problem.said for word in ("expected key", "'-' ", "block end", "document")):
        return None
    message = "this line fits neither the fields above nor their indentation"
    help_ = "begin all fields of a mapping, and all items of a list, in one column"
    if problem.since == problem.at:
        return syntax_fault(problem.at, message, help_)
    return syntax_fault(problem.at, message, help_, (problem.since, "these begin here"))


EXPLANATIONS = (
    _invisible_break,
    _in_quotes,
    _tab,
    _first_sign,
    _after_quotes,
    _brackets,
    _misplaced,
    _keyless,
    _colon,
    _layout,
)
