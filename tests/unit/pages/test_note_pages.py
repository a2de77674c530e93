"""Each page of a note shows what the note says, what follows from it, and what refers to it."""

from __future__ import annotations

from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, PlaceId, QuestionId, SourceId
from sitegen.pages.makers import AllMakers
from sitegen.pages.note_page_context import NotePageContext, make_note_page_context
from sitegen.pages.note_pages import (
    actor_page,
    claim_page,
    event_page,
    measure_page,
    narrative_page,
    note_page_makers,
    place_page,
    question_page,
)
from sitegen.pages.source_pages import source_page
from tests.sites import site_of

SITE = """
-- content/sources/a.yaml --
title: The A
text: a.txt
origins: [agency]
authors: [Ann]
url: https://example.org/a
summary: As [[c]] has it.
notes: A remark.
-- seeds/a.txt --
It rained. Kim said: "It was wet."
-- content/sources/b.yaml --
title: The B
publisher: Herald
-- content/sources/d.yaml --
title: The D
-- content/actors/agency.yaml --
name: Agency
kind: organisation
-- content/actors/kim.yaml --
name: Kim
role: A witness
aliases_in_text: [Mr Kim]
member_of: [agency]
wikidata: Q1
summary: Knows [[c|rain]].
-- content/places/town.yaml --
name: Town
country: Land
latitude: 1.5
longitude: -2
-- content/measures/m.yaml --
title: Rain
unit: mm
definition: Water on [[town]].
-- content/questions/q.yaml --
question: Did it rain?
why: It matters.
answers: [{claim: c, note: Yes.}, {claim: dry}]
indicators: [Clouds]
-- content/claims/c.yaml --
statement: It rained.
asserted_by: [kim]
tags: [weather]
evidence:
  - {source: b, quote: rained, stance: mentions, said_by: [kim]}
  - {source: a, quote: It rained., credibility: 2}
  - {source: b, quote: poured}
events: [storm]
actors: [kim]
places: [town]
questions: [q]
quantity: {measure: m, value: 12}
relations:
  - {type: contradicts, claim: dry, why: Either or.}
  - {type: compatible-with, claim: wet}
history: [{date: 2024-07, from: unlikely, to: likely, why: A new source.}]
analysis: An analysis.
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{source: b, quote: dry}, {source: a, quote: It was wet., stance: disputes}]
-- content/claims/wet.yaml --
statement: It was wet.
evidence: [{source: a, quote: It was wet., said_by: [kim]}]
questions: [q]
-- content/events/storm.yaml --
title: Storm
date: 2024-06-19
summary: A storm over [[town]].
notes: Remark.
evidence: [{source: d, quote: storm}]
rival_dates: [{date: 2024-06-18, source: b, quote: earlier}]
actors: [kim]
places: [town]
questions: [q]
claims: [wet]
-- content/events/gust.yaml --
title: Gust
date: 2024-06-19
part_of: storm
-- content/events/calm.yaml --
title: Calm
date: 2024-05
-- content/corrections/fix.yaml --
date: 2024-08
was: dry
now: wet
notes: [claims/c]
-- content/pages/index.md --
---
title: Front
---
Hello.
-- content/pages/about.md --
---
title: About
summary: What this is.
---
# Heading

About [[c]].
"""


def context() -> NotePageContext:
    """Return what the pages of the site are made from."""
    return make_note_page_context(site_of(SITE).cards)


def test_claim_page_shows_all_that_bears_on_it() -> None:
    """Evidence by origin, contradictions apart from other relations, its number, silence."""
    page = claim_page(context(), ClaimId("c"))
    assert (page.title, page.ref, page.section, page.tags) == (
        "It rained.",
        "claim:c",
        "claims",
        ("weather",),
    )
    assert [[each.number for each in group.excerpts] for group in page.groups] == [[1, 3], [2]]
    assert [[each.title for each in group.sources] for group in page.groups] == [
        ["The B"],
        ["The A"],
    ]
    assert [[each.title for each in group.origins] for group in page.groups] == [[], ["Agency"]]
    assert [each.claim.ref for each in page.contradictions] == ["claim:dry"]
    assert [(each.type, each.claim.ref) for each in page.relations] == [
        ("compatible-with", "claim:wet")
    ]
    assert [each.id for each in page.disagreements] == ["contradiction-c"]
    assert page.plot is not None
    assert page.estimate is not None
    assert page.estimate.is_current
    assert [each.title for each in page.silent] == ["The D"]
    assert [each.title for each in page.events] == ["Storm"]
    assert [each.title for each in page.questions] == ["Did it rain?"]
    assert [(each.before, each.after, each.why) for each in page.history] == [
        ("unlikely", "likely", "A new source.")
    ]
    assert [each.id for each in page.corrections] == ["fix"]


