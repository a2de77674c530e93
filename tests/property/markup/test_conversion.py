"""Whatever an author writes becomes safe, well-formed HTML that keeps his words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.markup import LinkRef, Target, convert, fill, linked_sentences, plain_text
from sitegen.markup.conversion import words_of_markup
from sitegen.markup.mentions import build_mentions, link_mentions
from sitegen.markup.sentence_places import markdown_sentences, places_of, sentence_at
from sitegen.markup.simple_prose import convert_simple
from sitegen.markup.site_markdown import convert_markdown

_TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "br"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "code", "em", "strong"),
}
_VALUES = {
    "href": re.compile(
        r"https?://[^\s<>\"]+|mailto:[^\s<>\"]+|#[^\s<>\"]+|site:claims/[^\s\"]+", re.IGNORECASE
    ),
    "rel": re.compile("noopener noreferrer external"),
    "class": re.compile("ref|align-(left|center|right)"),
    "start": re.compile("[0-9]+"),
    "data-ref": re.compile(".*"),
    "title": re.compile(".*", re.DOTALL),
}
_VOID = {"br", "hr"}

_PIECES = st.sampled_from(
    [
        *("*", "**", "_", "`", "```", "~~~", "[", "]", "[[", "]]", "![", "](", "(", ")", "|", ":"),
        *("<", ">", "<b>", "</p>", "<script>", "<!--", "-->", "&", "&lt;", "&#58;", "&#2;", "\\"),
        *("#", "- ", "1. ", "> ", ": ", "    ", "\t", "  \n", "\n", "\n\n", "---", "===", "|-|-|"),
        *("javascript:", "https://x.org", "mailto:a@b.c", "data:", "//x", "site:", "#a", "?", "/"),
        *("claim:", "event:x", "[[claim:a]]", "![[claim:a]]", "[[a\\|b]]", "[1]: https://x", '"'),
        *("'", "=", "a", "Kim", " ", "\u00a0", "é", "\u2028", "\x00", "\x02", "\x03", "\ud800"),
        *("klzzwxh:0000", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "😀", "\r", "\u3000"),
    ]
)
_MARKDOWN = st.lists(_PIECES | st.text(max_size=5), max_size=40).map("".join)
_SIMPLE_PIECES = st.sampled_from(
    [
        *("[[a]]", "[[claim:a|so it was]]", "![[claim:a]]", "[[a", "]]", "*", "**", "*so*"),
        *("**a b**", "- ", "\n- ", "\n", "\n\n", " ", "a", "Kim", "2.", "-", "_", "\u00a0"),
        *("\u3000", "é", "中", '"', "'", ":", "site:", "\u2028", "\x02", "0", "\x03"),
    ]
)
_SIMPLE = st.lists(_SIMPLE_PIECES, max_size=25).map(lambda pieces: "".join(pieces).rstrip(" \n"))
_PLAIN = st.text("abé ,.;?!'’()\n\u00a0-1\u3000😀\"/+:", max_size=60)


class _Reader(HTMLParser):
    """Reads HTML as a browser would, and complains of whatever is not allowed or not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text = ""
        self.refs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append(f"<{tag}>")
        if tag == "a" and "a" in self.open:
            self.faults.append("a link in a link")
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name not in _VALUES or not _VALUES[name].fullmatch(value or ""):
                self.faults.append(f"{name}={value}")
            if name == "data-ref":
                self.refs.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> is not closed" for tag in reader.open]
    return reader


def _resolve(link: LinkRef) -> Target | None:
    return (
        Target("claims/a.html", 'A "title" & <more> site:', "claim:a") if link.id == "a" else None
    )


@given(_MARKDOWN | st.text())
def test_any_text_gives_safe_html(text: str) -> None:
    """No tag, attribute or address but the allowed ones comes out, and all is well-nested."""
    for piece in fill(convert(text), _resolve):
        if isinstance(piece, str):
            assert _read(piece).faults == []
            assert piece.encode("utf-8")
            assert "site:" not in piece.replace('href="site:claims/a.html"', "")


@given(_MARKDOWN)
def test_any_text_gives_each_link_a_place(text: str) -> None:
    """The HTML holds one place for each link, in order, and each embed comes out."""
    markup = convert(text)

    places = re.findall(r'<data value="(\d+)">', markup.html)
    assert places == [str(index) for index in range(len(markup.links))]
    embeds = [piece for piece in fill(markup, _resolve) if not isinstance(piece, str)]
    assert [each.id for each in embeds] == [link.id for link in markup.links if link.embed]


@given(_PLAIN | _SIMPLE)
@example("*a* [[b]] **c**\n\n- [[claim:d|e *f*]]\n- *g*")
@example("- a\n- b\n\n- c")
def test_short_cut_gives_what_markdown_gives(text: str) -> None:
    """Text that needs little of Markdown is converted without it to the same HTML and links."""
    html, links, problems = convert_markdown(text.rstrip(" \n"))

    assert convert_simple(text.rstrip(" \n")) in (None, (html.replace("&nbsp;", "\u00a0"), links))
    assert not (problems and convert_simple(text.rstrip(" \n")))


