"""Markdown of the content model becomes safe HTML with links that are resolved later."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Collection

import pytest

from sitegen.kinds import Kind
from sitegen.markup import (
    EMBED_KINDS,
    Embed,
    LinkRef,
    Prose,
    Target,
    convert,
    fill,
    plain_text,
)

_TITLES = {"treaty": "The “Treaty” & more", "pact": "The pact"}


def _resolve(link: LinkRef) -> Target | None:
    title = _TITLES.get(link.id)
    return Target(f"claims/{link.id}.html", title, f"claim:{link.id}") if title else None


def _html(text: str) -> str:
    """Return the text filled, where it is one piece of HTML."""
    (piece,) = _prose(text)
    assert isinstance(piece, str)
    return piece


def _prose(text: str) -> Prose:
    return fill(convert(text), _resolve)


def _rules(text: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.written) for problem in convert(text).problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Two words.", "<p>Two words.</p>"),
        ("One.\nStill one.\n\n\nTwo.\n", "<p>One.\nStill one.</p>\n<p>Two.</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("Term\n:   words", "<dl>\n<dt>Term</dt>\n<dd>words</dd>\n</dl>"),
        ("```python\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    """The usual Markdown gives the usual HTML."""
    assert convert(text).html == html


def test_table_is_aligned_by_classes() -> None:
    """A table's columns are aligned without inline styles, which the site's policy forbids."""
    html = convert("a|b|c\n:-|:-:|-:\n1|2|3").html

    assert '<td class="align-left">1</td>' in html
    assert '<td class="align-center">2</td>' in html
    assert '<th class="align-right">c</th>' in html


def test_characters_stay_as_written() -> None:
    """No typographer changes quotes, dashes, dots or spaces of the author's."""
    text = "\"It's\" -- he said ... 'so' (c) 1\u00a0km \u2019 \u00ad."

    assert plain_text(text) == text
    assert plain_text(f"*x* {text}") == f"x {text}"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick='x()'>bold</b> word",
        "<div>\n\n*block*\n\n</div>",
        "<!-- a comment -->",
        '<a href="javascript:x">y</a>',
        "<?php x ?> <![CDATA[y]]>",
        "<style>p { color: red }</style> and <data value='0'>x</data>",
    ],
)
def test_raw_html_is_text(text: str) -> None:
    """Raw HTML, block and inline, is shown as the author typed it."""
    assert plain_text(text) == " ".join(text.replace("*", "").split())
    assert convert(text).links == ()


def test_web_link_says_that_it_leaves_the_site() -> None:
    """Links to the web keep title and query, and are marked as external."""
    assert _html('[a](https://x.org/a?b=1&c=2 "T")') == (
        '<p><a href="https://x.org/a?b=1&amp;c=2" rel="noopener noreferrer external" title="T">'
        "a</a></p>"
    )


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[a](HTTP://x.org)", "HTTP://x.org"),
        ("<https://x.org/a>", "https://x.org/a"),
        ("[a][1]\n\n[1]: https://x.org", "https://x.org"),
        ("[a](mailto:a@x.org)", "mailto:a@x.org"),
        ("<a@x.org>", "mailto:a@x.org"),
        ("[a](#top)", "#top"),
        ("[a](<https://x.org/a b>)", "https://x.org/a%20b"),
        ("[a](https://x.org/100%?ü=%C3#b#c)", "https://x.org/100%25?ü=%C3#b%23c"),
        ("[a](https://[::1]/x[1])", "https://[::1]/x%5B1%5D"),
    ],
)
def test_safe_link_passes(text: str, href: str) -> None:
    """Links by http, https, mailto and to a fragment of the page pass, as valid addresses."""
    markup = convert(text)

    assert f'href="{href}"' in markup.html
    assert markup.problems == ()


