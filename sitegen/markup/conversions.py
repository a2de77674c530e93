"""All that is worked out from the Markdown of a file, so that it can be kept with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sitegen.markup.conversion import Markup, convert
from sitegen.markup.sentence_places import linked_sentences


class Conversions(NamedTuple):
    """What texts come to, by text: those of Markdown fields, and their sentences with links."""

    markups: Mapping[str, Markup]
    sentences: Mapping[str, tuple[str, ...]]


def conversions_of(texts: Iterable[str]) -> Conversions:
    """Return what some texts come to."""
    sentences = {text: linked_sentences(text) for text in texts}
    said = {sentence for found in sentences.values() for sentence in found}
    return Conversions(
        markups={text: convert(text) for text in (*sentences, *sorted(said))},
        sentences={text: found for text, found in sentences.items() if found},
    )


def know_conversions(known: Iterable[Conversions]) -> None:
    """Make these known, besides those that are."""
    for each in known:
        convert.know(each.markups)
        linked_sentences.know(each.sentences)


def forget_conversions() -> None:
    """Know no conversions but those that are worked out here."""
    convert.forget()
    linked_sentences.forget()
