"""All checks together: warnings that are accepted, and what is said of half-read notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import examine
from sitegen.check import (
    accept,
    accept_in,
    check_corpus,
    check_findings,
    check_findings_of,
    check_findings_together,
    manual,
)
from sitegen.diagnostics import Diagnostic, Location, Missing, error, warning
from sitegen.kinds import Kind
from sitegen.ledger import Ledger, Trace
from sitegen.ledger.traces import FIRST, numbers_in
from sitegen.model import Corpus, Ref
from sitegen.prove import prove
from sitegen.read import read_project
from sitegen.rules.references import tell_missing
from tests.conftest import MakeProject
from tests.ledgers import kept_of
from tests.sites import site_of

SITE = """
    -- content/site.yaml --
    title: Rain
    -- content/sources/herald.yaml --
    title: Rain on Monday
    allow:
      - rule: unused-source
        why: It is for later.
    """


def corpus_of(folder: Path) -> Corpus:
    """Return what a project holds."""
    corpus, _ = read_project(folder)
    assert corpus is not None
    return corpus


def rules_of(folder: Path) -> list[str]:
    """Return the rules of all that is wrong with a project."""
    return [each.rule for each in examine(folder).diagnostics]


def test_allowed_warning_is_not_shown(project: MakeProject) -> None:
    """A warning that its note accepts, with a reason, is left out of the report."""
    assert rules_of(project(SITE)) == []


def test_allowance_holds_for_its_note_only(project: MakeProject) -> None:
    """The same warning about another note is shown."""
    folder = project(SITE)
    project("""
        -- content/sources/mail.yaml --
        title: Rain
        """)
    (found,) = examine(folder).diagnostics
    assert (found.rule, found.at.path) == ("unused-source", "content/sources/mail.yaml")


def test_allowance_without_a_warning_is_one(project: MakeProject) -> None:
    """An allowance that accepts nothing is reported where it stands."""
    folder = project(SITE)
    project("""
        -- content/claims/rain.yaml --
        statement: It rained on Monday.
        evidence: [{source: herald, quote: It rained}]
        questions: [why]
        -- content/questions/why.yaml --
        question: Why did it rain?
        """)
    (found,) = examine(folder).diagnostics
    assert found.rule == "unused-allowance"
    assert found.at == Location("content/sources/herald.yaml", 3, 11)


@pytest.mark.parametrize("name", ["verdict-not-borne-out", "confirmed-without-evidence"])
def test_rule_is_known_by_its_former_name_too(name: str, project: MakeProject) -> None:
    """An allowance that was written before a rule got its present name still holds."""
    claim = f"""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        -- content/questions/why.yaml --
        question: Why did it rain?
        -- content/claims/rain.yaml --
        statement: It rained on Monday.
        evidence: [{{source: herald, quote: It rained}}]
        questions: [why]
        assessment: {{verdict: refuted}}
        allow: [{{rule: {name}, why: It was taken back.}}]
        """
    assert rules_of(project(claim)) == []
    assert rules_of(project(claim.replace("verdict: refuted", "verdict: likely"))) == [
        "unused-allowance"
    ]


def test_one_allowance_accepts_every_warning_of_its_rule(project: MakeProject) -> None:
    """All warnings of one rule about a note are one matter."""
    corpus = corpus_of(project(SITE))
    at = Location("content/sources/herald.yaml", 1, 1)
    twice = [warning("unused-source", at, "a"), warning("unused-source", at, "b")]
    assert list(accept(twice, corpus)) == []


def test_errors_cannot_be_allowed(project: MakeProject) -> None:
    """An allowance never hides an error."""
    corpus = corpus_of(project(SITE))
    found = error("unused-source", Location("content/sources/herald.yaml"), "a")
    assert next(accept([found], corpus)) == found


@pytest.mark.parametrize("draft", ["true", "false"])
@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("quote-changed", ['"quote-changed" is an error, and only warnings can be accepted']),
        ("missing-field", ['"missing-field" is an error, and only warnings can be accepted']),
        ("unused-sauce", ['there is no warning "unused-sauce" here to accept']),
        ("draft-reference", []),
        ("unused-source", []),
    ],
)
def test_what_can_never_be_accepted_is_told_before_all_checks_were_run(
    rule: str, told: list[str], draft: str, project: MakeProject
) -> None:
    """That an error cannot be accepted is no secret until the error is gone, nor in a draft."""
    folder = project(f"""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        draft: {draft}
        allow: [{{rule: {rule}, why: It is well known.}}]
        """)
    found = accept([], corpus_of(folder), is_complete=False)
    assert [each.message for each in found] == told


def test_allowances_are_not_judged_before_all_checks_were_run(project: MakeProject) -> None:
    """Where errors kept checks from running, nobody knows which allowances are needed."""
    corpus = corpus_of(project(SITE))
    assert [each.rule for each in accept([], corpus)] == ["unused-allowance"]
    assert list(accept([], corpus, is_complete=False)) == []


def test_half_read_note_gives_errors_but_no_warnings(project: MakeProject) -> None:
    """A warning may rest on the very field that is wrong, an error does not."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/claims/rain.yaml --
        statement: It will rain in August.
        kind: Prediction
        date: 2024-08
        evidence: [{source: herald, quote: It rained, origins: [nobody]}]
        -- content/sources/herald.yaml --
        title: Rain on Monday
        published: 2024-06-17
        """)
    assert rules_of(folder) == ["invalid-value", "unknown-id"]


def found_in(folder: Path) -> list[Diagnostic]:
    """Return what the checks of a corpus find."""
    corpus = corpus_of(folder)
    return list(check_corpus(corpus, prove(corpus)))


def test_id_that_many_places_name_may_have_been_renamed(project: MakeProject) -> None:
    """From three places on the help says how all of them are mended at once."""

    def helps(claims: int, actor: str = "zoe", aliases: str = "[]") -> set[str]:
        folder = project(
            "-- content/site.yaml --\ntitle: Rain\n"
            f"-- content/actors/{actor}.yaml --\nname: Zoe\naliases: {aliases}\n"
            "-- content/sources/herald.yaml --\ntitle: Rain\n"
            + "".join(
                f"-- content/claims/c{each}.yaml --\nstatement: It rained.\nactors: [kim]\n"
                "evidence: [{source: herald, quote: Rain}]\n"
                for each in range(claims)
            )
        )
        return {each.help or "" for each in found_in(folder) if each.rule == "unknown-id"}

    written = "write content/actors/kim.yaml (sitegen new actor kim)"
    renamed = "if it was renamed, list its earlier id under `aliases`, then sitegen check --fix"
    assert helps(2) == {written}
    assert helps(3) == {f"{written}; {renamed}"}
    assert helps(3, "kin") == {f'did you mean "kin"? Or {renamed}'}
    assert helps(3, "zoe", "[kim]") == {
        'that was its earlier id: write "zoe", as sitegen check --fix does'
    }


def test_advice_on_a_missing_note_does_not_rest_on_words(project: MakeProject) -> None:
    """What is missing is known from the fault's own fields; its message may say it in any way."""
    corpus = corpus_of(project(SITE))
    missing = Missing((Kind.SOURCE,), "herold")
    found = [
        error("unknown-id", Location("a.yaml"), "nobody knows it", missing=missing),
        error("unknown-id", Location("b.yaml"), 'there is no source "herold"'),
    ]
    told, untold = tell_missing(corpus, found)
    assert (told.message, told.help) == ("nobody knows it", 'did you mean "herald"?')
    assert untold == found[1]


