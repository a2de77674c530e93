"""Outlines are read from their steps and cut at a window."""

from __future__ import annotations

import pytest

from sitegen.pages.outlines import Box, clip_ring, parse_outlines, runs_of, world


def test_outlines_are_steps_of_a_twentieth_of_a_degree() -> None:
    """After a window, the first pair counts from the origin, each other from the one before."""
    found = parse_outlines(
        "# remark\nland\n20 40 40 60 20 40 20 0 0 20\nborders\n-20 0 0 0 0 0 -20 0\n"
    )
    (ring,) = found.land
    (border,) = found.borders
    assert [pytest.approx(each) for run in runs_of(ring) for each in run.points] == [
        (1.0, 2.0),
        (2.0, 2.0),
        (2.0, 3.0),
    ]
    assert (border.left, border.bottom, border.right, border.top) == (-1.0, 0.0, 0.0, 0.0)


def test_each_outline_of_the_world_lies_in_its_window_and_fills_it() -> None:
    """Its window stands before its points, so that these need not be looked at to tell."""
    known = world()
    for each in (*known.land, *known.borders):
        points = [point for run in runs_of(each) for point in run.points]
        longitudes, latitudes = zip(*points, strict=True)
        assert (each.left, each.right) == (min(longitudes), max(longitudes))
        assert (each.bottom, each.top) == (min(latitudes), max(latitudes))


def test_a_ring_is_cut_at_the_window() -> None:
    """What is left of a square that reaches in at a corner is the corner."""
    square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    cut = clip_ring(square, Box(0.0, 0.0, 5.0, 5.0))
    assert set(cut) == {(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)}


def test_a_ring_that_holds_the_window_fills_it() -> None:
    """Inside a continent all is land."""
    square = [(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)]
    assert set(clip_ring(square, Box(0.0, 0.0, 1.0, 1.0))) == {(0, 0), (1, 0), (1, 1), (0, 1)}


def test_a_ring_outside_the_window_leaves_nothing() -> None:
    """Land elsewhere is not drawn."""
    assert clip_ring([(7.0, 7.0), (8.0, 7.0), (8.0, 8.0)], Box(0.0, 0.0, 1.0, 1.0)) == []


def test_no_outline_of_the_world_reaches_round_it() -> None:
    """What crosses 180° goes on beyond it; a window so far off need not be looked into."""
    known = world()
    ends = [end for each in (*known.land, *known.borders) for end in (each.left, each.right)]
    assert -200 < min(ends) < -180 < 180 < max(ends) < 200
