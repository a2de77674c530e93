"""Of all pages only those are made again that show what has changed."""

from __future__ import annotations

from sitegen.kinds import Kind
from tests.archive import unpack
from tests.rebuilds import pages_made_again

SITE = """
-- content/sources/a.yaml --
title: The A
text: a.txt
-- seeds/a.txt --
It rained all day. Then 12 people came.
-- content/sources/b.yaml --
title: The B
-- content/actors/kim.yaml --
name: Kim
-- content/actors/ann.yaml --
name: Ann
-- content/actors/bo.yaml --
name: Bo
-- content/places/town.yaml --
name: Town
latitude: 10
longitude: 20
-- content/places/near.yaml --
name: Near
latitude: 11
longitude: 21
-- content/places/far.yaml --
name: Far
latitude: 10
longitude: -120
-- content/places/nowhere.yaml --
name: Nowhere
-- content/events/e.yaml --
title: Rain
date: 2024-06-19
summary: Ann was in Town.
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained all day}]
analysis: It was **Kim** who said so.
-- content/claims/d.yaml --
statement: Twelve came.
evidence: [{source: a, quote: 12 people came, note: Lee was among them.}]
-- content/claims/e.yaml --
statement: It was dry.
evidence: [{source: b, quote: It was dry}]
-- content/pages/index.md --
---
title: Bottom line
---
Ann saw [[c]].
"""
FILES = unpack(SITE)


def made_again(path: str, old: str, new: str) -> set[str]:
    """Return what is made again once a note has other words; what shows it in any case is not."""
    assert old in FILES[path]
    return pages_made_again(SITE, {path: FILES[path].replace(old, new)})


def notes(made: set[str]) -> set[str]:
    """Return the pages of notes among some."""
    return {each for each in made if each.partition(":")[0] in [*Kind]}


def test_new_name_is_news_to_the_texts_that_have_it_or_had_it() -> None:
    """Whoever is called otherwise is no longer linked in one text, and is in another."""
    made = made_again("content/actors/kim.yaml", "Kim", "Lee")
    assert notes(made) == {"actor:kim", "claim:c", "claim:d"}
    assert "overview:index.html" not in made


def test_name_that_nothing_mentions_is_news_to_no_text() -> None:
    """Its own page and the lists that name it are all."""
    made = made_again("content/actors/bo.yaml", "Bo", "Bob")
    assert made == {"actor:bo", "list:actors/index.html", "previews:actors-1"}


def test_new_note_is_linked_where_its_name_stands() -> None:
    """Texts that do not mention it are left alone."""
    made = pages_made_again(SITE, {"content/actors/lee.yaml": "name: Lee\n"})
    assert notes(made) == {"actor:lee", "claim:d"}


def test_second_note_of_a_name_takes_the_link_away() -> None:
    """Whom the text means can no longer be told."""
    made = pages_made_again(SITE, {"content/actors/kimono.yaml": "name: Kim\n"})
    assert notes(made) == {"actor:kimono", "claim:c"}


def test_place_that_moves_is_news_to_the_maps_that_show_it() -> None:
    """Those of places far off, and pages without a map, are left alone."""
    made = made_again("content/places/near.yaml", "latitude: 11", "latitude: 12")
    assert notes(made) == {"place:near", "place:town"}


def test_renamed_place_is_news_to_the_maps_and_the_texts_that_name_it() -> None:
    """The map of a place nearby has its name as well."""
    made = made_again("content/places/town.yaml", "name: Town", "name: City")
    assert notes(made) == {"place:near", "place:town", "event:e"}


def test_other_words_of_a_claim_are_news_where_it_is_shown() -> None:
    """The pages about the whole site count it as before."""
    made = made_again("content/claims/e.yaml", "statement: It was dry", "statement: It had been")
    assert notes(made) == {"claim:e", "source:b"}
    assert {each for each in made if each.startswith("overview:")} == set()
    assert {"list:claims/index.html", "list:unknowns.html", "list:matrix.html"} <= made
    assert "list:events/index.html" not in made


def test_what_passages_do_not_show_of_a_source_is_no_news_to_them() -> None:
    """Its summary stands on its own page; its title beside each passage as well."""
    own = FILES["content/sources/a.yaml"]
    made = pages_made_again(SITE, {"content/sources/a.yaml": f"{own}summary: Of rain.\n"})
    assert notes(made) == {"source:a"}
    made = made_again("content/sources/a.yaml", "The A", "The Aye")
    assert notes(made) == {"source:a", "claim:c", "claim:d"}