def test_notes_of_several_kinds_have_not_been_renamed_together(project: MakeProject) -> None:
    """Three places that name an id mean one note only if one kind of note may be meant."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/claims/rain.yaml --
        statement: It rained.
        evidence: [{source: herald, quote: Rain}]
        actors: [kim]
        places: [kim]
        questions: [kim]
        -- content/sources/herald.yaml --
        title: Rain
        """)
    helps = [each.help or "" for each in found_in(folder) if each.rule == "unknown-id"]
    assert [help_.partition(";")[2] for help_ in helps] == [""] * 3


def test_link_to_a_missing_note_is_helped_as_a_field_is(project: MakeProject) -> None:
    """Both count as places that name it, and both say what it may have been."""

    def helps(aliases: str) -> list[tuple[str, str | None]]:
        folder = project(f"""
            -- content/site.yaml --
            title: Rain
            -- content/actors/zoe.yaml --
            name: Zoe
            aliases: {aliases}
            -- content/claims/rain.yaml --
            statement: It rained.
            evidence: [{{source: herald, quote: Rain}}]
            actors: [kim]
            analysis: As [[kim]] says, and [[actor:kim|he]] again, and [[actor:Bo]].
            -- content/sources/herald.yaml --
            title: Rain
            """)
        rules = ("unknown-id", "broken-link")
        return [(each.rule, each.help) for each in found_in(folder) if each.rule in rules]

    written = "write content/actors/kim.yaml (sitegen new actor kim)"
    renamed = "if it was renamed, list its earlier id under `aliases`, then sitegen check --fix"
    assert helps("[]") == [
        ("unknown-id", f"{written}; {renamed}"),
        ("broken-link", f"correct the id, or write the note; {renamed}"),
        ("broken-link", f"{written}; {renamed}"),
        ("broken-link", "correct the id, or write the note"),
    ]
    earlier = 'that was its earlier id: write "zoe", as sitegen check --fix does'
    assert [help_ for _, help_ in helps("[kim]")][:3] == [earlier] * 3


