"""The HTML of the parts that pages are made of, compared character by character.

A golden file in the form of `tests.archive` holds a call, written as in a page's template, and the
HTML that comes of it. `page` is the gallery's: its views are small, invented, and show every form.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.dates import parse_date
from sitegen.installed import built_in_templates
from sitegen.pages.date_view import date_view
from sitegen.pages.gallery import gallery_page
from sitegen.render import make_environment
from sitegen.views import NoteLink, Tick
from tests.archive import pack, unpack
from tests.conftest import CheckGolden

_FOLDER = Path(__file__).parent / "golden" / "parts"
_NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.txt")))


@pytest.mark.parametrize("name", _NAMES)
def test_part_makes_this_html(name: str, golden: CheckGolden) -> None:
    """A change of a part's markup is a change of its golden file, which a reviewer sees."""
    call = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["call"]
    template = make_environment([built_in_templates()]).from_string(call)
    html = template.render(page=gallery_page(), root="../")
    golden(f"parts/{name}.txt", pack({"call": call, "html": html}))


def test_steps_of_a_history_keep_the_words_of_the_author() -> None:
    """Only verdicts, which the site itself puts into words, lose their capitals."""
    part = '{% from "parts/history.html" import change_words %}{{ change_words(change) }}'
    change = {"before": "contradicts China’s unease", "after": "likely"}
    html = make_environment([built_in_templates()]).from_string(part).render(change=change)
    assert "contradicts China’s unease" in html
    assert "<strong>likely</strong>" in html


def test_card_of_an_event_names_the_first_of_very_many() -> None:
    """Of more actors, places and rival dates than twelve it gives twelve, and counts the others."""
    part = '{% from "parts/event_card.html" import event_card %}{{ event_card(card, "") }}'
    links = [NoteLink("", f"actors/n{each}.html", f"Name {each}") for each in range(15)]
    days = [date_view(parse_date(f"20{each}")) for each in range(10, 40)]
    environment = make_environment([built_in_templates()]).from_string(part)
    card = gallery_page().event
    html = environment.render(card=replace(card, actors=tuple(links), rival_dates=tuple(days)))
    assert "Name 10</a>, <a" in html
    assert "Name 11</a> and 3 more</span>" in html
    assert 'datetime="2021">2021</time></span> or one of 18 more</p>' in html
    whole = environment.render(card=replace(card, actors=tuple(links[:12])))
    assert "Name 10</a> and <a" in whole
    assert " more<" not in whole


@pytest.mark.parametrize("name", _NAMES)
def test_golden_file_calls_its_part(name: str) -> None:
    """A golden file is named for a part, which its call makes use of."""
    assert (built_in_templates() / "parts" / f"{name}.html").is_file()
    call = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["call"]
    assert f'from "parts/{name}.html"' in call


def test_main_parts_have_golden_files() -> None:
    """The parts in which evidence, judgement and sources are shown are among them."""
    main = "assessment claim_card date evidence_group excerpt plot source_label standing"
    assert set(main.split()) <= set(_NAMES)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 claim"), (999, "999 claims"), (10000, "10,000 claims")]
)
def test_counts_are_written_as_the_numbers_of_measures_are(number: int, words: str) -> None:
    """Thousands are set apart by a comma."""
    part = '{% from "parts/words.html" import counted %}{{ counted(number, "claim") }}'
    template = make_environment([built_in_templates()]).from_string(part)
    assert template.render(number=number) == words


def test_axis_of_months_names_the_year_once_or_twice_and_keeps_within_the_drawing() -> None:
    """A phone shows every other tick, and there too each year is named."""
    part = '{% from "parts/timeline.html" import timeline_glance %}{{ timeline_glance(view, "t") }}'
    days = ("2024-01", "2024-03", "2024-05", "2024-07", "2025-01")
    ticks = tuple(Tick(at * 25.0, day) for at, day in enumerate(days))
    view = replace(gallery_page().timeline, strip=(), ticks=ticks)
    html = make_environment([built_in_templates()]).from_string(part).render(view=view)
    found = re.findall(r'<text class="is-tick([^"]*)" x="[^"]*"([^>]*) y="[^"]*">([^<]*)<', html)
    assert [words for _, _, words in found] == ["Jan 2024", "Mar 2024", "May", "Jul", "Jan 2025"]
    assert [classes.replace(" is-minor", "") for classes, _, _ in found] == [
        *(" is-far", "", "", "", " is-last")
    ]
