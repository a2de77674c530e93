"""What previews show: facts that pages have, in rows of one shape, in scripts of a bounded size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.dates import parse_date
from sitegen.pages.date_previews import date_preview, has_preview
from sitegen.pages.preview_shards import preview_scripts
from sitegen.pages.previews import clipped
from sitegen.plan import site_view
from sitegen.render import make_environment, render_page
from sitegen.resources import template_folders
from tests.sites import LinkedSite, site_of

KEY, TITLE, TITLE_LANG, MARK, WORD, LINES, QUOTE, BY, QUOTE_LANG, AFTER, TEXT = range(11)

SITE = """
-- content/sources/herald.yaml --
title: The rain
publisher: The Herald
published: 2024-06-20
reliability: C
text: herald.txt
-- seeds/herald.txt --
It rained all day, she said. Nobody came.
-- content/actors/ann.yaml --
name: Ann
kind: person
role: Witness
summary: She *saw* it.
-- content/measures/rain.yaml --
title: Rain
unit: mm
-- content/claims/rain.yaml --
statement: It rained.
date: 2024-06~
asserted_by: [ann]
quantity: {measure: rain, value: 12}
evidence:
  - {source: herald, quote: It rained all day, credibility: 2, basis: told-by-named, said_by: [ann]}
assessment: {verdict: likely, likelihood: likely, confidence: high}
-- content/events/walk.yaml --
title: The walk
date: 2024-06-19
kind: meeting
actors: [ann]
rival_dates: [{date: 2024-06-18, source: herald, quote: Nobody came}]
-- content/questions/did-it.yaml --
question: Did it rain?
answers: [{claim: rain}]
-- content/corrections/hours.yaml --
date: 2024-07-01
was: It rained for an hour.
now: It rained all day.
"""


def scripts(linked: LinkedSite) -> dict[str, Any]:
    """Return what each script of the previews brings, by its path, as a browser would read it."""
    environment = make_environment(template_folders(Path(__file__).parent))
    frame = site_view(linked.site, (), (), "")
    found: dict[str, Any] = {}
    for spec in preview_scripts(linked.cards):
        text = render_page(spec, frame, environment).decode("utf-8")
        call = text[text.index("sitegen.data(") :]
        value = call.partition(", ")[2].rstrip().removesuffix(");")
        if spec.path.endswith("contents.js"):
            lines = [line.rstrip(",") for line in value.splitlines() if line.startswith('"')]
            value = "{" + ",".join(lines) + "}"
        found[spec.path.removeprefix("data/previews/")] = json.loads(value)
    return found


def rows(text: str, name: str) -> dict[str, list[Any]]:
    """Return the rows of one shard by their keys."""
    return {row[KEY]: row for row in scripts(site_of(text))[name]}


def test_every_row_has_the_same_fields() -> None:
    """Whatever is shown, a row has eleven fields; only references have forms instead."""
    found = scripts(site_of(SITE))
    shards = [name for name in found if name not in {"contents.js", "references-1.js"}]
    assert {len(row) for name in shards for row in found[name]} == {11}
    assert {len(row) for row in found["references-1.js"]} == {5}


def test_claim_shows_both_views_of_it_and_its_first_words() -> None:
    """A claim has its standing with the origins counted, the author's view apart, and a quote."""
    row = rows(SITE, "claims-1.js")["rain"]
    assert row[TITLE] == "It rained."
    assert row[MARK : WORD + 1] == ["single-origin", "Single origin"]
    assert row[LINES] == [
        "1 article, 1 independent origin",
        "Factual claim · about June 2024 · according to Ann · 12 mm",
        "Author: likely, high confidence",
    ]
    assert row[QUOTE : QUOTE_LANG + 1] == [
        "It rained all day",
        "The rain, The Herald, 20 June 2024",
        "en",
    ]


def test_claim_shows_support_before_anything_else() -> None:
    """Where the first passage only mentions a claim, one that supports it is shown."""
    site = SITE.replace("  - {source: herald", "  - {source: herald, quote: Nobody came, "
                        "stance: mentions}\n  - {source: herald", 1)  # fmt: skip
    assert rows(site, "claims-1.js")["rain"][QUOTE] == "It rained all day"


