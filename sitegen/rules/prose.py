"""Rules over the Markdown that authors write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sitegen.dates import InvalidDate, parse_date
from sitegen.diagnostics import Diagnostic, Location, Missing, error, warning
from sitegen.kinds import Kind
from sitegen.markup import LinkRef, Markup, build_mentions, convert
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import Note, id_like, prose
from sitegen.references import targets_of
from sitegen.rules.references import write_missing
from sitegen.rules.tables import CorpusCheck, Rule, WholeRule, by_kind
from sitegen.rules.ties import Tied
from sitegen.yaml_nodes import FieldPath

RULES: Final[Mapping[str, str]] = {
    "unsafe-link": (
        "A Markdown link has an address that is not http, https, mailto or a place on the same "
        "page. Such links can run in a reader's browser. Take it out."
    ),
    "relative-link": (
        "A Markdown link leads to a file. Files move; ids do not. Link to the note by [[id]]."
    ),
    "image-not-allowed": (
        "A Markdown text holds an image. The site loads nothing from elsewhere and has no images "
        "of its own. Link to the page that shows it."
    ),
    "embed-not-alone": (
        "A card, plot or timeline stands inside a paragraph. It needs a paragraph to itself: put "
        "blank lines around it."
    ),
    "malformed-link": "A [[link]] is empty or not closed. Write [[id]] or [[id|words]].",
    "markup-too-deep": "A text has too much Markdown inside other Markdown. Make it flatter.",
}


class Text(NamedTuple):
    """A Markdown text of a note, where it stands, and what it holds."""

    path: FieldPath
    text: str
    markup: Markup
    links: Sequence[tuple[LinkRef, tuple[Ref, ...]]]  # with the notes that each may mean


def check_prose(corpus: Corpus, record: Record[Note]) -> Iterator[Diagnostic]:
    """Yield what the rules find in the Markdown of one note; each text is converted once.

    No rule finds fault with links that mean a single note each, while there are no drafts.
    """
    texts = []
    for path, text in prose(record.note):
        markup = convert(text)
        targets = [targets_of(corpus.refs_of, each.kind, each.id) for each in markup.links]
        if markup.problems or corpus.drafts or not {*map(len, targets)} <= {1}:
            links = [*zip(markup.links, targets, strict=True)]
            texts.append(Text(path, text, markup, links))
    if texts:
        for find in _OF_NOTES[record.ref.kind]:
            yield from find(corpus, record, texts)


def _at(record: Record[Note], path: FieldPath, text: str, written: str) -> Location:
    """Return where something that is written in a Markdown field stands."""
    if path != ("body",) or record.body_at is None:
        return record.locations.at_text(path, written)
    offset = max(text.find(written), 0)
    line = text.count("\n", 0, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Location(record.body_at.path, record.body_at.line + line, column)


def markdown_fault(
    _corpus: Corpus, record: Record[Note], texts: Sequence[Text]
) -> Iterator[Diagnostic]:
    """A Markdown text holds something that cannot be published as it is."""
    for path, text, markup, _ in texts:
        for problem in markup.problems:
            at = _at(record, path, text, problem.written)
            yield error(problem.rule, at, problem.message, problem.help)


def broken_link(
    corpus: Corpus, record: Record[Note], texts: Sequence[Text]
) -> Iterator[Diagnostic]:
    """A [[link]] or ![[card]] in Markdown names a note that does not exist.

    Correct the id (the report gives the nearest ones), or write the note. Where it was renamed,
    list its earlier id under its `aliases`: `sitegen check --fix` then writes the new one in all
    links.
    """
    for path, text, _, links in texts:
        for link, targets in links:
            if not targets:
                yield from _link_faults(corpus, link, _at(record, path, text, link.written))


def _link_faults(corpus: Corpus, link: LinkRef, at: Location) -> Iterator[Diagnostic]:
    """Yield what is wrong with where a link leads that means no note."""
    if link.kind == "timeline":
        yield from _stretch_faults(link, at)
    elif not _is_unread(corpus, link):
        missing = Missing(_kinds(link), link.id)
        may_be_id = link.kind is not None and id_like(link.id) == link.id
        yield error(
            "broken-link",
            at,
            f'there is no {link.kind or "note"} "{link.id}"',
            write_missing(missing) if may_be_id else "correct the id, or write the note",
            missing=missing,
        )


def _is_unread(corpus: Corpus, link: LinkRef) -> bool:
    return any(Ref(kind, link.id) in corpus.unread for kind in _kinds(link))


def _kinds(link: LinkRef) -> tuple[Kind, ...]:
    """Return the kinds of note that a link may mean."""
    return tuple(Kind) if link.kind is None else (Kind(link.kind),)


def _stretch_faults(link: LinkRef, at: Location) -> Iterator[Diagnostic]:
    try:
        parse_date(link.id)
    except InvalidDate as wrong:
        yield error("broken-link", at, f"this is no stretch of time: {wrong}", wrong.help)


def ambiguous_link(
    _corpus: Corpus, record: Record[Note], texts: Sequence[Text]
) -> Iterator[Diagnostic]:
    """A [[link]] names an id that notes of several kinds have.

    Say which is meant: [[claim:id]], [[event:id]] and so on.
    """
    for path, text, _, links in texts:
        for link, targets in links:
            if len(targets) > 1:
                ways = " or ".join(f"[[{ref}]]" for ref in targets)
                at = _at(record, path, text, link.written)
                yield error(
                    "ambiguous-link",
                    at,
                    f'several notes have the id "{link.id}"',
                    f"write {ways}",
                )


def draft_link(corpus: Corpus, record: Record[Note], texts: Sequence[Text]) -> Iterator[Diagnostic]:
    """A published text links to a draft, or shows its card.

    The words stay, the link and the card are left out until the draft is published.
    """
    if record.note.draft:
        return
    for path, text, _, links in texts:
        for link, targets in links:
            for ref in targets:
                if ref in corpus.drafts:
                    yield warning(
                        "draft-link",
                        _at(record, path, text, link.written),
                        f'the {ref.kind} "{ref.id}" is a draft',
                        "publish the draft, or take the link out",
                    )


def ambiguous_name(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """Several actors or places share a name or an alias.

    Where texts mention it, nobody can tell which is meant, so it is linked to none. Take the alias
    out of all but one, or make the names longer.
    """
    refs: dict[str, Ref] = {}
    names = []
    for kind in (Kind.ACTOR, Kind.PLACE):
        for note_id, ties in tied[kind].items():
            ref = Ref(kind, note_id)
            refs[str(ref)] = ref
            names += [(name, str(ref), "") for name in ties.names]
    for conflict in build_mentions(names).conflicts:
        sharing = (refs[each] for each in conflict.refs)
        first, *others = (corpus.records(ref.kind)[ref.id].at("aliases_in_text") for ref in sharing)
        yield warning(
            "ambiguous-name",
            first,
            f'"{conflict.name}" is the name of several notes, so it is linked to none',
            "take the alias out of all but one of them",
            tuple((other, "the same name") for other in others),
        )


_TextCheck = Callable[[Corpus, Record[Note], Sequence[Text]], Iterator[Diagnostic]]

CHECKS: tuple[Rule[_TextCheck] | WholeRule[CorpusCheck], ...] = (
    Rule(markdown_fault),
    Rule(broken_link),
    Rule(ambiguous_link),
    Rule(draft_link),
    WholeRule(ambiguous_name),
)

_OF_NOTES: Final = by_kind(CHECKS)
