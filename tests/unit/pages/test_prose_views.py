"""Excerpts stand inside their sentence, and an author's prose becomes HTML and cards."""

from __future__ import annotations

import pytest

from sitegen.kinds import Kind
from sitegen.model import Coverage, CoveredSentence, Ref, Use
from sitegen.notes import QuestionId, SourceId
from sitegen.pages.prose_views import (
    coverage_view,
    excerpt_view,
    plain_prose,
    prose,
    question_card,
    source_card,
)
from sitegen.views import (
    ClaimCard,
    EventCard,
    ExcerptView,
    PlotView,
    Prose,
    SourceCard,
    TimelineView,
)
from tests.sites import LinkedSite, site_of

TEXT = "Clouds came. On Monday it rained, they said, for hours. Nobody went out.\n"


def quoting(quote: str, source: str = "", more: str = "", text: str = TEXT) -> LinkedSite:
    """Return a site with one claim that quotes one text so, and these fields of its source."""
    return site_of(
        f"-- content/sources/a.yaml --\ntitle: A\ntext: a.txt\n{source}\n"
        f"-- seeds/a.txt (no final newline) --\n{text}\n"
        "-- content/claims/c.yaml --\nstatement: It rained.\n"
        f"evidence:\n  - source: a\n    quote: '{quote}'\n{more}"
    )


def excerpt(linked: LinkedSite) -> ExcerptView:
    """Return the view of the claim's first piece of evidence."""
    return excerpt_view(linked.cards, linked.citations("claim", "c")[0])


# --- excerpts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "before", "after"),
    [
        ("it rained", "On Monday ", ", they said, for hours."),
        ("On Monday it rained, they said, for hours.", "", ""),
        ("Clouds came. On Monday", "", " it rained, they said, for hours."),
        ("for hours. Nobody", "On Monday it rained, they said, ", " went out."),
        ("Monday […] Nobody went", "On ", " out."),
    ],
)
def test_quote_stands_inside_its_sentence(quote: str, before: str, after: str) -> None:
    """What its first and last sentence say besides it is shown around it, never more."""
    view = excerpt(quoting(quote))
    assert (view.before, view.after) == (before, after)


def test_elided_quote_shows_its_parts_and_what_is_between() -> None:
    """One omission fewer than parts; both in the text's own words."""
    view = excerpt(quoting("Monday […] they said […] Nobody"))
    assert view.segments == ("Monday", "they said", "Nobody")
    assert view.omitted == (" it rained, ", ", for hours. ")


def test_without_rights_only_the_quote_is_shown() -> None:
    """Neither its sentence nor what it leaves out is published, but how much is left out is."""
    view = excerpt(quoting("Monday […] they said", source="rights: none"))
    assert (view.before, view.after) == ("", "")
    assert view.segments == ("Monday", "they said")
    assert view.omitted == ("",)


def test_long_sentence_is_cut_at_its_ends() -> None:
    """At most 400 characters of a sentence stand on either side."""
    view = excerpt(quoting("quoted", text=f"{'a' * 500} quoted {'b' * 500}."))
    assert view.before == f"… {'a' * 399} "
    assert view.after == f" {'b' * 399} …"


def test_excerpt_links_to_its_place_and_to_the_live_words() -> None:
    """The passage on the source's page, and the very words in the article by a text fragment."""
    view = excerpt(quoting("it rained", source="url: https://example.org/a\nlanguage: ar"))
    assert view.passage_url == "sources/a.html#passage-23-32"
    assert view.live_url.startswith("https://example.org/a#:~:text=On%20Monday-,it%20rained,-")
    assert (view.lang, view.dir, view.anchor) == ("ar", "rtl", "evidence-1")


def test_quote_that_is_not_held_has_no_place() -> None:
    """Its words are the author's and nothing stands around them; the article may be linked."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
url: https://example.org/a
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained}]
"""
    )
    view = excerpt(linked)
    assert (view.state, view.segments, view.passage_url) == ("not-held", ("It rained",), "")
    assert view.live_url == "https://example.org/a#:~:text=It%20rained"


