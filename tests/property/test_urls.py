"""What holds for all output paths, hrefs and text fragments."""

from __future__ import annotations

import re
from unittest.mock import patch
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import urls
from sitegen.urls import path_fault, root_prefix, text_fragment

names = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}(\.html)?", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6),
)
paths = (
    st.lists(names, min_size=1, max_size=4).map("/".join).filter(lambda path: not path_fault(path))
)
fragments = st.one_of(st.just(""), st.from_regex(r"[a-z]+(-[0-9]+)*", fullmatch=True))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
words = st.text(
    st.one_of(
        st.sampled_from("abc-,&%#+ \u00a0\n“”’é字"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=200,
)


@given(paths, paths, fragments)
def test_link_through_the_root_resolves_back(from_path: str, to_path: str, fragment: str) -> None:
    """A browser on the page that follows a link arrives at its URL, from disk or from a host."""
    href = root_prefix(from_path) + quote(to_path) + (f"#{fragment}" if fragment else "")
    for root in ("http://example.org/sub/path/", "file:///home/x/_site/"):
        arrived = urljoin(root + quote(from_path), href)
        assert arrived.partition("#")[0] == root + quote(to_path)
        assert unquote(arrived.partition("#")[2]) == fragment


def read_directive(directive: str) -> tuple[str, str, str, str]:
    """Return prefix, start, end and suffix of one text directive, as the specification reads it."""
    tokens = directive.removeprefix("text=").split(",")
    prefix = unquote(tokens.pop(0)[:-1]) if tokens[0].endswith("-") else ""
    suffix = unquote(tokens.pop()[1:]) if tokens[-1].startswith("-") else ""
    start, end = [*map(unquote, tokens), ""][:2]
    assert len(tokens) in {1, 2}
    return prefix, start, end, suffix


@given(st.lists(words, min_size=1, max_size=3), texts, texts)
def test_text_fragment_decodes_back(passages: list[str], prefix: str, suffix: str) -> None:
    """Read by the specification, a link gives words from the quote's ends and its context."""
    link = text_fragment("https://example.org/a?b=c#d", passages, prefix, suffix)
    said = [passage for passage in passages if passage.split()]
    if not said:
        assert link is None
        return
    assert link is not None
    assert link.isascii()
    head, _, directives = link.partition(":~:")
    assert head == "https://example.org/a?b=c#d"
    read = [read_directive(each) for each in directives.split("&")]
    for (_, start, end, _), passage in zip(read, said, strict=True):
        plain = " ".join(passage.split())
        assert plain.startswith(start)
        assert plain.endswith(end or start)
        assert end or start == plain
        assert len(start) + len(end) <= len(plain)
    assert " ".join(prefix.split()).endswith(read[0][0])
    assert " ".join(suffix.split()).startswith(read[-1][3])
    assert bool(read[0][0]) == bool(prefix.split())
    assert bool(read[-1][3]) == bool(suffix.split())


@given(st.from_regex(urls._PLAIN_PATH, fullmatch=True))
def test_plain_path_has_none_of_the_faults(path: str) -> None:
    """The short cut says of no path what a look at each of its names would not say."""
    with patch.object(urls, "_PLAIN_PATH", re.compile("(?!)")):
        assert path_fault(path) == ""


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9", "conin$", "conout$"])
def test_no_reserved_name_is_plain(name: str) -> None:
    """With an ending it is reserved, too."""
    assert path_fault(f"claims/{name}.html") == "has a name that Windows reserves"
