"""The notes of a made-up corpus that claims and events refer to, and its pages."""

from __future__ import annotations

import hashlib

from benchmarks.shape import NEAR, Shape, article_title, note_id
from benchmarks.yaml_text import Fields, page_as_markdown

LAST_LINE = "Sign up for the morning letter and read more of this reporting every day."
_SOURCE_KINDS = ("news", "wire", "analysis", "commentary", "official")
_ACTOR_KINDS = ("person", "organisation", "state", "group")


def site(shape: Shape) -> Fields:
    """Return the settings of the site."""
    return {
        "title": f"A corpus of {shape.claims} claims",
        "description": "Made to time builds on.",
        "language": "en",
        "publication": {"rights": "excerpts"},
    }


def actor(shape: Shape, number: int) -> Fields:
    """Return an actor."""
    return {
        "name": shape.full_names[number - 1],
        "kind": _ACTOR_KINDS[number % len(_ACTOR_KINDS)],
        "aliases_in_text": [shape.surnames[number - 1]],
        "role": "Speaks for a port",
        "member_of": [note_id("actor", number - 1)] if number % 10 == 0 else [],
        "summary": f"First heard of at [[{note_id('place', shape.group_of(number))}]].\n",
    }


def place(shape: Shape, number: int) -> Fields:
    """Return a place."""
    return {
        "name": shape.place_names[number - 1],
        "country": "Elsewhere",
        "latitude": round(shape.rng.uniform(-60, 70), 3),
        "longitude": round(shape.rng.uniform(-180, 180), 3),
        "summary": f"A port town, known from [[{note_id('event', number)}]].\n",
    }


def question(shape: Shape, number: int) -> Fields:
    """Return a question with two claims that compete to answer it."""
    claims = [note_id("claim", number + step * shape.groups) for step in range(2)]
    return {
        "question": f"What went through {shape.place_names[number - 1]} in 2024?",
        "why": "It tells whether the port was *working*, and for whom.\n",
        "answers": [{"claim": claim, "note": "One possible answer."} for claim in claims],
        "indicators": ["New cranes on the eastern quay", "Night trains to the coast"],
    }


def measure(shape: Shape, number: int) -> Fields:
    """Return a measure."""
    return {
        "title": f"Cargo through {shape.place_names[number - 1]}",
        "unit": "pieces",
        "definition": "What was counted on the quay, whatever it is.\n",
    }


def correction(shape: Shape, number: int) -> Fields:
    """Return a correction."""
    claim = note_id("claim", 1 + number * 7 % shape.claims)
    return {
        "date": f"2026-01-{1 + number % 28:02}",
        "was": "The number of pieces was given twice.",
        "now": "It is given once.",
        "notes": [f"claims/{claim}"],
        "since": "2025-12",
    }


def source(shape: Shape, number: int, text: str) -> Fields:
    """Return the record of an article whose text is `text`."""
    rng = shape.rng
    origins = []
    if rng.random() < 0.15:
        origins = [note_id("actor", rng.randint(1, shape.actors))]
    elif number > 1 and rng.random() < 0.15:
        origins = [note_id("source", rng.randint(max(1, number - NEAR), number - 1))]
    return {
        "title": article_title(number),
        "publisher": f"The {shape.place_names[number % shape.groups]} Courier",
        "authors": [shape.full_names[number % shape.actors]],
        "url": f"https://example.org/articles/{number}",
        "published": f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
        "collected": "2026-02-01",
        "kind": _SOURCE_KINDS[number % len(_SOURCE_KINDS)],
        "text": f"{note_id('source', number)}.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "reliability": rng.choice("ABCDF"),
        "reliability_why": "Named authors, and corrections are published.",
        "origins": origins,
        "rights": "full" if number % 5 == 0 else "excerpts",
        "ignore": [LAST_LINE],
        "summary": f"What passed through the ports, according to *{article_title(number)}*.\n",
    }


def front_page() -> str:
    """Return the front page as Markdown."""
    body = (
        f"The ports were open all year: see [[{note_id('claim', 1)}]] and "
        f"[[{note_id('claim', 2)}]].\n\n"
        f"![[claim:{note_id('claim', 3)}]]\n\n"
        f"![[measure:{note_id('measure', 1)}]]\n\n"
        "![[timeline:2024-03-01/2024-03-07]]\n"
    )
    matter: Fields = {"title": "What we know", "order": 1, "summary": "The bottom line."}
    return page_as_markdown(matter, body)


def page(shape: Shape, number: int) -> str:
    """Return a narrative page as Markdown."""
    first = 1 + number * 37 % (shape.claims - 4)
    cited = " ".join(f"So does [[{note_id('claim', first + step)}]]." for step in range(4))
    body = (
        f"## The year on the quays\n\nMuch rests on [[{note_id('event', number)}|one transport]]. "
        f"{cited}\n\n![[claim:{note_id('claim', first)}]]\n\n"
        f"## The numbers\n\n![[measure:{note_id('measure', shape.group_of(number))}]]\n"
    )
    matter: Fields = {"title": f"Chapter {number}", "order": number, "summary": "One part."}
    return page_as_markdown(matter, body)