def test_what_nobody_said_is_empty() -> None:
    """Grades, basis, speakers, translation and remarks have no default."""
    view = excerpt(quoting("it rained"))
    assert (view.credibility, view.basis, view.translation, view.translated_by) == ("",) * 4
    assert (view.said_by, view.origins, view.note, view.rival_date) == ((), (), (), None)
    assert (view.live_url, view.archived_url, view.statement, view.statement_url) == ("",) * 4


def test_what_the_author_says_of_a_passage_is_shown() -> None:
    """All of an entry of evidence reaches the page."""
    linked = quoting(
        "it rained",
        source="origins: [agency]",
        more="""    stance: disputes
    credibility: 3
    basis: told-by-named
    origins: [kim]
    said_by: [kim]
    translation: {text: Es regnete, by: machine}
    note: A *remark*.
-- content/actors/kim.yaml --
name: Kim
-- content/actors/agency.yaml --
name: Agency
""",
    )
    view = excerpt(linked)
    assert (view.stance, view.credibility, view.basis) == ("disputes", "3", "told-by-named")
    assert [each.title for each in view.said_by] == ["Kim"]
    assert [each.title for each in view.origins] == ["Kim"]
    assert (view.translation, view.translated_by) == ("Es regnete", "machine")
    assert [each.html for each in view.note] == ["<p>A <em>remark</em>.</p>"]


def test_excerpt_on_another_page_names_what_rests_on_it() -> None:
    """The claim and the evidence's address on its page."""
    linked = quoting("it rained")
    view = excerpt_view(linked.cards, linked.citations("claim", "c")[0], names_owner=True)
    assert view.statement == "It rained."
    assert view.statement_url == "claims/c.html#evidence-1"


# --- cards ------------------------------------------------------------------------------------


def test_source_card_counts_notes_and_sentences() -> None:
    """Claims and events that quote it are counted once each."""
    linked = quoting(
        "it rained",
        source="reliability_why: Known.\nsummary: In *short*.",
        more="  - {source: a, quote: Clouds}\n",
    )
    card = source_card(linked.cards, SourceId("a"))
    assert (card.claims, card.events, card.reliability_why) == (1, 0, "Known.")
    assert [each.html for each in card.summary] == ["<p>In <em>short</em>.</p>"]
    assert card.coverage is not None
    assert (card.coverage.quoted, card.coverage.unused, card.coverage.total) == (2, 1, 3)


@pytest.mark.parametrize(
    ("uses", "worked_through"),
    [
        ("q", 100),
        ("u", 0),
        ("qu", 50),
        ("quu", 33),
        ("qui", 50),
        ("i", 100),
        ("", 100),
    ],
)
def test_share_worked_through_is_of_content_alone(uses: str, worked_through: int) -> None:
    """Ignored sentences count neither way, and percents are rounded down."""
    of = {"q": Use.QUOTED, "u": Use.UNUSED, "i": Use.IGNORED}
    coverage = Coverage(tuple(CoveredSentence(0, 1, of[each]) for each in uses), 1, 3)
    view = coverage_view(coverage)
    assert (view.worked_through, view.share_quoted) == (worked_through, 33)
    assert view.quoted + view.unused + view.ignored == view.total == len(uses)


def test_question_card_shows_the_judgement() -> None:
    """A question says how many claims compete, and what the author makes of them."""
    linked = quoting(
        "it rained",
        more="""-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: c}]
assessment: {verdict: likely, gaps: [Where?], assessed_on: 2024-06}
-- content/questions/empty.yaml --
question: Why?
""",
    )
    card = question_card(linked.cards, QuestionId("q"))
    assert (card.question, card.url, card.answers) == ("Did it rain?", "questions/q.html", 1)
    assert card.assessment is not None
    assert (card.assessment.verdict, card.assessment.confidence) == ("likely", "")
    assert card.assessment.gaps == ("Where?",)
    assert card.assessment.assessed_on is not None
    assert question_card(linked.cards, QuestionId("empty")).assessment is None


# --- prose ------------------------------------------------------------------------------------

NOTES = """
-- content/sources/a.yaml --
title: The A
-- content/actors/kim.yaml --
name: Kim
summary: Kim is Kim.
-- content/measures/m.yaml --
title: Rain
unit: mm
-- content/events/e.yaml --
title: Storm
date: 2024-06
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: x}]
"""


