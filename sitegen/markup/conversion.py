"""Markdown of the content model to safe HTML, in two steps.

`convert` depends on the text alone, so its result can be kept; `fill` resolves links when a page is
made. Nothing here knows a note, a file or a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from typing import NamedTuple, Protocol

from msgspec import Struct

from sitegen.markup.link_syntax import LinkRef, MarkupProblem, TooMuchWorkError
from sitegen.markup.memoised import Memoised
from sitegen.markup.simple_prose import convert_simple, words_of_simple
from sitegen.markup.words import HELD, Words

DEEPEST = 24  # quotes and lists inside one another
_MAX_WORK = 100_000_000  # characters looked at; about a second


class Markup(NamedTuple):
    """A converted text: clean HTML, in which `<data value="n">` stands for the n-th of `links`.

    `links` and `problems` come in the order in which the text has them. A text that `is_simple` has
    no markup but paragraphs, plain lists, links and emphasis.
    """

    html: str
    links: tuple[LinkRef, ...] = ()
    problems: tuple[MarkupProblem, ...] = ()
    is_simple: bool = False


class Target(Struct, frozen=True):
    """Where a link leads: a url from the site's root, the note's title, and its `kind:id`."""

    url: str
    title: str
    ref: str


class Embed(Struct, frozen=True):
    """A card, plot or stretch of the timeline that takes a paragraph's place."""

    kind: str
    id: str


Prose = tuple[str | Embed, ...]
Resolve = Callable[[LinkRef], Target | None]


class MentionLinker(Protocol):
    """What links actors and places at their first mention in a piece of HTML."""

    def link(self, html: str, exclude: Collection[str]) -> str:
        """Return the HTML with links to whatever it mentions, but for the refs in `exclude`."""


@Memoised
def convert(text: str) -> Markup:
    """Return the text's HTML, links and problems; never raises.

    Raw HTML is shown as text. Only http, https, mailto and `#…` links pass; images do not. The
    result depends on nothing but the text. Not safe for threads: a process has a single converter.
    """
    text = _convertible(text)
    if simple := convert_simple(text):
        html, links = simple
        return Markup(_without_site(html), links, is_simple=True)
    if deep := next(filter(_is_too_deep, text.split("\n")), ""):
        return _unconverted(text, deep)
    if _work_for(text) > _MAX_WORK:
        return _unconverted(text, max(_blocks(text), key=_work_for))
    try:
        html, links, problems = _by_library(text)
    except (RecursionError, TooMuchWorkError):
        return _unconverted(text, next(filter(_is_too_much, _blocks(text)), text))
    html = _CONTROL.sub("", html).replace("&nbsp;", "\xa0")
    return Markup(_without_site(html), links, problems)


def _by_library(text: str) -> tuple[str, tuple[LinkRef, ...], tuple[MarkupProblem, ...]]:
    """Return what `convert_markdown` does, loaded with the first text that needs it.

    Few texts are more than simple prose, and to load the library takes longer than to convert one.
    """
    from sitegen.markup.site_markdown import convert_markdown

    return convert_markdown(text)


