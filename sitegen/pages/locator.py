"""A small map of where a place is, drawn from outlines of land that travel with the templates.

The map is an equirectangular projection that is true to scale at the place itself: a degree of
longitude is drawn as long as it is there, so maps far north show more degrees.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain
from operator import sub
from typing import Final

from msgspec import Struct, structs

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref
from sitegen.notes import PlaceId
from sitegen.pages.cards import Cards
from sitegen.pages.outlines import TURNS, Box, Outlines, Point, lines_in, rings_in, world
from sitegen.views import LocatorDot, LocatorView, NoteLink

WIDTH: Final = 300
HEIGHT: Final = 225
_SPAN = 30.0  # degrees of a great circle from the left edge to the right one
_WIDEST = 120.0  # degrees of longitude, near the poles
_MARGIN = 4.0  # degrees beyond the edges, so that cut edges are not seen
_OTHERS = 12
_LETTER = 6.2  # pixels of a label's letter at its size of 12
_LINE = 14.0
_NO_STEP: Final = (0, 0)


class Spot(Struct, frozen=True):
    """A place that has coordinates, in degrees."""

    link: NoteLink
    latitude: float
    longitude: float


class _Projection(Struct, frozen=True):
    """From degrees to the drawing; `scale` is pixels for a degree of latitude."""

    latitude: float
    longitude: float
    squeeze: float  # how much shorter a degree of longitude is than one of latitude
    scale: float

    def __call__(self, point: Point) -> Point:
        longitude, latitude = point
        return (
            WIDTH / 2 + (longitude - self.longitude) * self.squeeze * self.scale,
            HEIGHT / 2 - (latitude - self.latitude) * self.scale,
        )

    def tenths(self, line: Sequence[Point]) -> tuple[list[int], list[int]]:
        """Return where points are in the drawing, in tenths of a pixel: all x, then all y."""
        latitude, longitude, squeeze, scale = structs.astuple(self)
        across, down = WIDTH / 2, HEIGHT / 2
        return (
            [*map(round, [10 * (across + (x - longitude) * squeeze * scale) for x, _ in line])],
            [*map(round, [10 * (down - (y - latitude) * scale) for _, y in line])],
        )

    def window(self) -> Box:
        """Return what the drawing shows, in degrees; longitudes may go beyond 180."""
        half_width = WIDTH / 2 / (self.squeeze * self.scale)
        half_height = HEIGHT / 2 / self.scale
        return Box(
            self.longitude - half_width,
            self.latitude - half_height,
            self.longitude + half_width,
            self.latitude + half_height,
        )


class Atlas(Struct, frozen=True):
    """Where all places lie, and which others the map of each shows; maps are drawn on demand."""

    spots: Mapping[PlaceId, Spot | None]
    around: Mapping[PlaceId, Sequence[Spot]]

    def map_of(self, place_id: PlaceId) -> LocatorView | None:
        """Return the map of a place, or None where nobody has said where it lies."""
        spot = self.spots[place_id]
        return locator(spot, self.around[place_id], world()) if spot else None


def make_atlas(cards: Cards, tables: Tables = NOTHING_KEPT) -> Atlas:
    """Return where the places of a site lie."""
    spots = tables.table("spots", cards.site.places, partial(_spot, cards))

    def by_longitude() -> tuple[Spot, ...]:
        known = (each for each in spots.values() if each)
        return tuple(sorted(known, key=lambda each: (each.longitude, each.link.ref)))

    every = tables.whole("places on maps", by_longitude)

    def around(place_id: PlaceId) -> Sequence[Spot]:
        spot = spots[place_id]
        return nearest(spot, every.value) if spot else ()

    return Atlas(spots, tables.table("places around places", spots, around))


def _spot(cards: Cards, place_id: PlaceId) -> Spot | None:
    note = cards.site.places[place_id].note
    if note.latitude is None or note.longitude is None:
        return None
    link = cards.links[Ref(Kind.PLACE, place_id)]
    lies = say_position(note.latitude, note.longitude)
    named = NoteLink(link.ref, link.url, link.title, lies)
    return Spot(named, note.latitude, note.longitude)


def say_position(latitude: float, longitude: float) -> str:
    """Return coordinates in degrees, at most two decimals: "39.03° N, 125.75° E"."""
    north = f"{_degrees(latitude)}° {'N' if latitude >= 0 else 'S'}"
    return f"{north}, {_degrees(longitude)}° {'E' if longitude >= 0 else 'W'}"


def _degrees(number: float) -> str:
    return f"{abs(number):.2f}".rstrip("0").rstrip(".")


def _projection(spot: Spot) -> _Projection:
    squeeze = max(math.cos(math.radians(spot.latitude)), _SPAN / _WIDEST)
    return _Projection(spot.latitude, spot.longitude, squeeze, WIDTH / _SPAN)


def locator(spot: Spot, around: Sequence[Spot], outlines: Outlines) -> LocatorView:
    """Return the map of a place, with those that `nearest` found around it."""
    project = _projection(spot)
    window = project.window()
    wide = Box(
        window.left - _MARGIN,
        window.bottom - _MARGIN,
        window.right + _MARGIN,
        window.top + _MARGIN,
    )
    here, *others = _dots(spot, around, project)
    return LocatorView(
        width=WIDTH,
        height=HEIGHT,
        land=_path(rings_in(outlines.land, wide), project, "Z"),
        borders=_path(lines_in(outlines.borders, wide), project, ""),
        here=here,
        others=tuple(others),
    )


def _path(lines: Iterable[Sequence[Point]], project: _Projection, end: str) -> str:
    """Return an SVG path in relative steps with one decimal; steps of length zero are left out."""
    parts: list[str] = []
    for line in lines:
        across, down = project.tenths(line)
        steps = [*zip(map(sub, across[1:], across), map(sub, down[1:], down), strict=True)]
        if _NO_STEP in steps:
            steps = [each for each in steps if each != _NO_STEP]
        if steps:
            start, way = (across[0], down[0]), chain.from_iterable(steps)
            parts.append(f"M{' '.join(map(_tenth, start))}l{' '.join(map(_tenth, way))}{end}")
    return "".join(parts)


class _Tenths(dict[int, str]):
    """Numbers of tenths as drawings have them, each put into words once."""

    def __missing__(self, number: int) -> str:
        self[number] = text = f"{number / 10:g}"
        return text


_tenth: Final = _Tenths().__getitem__


# --- dots and their labels --------------------------------------------------------------------


def nearest(spot: Spot, by_longitude: Sequence[Spot]) -> list[Spot]:
    """Return the other places on a place's map, nearest first; beyond 180° they are moved into it.

    `by_longitude` are all places of the site, westernmost first: those in a longitude's band are
    found by halving, so no place looks at the whole world.
    """
    window = _projection(spot).window()
    found: list[Spot] = []
    for turn in TURNS:
        first = bisect_left(by_longitude, window.left - turn, key=lambda each: each.longitude)
        last = bisect_right(by_longitude, window.right - turn, key=lambda each: each.longitude)
        found += (
            Spot(each.link, each.latitude, each.longitude + turn)
            for each in by_longitude[first:last]
            if window.bottom <= each.latitude <= window.top and each.link.ref != spot.link.ref
        )
    squeeze = math.cos(math.radians(spot.latitude))

    def distance(other: Spot) -> tuple[float, str]:
        east = (other.longitude - spot.longitude) * squeeze
        return math.hypot(east, other.latitude - spot.latitude), other.link.ref

    return nsmallest(_OTHERS, found, key=distance)


def _dots(spot: Spot, others: Sequence[Spot], project: _Projection) -> list[LocatorDot]:
    """Return the dots of a place and of others, labels put where they lie on nothing.

    A label stands right of its dot, else left, above or below it; if none is free, it is left out.
    """
    at = [project((each.longitude, each.latitude)) for each in (spot, *others)]
    taken = [Box(x - 4, y - 4, x + 4, y + 4) for x, y in at]
    dots: list[LocatorDot] = []
    for each, (x, y) in zip((spot, *others), at, strict=True):
        places = _label_places(x, y, len(each.link.title) * _LETTER)
        free = next((place for place in places if _is_free(place[1], taken)), None)
        (label_x, label_y, anchor), box = free or places[0]
        if free:
            taken.append(box)
        dots.append(
            LocatorDot(
                link=each.link,
                x=round(x, 1),
                y=round(y, 1),
                label_x=round(label_x, 1),
                label_y=round(label_y, 1),
                anchor=anchor,
                is_labelled=free is not None,
            )
        )
    return dots


def _label_places(x: float, y: float, width: float) -> list[tuple[tuple[float, float, str], Box]]:
    """Return where a label of a dot may stand, best first, with the room it takes there."""
    half = _LINE / 2
    return [
        ((x + 8, y + 4, "start"), Box(x + 6, y - half, x + 8 + width, y + half)),
        ((x - 8, y + 4, "end"), Box(x - 8 - width, y - half, x - 6, y + half)),
        ((x, y - 9, "middle"), Box(x - width / 2, y - 9 - _LINE, x + width / 2, y - 6)),
        ((x, y + 19, "middle"), Box(x - width / 2, y + 6, x + width / 2, y + 9 + _LINE)),
    ]


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    is_inside = box.left >= 2 and box.right <= WIDTH - 2 and box.bottom >= 2 and box.top <= HEIGHT
    return is_inside and not any(box.meets(each) for each in taken)
