"""What search looks through: all published words, each once, as scripts of a bounded size."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.data_files.search import search_files
from sitegen.kinds import Kind
from sitegen.runs import Run
from tests.archive import unpack
from tests.rebuilds import FILES, made_again, made_by
from tests.sites import LinkedSite, site_of

SOURCE = """
-- content/sources/a.yaml --
title: A
publisher: The Gazette
published: 2024-06-20
text: a.txt
-- seeds/a.txt --
It rained all day. Nobody came. Then it did not rain any more. Somebody came.
"""
CLAIM = """
-- content/claims/rain.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained all day}]
"""


def scripts(linked: LinkedSite) -> dict[str, Any]:
    """Return what each script of the search data brings, by its name."""
    found: dict[str, Any] = {}
    for file in made_by(search_files(linked.site, linked.findings)):
        text = file.content.decode("utf-8")
        assert text.startswith("sitegen.data(")
        name, _, value = text.removeprefix("sitegen.data(").partition(", ")
        found[json.loads(name)] = json.loads(value.removesuffix(");\n"))
    return found


def documents(text: str, kind: str) -> list[list[Any]]:
    """Return the documents of one kind, the empty fields at the end left out."""
    found: list[list[Any]] = scripts(site_of(text))[f"search-{kind}s-all"]
    return found


def test_claim_says_what_it_states_where_it_stands_and_who_says_it() -> None:
    """A claim has its words without markup, its kind and standing, its days, actors and sources."""
    found = documents(
        SOURCE
        + """
-- content/actors/x.yaml --
name: X
-- content/actors/y.yaml --
name: Y
-- content/claims/rain.yaml --
statement: It rained.
date: 2024-06
asserted_by: [y]
tags: [weather]
evidence: [{source: a, quote: It rained all day}]
assessment: {rationale: As *Y* says., gaps: [How much.]}
analysis: See [[actor:x]] and **rain**.
""",
        "claim",
    )
    assert found == [
        [
            "rain",
            "It rained.",
            "See X and rain. · As Y says. · How much. · weather",
            "",
            "fact single-origin",
            "2024-06-01/2024-06-30",
            [1],
            [0],
        ]
    ]


def test_source_is_found_by_publisher_author_and_day() -> None:
    """A source brings who published and wrote it, and its day both in words and to compare."""
    found = documents(SOURCE.replace("title: A", "title: A\nauthors: [Ann Other]"), "source")
    assert found == [
        ["a", "A", "", "The Gazette · 20 June 2024", "", "2024-06-20", 0, [0], ["Ann Other"]]
    ]


def test_actor_is_found_by_every_name() -> None:
    """Other names stand apart from the title, so that a query may be widened by them."""
    found = documents(
        "-- content/actors/kim.yaml --\nname: Kim Jong Un\naliases_in_text: [Kim, 김정은]\n"
        "role: Leader\nkind: person\n",
        "actor",
    )
    assert found == [["kim", "Kim Jong Un", "", "Leader", "person", "", 0, 0, ["Kim", "김정은"]]]


def test_passage_that_two_notes_quote_is_one_document() -> None:
    """An excerpt is a passage of an article, at its place there, however many notes rest on it."""
    found = documents(
        SOURCE + CLAIM + CLAIM.replace("rain.yaml", "wet.yaml").replace("It rained.", "All wet."),
        "excerpt",
    )
    assert found == [
        [
            "sources/a.html#passage-0-17",
            "",
            "It rained all day",
            "",
            "supports",
            "2024-06-20",
            0,
            [0],
        ]
    ]


def test_quote_that_nobody_can_check_is_found_with_its_note() -> None:
    """Where the text is not held, an excerpt leads to the evidence on the note's own page."""
    found = documents(
        SOURCE.partition("-- seeds")[0].replace("text: a.txt\n", "") + CLAIM, "excerpt"
    )
    assert [document[0] for document in found] == ["claims/rain.html#evidence-1"]


