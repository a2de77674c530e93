"""What all notes of a made-up corpus share: how many there are, their names, their articles."""

from __future__ import annotations

from random import Random

from benchmarks.articles import GOODS, Article, Fact, draw_names

NEAR = 20  # a note speaks of one of so many before it


class Shape:
    """One corpus while it is drawn: counts, names, and the articles as they grow.

    Claims, events, sources and actors are in the ratio 100 : 25 : 5 : 2. `groups` is the number of
    questions, and as many places and measures: they grow with the claims, so that the number of
    notes behind one page does not depend on the size; otherwise the work asked for, and not the
    program, would grow faster than the corpus. With `hubs`, so many of each have all the notes.
    """

    def __init__(self, claims: int, seed: int, hubs: int = 0) -> None:
        """Draw the names for a corpus of so many claims; `hubs` is 0 or at most `claims // 50`."""
        self.rng = Random(seed)
        self.claims = claims
        self.events = claims // 4
        self.sources = claims // 20
        self.reach = min(10, self.sources)  # the sources of one claim are so close together
        self.actors = claims // 50
        self.groups = claims // 50
        self.pages = max(2, claims // 200)
        self.hubs = hubs
        self.corrections = max(1, claims // 500)
        names = draw_names(self.rng, 2 * self.actors + self.groups)
        self.surnames = names[: self.actors]
        given = names[self.actors : 2 * self.actors]
        self.full_names = [f"{a} {b}" for a, b in zip(given, self.surnames, strict=True)]
        self.place_names = names[2 * self.actors :]
        self.articles = [Article() for _ in range(self.sources)]

    def actor_of(self, number: int) -> int:
        """Return the number of the actor that the claim or event of this number speaks of."""
        return 1 + number % (self.hubs or self.actors)

    def group_of(self, number: int) -> int:
        """Return the number of its place, question and measure."""
        return 1 + number % (self.hubs or self.groups)

    def event_of(self, number: int) -> int:
        """Return the number of the event that a claim belongs to."""
        return 1 + number % self.events

    def fact(self, label: str, number: int) -> Fact:
        """Draw what the articles say for the claim or event of this number."""
        rng = self.rng
        return Fact(
            label=label,
            count=rng.randint(12, 9800),
            goods=rng.choice(GOODS),
            place=self.place_names[self.group_of(number) - 1],
            actor=self.full_names[self.actor_of(number) - 1],
            day=(2024, rng.randint(1, 12), rng.randint(1, 28)),
        )


def note_id(kind: str, number: int) -> str:
    """Return the id of a note: its kind and its number from 1, as in `claim-00001`."""
    return f"{kind}-{number:05}"


def article_title(number: int) -> str:
    """Return the title of an article."""
    return f"Quay report {number}: what the cranes lifted"


def edtf(day: tuple[int, int, int], rng: Random) -> str:
    """Return a date that holds `day`, mostly to the day, in one of the forms that authors use."""
    year, month, date = day
    exact = f"{year}-{month:02}-{date:02}"
    forms = (f"{year}-{month:02}", f"{year}-{month:02}~", f"{exact}?", f"{exact}/{year}-12-31")
    return rng.choice(forms) if rng.random() < 0.2 else exact
