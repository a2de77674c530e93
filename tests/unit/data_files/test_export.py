"""The dataset holds all of the site under the content model's names, offsets and all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import sitegen.data_files.export
from sitegen.build import examine
from sitegen.data_files.dataset_schema import dataset_schema, kept_schema, written_schema
from sitegen.data_files.export import DATASET, DATASET_SCHEMA, export
from sitegen.kinds import Kind
from sitegen.model import Findings, Site
from sitegen.runs import Run
from tests.archive import unpack
from tests.conftest import MakeProject
from tests.rebuilds import FILES, made_again, made_by
from tests.sites import LinkedSite, site_of

EVERYTHING = """
-- content/site.yaml --
title: The briefing
description: What is known.
language: en
base_url: https://example.org/
publication: {rights: excerpts}
-- seeds/a.txt --
It rained all day. Nobody came, said Kim. Then it did not rain. It was 19 June. Read more!
-- content/sources/a.yaml --
title: The A
publisher: Herald
authors: [Ann, Bob]
url: https://example.org/a
archived_url: https://example.com/a
published: 2024-06-20
collected: 2024-07
language: en-GB
kind: news
text: a.txt
reliability: B
reliability_why: Known.
origins: [agency]
rights: full
ignore: [Read more!]
summary: In *short*.
notes: A remark.
aliases: [old-a]
tags: [paper]
-- content/sources/unheld.yaml --
title: Not held
sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
-- content/actors/agency.yaml --
name: The Agency
kind: organisation
-- content/actors/kim.yaml --
name: Kim
kind: person
aliases_in_text: [Mr Kim]
role: A witness
member_of: [agency]
wikidata: Q1
summary: Known.
-- content/places/town.yaml --
name: Town
aliases_in_text: [The town]
country: Land
latitude: 1.5
longitude: -2
wikidata: Q2
summary: Small.
-- content/measures/m.yaml --
title: Rain
unit: mm
definition: Water.
-- content/questions/q.yaml --
question: Did it rain?
why: It matters.
answers: [{claim: c, note: "Yes."}]
indicators: [Clouds]
assessment: {verdict: likely}
-- content/claims/c.yaml --
statement: It rained.
kind: estimate
asserted_by: [kim]
date: 2024-06-19~
evidence:
  - source: a
    quote: It rained […] Nobody came
    credibility: 2
    basis: witnessed
    origins: []
    said_by: [kim]
    translation: {text: Es regnete, by: person}
    note: A remark.
  - {source: unheld, quote: It rained, stance: mentions}
events: [e]
actors: [kim]
places: [town]
questions: [q]
quantity: {measure: m, min: 1, max: 2.5, qualifier: about, as_of: 2024, scope: here, wording: wet}
relations: [{type: contradicts, claim: dry, why: Either or.}]
assessment:
  verdict: likely
  likelihood: very-likely
  confidence: low
  rationale: Because.
  assumptions: [Clocks were right.]
  gaps: [Where?]
  would_change: [A film.]
  assessed_on: 2024-08
