"""The results of converting the Markdown of a file, so that they can be kept with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sitegen.markup.conversion import Markup, convert
from sitegen.markup.sentence_places import linked_sentences
from sitegen.markup.words import Words


class Conversions(NamedTuple):
    """The results for some texts, by text: HTML and links, and the sentence of each link."""

    markups: Mapping[str, Markup]
    sentences: Mapping[str, tuple[Words, ...]]


def conversions_of(texts: Iterable[str]) -> Conversions:
    """Return the results for some texts."""
    markups = {text: convert(text) for text in texts}
    return Conversions(
        markups, {text: linked_sentences(text) for text, each in markups.items() if each.links}
    )


def know_conversions(known: Iterable[Conversions]) -> None:
    """Add results to those that are known in this process."""
    for each in known:
        convert.know(each.markups)
        linked_sentences.know(each.sentences)


def forget_conversions() -> None:
    """Forget all results."""
    convert.forget()
    forget_sentences()


def forget_sentences() -> None:
    """Forget the sentences of links, which are hardly ever asked for twice."""
    linked_sentences.forget()
