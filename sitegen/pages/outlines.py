"""Outlines of land and borders, and the parts of them that lie in a window.

The file is Natural Earth's data in the form that `templates/vendor/natural-earth/README.md`
describes. All coordinates are degrees, longitude first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from msgspec import Struct

from sitegen.resources import vendor_text

OUTLINES: Final = "natural-earth/outlines.txt"

_STEP = 0.05  # degrees, of the numbers in the file
_RUN = 64  # points of an outline that are looked at together
_FARTHEST = 200.0  # degrees: what crosses 180° goes on beyond it in the file, but not so far
TURNS: Final = (-360.0, 0.0, 360.0)  # whatever crosses 180° is met in one of these positions

Point = tuple[float, float]


class Box(NamedTuple):
    """A window in degrees, or in the drawing's units."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Return whether two windows have any point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )


class _Framed(Struct, frozen=True, eq=False):
    """Something in a window; the window's sides are fields, for they are read far more often."""

    left: float
    bottom: float
    right: float
    top: float


class Run(_Framed, frozen=True, eq=False):
    """A few neighbouring points of an outline, and the window that they lie in."""

    points: tuple[Point, ...]


class Outline(_Framed, frozen=True, eq=False):  # told apart by which it is, not point by point
    """A ring of land or a border, and the window that all of it lies in.

    `steps` are its points as the file has them: most of the world is on no map of a site.
    """

    steps: str


class Outlines(Struct, frozen=True):
    """The outlines of the world: closed rings of land, and open lines of borders."""

    land: tuple[Outline, ...]
    borders: tuple[Outline, ...]


@cache
def world() -> Outlines:
    """Return the outlines that travel with the templates; they are read once, when asked for."""
    return parse_outlines(vendor_text(OUTLINES))


def parse_outlines(text: str) -> Outlines:
    """Return outlines from the text of their file."""
    found: dict[str, list[Outline]] = {"land": [], "borders": []}
    current: list[Outline] = []
    for line in text.splitlines():
        if line in found:
            current = found[line]
        elif line and not line.startswith("#"):
            current.append(_outline(line))
    return Outlines(land=tuple(found["land"]), borders=tuple(found["borders"]))


def _outline(line: str) -> Outline:
    west, south, east, north, steps = line.split(" ", 4)
    left, bottom, right, top = [int(side) * _STEP for side in (west, south, east, north)]
    return Outline(left, bottom, right, top, steps)


@cache
def runs_of(outline: Outline) -> tuple[Run, ...]:
    """Return the points of an outline, some at a time; they are made when somebody first asks."""
    steps = [*map(int, outline.steps.split())]
    longitudes = [column * _STEP for column in accumulate(steps[::2])]
    latitudes = [row * _STEP for row in accumulate(steps[1::2])]
    starts = range(0, len(longitudes), _RUN)
    return tuple([_run(longitudes[at : at + _RUN], latitudes[at : at + _RUN]) for at in starts])


def _run(longitudes: Sequence[float], latitudes: Sequence[float]) -> Run:
    points = tuple(zip(longitudes, latitudes, strict=True))
    return Run(min(longitudes), min(latitudes), max(longitudes), max(latitudes), points)


def _moved(outlines: Iterable[Outline], window: Box) -> Iterator[tuple[Outline, Box, float]]:
    """Yield the outlines near a window, with the window in their degrees and how far they move.

    An outline that lies beyond 180° in the file or in the window is met a whole turn away.
    """
    for turn in TURNS:
        box = Box(window.left - turn, window.bottom, window.right - turn, window.top)
        left, bottom, right, top = box
        if left > _FARTHEST or right < -_FARTHEST:
            continue
        for each in outlines:
            if (
                each.left <= right
                and left <= each.right
                and each.bottom <= top
                and bottom <= each.top
            ):
                yield each, box, turn


def rings_in(land: Iterable[Outline], window: Box) -> Iterator[list[Point]]:
    """Yield the rings of land inside a window, cut at its edges."""
    for outline, box, turn in _moved(land, window):
        if ring := clip_ring(_near_points(outline, box), box, outline):
            yield [(x + turn, y) for x, y in ring] if turn else ring


def _near_points(outline: Outline, window: Box) -> list[Point]:
    """Return the points of a ring, those far off thinned out in ways that the window cannot show.

    A run that lies wholly to one side of the window is seen by its ends alone: the straight line
    between them lies on that side too. So a map costs what it shows, not what the world has.
    """
    left, bottom, right, top = window
    near: list[Point] = []
    for run in runs_of(outline):
        if run.left <= right and left <= run.right and run.bottom <= top and bottom <= run.top:
            near += run.points
        else:
            near += run.points[0], run.points[-1]
    return near


def clip_ring(points: Sequence[Point], window: Box, around: Outline | None = None) -> list[Point]:
    """Return the part of a closed ring inside a window (Sutherland and Hodgman, 1974).

    `around` is the box of the whole ring: if it does not reach over an edge, nothing is cut there.
    """
    ring = list(points)
    if around is None or around.left < window.left:
        ring = _clip_half(ring, 0, window.left, keeps_above=True)
    if around is None or around.right >= window.right:
        ring = _clip_half(ring, 0, window.right, keeps_above=False)
    if around is None or around.bottom < window.bottom:
        ring = _clip_half(ring, 1, window.bottom, keeps_above=True)
    if around is None or around.top >= window.top:
        ring = _clip_half(ring, 1, window.top, keeps_above=False)
    return ring


def _clip_half(ring: Sequence[Point], axis: int, limit: float, *, keeps_above: bool) -> list[Point]:
    """Return the part of a ring on one side of a line across an axis."""
    kept: list[Point] = []
    for start, end in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was_in = (start[axis] >= limit) is keeps_above
        is_in = (end[axis] >= limit) is keeps_above
        if was_in is not is_in:
            share = (limit - start[axis]) / (end[axis] - start[axis])
            crossing = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
            kept.append((limit, crossing) if axis == 0 else (crossing, limit))
        if is_in:
            kept.append(end)
    return kept


def lines_in(borders: Iterable[Outline], window: Box) -> Iterator[list[Point]]:
    """Yield the stretches of open lines that a window may show; they may reach beyond it."""
    for outline, (west, south, east, north), turn in _moved(borders, window):
        points = [point for run in runs_of(outline) for point in run.points]
        if (
            west <= outline.left
            and outline.right <= east
            and south <= outline.bottom
            and outline.top <= north
        ):
            yield [(x + turn, y) for x, y in points] if turn else points
            continue
        stretch: list[Point] = []
        for start, end in pairwise(points):
            (x, y), (next_x, next_y) = start, end
            if (
                (x <= east or next_x <= east)
                and (x >= west or next_x >= west)
                and (y <= north or next_y <= north)
                and (y >= south or next_y >= south)
            ):
                stretch = stretch or [start]
                stretch.append(end)
            elif stretch:
                yield [(x + turn, y) for x, y in stretch]
                stretch = []
        if stretch:
            yield [(x + turn, y) for x, y in stretch]