history: [{date: 2024-07, from: unlikely, to: likely, why: A source.}]
analysis: See [[dry]].
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{source: a, quote: did not rain, prefix: Then it, suffix: "."}]
-- content/events/e.yaml --
title: Storm
date: 2024-06-19/2024-06-20
kind: other
summary: A storm.
evidence: [{source: a, quote: Then it}]
rival_dates: [{date: 2024-06-18, source: a, quote: It was 19 June}]
actors: [kim]
places: [town]
questions: [q]
claims: [dry]
notes: A remark.
-- content/events/gust.yaml --
title: Gust
date: 2024
part_of: e
-- content/corrections/fix.yaml --
date: 2024-09
was: dry
now: wet
notes: [claims/c]
since: 2024-08
-- content/pages/about.md --
---
title: About
order: 0
summary: What this is.
---
About [[c]].
"""


def dataset_of(linked: LinkedSite) -> dict[str, Any]:
    """Return the dataset of a site."""
    return read_dataset(linked.site, linked.findings)


def read_dataset(site: Site, findings: Findings) -> dict[str, Any]:
    """Return the dataset as a reader of the file gets it."""
    files = {file.path: file.content for file in made_by(export(site, findings))}
    data: dict[str, Any] = json.loads(files[DATASET])
    return data


def note(data: dict[str, Any], kind: str, note_id: str) -> dict[str, Any]:
    """Return a note of the dataset."""
    (found,) = [each for each in data[kind] if each["id"] == note_id]
    return dict(found)


def test_dataset_holds_to_its_schema() -> None:
    """The schema is a sound one, and closed: nothing stands in the data that it does not know."""
    jsonschema.Draft202012Validator.check_schema(dataset_schema())
    jsonschema.validate(
        dataset_of(site_of(EVERYTHING)), dataset_schema(), jsonschema.Draft202012Validator
    )


def test_repositorys_own_dataset_holds_to_its_schema(repo_root: Path) -> None:
    """The real notes use nearly every field."""
    examined = examine(repo_root)
    assert examined.site is not None
    assert examined.findings is not None
    data = read_dataset(examined.site, examined.findings)
    jsonschema.validate(data, dataset_schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"version": 2}, ["version"]),
        ({"format": "other"}, ["format"]),
        ({"extra": 1}, []),
        ({"claims": [{"id": "c"}]}, ["claims", 0]),
    ],
)
def test_schema_refuses_what_is_no_dataset(change: dict[str, Any], path: list[str | int]) -> None:
    """A schema that accepts anything would prove nothing."""
    data = {**dataset_of(site_of(EVERYTHING)), **change}
    faults = list(jsonschema.Draft202012Validator(dataset_schema()).iter_errors(data))
    assert path in [list(each.absolute_path)[: len(path)] for each in faults]


def test_kept_schema_is_current() -> None:
    """The schema that builds publish is the one that the models make."""
    assert kept_schema() == written_schema(), "run `make reference`"


def test_dataset_has_all_its_parts() -> None:
    """Format, version, site and a list for each kind of note and the disagreements."""
    data = dataset_of(site_of(EVERYTHING))
    assert list(data) == [
        "format",
        "version",
        "site",
        "sources",
        "claims",
        "events",
        "actors",
        "places",
        "questions",
        "measures",
        "pages",
        "corrections",
        "disagreements",
    ]
    assert (data["format"], data["version"]) == ("sitegen-briefing", 1)
    assert data["site"] == {
        "title": "The briefing",
        "description": "What is known.",
        "language": "en",
        "base_url": "https://example.org/",
        "publication": {"rights": "excerpts"},
    }


def test_notes_keep_their_fields_under_their_names() -> None:
    """What the author wrote is there word for word, `from` as `from`, whole numbers whole."""
    data = dataset_of(site_of(EVERYTHING))
    claim = note(data, "claims", "c")
    assert claim["date"] == "2024-06-19~"
    assert claim["quantity"] == {
        "measure": "m",
        "min": 1,
        "max": 2.5,
        "qualifier": "about",
        "as_of": "2024",
        "scope": "here",
        "wording": "wet",
    }
    assert claim["history"] == [
        {"date": "2024-07", "from": "unlikely", "to": "likely", "why": "A source."}
    ]
    assert claim["relations"] == [{"type": "contradicts", "claim": "dry", "why": "Either or."}]
    assert claim["assessment"]["would_change"] == ["A film."]
    assert claim["analysis"] == "See [[dry]]."
    assert note(data, "places", "town")["longitude"] == -2
    assert note(data, "pages", "about")["order"] == 0
    assert note(data, "pages", "about")["body"].strip() == "About [[c]]."
    assert note(data, "questions", "q")["answers"] == [{"claim": "c", "note": "Yes."}]
    assert note(data, "corrections", "fix")["notes"] == ["claims/c"]


@pytest.mark.parametrize(
    ("kind", "note_id", "left_out"),
    [
        ("sources", "a", {"sha256", "text"}),
        ("claims", "c", set()),
        ("events", "e", {"part_of"}),
        ("actors", "kim", set()),
        ("places", "town", set()),
        ("questions", "q", set()),
        ("measures", "m", set()),
        ("corrections", "fix", set()),
        ("pages", "about", set()),
    ],
)
def test_every_field_that_is_written_is_exported(
    kind: str, note_id: str, left_out: set[str]
) -> None:
    """No field of a note is lost on the way; those named here are not written in this note."""
    linked = site_of(EVERYTHING)
    exported = note(dataset_of(linked), kind, note_id)
    model = type(next(iter(getattr(linked.site, kind).values())).note)
    private = {"draft", "allow", "aliases", "tags"}
    assert set(model.model_fields) - private - left_out <= set(exported)


@pytest.mark.parametrize(
    ("kind", "note_id", "url"),
    [
        ("sources", "a", "sources/a.html"),
        ("claims", "c", "claims/c.html"),
        ("events", "e", "events/e.html"),
        ("actors", "kim", "actors/kim.html"),
        ("places", "town", "places/town.html"),
        ("questions", "q", "questions/q.html"),
        ("measures", "m", "measures/m.html"),
        ("corrections", "fix", "corrections.html#fix"),
        ("pages", "about", "pages/about.html"),
    ],
)
def test_every_note_has_id_url_and_backlinks(kind: str, note_id: str, url: str) -> None:
    """The url is relative to the site's root."""
    exported = note(dataset_of(site_of(EVERYTHING)), kind, note_id)
    assert exported["url"] == url
    assert isinstance(exported["backlinks"], list)