@pytest.mark.parametrize(
    ("text", "rule", "written"),
    [
        ("[a](javascript:x)", "unsafe-link", "javascript:x"),
        ("[a](JavaScript:x)", "unsafe-link", "JavaScript:x"),
        ("[a](java&#115;cript:x)", "unsafe-link", "javascript:x"),
        ("[a](java&#9;script:x)", "unsafe-link", "java\tscript:x"),
        ("[a](data:text/html,x)", "unsafe-link", "data:text/html,x"),
        ("[a](//x.org)", "unsafe-link", "//x.org"),
        ("[a](\\\\\\\\x.org)", "unsafe-link", "\\\\x.org"),
        ("[a](site:claims/x.html)", "unsafe-link", "site:claims/x.html"),
        ("[a][1]\n\n[1]: vbscript:x", "unsafe-link", "vbscript:x"),
        ("[a](../x.html)", "relative-link", "../x.html"),
        ("[a](/x.html)", "relative-link", "/x.html"),
        ("[a](x.html#y)", "relative-link", "x.html#y"),
        ("[a](?q:1)", "relative-link", "?q:1"),
        (f"[a](https://x.org/{'y' * 4000})", "malformed-link", f"https://x.org/{'y' * 4000}"),
        ("[a]()", "malformed-link", ""),
        ("[](https://x.org)", "malformed-link", "https://x.org"),
        ("[a](#)", "malformed-link", "#"),
        ("[a](https://[x)", "malformed-link", "https://[x"),
        ("[a](https://x.org:port/)", "malformed-link", "https://x.org:port/"),
    ],
)
def test_other_link_is_a_problem(text: str, rule: str, written: str) -> None:
    """Any other address is reported and leaves only its words on the page."""
    markup = convert(text)

    assert _rules(text) == [(rule, written)]
    assert "<a" not in markup.html
    assert markup.problems[0].help


@pytest.mark.parametrize("text", ["![a](https://x.org/a.png)", "![a][1]\n\n[1]: https://x.org"])
def test_image_is_a_problem(text: str) -> None:
    """An image is reported; its description stays."""
    assert [rule for rule, _ in _rules(text)] == ["image-not-allowed"]
    assert convert(text).html == "<p>a</p>"


@pytest.mark.parametrize("kind", Kind)
def test_link_names_a_kind(kind: Kind) -> None:
    """Each kind of note can be linked by kind and id."""
    written = f"[[{kind}:x|words]]"

    assert convert(written).links == (LinkRef(kind, "x", "words", embed=False, written=written),)


def test_link_becomes_an_anchor_to_the_site_root() -> None:
    """A link leads below `site:`, with the target's title or the author's words."""
    assert _html("See [[treaty]] or [[claim:treaty|the *words*]].") == (
        '<p>See <a class="ref" data-ref="claim:treaty" href="site:claims/treaty.html">'
        "The “Treaty” &amp; more</a> or "
        '<a class="ref" data-ref="claim:treaty" href="site:claims/treaty.html">the *words*</a>.</p>'
    )


@pytest.mark.parametrize(("text", "words"), [("[[nowhere]]", "nowhere"), ("[[no|a < b]]", "a < b")])
def test_unresolved_link_leaves_its_words(text: str, words: str) -> None:
    """A link to nothing becomes its words, or its id, as plain text."""
    assert _html(text) == f"<p>{words.replace('<', '&lt;')}</p>"


def test_links_come_in_the_order_of_the_text() -> None:
    """Links are numbered as a reader meets them, whatever stands around them."""
    text = "**a [[one]]**\n\n- [[two]] *b*\n\na|b\n-|-\n[[three\\|c]]|[[four]]\n\n# [[five]]\n"

    assert [link.id for link in convert(text).links] == ["one", "two", "three", "four", "five"]


def test_bar_is_escaped_in_a_table() -> None:
    """In a table `\\|` separates a link's words, as the content model writes it."""
    (link,) = convert("a|b\n-|-\n[[treaty\\|the words]]|c").links

    assert link == LinkRef(None, "treaty", "the words", False, "[[treaty\\|the words]]")


def test_words_may_wrap_and_hold_code() -> None:
    """A link's words run over a line's end and are plain text, code and escapes included."""
    (link,) = convert("See [[treaty|the `a<b` \\*word\nlist]].").links

    assert link.words == "the a<b *word list"
    assert link.written == "[[treaty|the `a<b` \\*word\nlist]]"


@pytest.mark.parametrize("text", ["`[[x]]`", "    [[x]]", "```\n[[x\n```", "\\[[x]]", "\\[\\[x"])
def test_brackets_in_code_are_text(text: str) -> None:
    """In code, and after a backslash, two brackets are two brackets."""
    markup = convert(text)

    assert "[[x" in markup.html
    assert (markup.links, markup.problems) == ((), ())


