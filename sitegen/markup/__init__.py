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
from sitegen.markup.conversions import (
    Conversions,
    conversions_of,
    forget_conversions,
    forget_sentences,
    know_conversions,
)
from sitegen.markup.link_syntax import EMBED_KINDS, LINK_KINDS, LinkRef, MarkupProblem
from sitegen.markup.mentions import Mentions, build_mentions
from sitegen.markup.sentence_places import linked_sentences

__all__ = [
    "EMBED_KINDS",
    "LINK_KINDS",
    "Conversions",
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
    "conversions_of",
    "convert",
    "fill",
    "forget_conversions",
    "forget_sentences",
    "know_conversions",
    "linked_sentences",
    "plain_text",
]
