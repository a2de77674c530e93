"""What holds of the plot of any numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.notes import Quantity
from sitegen.pages.plots import _Scale

floats = st.floats(allow_nan=False, allow_infinity=False)
plain = st.floats(-1e9, 1e12, allow_nan=False).map(lambda each: round(each, 3))
quantities = st.lists(
    st.builds(
        lambda number, hedge: Quantity(measure="m", value=number, qualifier=hedge),
        floats | plain | st.integers(1, 10**9).map(float),
        st.sampled_from([None, "about", "at-least", "up-to", "over"]),
    ),
    max_size=6,
)


@given(quantities, st.lists(floats | plain, min_size=2, max_size=6))
def test_larger_number_never_lies_further_left(
    given_quantities: list[Quantity], numbers: list[float]
) -> None:
    """Positions rise with the numbers and stay on the plot, on either kind of scale."""
    scale = _Scale(given_quantities)
    places = [scale.x(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


@given(quantities)
def test_stated_numbers_and_what_they_allow_fit_on_the_plot(
    given_quantities: list[Quantity],
) -> None:
    """No bar is cut at the edge but one without a limit."""
    scale = _Scale(given_quantities)
    for quantity in given_quantities:
        if quantity.value is not None and abs(quantity.value) < 1e280:
            assert scale.low <= quantity.value <= scale.high


@given(quantities)
def test_ticks_stand_on_the_plot_in_order(given_quantities: list[Quantity]) -> None:
    """Each between the ends, none in the place of another, two at least."""
    ticks = _Scale(given_quantities).ticks()
    places = [tick.x for tick in ticks]
    assert all(0 <= place <= 100 for place in places)
    assert places == sorted(places)
    assert len(set(places)) == len(places) >= 2


@given(st.lists(st.floats(0.001, 1e9), min_size=1, max_size=6))
def test_scale_is_logarithmic_from_a_ratio_of_fifty(numbers: list[float]) -> None:
    """That is the whole condition where all numbers are above zero."""
    scale = _Scale([Quantity(measure="m", value=number) for number in numbers])
    assert scale.is_logarithmic is (max(numbers) / min(numbers) >= 50)
