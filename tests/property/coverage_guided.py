"""Random input that a fuzzer grows towards what no input has reached yet; `make fuzz` runs it.

It needs atheris, which is installed for that run alone. A text that breaks something is kept as an
`@example` of the property test that it belongs to.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["sitegen", "markdown", "frontmatter"]):
    from sitegen.dates import InvalidDate, parse_date
    from sitegen.file_contents import read_note
    from sitegen.kinds import Kind
    from sitegen.markup import convert, fill
    from sitegen.model import Ref
    from sitegen.quotes import find_places, fold, nearest_passage
    from sitegen.unseen import show_in_html, show_in_text


def try_one(data: bytes) -> None:
    """Give some text to one of the parts that take an author's text; nothing may be raised."""
    provider = atheris.FuzzedDataProvider(data)
    part, text = provider.ConsumeIntInRange(0, 4), provider.ConsumeUnicode(600)
    if part == 0:
        markup = convert.work(text)
        pieces = [each for each in fill(markup, lambda _: None) if isinstance(each, str)]
        html = "".join(pieces).lower()
        assert not any(tag in html for tag in ("<script", "<img", "<svg", "<iframe", "<style"))
        show_in_html(html)
    elif part == 1:
        read_note(Ref(Kind.CLAIM, "a"), "content/claims/a.yaml", text)
    elif part == 2:
        read_note(Ref(Kind.PAGE, "a"), "content/pages/a.md", f"---\n{text}")
    elif part == 3:
        with suppress(InvalidDate):
            parse_date(text)
    else:
        article, _, quote = text.partition("\n")
        folded, wanted = fold(article), fold(quote)
        list(find_places(folded.text, wanted.text))
        nearest_passage(folded, wanted.text)
        show_in_text(quote)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