def test_several_processes_find_the_same_in_the_same_order(project: MakeProject) -> None:
    """What is found does not depend on who looked for it."""
    folder = project(
        """
        -- content/site.yaml --
        title: Rain
        -- content/claims/rain.yaml --
        statement: It rained 3 times.
        evidence: [{source: herald, quote: It rained, origins: [nobody]}]
        analysis: "[[nothing]] and [[nobody]]"
        aliases: [rain]
        -- content/claims/dry.yaml --
        statement: It was dry.
        evidence: [{source: herald, quote: It was dry}]
        relations: [{type: contradicts, claim: dry, why: So.}]
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- seeds/herald.txt --
        It rained.
        """
    )
    corpus = corpus_of(folder)
    proofs = prove(corpus)
    alone = list(check_corpus(corpus, proofs))
    assert len({each.rule for each in alone}) > 3
    assert list(check_corpus(corpus, proofs, processes=2)) == alone


@pytest.mark.parametrize(
    ("origins", "rules"),
    [
        ("[source:b]", ["circular-reference"]),
        ("[b]", ["ambiguous-origin", "circular-reference"]),
        ("[actor:b]", []),
    ],
)
def test_actor_with_the_id_of_a_source_closes_no_circle(
    origins: str, rules: list[str], project: MakeProject
) -> None:
    """Only sources stand in the line of who has it from whom, whatever actors are called."""
    folder = project(f"""
        -- content/site.yaml --
        title: Rain
        -- content/actors/b.yaml --
        name: B
        -- content/sources/a.yaml --
        title: A
        origins: {origins}
        -- content/sources/b.yaml --
        title: B
        origins: [a]
        """)
    assert sorted(each.rule for each in found_in(folder)) == rules


def test_two_circles_are_two_diagnostics(project: MakeProject) -> None:
    """Each circle is reported once, however many notes lead into it."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/events/a.yaml --
        title: A
        date: 2024
        part_of: b
        -- content/events/b.yaml --
        title: B
        date: 2024
        part_of: a
        -- content/events/c.yaml --
        title: C
        date: 2024
        part_of: a
        -- content/events/d.yaml --
        title: D
        date: 2024
        part_of: e
        -- content/events/e.yaml --
        title: E
        date: 2024
        part_of: d
        """)
    found = [each.message.partition(": ")[2] for each in found_in(folder)]
    assert found == ["a → b → a", "d → e → d"]


def test_long_line_of_notes_is_no_circle(project: MakeProject) -> None:
    """A thousand events, each part of the next, are followed without an end to the stack."""
    events = "".join(
        f"-- content/events/e{n}.yaml --\ntitle: E\ndate: 2024\npart_of: e{n + 1}\n"
        for n in range(1000)
    )
    folder = project(f"-- content/site.yaml --\ntitle: Rain\n{events}")
    assert [each.rule for each in found_in(folder)] == ["unknown-id"]
    (folder / "content" / "events" / "e1000.yaml").write_text(
        "title: E\ndate: 2024\npart_of: e0\n", encoding="utf-8"
    )
    assert [each.rule for each in found_in(folder)] == ["circular-reference"]


def test_manual_gives_each_check_by_its_name() -> None:
    """A check's docstring is what the manual says of its rule."""
    assert manual()["unknown-id"].startswith("A field names a note that does not exist.")
    assert "markdown-fault" not in manual()


