"""Output paths and hrefs."""

from __future__ import annotations

import pytest

from sitegen.kinds import Kind
from sitegen.urls import (
    evidence_anchor,
    list_url,
    note_url,
    passage_anchor,
    passage_url,
    path_fault,
    path_key,
    root_prefix,
    text_fragment,
)

ARTICLE = "https://example.org/news/a.html"


@pytest.mark.parametrize(
    ("kind", "id", "url"),
    [
        ("claim", "gates-opened", "claims/gates-opened.html"),
        ("event", "flood", "events/flood.html"),
        ("source", "herald", "sources/herald.html"),
        ("actor", "dam-authority", "actors/dam-authority.html"),
        ("place", "old-town", "places/old-town.html"),
        ("question", "who-knew", "questions/who-knew.html"),
        ("measure", "level", "measures/level.html"),
        ("page", "how-it-began", "pages/how-it-began.html"),
        ("page", "index", "index.html"),
        ("correction", "wrong-date", "corrections.html#wrong-date"),
    ],
)
def test_note_has_a_url_by_kind(kind: str, id: str, url: str) -> None:  # noqa: A002
    """A note's page lies in its kind's folder, the front page at the root, corrections on one."""
    assert note_url(Kind(kind), id) == url


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("claim", "claims/index.html"),
        ("page", "pages/index.html"),
        ("correction", "corrections.html"),
    ],
)
def test_kind_has_a_list(kind: str, url: str) -> None:
    """Each kind has one page that lists its notes."""
    assert list_url(Kind(kind)) == url


def test_passage_is_named_by_its_offsets() -> None:
    """A passage's id holds the offsets of every segment of an elided quote."""
    assert passage_anchor([(1204, 1290)]) == "passage-1204-1290"
    assert passage_anchor([(12, 20), (31, 44)]) == "passage-12-20-31-44"
    assert passage_url("herald", [(12, 90)]) == "sources/herald.html#passage-12-90"


def test_passage_needs_a_segment() -> None:
    """A passage of no words is a programming error."""
    with pytest.raises(ValueError, match="at least one segment"):
        passage_anchor([])


def test_evidence_is_counted_from_one() -> None:
    """The first piece of evidence is number 1, and there is no number 0."""
    assert evidence_anchor(1) == "evidence-1"
    with pytest.raises(ValueError, match="counted from 1"):
        evidence_anchor(0)


def test_root_prefix_climbs_to_the_root() -> None:
    """Every folder above a page is one step up."""
    assert root_prefix("index.html") == ""
    assert root_prefix("claims/x.html") == "../"
    assert root_prefix("a/b/x.html") == "../../"


@pytest.mark.parametrize(
    ("passages", "prefix", "suffix", "directive"),
    [
        (["the gates"], "", "", "text=the%20gates"),
        (["the gates"], "that", "were", "text=that-,the%20gates,-were"),
        (["a-b, c & d"], "", "", "text=a%2Db%2C%20c%20%26%20d"),
        (["«où»"], "", "", "text=%C2%ABo%C3%B9%C2%BB"),
        (["  the\u00a0\tgates "], "", "", "text=the%20gates"),
        (["one two", "nine ten"], "", "", "text=one%20two&text=nine%20ten"),
        (["one", "ten"], "zero", "eleven", "text=zero-,one&text=ten,-eleven"),
        (["", "ten"], "", "", "text=ten"),
        (["last words\n\nFirst words"], "", "", "text=last%20words,First%20words"),
        (["gates"], "Headline\nthe", "were\nNext", "text=the-,gates,-were"),
    ],
)
def test_text_fragment_names_the_words(
    passages: list[str], prefix: str, suffix: str, directive: str
) -> None:
    """The directive holds context and words, encoded; parts of a quote are directives each."""
    assert text_fragment(ARTICLE, passages, prefix, suffix) == f"{ARTICLE}#:~:{directive}"


def test_long_quote_becomes_its_first_and_last_words() -> None:
    """A long quote is named by where it starts and where it ends."""
    quote = " ".join(f"word{number}" for number in range(40))
    assert text_fragment(ARTICLE, [quote]) == (
        f"{ARTICLE}#:~:text=word0%20word1%20word2%20word3%20word4%20word5"
        ",word34%20word35%20word36%20word37%20word38%20word39"
    )


def test_long_quote_of_few_words_stays_whole() -> None:
    """Where the first and last words would overlap, the quote is given whole."""
    quote = "x" * 300
    assert text_fragment(ARTICLE, [quote]) == f"{ARTICLE}#:~:text={quote}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/#part", "https://e.org/#part:~:text=x"),
        ("https://e.org/#", "https://e.org/#:~:text=x"),
        ("https://e.org/#:~:text=old", "https://e.org/#:~:text=x"),
        ("https://e.org/#part:~:text=old&text=er", "https://e.org/#part:~:text=x"),
        ("http://e.org/?a=1&b=2", "http://e.org/?a=1&b=2#:~:text=x"),
        ("ftp://e.org/a.txt", None),
        ("javascript:alert(1)", None),
        ("/a.html", None),
        ("https:", None),
        ("http://[::1/a", None),
        ("", None),
    ],
)
def test_text_fragment_keeps_the_url(url: str, expected: str | None) -> None:
    """A fragment stays, an older directive goes, and only the web has text fragments."""
    assert text_fragment(url, ["x"]) == expected


def test_text_fragment_needs_words() -> None:
    """Nothing to find is nothing to link to."""
    assert text_fragment(ARTICLE, ["", " \n"], "before", "after") is None


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("claims/x.html", ""),
        (".nojekyll", ""),
        ("claims/console.html", ""),
        ("static/grüße.css", ""),
        ("", "part that names"),
        ("/etc/passwd", "absolute"),
        ("../x.html", "part that names"),
        ("a/./x.html", "part that names"),
        ("a//x.html", "part that names"),
        ("a/", "part that names"),
        ("a\\x.html", "character"),
        ("C:x.html", "character"),
        ("a\0.html", "character"),
        ("a\n.html", "character"),
        ("why?.html", "character"),
        ("fig#1.png", "character"),
        ("a\udcff.html", "character"),
        ("claims/con.html", "reserves"),
        ("NUL", "reserves"),
        ("com1.tar.gz", "reserves"),
        ("aux .txt", "reserves"),
        ("lpt¹.txt", "reserves"),
        ("a./x.html", "full stop"),
        ("a ", "space"),
        (f"{'ü' * 128}.html", "255 bytes"),
    ],
)
def test_path_must_work_on_every_system(path: str, fault: str) -> None:
    """A path that leaves the site or that some system cannot store has a fault that says so."""
    found = path_fault(path)
    assert fault in found
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a/x.html", "A/X.html", True),
        ("é.html", "e\u0301.html", True),
        ("straße", "STRASSE", True),
        ("a-b.html", "a_b.html", False),
    ],
)
def test_path_key_is_what_systems_tell_apart(one: str, other: str, same: bool) -> None:
    """Case and composition of accents make no difference, anything else does."""
    assert (path_key(one) == path_key(other)) is same
