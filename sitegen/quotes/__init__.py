"""The proof of quotations: where a quote stands in a text, or why it does not."""

from sitegen.quotes.alignment import say_differences
from sitegen.quotes.contexts import Selector, context, selector
from sitegen.quotes.elisions import LONGEST_OMISSION
from sitegen.quotes.folding import FoldedText, Span, find_places, fold, fold_words
from sitegen.quotes.hedges import hedge_of_number, negation_before, reservations
from sitegen.quotes.near import NearPassage, nearest_passage
from sitegen.quotes.proof import (
    NEGATIONS,
    NOT_HELD,
    Candidate,
    Omission,
    QuoteFault,
    QuoteMatch,
    QuoteState,
    excerpt_words,
    find_place,
    find_quote,
)

__all__ = [
    "LONGEST_OMISSION",
    "NEGATIONS",
    "NOT_HELD",
    "Candidate",
    "FoldedText",
    "NearPassage",
    "Omission",
    "QuoteFault",
    "QuoteMatch",
    "QuoteState",
    "Selector",
    "Span",
    "context",
    "excerpt_words",
    "find_place",
    "find_places",
    "find_quote",
    "fold",
    "fold_words",
    "hedge_of_number",
    "nearest_passage",
    "negation_before",
    "reservations",
    "say_differences",
    "selector",
]