def test_contradicting_statements_are_compared() -> None:
    """The words that differ are marked on both sides, from either end of the relation."""
    (here,) = claim_page(context(), ClaimId("c")).contradictions
    (there,) = claim_page(context(), ClaimId("dry")).contradictions
    assert "".join(word.text for word in here.here) == "It rained."
    assert here.here == there.there
    assert (here.is_inverse, there.is_inverse, there.why) == (False, True, "Either or.")


def test_relations_of_one_type_stand_together() -> None:
    """They come type by type, each declared ones first, whatever the order of the notes."""
    claims = "".join(
        f"-- content/claims/{name}.yaml --\nstatement: {name}.\n"
        f"evidence: [{{source: s, quote: x}}]\nrelations: [{relations}]\n"
        for name, relations in {
            "a": "{type: supports, claim: b}, {type: refines, claim: c}",
            "b": "",
            "c": "{type: supports, claim: a}",
            "d": "{type: refines, claim: a}",
        }.items()
    )
    cards = site_of("-- content/sources/s.yaml --\ntitle: S\n" + claims).cards
    page = claim_page(make_note_page_context(cards), ClaimId("a"))
    assert [(each.type, each.is_inverse, each.claim.statement) for each in page.relations] == [
        ("refines", False, "c."),
        ("refines", True, "d."),
        ("supports", False, "b."),
        ("supports", True, "c."),
    ]


def test_claim_that_an_event_names_has_the_event() -> None:
    """It makes no difference which of the two names the other."""
    assert [each.title for each in claim_page(context(), ClaimId("wet")).events] == ["Storm"]


def test_event_page_shows_dates_and_neighbours() -> None:
    """Rival dates stand apart; before and after are by the timeline; parts are its own."""
    page = event_page(context(), EventId("storm"))
    assert [each.number for each in page.evidence] == [1]
    assert [each.rival_date.words if each.rival_date else "" for each in page.rivals] == [
        "18 June 2024"
    ]
    assert [each.ref for each in page.claims] == ["claim:c", "claim:wet"]
    assert [each.title for each in page.parts] == ["Gust"]
    assert page.previous is not None
    assert page.previous.title == "Gust"
    assert page.following is None
    assert [each.id for each in page.disagreements] == ["rival-dates-storm"]
    assert page.description == "A storm over Town."


def test_part_of_an_event_knows_the_whole() -> None:
    """And the first event has none before it."""
    gust = event_page(context(), EventId("gust"))
    assert gust.part_of is not None
    assert gust.part_of.title == "Storm"
    assert event_page(context(), EventId("calm")).previous is None


def test_source_page_shows_text_and_grade() -> None:
    """The passages, where it has its reporting from, and the file's own SHA-256."""
    linked = site_of(SITE)
    page = source_page(make_note_page_context(linked.cards), SourceId("a"))
    assert page.is_held
    assert page.sha256 == linked.site.seeds[SourceId("a")].sha256
    assert [each.words for each in page.passages] == ["It rained.", "It was wet."]
    assert [each.title for each in page.origins] == ["Agency"]
    assert (page.rights, page.lang, page.dir, page.authors) == ("excerpts", "en", "ltr", ("Ann",))
    assert (page.unlocated, page.description) == ((), "As It rained has it.")


def test_source_page_of_a_text_that_is_not_held_lists_its_quotes() -> None:
    """Each with the note that rests on it, as there is no text to show them in."""
    page = source_page(context(), SourceId("b"))
    assert (page.is_held, page.paragraphs, page.passages, page.sha256) == (False, (), (), "")
    assert sorted((each.segments[0], each.statement) for each in page.unlocated) == [
        ("dry", "It was dry."),
        ("earlier", "Storm"),
        ("poured", "It rained."),
        ("rained", "It rained."),
    ]