def test_address_of_an_article_is_its_live_url() -> None:
    """A source's `url` is its page like every note's; the article's own has another name."""
    data = dataset_of(site_of(EVERYTHING))
    assert note(data, "sources", "a")["live_url"] == "https://example.org/a"
    assert "live_url" not in note(data, "sources", "unheld")


def test_backlinks_name_each_note_once() -> None:
    """However often a note refers to another one."""
    data = dataset_of(site_of(EVERYTHING))
    assert note(data, "actors", "kim")["backlinks"] == [
        {"kind": "claim", "id": "c"},
        {"kind": "event", "id": "e"},
    ]


def test_evidence_has_the_texts_words_and_their_place() -> None:
    """Source, quote, state, stance, start and end; segments where words are left out."""
    evidence = note(dataset_of(site_of(EVERYTHING)), "claims", "c")["evidence"]
    elided, unheld = evidence
    assert elided == {
        "source": "a",
        "quote": "It rained […] Nobody came",
        "stance": "supports",
        "credibility": "2",
        "basis": "witnessed",
        "origins": [],
        "said_by": ["kim"],
        "translation": {"text": "Es regnete", "by": "person"},
        "note": "A remark.",
        "state": "exact",
        "start": 0,
        "end": 30,
        "segments": [{"start": 0, "end": 9}, {"start": 19, "end": 30}],
    }
    assert unheld == {
        "source": "unheld",
        "quote": "It rained",
        "stance": "mentions",
        "state": "not-held",
    }


def test_rival_date_is_located_like_evidence() -> None:
    """It has a place in the text too, and disputes by its nature."""
    (rival,) = note(dataset_of(site_of(EVERYTHING)), "events", "e")["rival_dates"]
    assert rival == {
        "date": "2024-06-18",
        "source": "a",
        "quote": "It was 19 June",
        "state": "exact",
        "stance": "disputes",
        "start": 64,
        "end": 78,
    }


def test_claim_has_standing_groups_and_silence() -> None:
    """Groups are lists of the ids of sources, those that only mention among them."""
    claim = note(dataset_of(site_of(EVERYTHING)), "claims", "c")
    assert claim["standing"] == "contested"
    assert claim["independent_groups"] == [["a"], ["unheld"]]
    assert claim["silent_sources"] == []
    assert claim["silent_sources_count"] == 0


