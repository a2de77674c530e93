"""The names that texts may mention, so that a page looks up only those that stand in its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sitegen.markup.conversion import Markup
from sitegen.markup.mentions import Mentions, firsts_in, plain_form, text_of, tokens_of


class Name(NamedTuple):
    """What is needed to link a name in a text: its first word, its length, and where it leads.

    The length counts tokens: words and what is between them. `target` is a ref and a url; None
    where the name could be that of several notes.
    """

    first: str
    length: int
    target: tuple[str, str] | None


def names_of(mentions: Mentions) -> dict[str, Name]:
    """Return all names by their plain forms."""
    found = {}
    for plain, target in mentions.targets.items():
        tokens = tokens_of(plain)
        found[plain] = Name(tokens[0], len(tokens), target)
    return found


def by_first_word(names: Mapping[str, Name]) -> dict[str, tuple[str, ...]]:
    """Return the plain forms of names by their first words."""
    found: dict[str, list[str]] = {}
    for plain, name in names.items():
        found.setdefault(name.first, []).append(plain)
    return {first: tuple(sorted(names)) for first, names in found.items()}


def names_in(texts: Iterable[Markup], by_first: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the plain forms of names that may be mentioned in some texts.

    No name that is mentioned is missing. There may be others, whose letters stand inside a longer
    word or, in HTML without `&`, in a tag: such HTML is searched as it is, which is cheaper than to
    take its text out. At worst a page is made again needlessly.
    """
    shown = [text_of(html) if "&" in (html := each.html) else html for each in texts]
    shown += (link.words or link.id for each in texts for link in each.links)
    text = plain_form("\n".join(shown))
    firsts = firsts_in(text, by_first.keys())
    return tuple(sorted(name for first in firsts for name in by_first[first] if name in text))


def mentions_of(names: Mapping[str, Name]) -> Mentions:
    """Return the index that links some names in texts."""
    lengths: dict[str, set[int]] = {}
    for name in names.values():
        lengths.setdefault(name.first, set()).add(name.length)
    return Mentions(
        {plain: name.target for plain, name in names.items()},
        {first: tuple(sorted(own, reverse=True)) for first, own in lengths.items()},
        (),
    )
