"""Markdown of the content model as safe HTML, with links to notes and first mentions linked."""

from sitegen.markup.conversion import (
    Embed,
    Markup,
    MentionLinker,
    Prose,
    Resolve,
    Target,
    convert,
    fill,
    plain_text,
)
from sitegen.markup.link_syntax import EMBED_KINDS, LINK_KINDS, LinkRef, MarkupProblem
from sitegen.markup.mentions import Mentions, build_mentions
from sitegen.markup.sentence_places import markdown_sentences, places_of, sentence_at

__all__ = [
    "EMBED_KINDS",
    "LINK_KINDS",
    "Embed",
    "LinkRef",
    "Markup",
    "MarkupProblem",
    "MentionLinker",
    "Mentions",
    "Prose",
    "Resolve",
    "Target",
    "build_mentions",
    "convert",
    "fill",
    "markdown_sentences",
    "places_of",
    "plain_text",
    "sentence_at",
]
