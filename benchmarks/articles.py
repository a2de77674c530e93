"""Articles for made-up corpora: sentences that state facts, and the quotes cut from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

GOODS = ("barges", "crates", "engines", "generators", "pumps", "trucks", "turbines", "wagons")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SYLLABLES = ("al", "an", "bel", "dor", "en", "far", "gor", "hal", "im", "jor", "kel", "lin",
    "mar", "nor", "pel", "ros", "sil", "tor", "ul", "var", "wen", "yor")  # fmt: skip
_SPEAKERS = ("officials", "two engineers", "the harbour office", "a ministry report", "residents")
_FILLERS = (
    "the river port stayed open through the winter",
    "the price of timber rose again",
    "a new ferry line was promised for the islands",
    "the old customs house was sold to a bank",
    "fog kept the pilots ashore for most of the week",
    "the union asked for longer contracts",
    "the tide tables were printed late",
    "a survey of the dredged channel began",
    "the grain harvest was better than expected",
    "the railway added a night service to the coast",
    "dock workers marked the anniversary of the strike",
    "insurance rates for the strait fell",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence states. Each `label` stands for one note, which makes its quotes unique."""

    label: str
    count: int
    goods: str
    place: str
    actor: str
    day: tuple[int, int, int]


@dataclass(slots=True)
class Article:
    """An article as it grows, sentence by sentence."""

    sentences: list[str] = field(default_factory=list)

    def report(self, fact: Fact, rng: Random) -> str:
        """Add a sentence that states `fact`; return a quote cut from it.

        One quote in six leaves something out, one in six has the plain forms of typographic
        characters, all others stand in the article character for character.
        """
        year, month, day = fact.day
        date = f"{day} {MONTHS[month - 1]} {year}"
        cargo = f"{fact.label} with {fact.count} {fact.goods}"
        speaker = rng.choice(_SPEAKERS)
        sentence, quote = rng.choice(_forms(cargo, date, fact, speaker))
        self.sentences.append(sentence)
        return quote

    def text(self, rng: Random, title: str, last_line: str) -> str:
        """Return the article: title, paragraphs of three to five sentences, the last line."""
        sentences = self.sentences + [_filler(rng) for _ in self.sentences]
        rng.shuffle(sentences)
        paragraphs = [title]
        while sentences:
            length = rng.randint(3, 5)
            paragraphs.append(" ".join(sentences[:length]))
            del sentences[:length]
        return "\n\n".join([*paragraphs, last_line]) + "\n"


def _forms(cargo: str, date: str, fact: Fact, speaker: str) -> list[tuple[str, str]]:
    """Return the sentences that may state a fact, each with the quote to cut from it."""
    place = fact.place
    return [
        (f"The {cargo} reached {place} on {date}, {speaker} said.", f"The {cargo} reached {place}"),
        (
            f"According to {fact.actor}, the {cargo} left the yard before it came to {place}.",
            f"the {cargo} left the yard before it came to {place}",
        ),
        (
            f"On {date} the {cargo} was counted twice at {place}.",
            f"On {date} the {cargo} was counted twice at {place}.",
        ),
        (
            f"{fact.actor} confirmed that the {cargo} was moved through {place} by night.",
            f"confirmed that the {cargo} was moved through {place}",
        ),
        (
            f"The {cargo}, which {speaker} had followed for days, was unloaded at {place}.",
            f"The {cargo} […] was unloaded at {place}",
        ),
        (
            f"“The {cargo} — the port’s largest — was bound for {place},” {speaker} said.",
            f"The {cargo} - the port's largest - was bound for {place}",
        ),
    ]


def _filler(rng: Random) -> str:
    """Return a sentence that no note quotes."""
    first, second = rng.sample(_FILLERS, 2)
    return f"In {rng.choice(MONTHS)} {first}, and {second}."


def draw_names(rng: Random, count: int) -> list[str]:
    """Return `count` names, all different and none part of another, of two to four syllables."""
    names: dict[str, None] = {}
    while len(names) < count:
        syllables = rng.choices(_SYLLABLES, k=3)
        names["".join([*syllables, rng.choice(("burg", "gate", "wick", "mere"))]).capitalize()] = (
            None
        )
    return list(names)