def test_of_very_many_sources_some_are_named_and_all_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who covers an event or question, and who is silent on a claim: the first by their ids."""
    monkeypatch.setattr(sitegen.data_files.export, "MOST_SOURCES", 2)
    quoted = "".join(f"- {{source: {each}, quote: x}}\n" for each in "cab")
    data = dataset_of(
        site_of(
            "-- content/questions/q.yaml --\nquestion: Why?\n"
            "-- content/claims/dry.yaml --\nstatement: Dry.\nquestions: [q]\n"
            "evidence: [{source: d, quote: x}]\n"
            f"-- content/claims/wet.yaml --\nstatement: Wet.\nquestions: [q]\nevidence:\n{quoted}"
            f"-- content/events/e.yaml --\ntitle: Rain\ndate: 2024\nevidence:\n{quoted}"
            + "".join(f"-- content/sources/{each}.yaml --\ntitle: S\n" for each in "abcd")
        )
    )
    question, event = note(data, "questions", "q"), note(data, "events", "e")
    assert (question["covering_sources"], question["covering_sources_count"]) == (["a", "b"], 4)
    assert (event["covering_sources"], event["covering_sources_count"]) == (["a", "b"], 3)
    claim = note(data, "claims", "dry")
    assert (claim["silent_sources"], claim["silent_sources_count"]) == (["a", "b"], 3)


def test_origins_that_are_named_as_none_are_exported() -> None:
    """An empty list overrides the source's origins; one who counts again must see it."""
    data = dataset_of(site_of(EVERYTHING))
    assert note(data, "claims", "c")["evidence"][0]["origins"] == []
    assert "origins" not in note(data, "claims", "dry")["evidence"][0]
    assert "said_by" not in note(data, "claims", "dry")["evidence"][0]


def test_source_has_sum_rights_language_and_coverage() -> None:
    """The sum is that of the file, else what the author gave; policies and defaults are applied."""
    linked = site_of(EVERYTHING)
    data = dataset_of(linked)
    held, unheld = note(data, "sources", "a"), note(data, "sources", "unheld")
    (seed,) = linked.site.seeds.values()
    assert (held["sha256"], held["rights"], held["language"]) == (seed.sha256, "full", "en-GB")
    assert held["coverage"] == {"sentences": 5, "quoted": 4, "ignored": 1}
    assert unheld["sha256"] == "0123456789abcdef" * 4
    assert (unheld["rights"], unheld["language"]) == ("excerpts", "en")
    assert "coverage" not in unheld


def test_event_lists_its_claims_from_both_ends() -> None:
    """Those it names and those that name it."""
    assert note(dataset_of(site_of(EVERYTHING)), "events", "e")["claims"] == ["c", "dry"]


def test_disagreements_have_notes_summary_and_url() -> None:
    """Each leads to its place on the page of disagreements."""
    found = dataset_of(site_of(EVERYTHING))["disagreements"]
    assert found[0] == {
        "id": "contradiction-c",
        "kind": "contradiction",
        "notes": [{"kind": "claim", "id": "c"}, {"kind": "claim", "id": "dry"}],
        "summary": "Either or.",
        "url": "disagreements.html#contradiction-c",
    }
    assert [each["kind"] for each in found] == ["contradiction", "rival-dates"]


SEEDS = {
    "plain": "It rained all day. Nobody came.\n",
    "CRLF": "Line one.\r\nIt rained all day.\r\n\r\nNobody came.\r\n",
    "byte order mark": "\ufeffIt rained all day. Nobody came.\n",
    "astral": "🌧🌧 𝔸 – It rained all day. 🌧 Nobody came.\n",
    "combining": "Cafe\u0301. It rained all day. Nobody came.\n",
    "soft hyphens": "It rai\u00adned all day. Nobody ca\u00adme.\n",
    "spaces": "It\u00a0rained  all\n day. Nobody\u202fcame.\n",
    "right to left": "אבג It rained all day. دهو Nobody came.\n",
}


