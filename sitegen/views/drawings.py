"""The geometry of plots, timelines, maps, networks and chains, in plain numbers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.cards import ClaimCard, EventCard
from sitegen.views.labels import DateView, NoteLink, SourceLabel


class ChainNode(Struct, frozen=True):
    """An origin or an article on the way of a report, and where it stands in the drawing."""

    ref: Annotated[str, "actor:id or source:id."]
    url: Annotated[str, "Its page."]
    title: Annotated[str, "What readers call it."]
    label: Annotated[tuple[str, ...], "The title in one or two short lines, for the drawing."]
    column: Annotated[int, "0 for the first origins, the last column for the articles."]
    row: Annotated[float, "Its place in the column, from 0; halves centre the shorter columns."]
    feeds: Annotated[tuple[int, ...], "Who has it from here: positions among the nodes."]


class ChainView(Struct, frozen=True):
    """The way of a report from its origins to the articles that tell it."""

    nodes: Annotated[tuple[ChainNode, ...], "Column by column, in order of their rows."]
    columns: Annotated[int, "How many columns: two or more."]
    rows: Annotated[int, "How many rows the fullest column has."]


class LocatorDot(Struct, frozen=True):
    """A place on a locator map."""

    link: Annotated[NoteLink, "The place; detail is where it lies, in words."]
    x: Annotated[float, "In the drawing's units, from the left."]
    y: Annotated[float, "From the top."]
    label_x: Annotated[float, "Where its label stands."]
    label_y: Annotated[float, "The label's base line."]
    anchor: Annotated[str, "start, middle or end: which part of the label is at `label_x`."]
    is_labelled: Annotated[bool, "False where a label would lie on another one."]


class LocatorView(Struct, frozen=True):
    """A small map of where a place is: outlines of land, borders, dots. To scale at its centre."""

    width: Annotated[int, "Of the drawing; the unit is a pixel of it."]
    height: Annotated[int, "Of the drawing."]
    land: Annotated[str, "Path of the land, to be filled by the even-odd rule; may be empty."]
    borders: Annotated[str, "Path of the borders between states; may be empty."]
    here: Annotated[LocatorDot, "The place itself."]
    others: Annotated[tuple[LocatorDot, ...], "The site's nearest other places on the map."]


class NetworkTie(Struct, frozen=True):
    """One way in which two actors are tied, and how often."""

    code: Annotated[str, "claims, events, speaks-of, spoken-of-by, belongs-to or has-member."]
    count: Annotated[int, "How often."]


class NetworkNode(Struct, frozen=True):
    """An actor tied to the one in the middle."""

    link: Annotated[NoteLink, "The actor."]
    ties: Annotated[tuple[NetworkTie, ...], "What ties the two, most frequent first."]
    count: Annotated[int, "All ties together."]
    weight: Annotated[int, "1 to 6, for the line: one tie, 2–3, 4–7, 8–15, 16–31, more."]
    x: Annotated[float, "Where it stands in the drawing."]
    y: Annotated[float, "From the top."]
    anchor: Annotated[str, "start or end: where its label begins."]
    label: Annotated[tuple[str, ...], "Its name in one or two lines."]


class NetworkView(Struct, frozen=True):
    """An actor and those it is tied to in one step, drawn in a ring."""

    width: Annotated[int, "Of the drawing; the unit is a pixel of it."]
    height: Annotated[int, "Of the drawing."]
    x: Annotated[float, "Where the actor itself stands."]
    y: Annotated[float, "From the top."]
    label: Annotated[tuple[str, ...], "Its name in one or two lines."]
    nodes: Annotated[tuple[NetworkNode, ...], "The strongest ties, strongest first."]
    left_out: Annotated[int, "How many more actors are tied to it."]


class Tick(Struct, frozen=True):
    """A mark on an axis."""

    x: Annotated[float, "0 to 100."]
    label: Annotated[str, "What stands at it."]


class EstimateView(Struct, frozen=True, cache_hash=True):
    """One estimate on a plot, and as a row of its table."""

    claim: Annotated[ClaimCard, "The claim that states it."]
    number: Annotated[str, "In words: about 12,000."]
    wording: Annotated[str, "As the source puts it; may be empty."]
    scope: Annotated[str, "What exactly is counted; may be empty."]
    as_of: Annotated[DateView | None, "For which date."]
    by: Annotated[tuple[NoteLink, ...], "Who says so."]
    sources: Annotated[tuple[SourceLabel, ...], "Where it stands."]
    low: Annotated[float, "Left end, 0 to 100."]
    high: Annotated[float, "Right end, 0 to 100; equal to `low` for a dot."]
    dot: Annotated[float | None, "Where the stated number is; None for a plain range."]
    is_open_below: Annotated[bool, "Reaches down without limit."]
    is_open_above: Annotated[bool, "Reaches up without limit."]
    is_current: Annotated[bool, "Whether this is the claim whose page shows the plot."]


class PlotView(Struct, frozen=True):
    """All estimates of a measure on a common scale. Never an average."""

    measure: Annotated[NoteLink, "What is counted."]
    unit: Annotated[str, "In what."]
    is_logarithmic: Annotated[bool, "Whether equal distances mean equal ratios."]
    ticks: Annotated[tuple[Tick, ...], "The axis."]
    estimates: Annotated[tuple[EstimateView, ...], "In order of their numbers."]
    left_out: Annotated[int, "How many more the measure has, on its own page."] = 0


class DisputeView(Struct, frozen=True):
    """Why a number is in dispute: which estimates cannot all hold, and what sets them apart."""

    plot: Annotated[PlotView, "All its estimates."]
    lowest: Annotated[str, "The lowest number that any estimate states."]
    highest: Annotated[str, "The highest."]
    rivals: Annotated[int, "How many estimates exclude one another."]
    undated: Annotated[int, "How many of those say nothing of when they hold."]
    low: Annotated[EstimateView, "The lowest of those."]
    high: Annotated[EstimateView, "The highest of those."]
    differ: Annotated[tuple[str, ...], "By what they differ: who, scope, date."]


class TimelineMark(Struct, frozen=True):
    """A date of an event in the drawing, in percent of its width."""

    start: Annotated[float, "Left end, 0 to 100."]
    end: Annotated[float, "Right end, 0 to 100."]
    is_soft: Annotated[bool, "Doubtful: drawn with soft edges."]
    is_open_before: Annotated[bool, "No known beginning."]
    is_open_after: Annotated[bool, "No known end."]
    is_rival: Annotated[bool, "A date that another source gives."]
    words: Annotated[str, "The date in words."]
    is_imprecise: Annotated[bool, "A moment somewhere within the mark."] = False


class TimelineItem(Struct, frozen=True):
    """An event in the drawing, or several whose marks would lie upon one another."""

    event: Annotated[EventCard, "The event; the first of several."]
    row: Annotated[int, "Row of the drawing, from 0 at the top of its lane."]
    marks: Annotated[tuple[TimelineMark, ...], "Its own date first, then rivals."]
    label: Annotated[str, "What stands at it, cut to the free space; empty for the title."] = ""
    is_label_before: Annotated[bool, "Whether it stands to the left of the mark."] = False
    count: Annotated[int, "How many events it stands for."] = 1
    url: Annotated[str, "The page that lists them, where it is another one; else empty."] = ""
    refs: Annotated[tuple[str, ...], "All of them, event:id; empty where another page does."] = ()


class TimelineLane(Struct, frozen=True):
    """A band of the drawing."""

    title: Annotated[str, "What its events have in common."]
    top: Annotated[int, "Row at which it begins."]
    rows: Annotated[int, "How many rows it takes."]
    items: Annotated[tuple[TimelineItem, ...], "By date."]


class TimelineYear(Struct, frozen=True):
    """The events of one year, for the list."""

    label: Annotated[str, "2024; or a word where no year is known."]
    anchor: Annotated[str, "Its address on the page."]
    events: Annotated[tuple[EventCard, ...], "By date."]


class TimelineView(Struct, frozen=True):
    """A stretch of the timeline: as a list, and as a drawing to scale."""

    title: Annotated[str, "October – December 2024; empty for all of it."]
    ticks: Annotated[tuple[Tick, ...], "Years or months along the drawing."]
    lanes: Annotated[tuple[TimelineLane, ...], "Bands of the drawing."]
    rows: Annotated[int, "Rows of the drawing in all."]
    years: Annotated[tuple[TimelineYear, ...], "The list; of very many events, the first."]
    count: Annotated[int, "How many events."]
    strip: Annotated[tuple[Tick, ...], "Years of the strip at the left, not to scale."] = ()
    strip_end: Annotated[float, "Where the strip ends, 0 to 100; 0 without one."] = 0.0
    glance: Annotated[tuple[TimelineLane, ...], "The lanes for a phone, few items named."] = ()