def test_brackets_in_the_words_of_a_web_link_are_text() -> None:
    """The words of a web link may begin with an omission."""
    text = "[[…] he said](https://x.org)"

    assert ">[…] he said</a>" in convert(text).html
    assert _rules(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a [[]] b", "[[]]"),
        ("a [[ ]] b", "[[ ]]"),
        ("a [[|words]] b", "[[|words]]"),
        ("a [[claim:]] b", "[[claim:]]"),
        ("a [[x|]] b", "[[x|]]"),
        ("a [[x b", "[[x b"),
        ("a [[x] b", "[[x] b"),
        ("a [[x [y] z]] b", "[[x [y] z]] b"),
        ("a [[timeline:2024]] b", "[[timeline:2024]]"),
        ("![[x]]", "![[x]]"),
        ("![[actor:x]]", "![[actor:x]]"),
        ("![[claim:x|words]]", "![[claim:x|words]]"),
        ("[a [[x]] b](https://x.org)", "[[x]]"),
    ],
)
def test_malformed_link_is_a_problem(text: str, written: str) -> None:
    """A link that cannot be read is reported, and shown as it was written."""
    markup = convert(text)

    assert _rules(text) == [("malformed-link", written)]
    assert written in markup.html
    assert markup.links == ()
    assert markup.problems[0].help


def test_unknown_kind_has_a_hint() -> None:
    """A misspelt kind is answered with the nearest one."""
    (problem,) = convert("[[clam:x]]").problems

    assert problem.help == 'did you mean "claim"?'


@pytest.mark.parametrize("kind", EMBED_KINDS)
def test_embed_takes_its_paragraphs_place(kind: str) -> None:
    """An embed stands between the pieces before and after, in place of its paragraph."""
    prose = _prose(f"Before.\n\n![[{kind}:2024-06/2024-12]]\n\nAfter.")

    assert prose == ("<p>Before.</p>", Embed(kind, "2024-06/2024-12"), "<p>After.</p>")


@pytest.mark.parametrize(
    "text",
    [
        "a ![[claim:x]]",
        "![[claim:x]]\n![[claim:x]] a",
        "- ![[claim:x]]",
        "> ![[claim:x]]",
        "# ![[claim:x]]",
        "**![[claim:x]]**",
        "a|b\n-|-\n![[claim:x]]|c",
    ],
)
def test_embed_among_words_is_a_problem(text: str) -> None:
    """An embed that is not all of a paragraph is reported, and shown as it was written."""
    markup = convert(text)

    assert _rules(text) == [("embed-not-alone", "![[claim:x]]")]
    assert markup.links == ()
    assert "![[claim:x]]" in markup.html


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("# a\n\n## b\n\n# c", 3, "343"),
        ("## a\n\n## b", 3, "33"),
        ("## a\n\n#### b\n\n### c\n\n# d", 2, "2332"),
        ("# a\n\n## b\n\n### c", 5, "566"),
        ("a\n===\n\nb\n---", 1, "12"),
    ],
)
def test_headings_fit_into_the_page(text: str, base: int, levels: str) -> None:
    """Headings begin at the page's level and skip none, whatever the author began with."""
    html = "".join(str(piece) for piece in fill(convert(text), _resolve, heading_base=base))

    assert "".join(part[0] for part in html.split("<h")[1:]) == levels
    assert "".join(part[0] for part in html.split("</h")[1:]) == levels


def test_author_cannot_write_the_sites_root() -> None:
    """The letters `site:` come only from links to notes, so that they can be replaced blindly."""
    text = '*x* href="site:a" [site:b](https://x.org/?site:c "site:d") `site:e` [[no|site:f]]'

    assert "site:" not in _html(text)
    assert "site:" not in _html('href="site:a"')
    assert plain_text(text) == 'x href="site:a" site:b site:e site:f'


class _Shouting:
    """Stands in for the index of names: marks what it is given."""

    def link(self, html: str, exclude: Collection[str]) -> str:
        return html.replace("pact", f"PACT {'+'.join(sorted(exclude))}")


