"""A long list is cut by names or dates: a part holds what its label says, and little moves."""

from __future__ import annotations

import pytest

from sitegen.dates import parse_date
from sitegen.pages.splitting import (
    Part,
    days,
    letters,
    say_days,
    say_letters,
    say_words,
    split,
    words,
)


def by_name(*names: str, limit: int = 2) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the parts of a list of names, of which a page holds so many."""
    parts = split(sorted(names, key=letters), letters, lambda _: 1, say_letters, limit)
    return [(part.slug, part.label, part.items) for part in parts]


def by_date(*dates: str, limit: int = 2) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the parts of a list of dates, of which a page holds so many."""

    def key(date: str) -> tuple[str, ...]:
        return days(parse_date(date) if date else None)

    parts = split(sorted(dates, key=key), key, lambda _: 1, say_days, limit)
    return [(part.slug, part.label, part.items) for part in parts]


def test_what_is_light_is_one_part() -> None:
    """Nothing is cut that need not be; nothing at all is a part too."""
    assert [items for _, _, items in by_name("Ann", "Bob")] == [("Ann", "Bob")]
    assert split((), letters, lambda _: 1) == (Part("all", "", ()),)


def test_neighbours_share_a_part_and_a_crowded_letter_is_cut_finer() -> None:
    """Letters that are light together stand together; one that is not goes by its second letter."""
    assert by_name("Ann", "Bob", "Mai", "Max", "Mia", "Zoe") == [
        ("a", "A – B", ("Ann", "Bob")),
        ("ma", "Ma…", ("Mai", "Max")),
        ("mi", "Mi…", ("Mia",)),
        ("z", "Z", ("Zoe",)),
    ]


def test_case_accents_and_opening_marks_do_not_count() -> None:
    """Names are filed where readers look for them, in any script."""
    assert letters("“Élan” it is")[:4] == "elan"
    assert letters("…") == "…"
    assert letters("") == ""
    assert [label for _, label, _ in by_name("Ada", "élan", "Éva", "한국", "한강")] == [
        "A",
        "E",
        "한",
    ]
    assert [slug for slug, _, _ in by_name("Ada", "한국", "한강")] == ["a", "_d55c_"]


def test_questions_are_cut_by_their_words() -> None:
    """Where many begin alike, a part is called by the words that tell it from the others."""
    asked = ["How many?", "“Is it so?”", "What is it?", "What is new?", "What Kim has?", "Who?"]
    parts = split(asked, words, lambda _: 1, say_words, limit=2)
    assert [(part.slug, part.label, part.items) for part in parts] == [
        ("how", "How – Is", ("How many?", "“Is it so?”")),
        ("what-is", "What is", ("What is it?", "What is new?")),
        ("what-kim", "What Kim", ("What Kim has?",)),
        ("who_3f_", "Who?", ("Who?",)),
    ]


def test_parts_of_one_question_are_told_by_their_numbers() -> None:
    """They have names as they are written, and addresses of their own."""
    parts = split([1, 2, 3], lambda at: words("“Who?”", at), lambda _: 1, say_words, limit=1)
    assert [(part.slug, part.label, part.items) for part in parts] == [
        ("who_3f__201d_-0001", "Who?” (1)", (1,)),
        ("who_3f__201d_-0002", "Who?” (2)", (2,)),
        ("who_3f__201d_-0003", "Who?” (3)", (3,)),
    ]


def test_dates_are_cut_by_years_months_and_days() -> None:
    """As fine as they are crowded; what only says the year stands before its months."""
    assert by_date("2023", "2024", "2024-05", "2024-06-01", "2024-06-02", "2024-06-02", "") == [
        ("2023", "2023", ("2023",)),
        ("2024", "2024 – May 2024", ("2024", "2024-05")),
        ("2024-06-01", "1 June 2024", ("2024-06-01",)),
        ("2024-06-02", "2 June 2024", ("2024-06-02", "2024-06-02")),
        ("undated", "Undated", ("",)),
    ]


@pytest.mark.parametrize(
    ("date", "key"),
    [
        ("2024-06-19", ("2024", "2024-06", "2024-06-19")),
        ("2024-06", ("2024", "2024-06")),
        ("2024-21", ("2024",)),
        ("2024-06-19/2025", ("2024", "2024-06", "2024-06-19")),
        ("../2023-12-01", ("2023", "2023-12", "2023-12-01")),
    ],
)
def test_date_is_filed_under_its_beginning_as_far_as_it_says_it(
    date: str, key: tuple[str, ...]
) -> None:
    """A season has no month; what lasts is filed where it begins, or ends if that is all."""
    assert days(parse_date(date)) == key


def test_names_that_nothing_tells_apart_are_counted_off() -> None:
    """Only there a part is told by a number."""
    assert by_name("Kim", "Kim", "Kim", "Kim", "Kim") == [
        ("kim", "Kim…", ("Kim", "Kim")),
        ("kim_2", "Kim… (2)", ("Kim", "Kim")),
        ("kim_3", "Kim… (3)", ("Kim",)),
    ]


def test_item_too_heavy_for_any_page_has_one_of_its_own() -> None:
    """It cannot be cut, and takes nothing with it."""
    parts = split(["Ann", "Bob", "Cy"], letters, lambda name: 9 if name == "Bob" else 1, limit=3)
    assert [part.items for part in parts] == [("Ann",), ("Bob",), ("Cy",)]


def test_names_that_differ_ever_later_do_not_go_too_deep() -> None:
    """However many names begin alike, each stands in one part."""
    names = ["a" * length for length in range(1, 400)]
    parts = by_name(*names)
    assert [name for _, _, items in parts for name in items] == names
    assert len({slug for slug, _, _ in parts}) == len(parts)


def test_a_new_name_changes_the_part_it_belongs_to_and_no_other() -> None:
    """So that a page is made anew only where something on it changed."""
    names = [f"{first}{second}{third}" for first in "abc" for second in "xyz" for third in "kl"]
    before = {slug: items for slug, _, items in by_name(*names, limit=4)}
    after = {slug: items for slug, _, items in by_name(*names, "bzm", limit=4)}
    assert [slug for slug in after if after[slug] != before.get(slug)] == ["bz"]
