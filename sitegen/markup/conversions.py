"""All that is worked out from the Markdown of a file, so that it can be kept with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sitegen.markup.conversion import Markup, convert
from sitegen.markup.sentence_places import linked_sentences
from sitegen.markup.words import Words


class Conversions(NamedTuple):
    """What texts come to, by text: their HTML and links, and the sentence of each link."""

    markups: Mapping[str, Markup]
    sentences: Mapping[str, tuple[Words, ...]]


def conversions_of(texts: Iterable[str]) -> Conversions:
    """Return what some texts come to."""
    markups = {text: convert(text) for text in texts}
    return Conversions(
        markups, {text: linked_sentences(text) for text, each in markups.items() if each.links}
    )


def know_conversions(known: Iterable[Conversions]) -> None:
    """Make these known, besides those that are."""
    for each in known:
        convert.know(each.markups)
        linked_sentences.know(each.sentences)


def forget_conversions() -> None:
    """Know no conversions."""
    convert.forget()
    forget_sentences()


def forget_sentences() -> None:
    """Know no sentences of links, for which hardly anybody asks twice."""
    linked_sentences.forget()
