"""Which model the fields of each kind of note are written by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitegen.kinds import Kind
from sitegen.notes import (
    Actor,
    Claim,
    Correction,
    Event,
    FrontMatter,
    Measure,
    Note,
    Place,
    Question,
    Source,
)

MODELS: Final[Mapping[Kind, type[Note]]] = {
    Kind.SOURCE: Source,
    Kind.CLAIM: Claim,
    Kind.EVENT: Event,
    Kind.ACTOR: Actor,
    Kind.PLACE: Place,
    Kind.QUESTION: Question,
    Kind.MEASURE: Measure,
    Kind.CORRECTION: Correction,
    Kind.PAGE: FrontMatter,
}