def test_excerpt_in_another_language_says_so_and_has_its_translation() -> None:
    """A screen reader must know the language of foreign words; readers search the translation."""
    found = documents(
        SOURCE.replace("title: A", "title: A\nlanguage: ko")
        + CLAIM.rstrip()[:-2]
        + ", translation: {text: All day long}}]\n",
        "excerpt",
    )
    assert found[0][9:] == ["All day long", "ko"]


@pytest.mark.parametrize("rights", ["full", "excerpts", "none"])
def test_of_an_article_only_quoted_words_are_searched(rights: str) -> None:
    """Whatever the rights, no other sentence of an article goes into the data."""
    linked = site_of(SOURCE.replace("title: A", f"title: A\nrights: {rights}") + CLAIM)
    data = json.dumps(scripts(linked))
    assert "It rained all day" in data
    assert "Nobody" not in data


def test_drafts_are_not_searched() -> None:
    """What is not published is not in the data, and neither are the words that only it quotes."""
    draft = CLAIM.replace("rain.yaml", "secret.yaml").replace("It rained all day", "Nobody came")
    linked = site_of(
        SOURCE + CLAIM + draft.replace("statement: It", "draft: true\nstatement: Secretly it")
    )
    data = json.dumps(scripts(linked))
    assert "It rained all day" in data
    assert "ecret" not in data
    assert "Nobody" not in data


def test_open_ends_of_dates_stay_open() -> None:
    """A date without an end has nothing where its last day would stand."""
    found = documents("-- content/events/e.yaml --\ntitle: E\ndate: 2025-08/..\n", "event")
    assert found[0][5] == "2025-08-01/"


def test_front_page_is_found_at_its_own_address() -> None:
    """Pages bring whole addresses, since the front page's follows no pattern."""
    found = documents(
        "-- content/pages/index.md --\n---\ntitle: Start\n---\nIt *rained*.\n", "page"
    )
    assert found == [["index.html", "Start", "It rained."]]


def test_shards_are_bounded_and_the_contents_count_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """No shard has more documents than a browser takes at once; the contents say how many come."""
    monkeypatch.setattr("sitegen.data_files.search_shards.LARGEST_SHARD", 2)
    monkeypatch.setattr("sitegen.runs.ONE_IN", 1)
    found = scripts(
        site_of("".join(f"-- content/places/p{n}.yaml --\nname: P{n}\n" for n in range(5)))
    )
    shards = {kind: own for kind, _, own in found["search-contents"]["kinds"]}
    assert shards["place"] == [["p0", 2], ["p2", 2], ["p4", 1]]
    assert shards["claim"] == []
    assert [len(found[f"search-places-{slug}"]) for slug in ("p0", "p2", "p4")] == [2, 2, 1]


def test_shards_are_bounded_by_what_they_weigh_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """In bytes: of long documents a shard has fewer, but never less than one."""
    monkeypatch.setattr("sitegen.data_files.search_shards.HEAVIEST_SHARD", 200)
    names = ["A" * 60, "B" * 60, "북" * 60, "D" * 60, "E" * 250]
    text = "".join(
        f"-- content/places/p{n}.yaml --\nname: {name}\n" for n, name in enumerate(names)
    )
    found = scripts(site_of(text))
    shards = {kind: own for kind, _, own in found["search-contents"]["kinds"]}
    assert [count for _, count in shards["place"]] == [2, 1, 1, 1]


def test_addresses_follow_the_pattern_of_their_kind() -> None:
    """The contents say what an id is put into, so that scripts make no addresses of their own."""
    found = scripts(site_of(SOURCE + CLAIM))["search-contents"]
    patterns = {kind: pattern for kind, pattern, _ in found["kinds"]}
    assert patterns["claim"] == "claims/*.html"
    assert found["language"] == "en"


