"""Claims and events of a made-up corpus, with the passages that they quote."""

from __future__ import annotations

from benchmarks.articles import MONTHS, Fact
from benchmarks.shape import NEAR, Shape, edtf, note_id
from benchmarks.yaml_text import Fields

_RELATIONS = (
    "contradicts",
    "qualifies",
    "refines",
    "supports",
    "depends-on",
    "same-as",
    "compatible-with",
)
_CLAIM_KINDS = (
    "fact",
    "fact",
    "fact",
    "estimate",
    "quotation",
    "provision",
    "opinion",
    "prediction",
)
_EVENT_KINDS = ("meeting", "agreement", "legal-act", "deployment", "statement", "transfer", "other")
_BASES = ("witnessed", "document", "told-by-named", "told-by-unnamed", "inferred", "repeated")
_LIKELIHOODS = ("unlikely", "roughly-even-chance", "likely", "very-likely")
_QUALIFIERS = ("about", "at-least", "up-to", "over")


def claim(shape: Shape, number: int) -> Fields:
    """Return a claim; its passages are written into the articles that it quotes."""
    rng = shape.rng
    actor, place = shape.actor_of(number), shape.group_of(number)
    fact = shape.fact(f"consignment {number}", number)
    kind = rng.choice(_CLAIM_KINDS)
    note: Fields = {
        "statement": f"Consignment {number} of {fact.count} {fact.goods} went to {fact.place}.",
        "kind": kind,
        "asserted_by": [note_id("actor", actor)],
        "date": "2027-06/2027-08" if kind == "prediction" else edtf(fact.day, rng),
        "evidence": _evidence(shape, fact, number, rng.randint(1, 3)),
        "events": [note_id("event", shape.event_of(number))],
        "actors": sorted({note_id("actor", actor), note_id("actor", rng.randint(1, shape.actors))}),
        "places": [note_id("place", place)],
        "questions": [note_id("question", shape.group_of(number))],
        "tags": [rng.choice(("cargo", "harbour", "transit"))],
    }
    if number <= shape.groups or rng.random() < 0.3:
        note["quantity"] = _quantity(shape, fact, number)
    if number > NEAR and rng.random() < 0.06:
        note["relations"] = [_relation(shape, number)]
    if rng.random() < 0.2:
        note["assessment"] = _assessment(shape, number)
    if rng.random() < 0.05:
        note["history"] = [
            {
                "date": "2025-11-03",
                "from": "unverified",
                "to": "likely",
                "why": "A second article gives the same number.",
            }
        ]
    return {**note, "analysis": _analysis(shape, number)}


def event(shape: Shape, number: int) -> Fields:
    """Return an event; its passages are written into the articles that it quotes."""
    rng = shape.rng
    actor, place = shape.actor_of(number), shape.group_of(number)
    fact = shape.fact(f"transport {number}", number)
    note: Fields = {
        "title": f"Transport {number} reaches {fact.place}",
        "date": edtf(fact.day, rng),
        "kind": rng.choice(_EVENT_KINDS),
        "summary": f"The transport came to [[{note_id('place', place)}]] with {fact.goods}.\n",
        "evidence": _evidence(shape, fact, number, rng.randint(1, 2)),
    }
    if rng.random() < 0.04:
        rival = shape.fact(f"transport {number} as first announced", number)
        source = 1 + (number + 3) % shape.sources
        note["rival_dates"] = [
            {
                "date": edtf(rival.day, rng),
                "source": note_id("source", source),
                "quote": shape.articles[source - 1].report(rival, rng),
            }
        ]
    return {
        **note,
        "actors": [note_id("actor", actor)],
        "places": [note_id("place", place)],
        "questions": [note_id("question", shape.group_of(number))],
    }


def _evidence(shape: Shape, fact: Fact, number: int, pieces: int) -> list[Fields]:
    """Return evidence from different sources; the first supports, and all sources get some.

    The others are close to the first, so that no question is answered by ever more sources.
    """
    rng = shape.rng
    steps = [0, *rng.sample(range(1, shape.reach), 2)][:pieces]
    evidence: list[Fields] = []
    for index, step in enumerate(steps):
        source = (number + step) % shape.sources
        disputes = index > 0 and rng.random() < 0.04
        evidence.append(
            {
                "source": note_id("source", source + 1),
                "quote": shape.articles[source].report(fact, rng),
                "stance": "disputes" if disputes else "supports",
                "credibility": str(rng.randint(1, 6)),
                "basis": rng.choice(_BASES),
            }
        )
    return evidence


def _quantity(shape: Shape, fact: Fact, number: int) -> Fields:
    rng = shape.rng
    quantity: Fields = {"measure": note_id("measure", shape.group_of(number))}
    if rng.random() < 0.3:
        quantity |= {"min": fact.count, "max": fact.count + rng.randint(1, 500)}
    else:
        quantity |= {"value": fact.count, "qualifier": rng.choice(_QUALIFIERS)}
    year, month, _ = fact.day
    return {
        **quantity,
        "as_of": f"{year}-{month:02}",
        "scope": f"{fact.goods} on the quay",
        "wording": f"{fact.count} {fact.goods}",
    }


def _relation(shape: Shape, number: int) -> Fields:
    return {
        "type": _RELATIONS[number % len(_RELATIONS)],
        "claim": note_id("claim", number - shape.rng.randint(1, NEAR)),
        "why": "One speaks of the whole consignment, the other of what was unloaded.",
    }


def _assessment(shape: Shape, number: int) -> Fields:
    rng = shape.rng
    return {
        "verdict": rng.choice(("likely", "unverified")),
        "likelihood": rng.choice(_LIKELIHOODS),
        "confidence": rng.choice(("low", "moderate")),
        "rationale": f"It agrees with [[{note_id('event', shape.event_of(number))}]].\n",
        "assumptions": ["The crates were full"],
        "gaps": ["Who unloaded them"],
        "would_change": ["A list from the harbour office"],
        "assessed_on": "2026-01-15",
    }


def _analysis(shape: Shape, number: int) -> str:
    """Return Markdown with links to claims, an event, a source and a question."""
    near = [note_id("claim", max(1, number - shape.rng.randint(1, NEAR))) for _ in range(2)]
    name, month = shape.full_names[shape.actor_of(number) - 1], shape.rng.choice(MONTHS)
    return (
        f"{name} was *not* asked about this before {month}. The number should be read "
        f" with [[{near[0]}]] and with [[{near[1]}|an earlier consignment]].\n\n"
        f"- It belongs to [[event:{note_id('event', shape.event_of(number))}]].\n"
        f"- The **first** report is [[source:{note_id('source', 1 + number % shape.sources)}]].\n\n"
        f"What it means for [[{note_id('question', shape.group_of(number))}|the question]] is "
        f"open as long as {shape.place_names[shape.group_of(number) - 1]} keeps no books.\n"
    )