@given(
    _SIMPLE | _PLAIN | _MARKDOWN, st.sampled_from(["so it was", "&lt;*b*", "a  b\n", "\x021\x03"])
)
@example("a [[b]]\n\n**c** [[d|e]]", "f")
def test_short_cut_gives_the_words_that_the_html_has(text: str, title: str) -> None:
    """The words of a text are the same whether they are cut from its HTML or not."""

    def own(link: LinkRef) -> str:
        return "" if link.embed else link.words or title

    def resolve(_: LinkRef) -> Target:
        return Target("", title, "")

    assert plain_text(text, resolve) == words_of_markup(convert(text)).filled(own)


@given(st.lists(_SIMPLE | _PLAIN | _MARKDOWN, min_size=1, max_size=3).map("\n\n".join))
@example("So [[a]]. *It is [[b]]. So.* [[c]] **d. E** F *g. [[h|I. J]]*")
@example("[[a]]\n12) ")
@example("漢字。 - item [[a]] one.")  # what begins a sentence is no list until it is cut out
@example("*So it is. But*so\nit*is* [[c]].")  # its stars pair otherwise once it is cut out
@example("[[a]] B. 2. [[b]]. - [[c]]. \ud800 So [[d]]. So\n2. [[e]]\u2028[[f]]")
def test_short_cut_gives_the_words_of_sentences_with_links(text: str) -> None:
    """The words that a link stands among are those of its sentence, cut out and converted."""
    links = convert(text).links
    split = markdown_sentences(text, range(len(text)))
    places = places_of(text, [each.written for each in links])
    for link, at, words in zip(links, places, linked_sentences(text), strict=True):
        start, end = sentence_at(split, at)
        said = words_of_markup(convert(text[start:end] or text[at : at + len(link.written)]))
        assert words.filled(str) == said.filled(str)


def test_short_cut_is_taken_for_most_prose() -> None:
    """Paragraphs, plain lists, links and emphasis need no Markdown; whatever else does."""
    simple = "*So* [[a]] and [[claim:b|c]].\n\n- **d**\n- [[e]]\n\nF."

    assert convert_simple(simple)
    assert not any(convert_simple(f"{simple}\n\n{more}") for more in ("# A", "1. a", "`a`", "> a"))


@given(
    st.lists(st.text("abcéß漢😀<>&\"'.,()!?@;%$", min_size=1, max_size=8), min_size=1, max_size=20)
)
def test_words_are_kept(words: list[str]) -> None:
    """Prose without Markdown's signs comes out as it went in, raw HTML and entities aside."""
    text = "x " + " ".join(word.replace("&", "+").replace("<", "< ") for word in words)

    assert plain_text(f"*{text} x*").split() == f"{text} x".split()


@given(st.lists(st.sampled_from([*"abcé漢😀", *"*_`>[]!|-=+. \n", "**", "\n\n", "    "])))
def test_letters_are_kept_in_order(parts: list[str]) -> None:
    """Whatever the markup is and however broken, no letter of the text is lost or moved."""
    text = "".join(parts)

    letters = re.sub(r"[^\w]|_", "", plain_text(text))
    assert letters == re.sub(r"[^\w]|_", "", text)


_NAMES = st.lists(
    st.tuples(
        st.text("ab' 金은X-’\u00a0", min_size=1, max_size=5),
        st.sampled_from(["actor:1", "actor:2", "place:3"]),
    ),
    max_size=8,
)
_HTML = st.recursive(
    st.text("ab' 金은X-’\u00a0&<", max_size=12).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(
        inner, st.sampled_from(["p", "em", "code", "h3", "li", "strong"]), inner, inner
    ).map(lambda parts: f"{parts[0]}<{parts[1]}>{parts[2]}</{parts[1]}>{parts[3]}"),
    max_leaves=8,
)


@given(_HTML, _NAMES)
def test_mentions_change_no_text(html: str, names: list[tuple[str, str]]) -> None:
    """Linking mentions adds well-nested links alone, at most one for each note."""
    mentions = build_mentions([(name, ref, "claims/a.html") for name, ref in names])
    linked = _read(link_mentions(html, mentions, frozenset({"actor:2"})))

    assert linked.text == _read(html).text
    assert linked.faults == []
    assert len(linked.refs) == len(set(linked.refs))
    assert "actor:2" not in linked.refs


@given(_HTML, _NAMES)
def test_order_of_names_does_not_matter(html: str, names: list[tuple[str, str]]) -> None:
    """The same names in another order give the same links."""
    entries = [(name, ref, "claims/a.html") for name, ref in names]

    forwards, backwards = build_mentions(entries), build_mentions(reversed(entries))
    assert link_mentions(html, forwards, ()) == link_mentions(html, backwards, ())
    assert forwards.conflicts == backwards.conflicts