def on_a_page(text: str) -> Prose:
    """Return what a text becomes on a page of its own."""
    site = site_of(f"{NOTES}-- content/pages/index.md --\n---\ntitle: T\n---\n{text}\n")
    return prose(site.cards, text, Ref(Kind.PAGE, "index"))


def test_prose_links_notes_by_title_and_actors_at_first_mention() -> None:
    """Links begin with `site:`, which the template turns into the way to the root."""
    (piece,) = on_a_page("Kim saw [[c]]; Kim left.")
    assert piece.html == (
        '<p><a class="ref" data-ref="actor:kim" href="site:actors/kim.html">Kim</a> saw '
        '<a class="ref" data-ref="claim:c" href="site:claims/c.html">It rained</a>; Kim left.</p>'
    )


def test_note_is_not_linked_to_itself_by_its_name() -> None:
    """An actor's own page does not link its name everywhere."""
    (piece,) = prose(site_of(NOTES).cards, "Kim is Kim.", Ref(Kind.ACTOR, "kim"))
    assert piece.html == "<p>Kim is Kim.</p>"


@pytest.mark.parametrize(
    ("embed", "kind", "view"),
    [
        ("claim:c", "claim", ClaimCard),
        ("event:e", "event", EventCard),
        ("source:a", "source", SourceCard),
        ("measure:m", "measure", PlotView),
        ("timeline:2024-06/2024-12", "timeline", TimelineView),
    ],
)
def test_embed_becomes_a_card_in_its_place(embed: str, kind: str, view: type) -> None:
    """The card stands between the paragraphs around it."""
    before, card, after = on_a_page(f"A.\n\n![[{embed}]]\n\nB.")
    assert (before.html, after.html) == ("<p>A.</p>", "<p>B.</p>")
    assert (card.card_kind, card.html) == (kind, "")
    assert isinstance(card.card, view)


def test_no_text_is_no_prose() -> None:
    """A field that is absent shows nothing."""
    assert prose(site_of(NOTES).cards, None, Ref(Kind.PAGE, "index")) == ()


def test_sources_may_show_one_another() -> None:
    """Summaries that embed each other's cards end: a card inside a summary has none of its own."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
summary: |
  Like this one:

  ![[source:b]]
-- content/sources/b.yaml --
title: B
summary: |
  Like that one:

  ![[source:a]]
"""
    )
    text, embedded = source_card(linked.cards, SourceId("a")).summary
    assert text.html == "<p>Like this one:</p>"
    assert isinstance(embedded.card, SourceCard)
    assert (embedded.card.label.title, embedded.card.summary) == ("B", ())


def test_source_does_not_show_itself() -> None:
    """The card of the very source that the summary is of is left out."""
    linked = site_of(
        "-- content/sources/a.yaml --\ntitle: A\nsummary: |\n  A.\n\n  ![[source:a]]\n"
    )
    pieces = source_card(linked.cards, SourceId("a")).summary
    assert [piece.card for piece in pieces] == [None, None]


def test_plain_prose_reads_as_readers_see_it() -> None:
    """Links stand as titles or words, cards as nothing."""
    said = plain_prose(site_of(NOTES).cards, "As *[[c]]* and [[kim|they]]\nsay.\n\n![[event:e]]")
    assert said == "As It rained and they say."


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("It rained.", "It rained"),
        ("It rained in the U.S.", "It rained in the U.S."),
        ("It rained", "It rained"),
    ],
)
def test_statement_loses_its_full_stop_in_the_midst_of_a_sentence(
    statement: str, words: str
) -> None:
    """A link to a claim is followed by the author's own punctuation."""
    linked = site_of(
        "-- content/sources/a.yaml --\ntitle: A\n"
        f'-- content/claims/c.yaml --\nstatement: "{statement}"\n'
        "evidence: [{source: a, quote: it rained}]\n"
    )
    assert plain_prose(linked.cards, "See [[c]], and [[a]]: [[c|that one.]]") == (
        f"See {words}, and A: that one."
    )
