"""Actors and places are linked at their first mention, by whole names and never by guesses."""

from __future__ import annotations

import pickle

import pytest

from sitegen.markup import Target, convert, fill
from sitegen.markup.mentions import Mentions, NameConflict, build_mentions, link_mentions


def _mentions(*names: str) -> Mentions:
    """Return the index of `name=id` pairs, each id an actor's."""
    pairs = [name.rpartition("=") for name in names]
    return build_mentions([(name, f"actor:{id_}", f"actors/{id_}.html") for name, _, id_ in pairs])


def _link(words: str, id_: str) -> str:
    return f'<a class="ref" data-ref="actor:{id_}" href="site:actors/{id_}.html">{words}</a>'


def _linked(html: str, *names: str, exclude: str = "") -> str:
    """Return the HTML with the links, written short: `{words=id}`."""
    linked = link_mentions(html, _mentions(*names), frozenset(exclude.split()))
    for id_ in (name.rpartition("=")[2] for name in names):
        prefix = _link("", id_).removesuffix("</a>")
        for part in linked.split(prefix)[1:]:
            words = part.partition("</a>")[0]
            linked = linked.replace(_link(words, id_), f"{{{words}={id_}}}")
    return linked


def test_first_mention_becomes_a_link() -> None:
    """The first mention of a note is linked, later ones are not."""
    html = link_mentions("<p>Putin met Kim. Putin left.</p>", _mentions("Putin=p", "Kim=k"), ())

    assert html == f"<p>{_link('Putin', 'p')} met {_link('Kim', 'k')}. Putin left.</p>"


def test_all_names_of_a_note_count_as_one() -> None:
    """A note is linked once, whichever of its names comes first."""
    assert _linked("The DPRK, or North Korea.", "North Korea=nk", "DPRK=nk") == (
        "The {DPRK=nk}, or North Korea."
    )


def test_longest_name_wins() -> None:
    """A name inside a longer one is not linked, even where the longer one is linked already."""
    html = "Kim Jong Un. Kim Jong Un and Kim."

    assert _linked(html, "Kim=other", "Kim Jong Un=kim") == (
        "{Kim Jong Un=kim}. Kim Jong Un and {Kim=other}."
    )
    assert _linked("South Korea.", "Korea=k", "South Korea=s", exclude="actor:s") == "South Korea."


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("Putin’s visit", "{Putin=p}’s visit"),
        ("Putin's visit", "{Putin=p}'s visit"),
        ("(Putin)", "({Putin=p})"),
        ("Putin-Kim", "{Putin=p}-Kim"),
        ("“Putin”", "“{Putin=p}”"),
        ("l’Putin", "l’{Putin=p}"),
        ("Putin的", "{Putin=p}的"),
        ("Putin는", "{Putin=p}는"),
        ("Putinism", "Putinism"),
        ("Rasputin", "Rasputin"),
        ("Putin2", "Putin2"),
        ("_Putin", "_Putin"),
        ("putin PUTIN", "putin PUTIN"),
        ("Putin\u0301", "Putin\u0301"),
        ("Put<em>in</em>", "Put<em>in</em>"),
        ("<em>Putin</em>s", "<em>Putin</em>s"),
        ("Ras<em>Putin</em>", "Ras<em>Putin</em>"),
        ("See Putin<em>ism</em>", "See Putin<em>ism</em>"),
        ("Ras<em>Putin went home at long last</em>", "Ras<em>Putin went home at long last</em>"),
        ("<p>a</p>Putin", "<p>a</p>{Putin=p}"),
    ],
)
def test_names_are_whole_words(html: str, linked: str) -> None:
    """A name is linked where it is a word by itself, case and all."""
    assert _linked(html, "Putin=p") == linked


@pytest.mark.parametrize(
    ("html", "name", "linked"),
    [
        ("Don’t ask Don’s son", "Don", "Don’t ask {Don=x}’s son"),
        ("O’Brien", "O", "O’Brien"),
        ("U.S.A. or U.S. troops", "U.S.", "U.S.A. or {U.S.=x} troops"),
        ("Storm-11, Storm-1", "Storm-1", "Storm-11, {Storm-1=x}"),
    ],
)
def test_punctuation_does_not_end_every_word(html: str, name: str, linked: str) -> None:
    """Contractions, initials and numbers do not make a name of their first part."""
    assert _linked(html, f"{name}=x") == linked


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("Cote d’Ivoire", "Cote d'Ivoire"),
        ("Cote d'Ivoire", "Cote d’Ivoire"),
        ("Kim Jong\u2011un", "Kim Jong-un"),
        ("North\u00a0Korea", "North Korea"),
        ("North Korea", "North\u202fKorea"),
        ("North\n  Korea", "North Korea"),
        ("AT&amp;T", "AT&T"),
        ("«Wagner»", "“Wagner”"),
    ],
)
def test_typography_is_forgiven(html: str, name: str) -> None:
    """Typographic signs and spaces match their plain forms, and stay as the author wrote them."""
    assert _linked(f"See {html}.", f"{name}=x") == f"See {{{html}=x}}."


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("푸틴은 왔다", "{푸틴=x}은 왔다"),
        ("푸틴에게는", "{푸틴=x}에게는"),
        ("<strong>푸틴</strong>의", "<strong>{푸틴=x}</strong>의"),
        ("푸틴그라드", "푸틴그라드"),
        ("라스푸틴", "라스푸틴"),
    ],
)
def test_korean_name_may_have_particles(html: str, linked: str) -> None:
    """Korean appends particles to a name; any other syllable makes another word of it."""
    assert _linked(html, "푸틴=x") == linked


