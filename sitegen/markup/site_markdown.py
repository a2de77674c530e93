"""Markdown with the content model's links, without raw HTML, images and unsafe addresses.

Knows what may be written and says what is wrong with it; does not know where a link leads.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString

from sitegen.markup.emphasis import EmphasisProcessor
from sitegen.markup.link_syntax import LinkRef, MarkupProblem, TooMuchWorkError, read_link

_TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "br"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "code", "data", "em", "strong"),
}
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "data": {"value"}, "ol": {"start"}}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}


def convert_markdown(text: str) -> tuple[str, tuple[LinkRef, ...], tuple[MarkupProblem, ...]]:
    """Return clean HTML, the links in it and the problems, each in the order of the text.

    In the HTML `<data value="n">` stands for the n-th link. Tables are aligned by the classes
    align-left, align-center and align-right. Raises TooMuchWorkError, and RecursionError where
    something is nested too deeply.
    """
    markdown, ours = _converter()
    try:
        markdown.reset()
        ours.work_left = 100_000 + 50 * len(text)
        html = markdown.convert(text)
    except (RecursionError, TooMuchWorkError):
        _converter.cache_clear()  # its parser stopped half-way
        raise
    html = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        allowed_classes={"td": _ALIGNMENTS, "th": _ALIGNMENTS},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    problems = sorted(dict.fromkeys(ours.problems), key=lambda each: text.find(each.written))
    return html, tuple(ours.links), tuple(problems)


@lru_cache(maxsize=1)
def _converter() -> tuple[Markdown, _SiteExtension]:
    """Return this process's one Markdown instance, and what it found in its last text."""
    ours = _SiteExtension()
    # Extensions as objects: by name they would be searched for among all installed packages.
    tables = TableExtension(use_align_attribute=True)
    others = [SaneListExtension(), DefListExtension(), FencedCodeExtension()]
    return Markdown(extensions=[tables, *others, ours], output_format="html"), ours


class _SiteExtension(Extension):
    """Our changes to Markdown, and what they find in the text at hand."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        self.reset()
        md.registerExtension(self)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # After escapes (180), so that `\[[` is text and `\|` a bar; before Markdown's own links.
        md.inlinePatterns.register(_SiteLinkProcessor(self, md), "site_link", 175)
        for processor, pattern, name, priority in _METERED:
            md.inlinePatterns.register(processor(self, pattern, md), name, priority)
        md.inlinePatterns.register(_OpenLinkProcessor(self, md), "open_link", 121)
        EmphasisProcessor(md)
        md.treeprocessors.register(_Inspector(self), "inspector", -10)

    def reset(self) -> None:
        self.found: list[LinkRef] = []  # as Markdown comes upon them
        self.links: list[LinkRef] = []  # as they stand in the HTML
        self.problems: list[MarkupProblem] = []
        self.work_left = 0

    def spend(self, work: int) -> None:
        self.work_left -= work
        if self.work_left < 0:
            raise TooMuchWorkError

    def report(self, rule: str, message: str, help: str, written: str) -> None:  # noqa: A002
        self.problems.append(MarkupProblem(rule, message, help, written))


# [[…]]

_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")


class _SiteLinkProcessor(InlineProcessor):
    """`[[kind:id|words]]` and `![[kind:id]]`."""

    def __init__(self, ours: _SiteExtension, md: Markdown) -> None:
        super().__init__(r"(!?)\[\[([^\[\]]*)\]\]", md)
        self.ours = ours

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | str, int, int]:
        written = self._restore(m[0], code="`", escape="\\")
        link = read_link(self._restore(m[2]), embed=bool(m[1]), written=written)
        if isinstance(link, MarkupProblem):
            self.ours.problems.append(link)
            return written, m.start(), m.end()
        element = Element("data", value=str(len(self.ours.found)))
        element.text = AtomicString(written)
        self.ours.found.append(link)
        return element, m.start(), m.end()

    def _restore(self, text: str, code: str = "", escape: str = "") -> str:
        """Restore what was written: by now code is stashed, and escaped letters are numbers."""

        def restore(stashed: re.Match[str]) -> str:
            content = self.unescape(stashed[0])
            return content if _ESCAPED.search(content) else code + unescape(content) + code

        return _ESCAPED.sub(
            lambda each: escape + chr(int(each[1])), INLINE_PLACEHOLDER_RE.sub(restore, text)
        )


class _OpenLinkProcessor(InlineProcessor):
    """A `[[` that neither our links nor Markdown's took up."""

    def __init__(self, ours: _SiteExtension, md: Markdown) -> None:
        super().__init__(r"!?\[\[([^\n\x02]{0,40})", md)
        self.ours = ours

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        self.ours.report(
            "malformed-link",
            "this [[ is not closed, or has brackets inside",
            "close it with ]], or write \\[[ where two brackets are meant",
            m[0],
        )
        return data[m.start() : m.start(1)], m.start(), m.start(1)