def whole(text: str) -> str:
    """Return a text without halves of characters, which no page can show; offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _convertible(text: str) -> str:
    return whole(text).rstrip(" \n")


def fill(
    markup: Markup,
    resolve: Resolve,
    mentions: MentionLinker | None = None,
    exclude: Collection[str] = frozenset(),
    heading_base: int = 3,
) -> Prose:
    """Return pieces of HTML, each well-formed in itself, and embeds, in order.

    A link's address is written `href="site:` plus the target's url; nothing an author writes can
    give the letters `site:` in the HTML. What does not resolve becomes plain words. The highest
    headings get the level `heading_base`. `exclude` are refs that `mentions` shall not link;
    nor does it link again what a link leads to.
    """
    linked = {*exclude}
    html = _shift_headings(markup.html, heading_base)
    if markup.links:
        pieces = _PLACEHOLDER.split(html)
        for number, link in enumerate(markup.links):
            target = None if link.embed else resolve(link)
            if target is not None:
                linked.add(target.ref)
            pieces[2 * number + 1] = _link_html(link, target, number)
        html = "".join(pieces)
    if mentions is not None:
        html = mentions.link(html, linked)
    return _split_at_embeds(html, markup.links)


def plain_text(text: str, resolve: Resolve | None = None) -> str:
    """Return the words without markup, on one line.

    A link without words gives its target's title, or its id where nothing resolves it; an embed
    gives nothing.
    """

    def own(link: LinkRef) -> str:
        if link.words or link.embed:  # which need not be resolved
            return "" if link.embed else link.words or ""
        target = resolve(link) if resolve else None
        return _link_words(link, target)

    return words_in(text).filled(own)


def words_in(text: str) -> Words:
    """Return the words of a text without its markup; simple texts are not converted for that."""
    if known := convert.known(text):
        return words_of_markup(known)
    simple = words_of_simple(_convertible(text))
    return words_of_markup(convert(text)) if simple is None else simple


def words_of_markup(markup: Markup) -> Words:
    """Return the words of a converted text without markup."""
    html = _INLINE_TAG.sub("", _PLACEHOLDER.sub(HELD, markup.html))
    return Words(unescape(_TAG.sub(" ", html)), markup.links)


# Filling

_PLACEHOLDER = re.compile(r'<data value="(\d++)">[^<]*+</data>')
_HEADING = re.compile(r"(</?h)([1-6])>")
_TAG = re.compile(r'<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*>')
_INLINE_TAG = re.compile(r'</?(?:a|code|em|strong)\b[^<>"]*+(?:"[^"]*+"[^<>"]*+)*>')


def _shift_headings(html: str, base: int) -> str:
    if "<h" not in html:
        return html
    return _HEADING.sub(lambda match: f"{match[1]}{min(6, int(match[2]) + base - 1)}>", html)


def _link_words(link: LinkRef, target: Target | None) -> str:
    return link.words or (target.title if target else link.id)


def _link_html(link: LinkRef, target: Target | None, number: int) -> str:
    if link.embed:
        return f'<data value="{number}"></data>'
    words = _without_site(escape(_link_words(link, target), quote=False))
    if target is None:
        return words
    ref, url = escape(target.ref), escape(target.url)
    return f'<a class="ref" data-ref="{ref}" href="site:{url}">{words}</a>'


def _without_site(html: str) -> str:
    """Break up `site:`, which in links made here stands for the way to the site's root."""
    return html.replace("site:", "site&#58;")


def _split_at_embeds(html: str, links: tuple[LinkRef, ...]) -> Prose:
    if "<data" not in html:
        return (bare,) if (bare := html.strip("\n")) else ()
    prose: list[str | Embed] = []
    for index, piece in enumerate(_PLACEHOLDER.split(html)):
        if index % 2:
            link = links[int(piece)]
            prose.append(Embed(link.kind or "", link.id))
        elif piece.strip("\n"):
            prose.append(piece.strip("\n"))
    return tuple(prose)


# Texts that cannot be converted

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|(?:[*+:-]|\d{1,9}\.)(?=[ \t])))+")
_RULE_LINE = re.compile(r"[ ]*([-*_])(?:[ ]*\1)+[ ]*$")
_FENCE = re.compile(r"^[ ]*(?:~~~|```)", re.MULTILINE)
_HEADING_OR_RULE = re.compile(r"^[ >]*(?:#|[-=*_][-=*_ ]*$)", re.MULTILINE)


def _blocks(text: str) -> list[str]:
    return re.split(r"\n\n+", text.strip("\n"))


def _plain_html(text: str) -> str:
    blocks = _blocks(text) if text.strip() else []
    return _without_site("\n".join(f"<p>{escape(each, quote=False)}</p>" for each in blocks))


def _unconverted(text: str, culprit: str) -> Markup:
    """Return a text that cannot be converted as it is; `culprit` is the part that is to blame."""
    problem = MarkupProblem(
        "markup-too-deep",
        "this text has too much Markdown inside other Markdown to be converted",
        "take out nested quotes and lists, stray brackets and long runs of markup characters",
        culprit.strip().partition("\n")[0][:40],
    )
    return Markup(_plain_html(_CONTROL.sub("", text)), problems=(problem,))


def _is_too_much(block: str) -> bool:
    """Return whether a part of a text cannot be converted by itself."""
    try:
        _by_library(block)
    except (RecursionError, TooMuchWorkError):
        return True
    return False


def _is_too_deep(line: str) -> bool:
    match = _MARKERS.match(line)
    if match is None or _RULE_LINE.match(line):
        return False
    indent = len(line) - len(line.lstrip(" "))
    return indent // 4 + len(_MARKER.findall(match[0])) > DEEPEST


_MARKER = re.compile(r">|[*+:-]|\d+\.")


def _work_for(text: str) -> int:
    """Return how many characters Markdown may look at in steps that are not linear in the text.

    It looks for the end of each code fence through the whole text, cuts a block at each heading
    and rule, and compares all code spans of a table's row with all its cells.
    """
    work = len(_FENCE.findall(text)) * len(text)
    for block in text.split("\n\n"):
        work += len(_HEADING_OR_RULE.findall(block)) * len(block)
        if "`" in block and "|" in block:
            work += sum(line.count("`") * len(line) for line in block.split("\n"))
    return work