@pytest.mark.parametrize("text", SEEDS.values(), ids=SEEDS.keys())
@pytest.mark.parametrize("quote", ["rained all day", "rained […] Nobody came"])
def test_offsets_cut_the_quote_out_of_the_file(project: MakeProject, text: str, quote: str) -> None:
    """Read as UTF-8, less a byte order mark, the file has the quote at its code points."""
    folder = project(
        "-- content/site.yaml --\ntitle: T\n-- content/sources/a.yaml --\ntitle: A\ntext: a.txt\n"
        "-- content/claims/c.yaml --\nstatement: It rained.\n"
        f"evidence: [{{source: a, quote: '{quote}'}}]\n"
    )
    (folder / "seeds").mkdir()
    (folder / "seeds" / "a.txt").write_bytes(text.encode())
    examined = examine(folder)
    assert examined.site is not None, examined.diagnostics
    assert examined.findings is not None
    (evidence,) = read_dataset(examined.site, examined.findings)["claims"][0]["evidence"]
    read = (folder / "seeds" / "a.txt").read_bytes().decode("utf-8").removeprefix("\ufeff")
    segments = evidence.get("segments", [{"start": evidence["start"], "end": evidence["end"]}])
    cut = [read[each["start"] : each["end"]] for each in segments]
    assert " […] ".join(cut) == evidence["quote"]
    folded = [" ".join(each.replace("\u00ad", "").split()) for each in cut]
    assert folded == quote.split(" […] ")
    assert (segments[0]["start"], segments[-1]["end"]) == (evidence["start"], evidence["end"])


def test_export_is_the_same_whatever_the_order_of_the_files() -> None:
    """Equal notes give equal bytes."""
    files = unpack(EVERYTHING)
    turned = dict(reversed(files.items()))
    one, other = LinkedSite(files), LinkedSite(turned)
    assert made_by(export(one.site, one.findings)) == made_by(export(other.site, other.findings))


def test_export_keeps_hosts_from_changing_the_site() -> None:
    """GitHub Pages leaves files alone where it finds `.nojekyll`; the schema stands beside."""
    linked = site_of(EVERYTHING)
    files = {file.path: file.content for file in made_by(export(linked.site, linked.findings))}
    assert list(files) == [DATASET, DATASET_SCHEMA, ".nojekyll"]
    assert files[DATASET_SCHEMA] == kept_schema()


def test_text_is_written_as_it_is() -> None:
    """UTF-8 throughout, without escapes, so that people can read and search the file."""
    linked = site_of("-- content/actors/rain.yaml --\nname: 비 🌧\n")
    written = made_by(export(linked.site, linked.findings))[0].content
    assert '"name": "비 🌧"'.encode() in written


def line_of(kind: str, note_id: str) -> Run:
    """Return what a line of the dataset is known by."""
    return Run(Kind(kind), (note_id,))


def test_changed_note_has_its_own_line_made_again() -> None:
    """And nobody else's, as long as none shows anything of it."""
    note = "content/places/town.yaml"
    changed = unpack(EVERYTHING)[note].replace("Small.", "Large.")
    assert made_again(EVERYTHING, {note: changed}, export) == {
        "lines of the dataset": [line_of("place", "town")],
        FILES: [DATASET],
    }


def test_lines_that_show_a_change_are_made_again() -> None:
    """A claim that no longer disputes another changes the standing of both, and nothing else."""
    snow = "statement: It snowed.\nevidence: [{source: unheld, quote: Snow}]\n"
    text = f"{EVERYTHING}-- content/claims/snow.yaml --\n{snow}"
    note = "content/claims/c.yaml"
    changed = unpack(EVERYTHING)[note].replace("type: contradicts", "type: qualifies")
    again = made_again(text, {note: changed}, export)
    assert again.pop("disagreements of the dataset") == [DATASET]
    assert again.pop(FILES) == [DATASET]
    (made,) = again.values()
    assert {line_of("claim", "c"), line_of("claim", "dry")} <= set(made)
    assert not {line_of("claim", "snow"), line_of("place", "town")} & set(made)


def test_note_that_comes_and_another_that_goes() -> None:
    """The one gets its line, and that of the other stays nowhere."""
    text = EVERYTHING + "-- content/places/inn.yaml --\nname: Inn\n"
    changes = {"content/places/inn.yaml": None, "content/places/bay.yaml": "name: Bay\n"}
    again = made_again(text, changes, export)
    assert again["lines of the dataset"] == [line_of("place", "bay")]