def test_question_page_puts_first_what_tells_answers_apart() -> None:
    """A source that supports one answer and disputes another decides more than one that agrees."""
    page = question_page(context(), QuestionId("q"))
    assert [each.claim.ref for each in page.answers] == ["claim:c", "claim:dry"]
    assert [each.title for each in page.sources] == ["The A", "The B"]
    assert [[cell.stance for cell in each.cells] for each in page.answers] == [
        ["supports", "supports"],
        ["disputes", "supports"],
    ]
    first = page.answers[0].cells[0]
    assert (first.credibility, first.words, first.url) == (
        "2",
        "It rained.",
        "claims/c.html#evidence-2",
    )
    assert [each.ref for each in page.others] == ["claim:wet"]
    assert [each.title for each in page.events] == ["Storm"]
    assert page.indicators == ("Clouds",)


def test_silent_source_has_an_empty_cell() -> None:
    """A source that says nothing of an answer has no stance, not a neutral one."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
-- content/claims/one.yaml --
statement: One.
evidence: [{source: a, quote: x}]
-- content/claims/two.yaml --
statement: Two.
evidence: [{source: b, quote: x}]
-- content/questions/q.yaml --
question: Which?
answers: [{claim: one}, {claim: two}]
"""
    )
    page = question_page(make_note_page_context(linked.cards), QuestionId("q"))
    cells = [(cell.stance, cell.url) for answer in page.answers for cell in answer.cells]
    assert cells == [
        ("supports", "claims/one.html#evidence-1"),
        ("", ""),
        ("", ""),
        ("supports", "claims/two.html#evidence-1"),
    ]


def test_actor_page_gathers_words_claims_and_events() -> None:
    """What they said, what they claim, what is claimed of them, whom they belong to."""
    kim, agency = actor_page(context(), ActorId("kim")), actor_page(context(), ActorId("agency"))
    assert sorted(each.statement for each in kim.said) == ["It rained.", "It was wet."]
    assert [each.ref for each in kim.asserted] == ["claim:c"]
    assert [each.ref for each in kim.claims] == ["claim:c"]
    assert [each.title for each in kim.events] == ["Storm"]
    assert [each.title for each in kim.member_of] == ["Agency"]
    assert [each.title for each in agency.members] == ["Kim"]
    assert [each.title for each in agency.origin_of] == ["The A"]
    assert (kim.role, kim.names, kim.wikidata, kim.kind) == ("A witness", ("Mr Kim",), "Q1", "")


def test_place_page_shows_what_happened_there() -> None:
    """Events and claims that name it."""
    page = place_page(context(), PlaceId("town"))
    assert [each.title for each in page.events] == ["Storm"]
    assert [each.ref for each in page.claims] == ["claim:c"]
    assert (page.country, page.latitude, page.longitude) == ("Land", 1.5, -2)


def test_measure_page_shows_every_estimate() -> None:
    """The plot marks none as current; links in the definition read as titles in the description."""
    page = measure_page(context(), MeasureId("m"))
    assert [each.claim.ref for each in page.plot.estimates] == ["claim:c"]
    assert not page.plot.estimates[0].is_current
    assert page.description == "Water on Town."


def test_measure_page_says_why_its_number_is_in_dispute() -> None:
    """It gives the ends, the rivals and by what they differ; without rivals it says nothing."""
    claims = "".join(
        f"-- content/claims/{name}.yaml --\nstatement: {name}.\n"
        "evidence: [{source: s, quote: x}]\n"
        f"quantity: {{measure: {measure}, value: {value}, as_of: 2024}}\n"
        for name, measure, value in (("a", "m", 10), ("b", "m", 30), ("c", "n", 5))
    )
    cards = site_of(
        "-- content/sources/s.yaml --\ntitle: S\n"
        "-- content/measures/m.yaml --\ntitle: M\nunit: people\n"
        "-- content/measures/n.yaml --\ntitle: N\nunit: people\n" + claims
    ).cards
    dispute = measure_page(make_note_page_context(cards), MeasureId("m")).dispute
    assert dispute is not None
    assert (dispute.lowest, dispute.highest, dispute.rivals) == ("10", "30", 2)
    assert (dispute.plot.estimates, dispute.plot.left_out) == ((), 2)
    assert measure_page(make_note_page_context(cards), MeasureId("n")).dispute is None


def test_narrative_page_begins_its_headings_below_the_title() -> None:
    """The highest heading of the author's text is of the second level."""
    page = narrative_page(context(), "about")
    assert page.body[0].html.startswith("<h2>Heading</h2>")
    assert (page.summary, page.description) == ("What this is.", "What this is.")