def test_mentions_are_linked_over_the_whole_field() -> None:
    """Mentions are linked after the author's links are in place, embeds apart."""
    markup = convert("A pact.\n\n![[claim:pact]]\n\nA [[x|pact]].")

    assert fill(markup, _resolve, _Shouting(), frozenset({"claim:a", "actor:b"})) == (
        "<p>A PACT actor:b+claim:a.</p>",
        Embed("claim", "pact"),
        "<p>A PACT actor:b+claim:a.</p>",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("*A* **b** `c`\n[d](https://x.org)", "A b c d"),
        ("# Title\n\nText.\n\n- one\n- two", "Title Text. one two"),
        ("[[pact]], [[pact|the pact]] & [[no]]", "The pact, the pact & no"),
        ("a\n\n![[claim:pact]]\n\nb", "a b"),
        ("1 &lt; 2 &copy; <b>", "1 < 2 © <b>"),
        ("&nbsp;1&nbsp;000&nbsp; ", "\u00a01\u00a0000\u00a0"),
        ("snake_case_word and 2*3*4", "snake_case_word and 234"),
    ],
)
def test_plain_text_is_the_words(text: str, words: str) -> None:
    """Titles, descriptions and search get the words of a text on one line."""
    assert plain_text(text, _resolve) == words


def test_plain_text_without_a_resolver_shows_ids() -> None:
    """Where nothing resolves links, one without words shows its id."""
    assert plain_text("See [[claim:pact]].") == "See pact."


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000,
        "> " * 20_000 + "a",
        "[" * 5_000,
        "![" * 5_000,
        "[a](" * 5_000,
        "[`]`" * 5_000,
        "[[x " * 5_000,
        "- " * 2_000 + "a",
        "1. " * 2_000 + "a",
        "\n".join("    " * depth + "- a" for depth in range(60)),
        "a\n: b\n" * 3_000,
        "~~~a\n" * 10_000,
        "# a\n" * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_bomb_is_a_problem(text: str) -> None:
    """Markdown that would take forever, or all of the stack, is reported and shown as text."""
    markup = convert(text)

    assert [problem.rule for problem in markup.problems] == ["markup-too-deep"]
    assert plain_text(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*" * 10_000, ""),
        ("word " * 40_000, ("word " * 40_000).strip()),
        ("word *a* " * 22_000, ("word a " * 22_000).strip()),
        ("\n\n".join(["> a"] * 2_000), " ".join(["a"] * 2_000)),
        ("- a [[x]]\n" * 2_000, " ".join(["a x"] * 2_000)),
        ("- - - - - - - - - - - - - - - - - - - - - - - - - - - - - -", ""),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_long_text_is_converted(text: str, words: str) -> None:
    """Length alone is no fault: long lines, lists, quotes and rules are converted."""
    assert convert(text).problems == ()
    assert plain_text(text) == words


def test_converter_recovers_from_a_bomb() -> None:
    """After a text that could not be converted the next one is converted as ever."""
    convert("[" * 4_000)
    convert("a\n: b\n" * 2_500)

    assert convert("> *after* the bomb").html == (
        "<blockquote>\n<p><em>after</em> the bomb</p>\n</blockquote>"
    )


def test_nothing_is_kept_from_one_text_to_the_next() -> None:
    """A link's address that one text defines is unknown to the next."""
    convert("[a][kept]\n\n[kept]: https://x.org")

    assert convert("[a][kept] *b*").html == "<p>[a][kept] <em>b</em></p>"


def test_surrogates_and_controls_do_not_reach_the_page() -> None:
    """What cannot be written as UTF-8, or is no character of HTML, is replaced or left out."""
    assert convert("\ud800 a\x00\x02b\x03").html == "<p>\ufffd ab</p>"
    assert convert("*\udfff* &#2;a\x1f").html == "<p><em>\ufffd</em> a</p>"


def test_markup_can_be_kept_in_a_file() -> None:
    """A converted text survives pickling, for the cache."""
    markup = convert("[[pact]] [a](x.html)\n\n![[claim:pact]]")

    assert pickle.loads(pickle.dumps(markup)) == markup


def test_library_is_loaded_for_no_simple_text() -> None:
    """Most builds after a change have none but simple texts to convert."""
    script = (
        "import sys\nfrom sitegen.markup import convert, plain_text\n"
        "convert('It *rained*, says [[a-source]].'), plain_text('It rained.', lambda _: None)\n"
        "print('markdown' in sys.modules)\n"
        "print(convert('> It rained.').html, 'markdown' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.split("\n", 1)[0] == "False"
    assert done.stdout.endswith("</blockquote> True\n")