# Markdown's own links, with a limit: each looks for its end through the rest of the text.


class _Metered(LinkInlineProcessor):
    """`[words](address)`."""

    def __init__(self, ours: _SiteExtension, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.ours = ours

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        text, end, handled = super().getText(data, index)
        self.ours.spend(end - index)
        return text, end, handled

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        href, title, end, handled = super().getLink(data, index)
        if not handled and data.startswith("(", index):
            self.ours.spend(len(data) - index)
        return href, title, end, handled


class _MeteredImage(_Metered, ImageInlineProcessor):
    """`![words](address)`."""


class _MeteredReference(_Metered, ReferenceInlineProcessor):
    """`[words][name]`."""


class _MeteredShortReference(_Metered, ShortReferenceInlineProcessor):
    """`[name]`."""


class _MeteredImageReference(_Metered, ImageReferenceInlineProcessor):
    """`![words][name]`."""


class _MeteredShortImageReference(_Metered, ShortImageReferenceInlineProcessor):
    """`![name]`."""


_METERED: tuple[tuple[type[_Metered], str, str, int], ...] = (
    (_MeteredReference, REFERENCE_RE, "reference", 170),
    (_Metered, LINK_RE, "link", 160),
    (_MeteredImage, IMAGE_LINK_RE, "image_link", 150),
    (_MeteredImageReference, IMAGE_REFERENCE_RE, "image_reference", 140),
    (_MeteredShortReference, REFERENCE_RE, "short_reference", 130),
    (_MeteredShortImageReference, IMAGE_REFERENCE_RE, "short_image_ref", 125),
)


# The finished tree


class _Inspector(Treeprocessor):
    """Judges addresses, takes out images, puts headings in order and numbers our links.

    What must go becomes a `span`, of which the cleaner keeps only the words.
    """

    def __init__(self, ours: _SiteExtension) -> None:
        super().__init__()
        self.ours = ours
        self.headings: list[int] = []

    def run(self, root: Element) -> None:
        self.headings = []
        for block in root:
            self._lift_embed(block)
        for element in root.iter():
            if element.tag == "a":
                self._inspect_link(element)
            elif element.tag == "img":
                self._remove_image(element)
            elif element.tag == "data":
                self._number_link(element)
            elif element.tag in _HEADINGS:
                element.tag = f"h{self._level(int(element.tag[1]))}"
            elif "align" in element.attrib:
                element.set("class", f"align-{element.attrib.pop('align')}")
            elif "start" in element.attrib:
                _tidy_start(element)

    def _lift_embed(self, block: Element) -> None:
        """Put an embed that is all of its paragraph in the paragraph's place."""
        if block.tag != "p" or len(block) != 1 or (block.text or "").strip():
            return
        only = block[0]
        if only.tag != "data" or (only.tail or "").strip() or not self._link(only).embed:
            return
        block.remove(only)
        block.tag, block.text = "data", only.text
        block.attrib = {"value": only.attrib["value"], "alone": ""}

    def _link(self, element: Element) -> LinkRef:
        return self.ours.found[int(element.attrib["value"])]

    def _number_link(self, element: Element) -> None:
        link = self._link(element)
        if link.embed and "alone" not in element.attrib:
            self.ours.report(
                "embed-not-alone",
                "this card does not stand alone in its paragraph",
                "put it on a line of its own between blank lines, outside lists and quotes; in a "
                "text after `>` two blank lines make one, after `|` each stays",
                link.written,
            )
            _strip(element, link.written)
            return
        element.attrib = {"value": str(len(self.ours.links))}
        self.ours.links.append(link)

    def _inspect_link(self, element: Element) -> None:
        way_out = "end the outer link before it, or take one of the two out"
        for inner in element.iter():
            if inner is not element and inner.tag in {"a", "data"}:
                written = inner.text or ""
                self.ours.report("malformed-link", "this link is inside a link", way_out, written)
                _strip(inner, written)
        href = unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&")).strip()
        fault = _fault_of_length(href, element.get("title", "")) or (
            _fault_of(href) or _fault_of_words(element)
        )
        if fault is not None:
            self.ours.report(*fault, href)
            _strip(element, element.text)
            return
        element.set("href", _encode(href))
        if not href.startswith(("#", "mailto:")):
            element.set("rel", "noopener noreferrer external")

    def _remove_image(self, element: Element) -> None:
        self.ours.report(
            "image-not-allowed",
            "a text cannot show an image",
            "say in words what it shows, or link to it",
            element.get("src", ""),
        )
        _strip(element, element.get("alt"))

    def _level(self, written: int) -> int:
        """Return a heading's level: the first is 1, and none is more than one below the last."""
        while self.headings and self.headings[-1] >= written:
            self.headings.pop()
        self.headings.append(written)
        return len(self.headings)


LONGEST_ADDRESS = 4000
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_ALLOWED = re.compile(r"https?://[^/?#]|mailto:[^?]|#.", re.IGNORECASE)
_SCHEME = re.compile(r"[^/?#]*?:|[/\\]{2}")
_HOST = re.compile(r"[^:/?#]*://[^/?#]*")
_NOT_IN_ADDRESS = re.compile(r'[\s\x00-\x20\x7f"<>\[\]\\^`{|}]|%(?![0-9A-Fa-f]{2})')


def _fault_of_length(href: str, title: str) -> tuple[str, str, str] | None:
    """Return what is wrong with an address if it is very long.

    An address that is defined once below a text can be used by many links: without this limit a
    short text could become a page of many megabytes.
    """
    for what, written in (("address", href), ("title", title)):
        if len(written) > LONGEST_ADDRESS:
            count = f"{len(written)} characters, and at most {LONGEST_ADDRESS} are allowed"
            return ("malformed-link", f"the {what} of this link has {count}", "give a shorter one")
    return None


def _fault_of(href: str) -> tuple[str, str, str] | None:
    """Return rule, message and help if a link's address may not be published."""
    if _ALLOWED.match(href):
        try:
            urlsplit(href).port  # noqa: B018 - raises where host or port make no sense
        except ValueError:
            return ("malformed-link", f'"{href}" is no web address', "copy the address again")
        return None
    if not href or href == "#":
        return ("malformed-link", "this link has no address", "write [words](https://…)")
    if _SCHEME.match(href):
        way_out = "only https://, http:// and mailto: addresses and #… in the page are allowed"
        return ("unsafe-link", f'the address "{href}" is not allowed', way_out)
    way_out = "link notes by [[id]] or [[id|words]], everything else by its full https:// address"
    return ("relative-link", f'"{href}" is not a full address', way_out)


def _fault_of_words(link: Element) -> tuple[str, str, str] | None:
    if "".join(link.itertext()).strip() or link.find(".//img") is not None:
        return None
    return ("malformed-link", "this link has no words", "write [words](https://…)")


def _encode(href: str) -> str:
    """Percent-encode what RFC 3986 keeps out of addresses; a host may have square brackets."""
    host = _HOST.match(href)
    start = host.end() if host else 0
    rest = _NOT_IN_ADDRESS.sub(lambda match: quote(match[0]), href[start:])
    rest, mark, fragment = rest.partition("#")
    return href[:start] + rest + mark + fragment.replace("#", "%23")


def _strip(element: Element, words: str | None) -> None:
    element.tag, element.text, element.attrib = "span", words, {}


def _tidy_start(element: Element) -> None:
    """Write a list's first number in ASCII digits, or leave it out if no browser can show it."""
    start = element.attrib.pop("start")
    if len(start) < 10:
        element.set("start", str(int(start)))