def test_event_shows_every_date_that_is_given() -> None:
    """An event has its date, and the dates that other accounts give."""
    row = rows(SITE, "events-1.js")["walk"]
    assert row[LINES] == [
        "Meeting · 19 June 2024",
        "Another account says 18 June 2024",
        "Ann",
        "0 claims · 1 source",
    ]


def test_source_shows_its_grade_and_its_use() -> None:
    """An article has its publisher, date and grade, and how often it is quoted."""
    row = rows(SITE, "sources-1.js")["herald"]
    assert row[LINES] == [
        "Kind not stated · The Herald · 20 June 2024",
        "Reliability C, fairly reliable",
        "Quoted by 1 claim and 1 event",
    ]


@pytest.mark.parametrize(
    ("shard", "key", "title", "lines", "text"),
    [
        (
            "actors-1.js",
            "ann",
            "Ann",
            ["Person · Witness", "In 1 claim and 1 event"],
            "She saw it.",
        ),
        ("measures-1.js", "rain", "Rain", ["mm", "In 1 claim"], ""),
        ("questions-1.js", "did-it", "Did it rain?", ["1 competing answer"], ""),
        (
            "corrections-1.js",
            "hours",
            "It rained for an hour.",
            ["1 July 2024"],
            "It rained all day.",
        ),
    ],
)
def test_other_notes_show_who_or_what_they_are(
    shard: str, key: str, title: str, lines: list[str], text: str
) -> None:
    """A role, a unit, a count of answers, and the beginning of what is said in plain words."""
    row = rows(SITE, shard)[key]
    assert [row[TITLE], row[LINES], row[TEXT]] == [title, lines, text]


def test_evidence_is_found_by_its_place_on_the_page_of_its_note() -> None:
    """A piece of evidence shows what it does, to what, its words, grades and proof."""
    row = rows(SITE, "excerpts-1.js")["claims/rain#evidence-1"]
    assert row[TITLE] == "It rained."
    assert row[MARK : WORD + 1] == ["supports", "Supports"]
    assert row[AFTER] == [
        "Source fairly reliable; statement probably true · said by Ann · told by a named source",
        "Found word for word",
    ]


def test_passage_is_found_by_its_place_in_the_article() -> None:
    """A passage of an article shows its words once, and what rests on them, the first few."""
    more = "".join(
        f"-- content/claims/c{n}.yaml --\nstatement: Claim {n}.\n"
        "evidence: [{source: herald, quote: Nobody came, stance: mentions}]\n"
        for n in range(4)
    )
    row = rows(SITE + more, "excerpts-1.js")["sources/herald#passage-29-40"]
    assert row[QUOTE] == "Nobody came"
    assert row[AFTER][2:] == [
        "Mentions: Claim 0.",
        "Mentions: Claim 1.",
        "Mentions: Claim 2.",
        "and 2 more notes",
    ]


@pytest.mark.parametrize("rights", ["full", "excerpts", "none"])
def test_of_an_article_only_quoted_words_are_shown(rights: str) -> None:
    """Whatever the rights, no sentence that nobody quotes goes into a preview."""
    site = SITE.replace("title: The rain", f"title: The rain\nrights: {rights}")
    site = site.replace(
        "rival_dates: [{date: 2024-06-18, source: herald, quote: Nobody came}]\n", ""
    )
    data = json.dumps(scripts(site_of(site)))
    assert "It rained all day" in data
    assert "Nobody" not in data
    assert "she said" not in data


def test_drafts_are_not_shown() -> None:
    """What is not published is in no script, and neither are the words that only it quotes."""
    draft = (
        "-- content/claims/secret.yaml --\nstatement: Secretly.\ndraft: true\n"
        "evidence: [{source: herald, quote: she said}]\n"
    )
    data = json.dumps(scripts(site_of(SITE + draft)))
    assert "ecret" not in data
    assert "she said" not in data


