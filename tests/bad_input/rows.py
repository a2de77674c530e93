"""The table: each bad input, and what it gives.

A row changes one thing in a small sound project. `gives` is `works`, with the warnings that come
along, or the report of the one error: its rule, place and message.
"""

# ruff: noqa: E501 - messages stand here as they are given

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.archive import unpack

SOUND: Final = unpack("""
    -- content/site.yaml --
    title: Rain
    -- content/actors/mayor.yaml --
    name: The mayor
    -- content/claims/rain.yaml --
    statement: It rained on Monday.
    actors: [mayor]
    evidence:
      - source: herald
        quote: It rained on Monday
    -- content/claims/gates.yaml --
    statement: The gates stayed shut.
    actors: [mayor]
    evidence:
      - source: herald
        quote: did not open the gates
    -- content/events/storm.yaml --
    title: The storm
    date: 2024-06-17
    claims: [rain]
    -- content/pages/index.md --
    ---
    title: What is known
    ---
    It rained, see [[rain]].
    -- content/sources/herald.yaml --
    title: Rain on Monday
    text: herald.txt
    -- seeds/herald.txt --
    It rained on Monday.

    The mayor did not open the gates.
    """)

Change = Mapping[str, str | bytes | None] | Callable[[Path], None]
"""New files by path, None for one that is taken away; or what is done to the project's folder."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bad input and what it gives; `shows` are words that the claim's page must then have."""

    given: str
    change: Change
    gives: str
    shows: str = ""


def statement(written: str) -> Change:
    """Return the claim with something else written as its statement, as YAML."""
    return _replaced("content/claims/rain.yaml", "It rained on Monday.", written)


def claim(more: str) -> Change:
    """Return the claim with more lines below it."""
    return {"content/claims/rain.yaml": SOUND["content/claims/rain.yaml"] + more}


def source(more: str) -> Change:
    """Return the source with more lines below it."""
    return {"content/sources/herald.yaml": SOUND["content/sources/herald.yaml"] + more}


def event(more: str) -> Change:
    """Return the event with more lines below it."""
    return {"content/events/storm.yaml": SOUND["content/events/storm.yaml"] + more}


def body(text: str) -> Change:
    """Return the front page with another body."""
    return _replaced("content/pages/index.md", "It rained, see [[rain]].", text)


def article(before: str | bytes, after: str | bytes = "") -> Change:
    """Return the article with something before and after its words."""
    first, last = (each.encode() if isinstance(each, str) else each for each in (before, after))
    return {"seeds/herald.txt": first + SOUND["seeds/herald.txt"].encode() + last}


def in_bytes(path: str, make: Callable[[str], bytes]) -> Change:
    """Return a file in other bytes."""
    return {path: make(SOUND[path])}


def named(path: str) -> Change:
    """Return a second claim under another name."""
    return {path: SOUND["content/claims/gates.yaml"]}


def _replaced(path: str, old: str, new: str) -> Change:
    assert old in SOUND[path]
    return {path: SOUND[path].replace(old, new, 1)}


def _link(path: str, target: str) -> Change:
    def make(folder: Path) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_file():
            place.unlink()
        place.symlink_to(target)

    return make


def _linked_away(name: str) -> Change:
    """Return what moves a folder out of the project and leaves a link to it."""

    def make(folder: Path) -> None:
        (folder / name).rename(folder.parent / "outside" / name)
        (folder / name).symlink_to(f"../outside/{name}")

    return make


def _folder_in_place_of(path: str) -> Change:
    def make(folder: Path) -> None:
        (folder / path).unlink()
        (folder / path).mkdir()

    return make


def _pipe(folder: Path) -> None:
    getattr(os, "mkfifo", os.mkdir)(folder / "content" / "claims" / "pipe.yaml")


_CLAIM, _SEED, _SITE = "content/claims/rain.yaml", "seeds/herald.txt", "content/site.yaml"
_INDEX = "content/pages/index.md"
_BOMB = "".join(
    f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 9)
)

