"""A narrative page in two parts: its front matter and its body."""

from __future__ import annotations

from bisect import bisect_right

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.yaml_nodes.lines import starts_of_lines, without_mark


class FrontMatter(Struct, frozen=True):
    """A page in two parts, each with the line of the file on which it begins.

    `yaml_text` is empty where the page has no front matter. `body` is what follows the closing
    line, to the character.
    """

    yaml_text: str
    yaml_first_line: int
    body: str
    body_first_line: int


def split_front_matter(path: str, text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """Return a page's front matter and body, and a diagnostic if the front matter has no end.

    Front matter opens with a first line of three or more hyphens and ends with the next such
    line. A leading byte order mark is dropped.
    """
    text = without_mark(text)
    handler = YAMLHandler()
    opening = handler.FM_BOUNDARY.match(text)
    if opening is None:
        return FrontMatter("", 1, text, 1), ()
    try:
        yaml_text, _ = handler.split(text)
    except ValueError:  # there is no second boundary
        fault = error(
            "front-matter-unclosed",
            Location(path),
            "the front matter that opens here is never closed",
            "write a line `---` below its last field",
        )
        return FrontMatter("", 1, "", 1), (fault,)
    # The library's boundary takes blank lines with it, so the body is cut from the text itself.
    starts = starts_of_lines(text)
    closing_line = bisect_right(starts, opening.end() + len(yaml_text))
    body = text[starts[closing_line] :] if closing_line < len(starts) else ""
    first_line = bisect_right(starts, opening.end())
    return FrontMatter(yaml_text, first_line, body, closing_line + 1), ()