@pytest.mark.parametrize(
    ("edtf", "lines"),
    [
        (
            "2024-06~",
            [
                "The month is approximate: near this, not exactly this",
                "Its words reach from 1 June 2024 to 30 June 2024",
                "In EDTF (ISO 8601-2): 2024-06~",
            ],
        ),
        (
            "2024-06-19?",
            [
                "The day is uncertain: it may be another",
                "Its words mean 19 June 2024",
                "In EDTF (ISO 8601-2): 2024-06-19?",
            ],
        ),
        (
            "2025-08/..",
            [
                "Its words reach from 1 August 2025 on, without an end",
                "In EDTF (ISO 8601-2): 2025-08/..",
            ],
        ),
    ],
)
def test_date_says_what_is_in_doubt_and_what_its_words_allow(edtf: str, lines: list[str]) -> None:
    """A date is explained by its doubts, its outermost days and its code."""
    row = rows(SITE.replace("date: 2024-06~", f"date: {edtf}"), "dates-1.js")[edtf]
    assert row[LINES] == lines


@pytest.mark.parametrize(
    ("edtf", "doubts"),
    [
        ("2024-01~/2024-04~", (("month at either end", "approximate"),)),
        (
            "2022?/2024-06~",
            (("year of its start", "uncertain"), ("month of its end", "approximate")),
        ),
        ("2024-10/2024-11", ()),
        ("[2024-06?,2024-07]", (("month", "uncertain"),)),
    ],
)
def test_doubts_name_the_end_they_are_about(edtf: str, doubts: tuple[tuple[str, str], ...]) -> None:
    """What both ends share is said once, anything else of the end that has it."""
    assert date_preview(edtf).doubts == doubts


def test_dates_that_need_no_explanation_have_none() -> None:
    """A day, a month and a year without a mark say all by themselves."""
    dates = [parse_date(text) for text in ("2024-06-19", "2024-06", "2024")]
    assert not any(map(has_preview, dates))


def test_contents_lead_to_the_one_shard_that_may_have_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Shards are bounded, in the order of their keys, and the contents have the first of each."""
    monkeypatch.setattr("sitegen.pages.preview_shards.LARGEST_SHARD", 4)
    places = "".join(f"-- content/places/p{n}.yaml --\nname: P{n}\n" for n in range(9))
    found = scripts(site_of(places))
    kind, firsts = found["contents.js"]["places"]
    shards = [found[f"places-{number}.js"] for number in range(1, len(firsts) + 1)]
    keys = [row[KEY] for shard in shards for row in shard]
    assert kind == "Place"
    assert len(shards) > 2
    assert keys == sorted(keys) == [f"p{n}" for n in range(9)]
    assert firsts == [shard[0][KEY] for shard in shards]


def test_references_are_those_of_articles_and_of_values() -> None:
    """Each article, and each claim that gives a number, has its four forms."""
    found = rows(SITE, "references-1.js")
    assert sorted(found) == ["claims/rain", "sources/herald"]
    assert found["sources/herald"][1] == "The rain. The Herald. 20 June 2024."
    assert found["claims/rain"][3].startswith("@misc{claim-rain,")


def test_no_text_can_end_a_script() -> None:
    """Words that look like the end of a script or of a line do no harm in one."""
    title = "</script><!-- & ' \\u2028 end"
    linked = site_of(f'-- content/questions/q.yaml --\nquestion: "{title}"\n')
    environment = make_environment(template_folders(Path(__file__).parent))
    frame = site_view(linked.site, (), (), "")
    raw = [render_page(each, frame, environment) for each in preview_scripts(linked.cards)]
    text = b"".join(raw).decode("utf-8")
    assert not [each for each in ("</", "<!--", "\u2028") if each in text]
    assert scripts(linked)["questions-1.js"][0][TITLE] == "</script><!-- & ' \u2028 end"


@pytest.mark.parametrize(
    ("text", "length", "said"),
    [
        ("short", 9, "short"),
        ("one two\n three", 9, "one two …"),
        ("字" * 12, 9, "字" * 9 + " …"),
        ("a " + "字" * 12, 9, "a " + "字" * 7 + " …"),
    ],
)
def test_long_texts_end_at_a_word(text: str, length: int, said: str) -> None:
    """A text is cut after a whole word, or anywhere where there are none."""
    assert clipped(text, length) == said