def test_backlinks_lead_to_the_evidence_that_refers() -> None:
    """Grouped by kind; a quotation's backlink leads to it, and words are given if they add any."""
    groups = source_page(context(), SourceId("a")).backlinks
    assert [group.kind for group in groups] == ["claim"]
    assert [(link.url, link.role, link.stance, link.words) for link in groups[0].links] == [
        ("claims/c.html#evidence-2", "evidence", "supports", ""),
        ("claims/dry.html#evidence-2", "evidence", "disputes", ""),
        ("claims/wet.html#evidence-1", "evidence", "supports", ""),
    ]
    (link,) = [
        each
        for group in claim_page(context(), ClaimId("c")).backlinks
        for each in group.links
        if each.role == "body"
    ]
    assert (link.url, link.title, link.words) == ("pages/about.html", "About", "About It rained..")


def test_long_description_is_cut() -> None:
    """What search engines are given stays a sentence or two."""
    linked = site_of(
        "-- content/actors/kim.yaml --\nname: Kim\nrole: " + "very long role " * 30 + "\n"
    )
    page = actor_page(make_note_page_context(linked.cards), ActorId("kim"))
    assert len(page.description) == 200
    assert page.description.endswith("…")


def test_every_note_has_a_page_but_corrections_and_the_front_page() -> None:
    """Corrections share one page, and `pages/index.md` is the front page itself."""
    cards = site_of(SITE).cards
    specs = {
        spec.path: spec.template
        for maker in AllMakers((), note_page_makers(make_note_page_context(cards)))
        for spec in maker.make()
    }
    assert specs["claims/c.html"] == "pages/claim.html"
    assert specs["pages/about.html"] == "pages/page.html"
    assert len(specs) == 3 + 3 + 3 + 2 + 1 + 1 + 1 + 1
    assert not [path for path in specs if "index" in path or "correction" in path]


def test_many_silent_sources_are_counted_and_the_nearest_listed() -> None:
    """A claim's page lists a dozen, those on its own event first, and counts the others."""
    notes = """
-- seeds/a.txt --
It rained. It was wet. A storm came.
-- content/questions/q.yaml --
question: Did it rain?
-- content/events/storm.yaml --
title: Storm
date: 2025
kind: meeting
evidence: [{source: s-z, quote: A storm came.}]
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: s-a, quote: It rained.}]
questions: [q]
events: [storm]
-- content/claims/d.yaml --
statement: It was wet.
questions: [q]
evidence:
"""
    others = "bcdefghijklmno"
    notes += "".join(f"  - {{source: s-{each}, quote: It was wet.}}\n" for each in others)
    notes += "".join(
        f"-- content/sources/s-{each}.yaml --\ntitle: The {each}\ntext: a.txt\n"
        for each in ("a", "z", *others)
    )
    built = site_of(notes)
    page = claim_page(make_note_page_context(built.cards), ClaimId("c"))

    assert [each.title for each in page.silent[:2]] == ["The z", "The b"]
    assert (len(page.silent), page.silent_more) == (12, 3)


def test_source_published_before_it_happened_is_not_called_silent() -> None:
    """It is counted apart; one of a doubtful date may have been later, and stays."""
    notes = """
-- content/questions/q.yaml --
question: Did it rain?
-- content/claims/c.yaml --
statement: It rained.
date: 2025-03
evidence: [{source: s-own, quote: It rained.}]
questions: [q]
-- content/claims/forecast.yaml --
statement: It will snow.
kind: prediction
date: 2030
evidence: [{source: s-own, quote: Snow.}]
questions: [q]
-- content/claims/d.yaml --
statement: It was wet.
questions: [q]
evidence:
"""
    published = {"early": "2025-02", "doubtful": "2025-02~", "later": "2025-04", "undated": ""}
    notes += "".join(f"  - {{source: s-{each}, quote: It was wet.}}\n" for each in published)
    notes += "-- content/sources/s-own.yaml --\ntitle: Own\n"
    for each, date in published.items():
        notes += f"-- content/sources/s-{each}.yaml --\ntitle: {each}\n"
        notes += f"published: {date}\n" if date else ""
    context = make_note_page_context(site_of(notes).cards)

    page = claim_page(context, ClaimId("c"))
    assert [each.title for each in page.silent] == ["doubtful", "later", "undated"]
    assert page.silent_too_early == 1

    forecast = claim_page(context, ClaimId("forecast"))
    assert len(forecast.silent) == 4
    assert forecast.silent_too_early == 0
