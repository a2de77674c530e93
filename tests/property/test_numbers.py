"""Numbers are looked for where one can begin, and found wherever one stands."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import numbers

_PIECES = st.sampled_from(
    [
        *("12", "3,000", "1.5", "12:30", "F-", "2024", "1990s", "5th", "a dozen", "twenty-two"),
        *("Six", "hundred", "million", "June 3", "3 June", "May", " ", ", ", ".", "-", "\n", "x"),
        *("\u017fix", "s\u0131x", "THREE", "fourth", "\u0663", "\u00a0", "é", "_"),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
@example("\u017fix s\u0131xty two \u017feven hundred")
@example(" ".join([*numbers._WORDS, *map(str.upper, numbers._WORDS)]))
def test_nothing_is_missed(text: str) -> None:
    """What is found from the places where it can begin is what is found by looking everywhere."""
    everywhere = [each.span() for each in numbers._NUMBER.finditer(text)]
    assert [each.span() for each in numbers._matches(text)] == everywhere
    assert all(each.value >= 0 for each in numbers.numbers_in(text))


@given(st.lists(_PIECES, max_size=12).map("".join))
@example("May 12 and 3 in 2024")
@example("3 June 2024, 5th")
def test_numbers_of_dates_are_none_wherever_months_stand(text: str) -> None:
    """What is told from where a date begins is what is told from all dates of a text."""
    dates = [each.span() for each in numbers._DATES.finditer(text)]
    is_in_date = numbers._dates_in(text)
    for each in numbers._matches(text):
        is_in_any = any(start <= each.start() < end for start, end in dates)
        assert bool(is_in_date(each.start())) is is_in_any