def test_no_text_can_end_a_script_or_a_line() -> None:
    """Words that look like the end of a script, a comment or a line do no harm in one."""
    title = "</script><!-- \\u2028 \\u2029 end"
    linked = site_of(f'-- content/places/p.yaml --\nname: "{title}"\n')
    raw = b"".join(
        file.content for file in made_by(search_files(linked.site, linked.findings))
    ).decode()
    assert not [each for each in ("</", "<!--", "\u2028", "\u2029") if each in raw]
    assert scripts(linked)["search-places-all"][0][1] == "</script><!-- \u2028 \u2029 end"


def test_same_site_gives_the_same_bytes() -> None:
    """The data depend on the notes alone."""
    one, other = (site_of(SOURCE + CLAIM) for _ in range(2))
    assert made_by(search_files(one.site, one.findings)) == made_by(
        search_files(other.site, other.findings)
    )


NEIGHBOURS = f"""{SOURCE}{CLAIM}analysis: Unlike [[dry]].
-- content/sources/b.yaml --
title: B
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{{source: b, quote: Dry}}]
"""


def document_of(kind: str, note_id: str) -> Run:
    """Return what a document is known by."""
    return Run(Kind(kind), (note_id,))


def test_changed_words_are_put_in_where_they_are_found() -> None:
    """In the note's own document, and in one that names it; excerpts are left as they are."""
    for note, old, new, made in (
        ("claims/rain", "It rained.", "It poured.", [("claim", "rain")]),
        ("claims/dry", "It was", "Was it", [("claim", "dry"), ("claim", "rain")]),
        ("sources/b", "title: B", "title: B2", [("source", "b")]),
    ):
        path = f"content/{note}.yaml"
        changed = unpack(NEIGHBOURS)[path].replace(old, new)
        found = made_again(NEIGHBOURS, {path: changed}, search_files)
        assert found.get("excerpts of search", []) == (["b"] if note == "sources/b" else [])
        assert found["documents of search"] == [document_of(*each) for each in made]
        assert found[FILES] == [f"data/search/{made[0][0]}s-all.js"]


def test_other_quotation_is_another_excerpt_of_its_source() -> None:
    """No other source's passages are looked at for it."""
    path = "content/claims/rain.yaml"
    changed = unpack(NEIGHBOURS)[path].replace("It rained all day", "Nobody came")
    found = made_again(NEIGHBOURS, {path: changed}, search_files)
    assert found["excerpts of search"] == ["a"]


def test_source_that_comes_first_moves_all_that_point_to_others() -> None:
    """Documents have positions among the sources, and only those are made again that have any."""
    text = f"{NEIGHBOURS}-- content/places/p.yaml --\nname: P\n"
    found = made_again(text, {"content/sources/0.yaml": "title: Nought\n"}, search_files)
    assert found["excerpts of search"] == ["0", "a", "b"]
    assert document_of("claim", "dry") in found["documents of search"]
    assert document_of("place", "p") not in found["documents of search"]


def test_link_with_words_of_its_own_stays_as_it_is() -> None:
    """It shows nothing of the note that it leads to."""
    text = NEIGHBOURS.replace("[[dry]]", "[[dry|that]]")
    path = "content/claims/dry.yaml"
    changed = unpack(text)[path].replace("It was", "Was it")
    found = made_again(text, {path: changed}, search_files)
    assert found["documents of search"] == [document_of("claim", "dry")]


def test_longer_words_change_one_shard_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that follow it in the site's order begin where they did, though a note is added."""
    monkeypatch.setattr("sitegen.data_files.search_shards.HEAVIEST_SHARD", 140)
    names = [f"{letter}{number}" for letter in "abcd" for number in range(6)]
    text = "".join(f"-- content/places/{each}.yaml --\nname: Lane\n" for each in names)
    found = made_again(text, {"content/places/b1.yaml": f"name: {'Long ' * 4}\n"}, search_files)
    assert found[FILES] == ["data/search/places-b.js"]
    found = made_again(text, {"content/places/b6.yaml": "name: New\n"}, search_files)
    assert found[FILES] == ["data/search/contents.js", "data/search/places-b.js"]
