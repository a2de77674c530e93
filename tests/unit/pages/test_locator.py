"""Locator maps show land, borders and places where they are, and cost only what they show."""

from __future__ import annotations

import re

import pytest

from sitegen.notes import PlaceId
from sitegen.pages.locator import HEIGHT, WIDTH, Spot, locator, make_atlas, nearest, say_position
from sitegen.pages.outlines import Outlines, parse_outlines, world
from sitegen.views import LocatorView, NoteLink
from tests.sites import site_of

NOTHING = Outlines(land=(), borders=())


def spot(name: str, latitude: float, longitude: float) -> Spot:
    """Return a place."""
    return Spot(NoteLink(f"place:{name}", "x.html", name), latitude, longitude)


def drawn(here: Spot, *others: Spot, outlines: Outlines = NOTHING) -> LocatorView:
    """Return the map of a place among others."""
    by_longitude = sorted((here, *others), key=lambda each: each.longitude)
    return locator(here, nearest(here, by_longitude), outlines)


def points(path: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line of a path that is written in steps."""
    lines = []
    for line in re.findall(r"M[^M]+", path):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", line)]
        x, y = numbers[:2]
        found = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((round(x, 1), round(y, 1)))
        lines.append(found)
    return lines


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (39.03, 125.75, "39.03° N, 125.75° E"),
        (-17.7, -178.0, "17.7° S, 178° W"),
        (0.0, 0.0, "0° N, 0° E"),
        (12.3456, 1.0, "12.35° N, 1° E"),
    ],
)
def test_coordinates_are_said_with_the_sides_of_the_world(
    latitude: float, longitude: float, words: str
) -> None:
    """Degrees have at most two decimals and no needless zeros."""
    assert say_position(latitude, longitude) == words


def test_the_place_is_in_the_middle_and_true_to_scale_there() -> None:
    """At 60° a degree of longitude is drawn half as long as one of latitude."""
    north, east = spot("north", 61, 10), spot("east", 60, 12)
    view = drawn(spot("here", 60, 10), north, east)
    dots = {dot.link.title: (dot.x, dot.y) for dot in view.others}
    assert (view.here.x, view.here.y) == (WIDTH / 2, HEIGHT / 2)
    assert HEIGHT / 2 - dots["north"][1] == pytest.approx(dots["east"][0] - WIDTH / 2, abs=0.2)


def test_places_beyond_the_window_are_left_out() -> None:
    """Only what lies on the map is said to lie on it."""
    view = drawn(spot("here", 0, 0), spot("near", 1, 1), spot("far", 0, 40))
    assert [dot.link.title for dot in view.others] == ["near"]


def test_the_nearest_places_are_shown_first_and_at_most_twelve() -> None:
    """A crowded map names its neighbours."""
    crowd = [spot(f"p{at:02}", at / 4, 0.5) for at in range(1, 21)]
    view = drawn(spot("here", 0, 0), *crowd)
    assert [dot.link.title for dot in view.others] == [f"p{at:02}" for at in range(1, 13)]


def test_labels_do_not_lie_on_one_another() -> None:
    """Two dots close together have their labels on different sides; a third has none."""
    crowd = [spot(f"place {at}", 0.02 * at, 0.02 * at) for at in range(1, 7)]
    view = drawn(spot("place 0", 0, 0), *crowd)
    dots = (view.here, *view.others)
    labelled = [dot for dot in dots if dot.is_labelled]
    assert 2 <= len(labelled) < len(dots)
    assert len({(dot.anchor, dot.label_y > dot.y) for dot in labelled}) == len(labelled)


def test_a_label_stays_on_the_map() -> None:
    """At the right edge it stands to the left of its dot."""
    view = drawn(spot("here", 0, 0), spot("a name that is long", 5, 14.5))
    (dot,) = view.others
    assert dot.is_labelled
    assert dot.anchor == "end"


def test_a_map_goes_on_beyond_the_180th_meridian() -> None:
    """East of 180° lies what has western longitudes, places and land alike."""
    steps = "-3560 -40 -3540 40 -3560 -40 20 0 0 80 -20 0"  # 178° to 177° west
    square = parse_outlines(f"land\n{steps}\nborders\n")
    view = drawn(spot("here", 0, 179), spot("beyond", 0, -178), outlines=square)
    (dot,) = view.others
    (ring,) = points(view.land)
    assert dot.x == WIDTH / 2 + 30
    assert min(x for x, _ in ring) == WIDTH / 2 + 30


def test_a_border_beyond_the_180th_meridian_is_drawn_there() -> None:
    """Whether all of it lies on the map or a part."""
    whole, part = "-3560 0 -3540 0 -3560 0 20 0", "-3560 0 -2000 0 -3560 0 20 0 1540 0"
    for steps in (whole, part):
        border = parse_outlines(f"land\nborders\n{steps}\n")
        (line,) = points(drawn(spot("here", 0, 179), outlines=border).borders)
        assert line[0] == (WIDTH / 2 + 30, HEIGHT / 2)


def test_points_that_fall_together_are_drawn_once() -> None:
    """A step that leads nowhere is left out, and so is a line without another."""
    border = parse_outlines("land\nborders\n0 0 20 0 0 0 0 0 20 0 0 0\n0 0 0 0 0 0 0 0\n")
    view = drawn(spot("here", 0, 0), outlines=border)
    assert points(view.borders) == [[(WIDTH / 2, HEIGHT / 2), (WIDTH / 2 + 10, HEIGHT / 2)]]


def test_a_map_at_the_pole_is_no_trouble() -> None:
    """Where longitudes meet, the map is as wide as it may get."""
    view = drawn(spot("pole", 90, 0), outlines=world())
    assert view.here.x == WIDTH / 2


def test_a_far_coast_costs_nothing() -> None:
    """A ring of ten thousand points with one corner near is drawn by the corner."""
    steps = " ".join(["20 0"] * 1500 + ["0 1"] * 8000)
    outline = parse_outlines(f"land\n0 0 30000 8000 0 0 {steps}\nborders\n")
    view = drawn(spot("here", 0, 0), outlines=outline)
    assert len(points(view.land)[0]) < 150


def test_a_border_is_broken_where_it_leaves_the_map() -> None:
    """A line that goes out and comes back is two lines."""
    window = "0 0 2200 40"
    border = parse_outlines(f"land\nborders\n{window} 0 0 200 0 2000 0 0 40 -2000 0 -200 0\n")
    view = drawn(spot("here", 0, 0), outlines=border)
    assert len(points(view.borders)) == 2


def test_the_world_has_land_where_there_is_land() -> None:
    """The outlines that travel with the templates put Pyongyang on land and sea to its west."""
    view = drawn(spot("Pyongyang", 39.03, 125.75), outlines=world())

    def is_land(x: float, y: float) -> bool:
        crossings = 0
        for ring in points(view.land):
            for (ax, ay), (bx, by) in zip([ring[-1], *ring], ring, strict=False):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    crossings += 1
        return crossings % 2 == 1

    assert is_land(view.here.x, view.here.y)
    assert not is_land(view.here.x - 14, view.here.y + 12)  # the Yellow Sea
    assert view.borders


def test_only_places_with_coordinates_have_maps() -> None:
    """A place that nobody has put anywhere is not drawn."""
    text = """
-- content/places/town.yaml --
name: Town
latitude: 1.5
longitude: -2
-- content/places/nowhere.yaml --
name: Nowhere
"""
    atlas = make_atlas(site_of(text).cards)
    found = atlas.map_of(PlaceId("town"))
    assert found is not None
    assert atlas.map_of(PlaceId("nowhere")) is None
    assert found.here.link == NoteLink("place:town", "places/town.html", "Town", "1.5° N, 2° W")
