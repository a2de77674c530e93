"""The commands that write notes, or help to: init, new and excerpt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.authoring.refusals import Refused
from sitegen.cli.console import IN_PROJECT, PROJECT, shown

if TYPE_CHECKING:
    from sitegen.authoring.excerpting import Choice, Search


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--bare", is_flag=True, help="Settings and empty folders only, without the example.")
def init(folder: Path, *, bare: bool) -> None:
    """Make a small project in DIR to start from; it builds at once.

    It has two short articles and notes of every kind on them, with comments that explain each
    field, settings for your editor, and a workflow that publishes the site on GitHub Pages. With
    --bare it has no articles and no notes. DIR must be new or empty; hidden files may be there.

    Example: sitegen init my-briefing
    """
    from sitegen.authoring.project_template import make_project

    files = make_project(folder, bare=bare)
    click.echo(f"{len(files)} files in {shown(folder)}")
    then = (
        'sitegen add "URL of an article"' if bare else "sitegen build, then open _site/index.html"
    )
    click.echo(f"next: cd {shown(folder)}, then {then}")


@click.command()
@click.argument(
    "kind",
    type=click.Choice(
        [
            *("claim", "event", "source", "actor", "place"),
            *("question", "measure", "page", "correction"),
        ]
    ),
)
@click.argument("note_id", metavar="ID")
@PROJECT
def new(kind: str, note_id: str, project: Path) -> None:
    """Write a new note to fill in, and print the path of its file.

    KIND is the kind of note. ID names it, in links and in its address: lower-case letters, digits
    and hyphens, as in bridge-was-closed. PROJECT is the project's folder (default: this folder).
    The file has every field that such a note may have, with what it means; those that it can do
    without are commented out. A file that is there already is never touched.

    Example: sitegen new claim bridge-was-closed
    """
    from sitegen.authoring.scaffold import new_note
    from sitegen.kinds import Kind

    click.echo(shown(new_note(project, Kind(kind), note_id)))


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("words", metavar="WORDS")
@click.option("--into", metavar="claims/ID", help="Add the entry to this claim, or events/ID.")
@click.option("--choose", type=click.IntRange(min=1), metavar="N", help="Take the Nth passage.")
@click.option("--sentence", is_flag=True, help="Take the whole sentence that has the words.")
@click.option("--yes", is_flag=True, help="Add the passage all the same: you have looked at it.")
@IN_PROJECT
def excerpt(
    *,
    source: str,
    words: str,
    into: str | None,
    choose: int | None,
    sentence: bool,
    yes: bool,
    project: Path,
) -> None:
    """Find a passage of an article and write the evidence entry for it.

    SOURCE is the id of a source note. WORDS are some words of the passage, in quotation marks;
    they need not be exact. The passage is shown in its sentence, between brackets, with its file,
    line and column; then follows the entry, with the article's own words, to be put below
    `evidence:` in a claim or event. --into does that for you and changes nothing else in the file.
    A word of its sentence that hedges or denies ("reportedly", "may", "not") and that the passage
    leaves out is told; --sentence takes all of the sentence. --into adds no such passage, nor one
    whose words are not quite yours, without --yes.

    Example: sitegen excerpt herald "closed to traffic" --into claims/closed
    """
    from sitegen.authoring import excerpting

    found = excerpting.search(project, source, words)
    choice = _chosen(found, choose)
    if sentence:
        choice = excerpting.whole_sentence(choice)
    if choice.left_out:
        left_out = ", ".join(f'"{word}"' for word in choice.left_out)
        click.echo(f"look at it: the sentence also has {left_out}; see --sentence", err=True)
    entry = excerpting.evidence_entry(found, choice)
    if into is None:
        click.echo(excerpting.entry_text(entry), nl=False)
        return
    if not yes:
        _require_no_doubt(found, choice, is_chosen=choose is not None)
    faults = excerpting.add_evidence(project, into, entry)
    click.echo(excerpting.entry_text(entry), nl=False)
    for fault in faults:
        click.echo(f"still to do: {fault.at.path}:{fault.at.line}: {fault.message}", err=True)


def _require_no_doubt(found: Search, choice: Choice, *, is_chosen: bool) -> None:
    """Refuse to add a passage that the author may not have meant, or that may say too much."""
    if not (found.way.is_sure or is_chosen):
        raise Refused("nothing was added: these are not quite your words", "add --yes to take them")
    if choice.left_out:
        raise Refused(
            "nothing was added: the passage leaves out what hedges or denies in its sentence",
            "add --sentence to take all of it, or --yes to take the passage as it is",
        )


def _chosen(found: Search, number: int | None) -> Choice:
    """Show the passages that were found and return the one that is meant."""
    if not found.way.is_sure:
        click.echo(f"these very words do not stand there; found {found.way}:", err=True)
    for place, each in enumerate(found.choices, start=1):
        if number in {None, place}:
            lead = f"{place}. " if len(found.choices) > 1 else ""
            click.echo(f"{lead}{each.at.path}:{each.at.line}:{each.at.column}", err=True)
            click.echo(f"   {each.shown}", err=True)
    if found.count > len(found.choices):
        click.echo(f"and {found.count - len(found.choices)} more places", err=True)
    if number is None and len(found.choices) > 1:
        raise Refused(
            "several passages may be meant", "add --choose with a number, or give more words"
        )
    if number is not None and number > len(found.choices):
        raise Refused(f"{len(found.choices)} is the last passage to choose", is_wrong_use=True)
    return found.choices[(number or 1) - 1]