@pytest.mark.parametrize(
    ("html", "name", "linked"),
    [
        ("俄罗斯总统普京访问平壤", "普京", "俄罗斯总统{普京=x}访问平壤"),
        ("昨日、平壌で", "平壌", "昨日、{平壌=x}で"),
        ("ประธานาธิบดีปูตินเยือน", "ปูติน", "ประธานาธิบดี{ปูติน=x}เยือน"),
        ("プーチン大統領", "プーチン", "{プーチン=x}大統領"),
        ("インドネシア", "インド", "インドネシア"),
        ("美国和美", "美", "美国和美"),
        ("与 美 国", "美", "与 {美=x} 国"),
    ],
)
def test_scripts_without_spaces(html: str, name: str, linked: str) -> None:
    """Without spaces a name may stand amid the text, but not in a run of katakana, nor alone."""
    assert _linked(html, f"{name}=x") == linked


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.org">Putin</a>',
        '<a href="https://x.org">the <em>real</em> Putin</a>',
        "<code>Putin</code>",
        "<pre><code>Putin\n</code></pre>",
        "<h3>Putin</h3>",
        '<p title="Putin > Kim">x</p>',
    ],
)
def test_links_code_and_headings_are_left_alone(html: str) -> None:
    """Nothing is linked in links, code, headings and attributes; the next mention is."""
    assert _linked(f"{html} Putin", "Putin=p") == f"{html} {{Putin=p}}"


def test_excluded_note_is_not_linked() -> None:
    """A note is not linked on its own page."""
    assert _linked("Putin, Kim", "Putin=p", "Kim=k", exclude="actor:p") == "Putin, {Kim=k}"


def test_note_that_the_author_linked_is_not_linked_again() -> None:
    """An author's link anywhere in the field is enough."""
    he = Target("actors/p.html", "Putin", "actor:p")
    markup = convert("Putin, Kim and [[p|he]]")

    assert fill(markup, lambda _: he, _mentions("Putin=p")) == (
        f"<p>Putin, Kim and {_link('he', 'p')}</p>",
    )


def test_ambiguous_name_is_a_conflict() -> None:
    """A name of two notes is linked to neither, nor is a name within it."""
    mentions = build_mentions(
        [
            ("Georgia’s Guard", "actor:a", "a.html"),
            ("Georgia's Guard", "actor:b", "b.html"),
            ("Georgia", "place:c", "c.html"),
            ("Georgia", "place:c", "c.html"),
        ]
    )

    assert mentions.conflicts == (NameConflict("Georgia's Guard", ("actor:a", "actor:b")),)
    assert link_mentions("Georgia's Guard", mentions, ()) == "Georgia's Guard"
    assert link_mentions("Georgia", mentions, ()).startswith("<a")


def test_conflicts_do_not_depend_on_the_order_of_notes() -> None:
    """The same names in another order give the same conflicts."""
    names = [
        ("B", "actor:2", "2"),
        ("B", "actor:1", "1"),
        ("A", "actor:1", "1"),
        ("A", "place:3", "3"),
    ]

    assert build_mentions(names).conflicts == build_mentions(reversed(names)).conflicts
    assert [conflict.name for conflict in build_mentions(names).conflicts] == ["A", "B"]


def test_empty_names_are_ignored() -> None:
    """A name of nothing but white space names nothing."""
    assert link_mentions("a  b", _mentions(" =x", "=y"), ()) == "a  b"


def test_text_around_a_link_stays_escaped() -> None:
    """Entities stay entities where a link is put between them."""
    assert _linked("1 &lt; 2 &amp; Kim site&#58;x &gt;", "Kim=k") == (
        "1 &lt; 2 &amp; {Kim=k} site&#58;x &gt;"
    )


def test_many_names_with_the_same_beginning() -> None:
    """A thousand names that begin alike do not hide one another."""
    names = [f"The {'Very ' * (number % 7)}Group {number}=g{number}" for number in range(1_000)]

    assert _linked("The Very Very Group 2.", *names) == "{The Very Very Group 2=g2}."


def test_index_can_be_sent_to_another_process() -> None:
    """The index survives pickling and works as before."""
    mentions = _mentions("Putin=p", "Kim=k")
    copy = pickle.loads(pickle.dumps(mentions))

    assert copy == mentions
    assert copy.link("Kim", frozenset()) == _link("Kim", "k")


def test_names_are_found_among_very_many() -> None:
    """However many names there are, a text links those that stand in it, the longest first."""
    names = [f"Name{number}=n{number}" for number in range(200)]
    linked = link_mentions("<p>Name7 met Name77.</p>", _mentions(*names, "Name77 Ltd=l"), ())
    assert [ref for ref in ("actor:n7", "actor:n77", "actor:l") if f'"{ref}"' in linked] == [
        "actor:n7",
        "actor:n77",
    ]