ROWS: Final = (
    # Text that is more than it seems
    Row(
        "a right-to-left override in a statement",
        statement('"It rained \u202eyadnoM no."'),
        "works",
        "It rained U+202EyadnoM no.",
    ),
    Row(
        "the same, as an escape",
        statement(r'"It rained \u202eyadnoM no."'),
        "works",
        "It rained U+202EyadnoM no.",
    ),
    Row(
        "isolates and embeddings",
        statement("It \u2066rained\u2069 \u202aon\u202c Monday."),
        "works",
        "It U+2066rainedU+2069 U+202AonU+202C Monday.",
    ),
    Row(
        "zero-width characters in a statement",
        statement("It ra\u200bined on\u2060 Mon\u200cday\ufeff."),
        "works",
        "It raU+200Bined onU+2060 MonU+200Cday",
    ),
    Row(
        "joiners in Persian and in pictures",
        statement("می\u200cخواهم \U0001f468\u200d\U0001f469."),
        "works",
        "می\u200cخواهم \U0001f468\u200d\U0001f469.",
    ),
    Row(
        "an override in a link's address",
        body("[words](https://example.org/\u202egnp.exe)"),
        "works",
    ),
    Row("an override as an entity in Markdown", body("Words &#8238;sdrow"), "works"),
    Row(
        "an override in a quote that the article has",
        {
            _SEED: "It rained on \u202eyadnoM.\n\nThe mayor did not open the gates.\n",
            _CLAIM: SOUND[_CLAIM].replace("It rained on Monday\n", '"It rained on \u202eyadnoM"\n'),
        },
        "works",
        "It rained on U+202EyadnoM",
    ),
    Row(
        "a zero-width space in the article only",
        _replaced(_SEED, "rained", "rai\u200bned"),
        'error[quote-changed] content/claims/rain.yaml:5:12: these words are not quite those of the source "herald"',
    ),
    Row(
        "a zero-width space in the quote only",
        _replaced(_CLAIM, "quote: It rained", "quote: It rai\u200bned"),
        'error[quote-changed] content/claims/rain.yaml:5:12: these words are not quite those of the source "herald"',
    ),
    Row("a soft hyphen in the article only", _replaced(_SEED, "rained", "rai\u00adned"), "works"),
    Row(
        "no-break spaces in the article only",
        _replaced(_SEED, "It rained", "It\u00a0rained"),
        "works",
    ),
    Row(
        "a decomposed letter in the quote, a composed one in the article",
        {
            _SEED: SOUND[_SEED] + "Café closed.\n",
            _CLAIM: SOUND[_CLAIM]
            + unicodedata.normalize("NFD", "  - source: herald\n    quote: Café closed\n"),
        },
        "works",
    ),
    Row(
        "a composed letter in the quote, a decomposed one in the article",
        {
            _SEED: SOUND[_SEED] + unicodedata.normalize("NFD", "Café 각 closed.\n"),
            _CLAIM: SOUND[_CLAIM] + "  - source: herald\n    quote: Café 각 closed\n",
        },
        "works",
    ),
    Row(
        "Cyrillic letters that look like Latin ones in the quote",
        _replaced(_CLAIM, "quote: It rained", "quote: It r\u0430ined"),
        'error[quote-changed] content/claims/rain.yaml:5:12: these words are not quite those of the source "herald"',
    ),
    # Characters that are none
    Row(
        "a NUL in a note",
        statement("It rained\0on Monday."),
        "error[yaml-character] content/claims/rain.yaml:1:21: the character U+0000 cannot stand in YAML",
    ),
    Row(
        "a NUL as an escape",
        statement(r'"It rained\0on Monday."'),
        "error[yaml-character] content/claims/rain.yaml:1:12: the value holds the control character U+0000",
    ),
    Row(
        "an escape character in a note",
        statement("It \x1b[31mrained."),
        "error[yaml-character] content/claims/rain.yaml:1:15: the character U+001B cannot stand in YAML",
    ),
    Row("a NUL in a page's text", body("It\0rained."), "works"),
    Row(
        "a NUL and other controls in the article",
        article("\0\x01\x07\x08\x1b[2J\x7f\x85 ", "\0"),
        "works",
    ),
    Row(
        "a lone surrogate as an escape",
        statement(r'"It rained \ud800."'),
        'error[yaml-syntax] content/claims/rain.yaml:1:23: "\\ud800" is half a character',
    ),
    Row(
        "a pair of surrogates as escapes",
        statement(r'"It rained \ud83d\ude00."'),
        'error[yaml-syntax] content/claims/rain.yaml:1:23: "\\ud83d" is half a character',
    ),
    Row(
        "a code point beyond Unicode",
        statement(r'"It rained \UFFFFFFFF."'),
        'error[yaml-syntax] content/claims/rain.yaml:1:23: "\\U" means nothing inside double quotes',
    ),
    Row("a noncharacter in the article", article("\ufffe\uffff "), "works"),
    # Files in other bytes
    Row(
        "a note that is not UTF-8",
        in_bytes(_CLAIM, lambda text: text.encode() + b"# \xff\n"),
        "error[not-utf8] content/claims/rain.yaml:6:3: the byte 0xFF is not UTF-8 text",
    ),
    Row(
        "a surrogate in UTF-8",
        in_bytes(_CLAIM, lambda text: text.encode() + b"# \xed\xa0\x80\n"),
        "error[not-utf8] content/claims/rain.yaml:6:3: the byte 0xED is not UTF-8 text",
    ),
    Row(
        "an overlong form",
        in_bytes(_CLAIM, lambda text: text.encode() + b"# \xc0\xaf\n"),
        "error[not-utf8] content/claims/rain.yaml:6:3: the byte 0xC0 is not UTF-8 text",
    ),
    Row(
        "a note in UTF-16",
        in_bytes(_CLAIM, lambda text: text.encode("utf-16")),
        "error[not-utf8] content/claims/rain.yaml:1:1: this file is UTF-16 text, not UTF-8",
    ),
    Row(
        "an article in UTF-16",
        in_bytes(_SEED, lambda text: text.encode("utf-16")),
        "error[not-utf8] seeds/herald.txt:1:1: this file is UTF-16 text, not UTF-8",
    ),
    Row(
        "an article that is not UTF-8",
        article(b"\x93Yes\x94 "),
        "error[not-utf8] seeds/herald.txt:1:1: the byte 0x93 is not UTF-8 text",
    ),
    Row(
        "an article that is a picture",
        {_SEED: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"},
        "error[not-utf8] seeds/herald.txt:1:1: the byte 0x89 is not UTF-8 text",
    ),
    Row(
        "byte order marks",
        {path: b"\xef\xbb\xbf" + SOUND[path].encode() for path in (_CLAIM, _SEED, _SITE, _INDEX)},
        "works",
    ),
    Row(
        "Windows line ends",
        {path: SOUND[path].replace("\n", "\r\n") for path in (_CLAIM, _SEED, _SITE, _INDEX)},
        "works",
    ),
    Row(
        "old Mac line ends",
        {path: SOUND[path].replace("\n", "\r") for path in (_CLAIM, _SEED, _SITE, _INDEX)},
        'error[missing-field] content/pages/index.md:1:1: the field "title" is missing',
    ),
    Row(
        "an empty note",
        {_CLAIM: ""},
        "error[empty-note] content/claims/rain.yaml:1:1: there is nothing in it",
    ),
    Row(
        "an empty article",
        {_SEED: ""},
        'error[quote-missing] content/claims/gates.yaml:5:12: these words are not in the source "herald" (and 1 more)',
    ),
    # YAML
    Row(
        "a tag that would run Python",
        statement("!!python/object/apply:os.system ['true']"),
        'error[yaml-tag] content/claims/rain.yaml:1:12: the value begins with the tag "!!python/object/apply:os.system"',
    ),
    Row(
        "a tag of one's own",
        statement("!rain It rained on Monday."),
        'error[yaml-tag] content/claims/rain.yaml:1:12: the value begins with the tag "!rain"',
    ),
    Row(
        "an anchor and its alias",
        claim("date: &day 2024-06-17\ntags: [*day]\n"),
        'error[yaml-alias] content/claims/rain.yaml:6:7: the value begins with the anchor "&day"',
    ),
    Row(
        "an alias bomb",
        {_CLAIM: f"l0: &l0 [x, x]\n{_BOMB}{SOUND[_CLAIM]}"},
        'error[yaml-alias] content/claims/rain.yaml:1:5: the value begins with the anchor "&l0" (and 8 more)',
    ),
    Row(
        "an alias that holds itself",
        claim("tags: &tags [*tags]\n"),
        'error[yaml-alias] content/claims/rain.yaml:6:7: the value begins with the anchor "&tags"',
    ),
    Row(
        "a merge key",
        claim("<<: {statement: x}\n"),
        'error[unknown-field] content/claims/rain.yaml:6:1: unknown field "<<"',
    ),
    Row(
        "50,000 brackets",
        claim(f"tags: {'[' * 50_000}\n"),
        "error[yaml-depth] content/claims/rain.yaml:6:46: this is nested deeper than 40 levels",
    ),
    Row(
        "50,000 levels of indented lists",
        claim(f"tags:\n{'- ' * 50_000}x\n"),
        "error[yaml-depth] content/claims/rain.yaml:7:79: this is nested deeper than 40 levels",
    ),
    Row(
        "a second document",
        claim("---\nstatement: x\n"),
        "error[yaml-syntax] content/claims/rain.yaml:6:1: a second document begins here",
    ),
    Row(
        "a key written twice",
        claim("statement: It did not rain.\n"),
        'error[repeated-key] content/claims/rain.yaml:6:1: the key "statement" is written twice',
    ),
    Row(
        "a list as a key",
        claim("? [a, b]\n: c\n"),
        "error[yaml-key] content/claims/rain.yaml:6:3: a key is plain text, not a list, a mapping or nothing",
    ),
    Row(
        "a sentence cut by a comment",
        statement("He said #7 first"),
        "works; warning[cut-by-comment]",
    ),
    Row(
        "a number of 5,000 digits",
        claim(f"quantity: {{measure: m, value: {'9' * 5000}}}\n"),
        'error[invalid-value] content/claims/rain.yaml:6:31: value: "99999999999999999999999999999999999999999999999999999999999…" is not a number',
    ),
    Row(
        "infinity as a number",
        claim("quantity: {measure: m, value: .inf}\n"),
        'error[invalid-value] content/claims/rain.yaml:6:31: value: ".inf" is not a number',
    ),
    # Markdown
    Row(
        "raw HTML",
        body("<b>It</b> <img src=x onerror=alert(1)> rained.\n\n<div onclick=x>"),
        "works",
    ),
    Row(
        "a picture as SVG", body('<svg onload="alert(1)"><script>alert(1)</script></svg>'), "works"
    ),
    Row(
        "an image",
        body("![rain](https://example.org/rain.svg)"),
        "error[image-not-allowed] content/pages/index.md:4:9: a text cannot show an image",
    ),
    Row(
        "a javascript: link",
        body("It [rained](javascript:alert(1))."),
        'error[unsafe-link] content/pages/index.md:4:13: the address "javascript:alert(1)" is not allowed',
    ),
    Row(
        "the same, disguised",
        body("It [rained](&#106;ava\tscript&colon;alert(1))."),
        'error[unsafe-link] content/pages/index.md:4:1: the address "java   script:alert(1)" is not allowed',
    ),
    Row(
        "the same, as a reference",
        body("It [rained][1].\n\n[1]: JavaScript:alert(1)"),
        'error[unsafe-link] content/pages/index.md:6:6: the address "JavaScript:alert(1)" is not allowed',
    ),
    Row("the same, in angle brackets", body("It <javascript:alert(1)> rained."), "works"),
    Row(
        "a data: link",
        body("It [rained](data:text/html;base64,PHNjcmlwdD4=)."),
        'error[unsafe-link] content/pages/index.md:4:13: the address "data:text/html;base64,PHNjcmlwdD4=" is not allowed',
    ),
    Row(
        "a vbscript: link",
        body("It [rained](vbscript:msgbox)."),
        'error[unsafe-link] content/pages/index.md:4:13: the address "vbscript:msgbox" is not allowed',
    ),
    Row(
        "a link without a scheme",
        body("It [rained](//example.org/)."),
        'error[unsafe-link] content/pages/index.md:4:13: the address "//example.org/" is not allowed',
    ),
    Row(
        "a link to a file",
        body("It [rained](../../../etc/passwd)."),
        'error[relative-link] content/pages/index.md:4:13: "../../../etc/passwd" is not a full address',
    ),
    Row(
        "a link title that would end its attribute",
        body("It [rained](https://example.org/ '\" onmouseover=\"alert(1)')."),
        "works",
    ),
    Row(
        "template syntax", body("{{ site.title }} {% include 'x' %} {# x #} ${x} <%= x %>"), "works"
    ),
    Row(
        "2,000 quotes in one another",
        body(f"Words.\n\n{'>' * 2000} It rained."),
        "error[markup-too-deep] content/pages/index.md:6:1: this text has too much Markdown inside other Markdown to be converted",
    ),
    Row(
        "20,000 open brackets",
        body("[" * 20_000),
        "error[markup-too-deep] content/pages/index.md:4:1: this text has too much Markdown inside other Markdown to be converted",
    ),
    Row("20,000 stars", body("*a " * 20_000), "works"),
    Row(
        "10,000 backquotes in runs",
        body(" ".join("`" * (each % 40) for each in range(500))),
        "works",
    ),
    # Addresses
    Row(
        "a javascript: address",
        source("url: javascript:alert(1)\n"),
        'error[invalid-value] content/sources/herald.yaml:3:6: url: "javascript:alert(1)" is not a web address',
    ),
    Row(
        "a data: address",
        source("url: data:text/html,x\n"),
        'error[invalid-value] content/sources/herald.yaml:3:6: url: "data:text/html,x" is not a web address',
    ),
    Row(
        "an address with a quotation mark",
        source('url: https://example.org/"onmouseover="alert(1)\n'),
        "works",
    ),
    Row(
        "a base_url that is a script",
        {_SITE: "title: Rain\nbase_url: javascript:alert(1)\n"},
        'error[invalid-value] content/site.yaml:2:11: base_url: "javascript:alert(1)" is not a web address',
    ),
    # Ids and paths
    Row("an id with dots", named("content/claims/..rain.yaml"), "works"),
    Row(
        "an id with spaces",
        named("content/claims/it rained.yaml"),
        'error[bad-file-name] content/claims/it rained.yaml:1:1: "it rained" cannot be an id',
    ),
    Row(
        "a name that Windows reserves",
        named("content/claims/aux.yaml"),
        'error[bad-file-name] content/claims/aux.yaml:1:1: "aux" is reserved',
    ),
    Row(
        "an id that differs in case only",
        named("content/claims/Rain.yaml"),
        'error[bad-file-name] content/claims/Rain.yaml:1:1: "Rain" cannot be an id',
    ),
    Row(
        "an id that looks like another one",
        named("content/claims/r\u0430in.yaml"),
        'error[bad-file-name] content/claims/r\u0430in.yaml:1:1: "r\u0430in" cannot be an id',
    ),
    Row(
        "an id of 240 characters",
        named(f"content/claims/{'rain' * 60}.yaml"),
        "error[bad-file-name] content/claims/rainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrainrain.yaml:1:1: this id has 240 characters, at most 80 may be",
    ),
    Row(
        "one claim as .yaml and as .yml",
        named("content/claims/rain.yml"),
        'error[repeated-id] content/claims/rain.yml:1:1: another claim has the id "rain"',
    ),
    Row(
        "an id that leads up",
        claim("events: [../../../etc/passwd]\n"),
        'error[invalid-value] content/claims/rain.yaml:6:10: events: "../../../etc/passwd" is not an id',
    ),
    Row(
        "an absolute id",
        claim("events: [/etc/passwd]\n"),
        'error[invalid-value] content/claims/rain.yaml:6:10: events: "/etc/passwd" is not an id',
    ),
    Row(
        "an id of 300 characters in a list",
        claim(f"events: [{'a' * 300}]\n"),
        'error[invalid-value] content/claims/rain.yaml:6:10: events: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is not an id',
    ),
    Row(
        "a former id that leads up",
        claim("aliases: [../../index]\n"),
        'error[invalid-value] content/claims/rain.yaml:6:11: aliases: "../../index" is not an id',
    ),
    Row(
        "a former id that is an address of the site",
        claim("aliases: [index]\n"),
        'error[alias-taken] content/claims/rain.yaml:6:11: "index" is reserved',
    ),
    Row(
        "an article outside seeds/",
        _replaced("content/sources/herald.yaml", "herald.txt", "../../outside/secret.txt"),
        'error[seed-not-found] content/sources/herald.yaml:2:7: "../../outside/secret.txt" leads out of seeds/',
    ),
    Row(
        "an article by an absolute path",
        _replaced("content/sources/herald.yaml", "herald.txt", "/etc/passwd"),
        'error[seed-not-found] content/sources/herald.yaml:2:7: "/etc/passwd" leads out of seeds/',
    ),
    Row(
        "an article by a path of Windows",
        _replaced("content/sources/herald.yaml", "herald.txt", r"..\..\outside\secret.txt"),
        'error[seed-not-found] content/sources/herald.yaml:2:7: there is no text "..\\..\\outside\\secret.txt" below seeds/',
    ),
    Row(
        "a link in Markdown that leads up",
        body("[[../../../etc/passwd]]"),
        'error[broken-link] content/pages/index.md:4:1: there is no note "../../../etc/passwd"',
    ),
    # Links and folders
    Row(
        "a note that is a link out of the project",
        _link("content/claims/more.yaml", "../../../outside/note.yaml"),
        "error[outside-project] content/claims/more.yaml:1:1: this link leads out of the project",
    ),
    Row(
        "an article that is a link out of the project",
        _link(_SEED, "../../outside/secret.txt"),
        "error[outside-project] seeds/herald.txt:1:1: this link leads out of the project",
    ),
    Row(
        "a folder of notes that is a link out of the project",
        _link("content/places", "../../outside"),
        "error[outside-project] content/places:1:1: this link leads out of the project",
    ),
    Row(
        "a folder of articles that is a link out of the project",
        _link("seeds/more", "../../outside"),
        "works",
    ),
    Row(
        "a link to itself",
        _link("content/claims/ring.yaml", "ring.yaml"),
        "error[cannot-read] content/claims/ring.yaml:1:1: cannot read this file: its links go in a circle",
    ),
    Row("a folder that holds itself", _link("seeds/again", "."), "works"),
    Row(
        "a folder of notes that holds itself",
        _link("content/claims/again", "."),
        'error[stray-file] content/claims/again:1:1: "again" is no claim and is not read',
    ),
    Row(
        "a link to nothing",
        _link("content/claims/gone.yaml", "nothing.yaml"),
        "error[cannot-read] content/claims/gone.yaml:1:1: cannot read this file: no such file or directory",
    ),
    Row(
        "a folder in a note's place",
        _folder_in_place_of(_CLAIM),
        'error[stray-file] content/claims/rain.yaml:1:1: "rain.yaml" is no claim and is not read',
    ),
    Row(
        "a pipe in a note's place",
        _pipe,
        "error[cannot-read] content/claims/pipe.yaml:1:1: this is no ordinary file",
    ),
    Row("templates that are a link out of the project", _link("templates", "../outside"), "works"),
    Row(
        "notes that are a link out of the project",
        _linked_away("content"),
        "error[outside-project] content:1:1: this link leads out of the project",
    ),
    Row(
        "articles that are a link out of the project",
        _linked_away("seeds"),
        "error[outside-project] seeds:1:1: this link leads out of the project",
    ),
    # References
    Row(
        "an event that is part of itself",
        event("part_of: storm\n"),
        "error[self-reference] content/events/storm.yaml:4:10: this event names itself",
    ),
    Row(
        "events that are part of one another",
        {
            "content/events/a.yaml": "title: A\ndate: 2024\npart_of: b\nclaims: [rain]\n",
            "content/events/b.yaml": "title: B\ndate: 2024\npart_of: a\nclaims: [rain]\n",
        },
        "error[circular-reference] content/events/a.yaml:3:10: these name one another in a circle: a \u2192 b \u2192 a",
    ),
    Row(
        "actors that are members of one another",
        {
            "content/actors/mayor.yaml": "name: The mayor\nmember_of: [town]\n",
            "content/actors/town.yaml": "name: The town\nmember_of: [mayor]\n",
        },
        "error[circular-reference] content/actors/mayor.yaml:2:13: these name one another in a circle: mayor \u2192 town \u2192 mayor",
    ),
    Row(
        "a source that has it from itself",
        source("origins: [source:herald]\n"),
        "error[self-reference] content/sources/herald.yaml:3:11: this source names itself",
    ),
    Row(
        "claims that depend on one another",
        {
            _CLAIM: SOUND[_CLAIM] + "relations: [{type: depends-on, claim: gates}]\n",
            "content/claims/gates.yaml": SOUND["content/claims/gates.yaml"]
            + "relations: [{type: depends-on, claim: rain}]\n",
        },
        "error[circular-reference] content/claims/gates.yaml:6:39: these name one another in a circle: gates \u2192 rain \u2192 gates",
    ),
    Row(
        "a page that shows itself",
        body("![[page:index]]"),
        'error[malformed-link] content/pages/index.md:4:1: no kind of note that can be embedded is "page"',
    ),
    Row(
        "notes that show each other's cards",
        {
            _CLAIM: SOUND[_CLAIM] + 'analysis: "![[claim:gates]]"\n',
            "content/claims/gates.yaml": SOUND["content/claims/gates.yaml"]
            + 'analysis: "![[claim:rain]]"\n',
        },
        "works",
    ),
    # Dates
    Row(
        "a day that does not exist",
        claim("date: 2023-02-29\n"),
        'error[invalid-date] content/claims/rain.yaml:6:7: date: "2023-02-29" is no day: February 2023 has 28 days',
    ),
    Row(
        "a month that does not exist",
        claim("date: 2024-13\n"),
        "error[invalid-date] content/claims/rain.yaml:6:7: date: there is no month 13",
    ),
    Row(
        "an end before its start",
        claim("date: 2024-10/2024-09\n"),
        'error[invalid-date] content/claims/rain.yaml:6:7: date: the interval "2024-10/2024-09" ends before it starts',
    ),
    Row(
        "a year of 40 digits",
        claim(f"date: {'9' * 40}\n"),
        'error[invalid-date] content/claims/rain.yaml:6:7: date: "9999999999999999999999999999999999999999" is no date',
    ),
    Row(
        "an hour in a date's place",
        claim("date: 12:30\n"),
        'error[invalid-date] content/claims/rain.yaml:6:7: date: "12:30" is no date',
    ),
    Row(
        "a number range from high to low",
        {
            "content/measures/m.yaml": "title: Rain\nunit: millimetres\n",
            _CLAIM: SOUND[_CLAIM] + "quantity: {measure: m, min: 9, max: 1}\n",
        },
        "error[invalid-value] content/claims/rain.yaml:6:29: min: this is greater than `max`",
    ),
)