TWO_CLAIMS = """
-- content/site.yaml --
title: Rain
publication: {max_quoted_share: 10}
-- content/sources/herald.yaml --
title: Rain on Monday
text: herald.txt
ignore: [It was dry.]
origins: [zoe]
-- seeds/herald.txt --
Zoe saw Bo Kim in the 3 showers. It was dry.
-- content/actors/zoe.yaml --
name: Zoe
-- content/events/shower.yaml --
title: A shower
date: 2024-06
part_of: week
evidence: [{source: herald, quote: in the 3 showers}]
-- content/events/week.yaml --
title: A wet week
date: 2023
-- content/claims/rain.yaml --
statement: It rained 4 times, as [[zoe]] says.
evidence: [{source: herald, quote: Zoe saw Bo Kim, said_by: [zoe]}]
events: [shower]
assessment: {verdict: confirmed, confidence: high}
-- content/claims/wet.yaml --
statement: It was wet.
evidence: [{source: herald, quote: Zoe saw Bo Kim}]
relations: [{type: depends-on, claim: rain, why: Rain is wet.}]
analysis: See [[rain]].
"""


def looks_at_all(trace: Trace) -> bool:
    """Return whether a whole table was looked up, or all its keys."""
    return any(each < FIRST for each in numbers_in(trace))


def test_notes_are_checked_by_what_they_name_alone(project: MakeProject) -> None:
    """No rule of one note goes through all notes, so that what it finds can be taken over."""
    ledger = Ledger()
    examined = examine(project(TWO_CLAIMS), tables=ledger)
    for name in ("faults of notes", "faults of findings"):
        table = kept_of(ledger).tables[name]
        whole = zip(table.values, map(looks_at_all, table.traces.each()), strict=True)
        assert not [ref for ref, is_whole in whole if is_whole]
    rules = {each.rule for each in examined.diagnostics}
    assert rules == {
        "number-not-quoted",
        "overconfident",
        "part-outside-whole",
        "quoted-share-exceeded",
        "unknown-name",
        "verdict-not-borne-out",
    }


def test_unknown_name_is_told_once_of_the_first_note() -> None:
    """A name that several notes quote is one warning, and none if a note has it by then."""
    linked = site_of(TWO_CLAIMS)
    judged = {
        Ref(kind, note_id): check_findings_of(linked.site, linked.findings, record)
        for kind in Kind
        for note_id, record in linked.site.records(kind).items()
    }
    zoe = Ref(Kind.ACTOR, "zoe")
    found = check_findings_together(linked.site, judged, {zoe: ("Zoe",)})
    alone = [each for ref in found.faulty for each in judged[ref].diagnostics]
    assert [*alone, *found.diagnostics] == [*check_findings(linked.site, linked.findings)]
    assert [(each.rule, each.at.path) for each in found.diagnostics] == [
        ("unknown-name", "content/claims/rain.yaml")
    ]
    named = check_findings_together(linked.site, judged, {zoe: ("Zoe", "Bo Kim")})
    assert not named.diagnostics


def test_allowances_are_judged_by_what_was_found_in_their_note(project: MakeProject) -> None:
    """What one note accepts does not depend on any other."""
    record = corpus_of(project(SITE)).find(Ref(Kind.SOURCE, "herald"))
    assert record is not None
    accepted = warning("unused-source", Location(record.locations.path), "a")
    assert [*accept_in(record, [accepted])] == []
    assert [each.rule for each in accept_in(record, [])] == ["unused-allowance"]


def test_hundreds_of_missing_ids_are_not_each_compared_with_all_others(
    project: MakeProject,
) -> None:
    """The first hundred ids get the nearest one as advice, the rest are told what to write."""
    actors = ", ".join(f"council-{number}" for number in range(200, 350))
    folder = project(f"""
        -- content/site.yaml --
        title: Rain
        -- content/actors/council.yaml --
        name: The council
        member_of: [{actors}]
        """)
    helps = [each.help for each in found_in(folder)]
    assert helps[:100] == ['did you mean "council"?'] * 100
    assert helps[100:] == [
        f"write content/actors/{each}.yaml (sitegen new actor {each})"
        for each in (f"council-{number}" for number in range(300, 350))
    ]
