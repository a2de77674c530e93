"""A small briefing in which sources and actors agree, differ and are silent, for tests of that."""

from __future__ import annotations

from pathlib import Path

from sitegen.build import build
from tests.archive import unpack

BRIEFING = """
-- content/site.yaml --
title: The flood
-- content/actors/agency.yaml --
name: The Agency
-- content/actors/mayor.yaml --
name: The mayor
role: Mayor of the town
-- content/actors/engineer.yaml --
name: The engineer
-- content/actors/cat.yaml --
name: The cat
-- content/questions/why.yaml --
question: Why did the dam break?
-- content/measures/homeless.yaml --
title: People without a home
unit: people
-- content/events/break.yaml --
title: The dam breaks
date: 2024-05-04
evidence:
  - {source: herald, quote: The dam broke on 4 May}
rival_dates:
  - {date: 2024-05-05, source: gazette, quote: the dam gave way on 5 May}
-- content/events/meeting.yaml --
title: The council meets
date: 2024-05-20
evidence:
  - {source: herald, quote: The council met}
-- content/sources/herald.yaml --
title: "The flood: what we know"
publisher: Herald
published: 2024-06-01
reliability: B
text: herald.txt
-- seeds/herald.txt --
The dam broke on 4 May. It was old, the mayor said. Nobody had looked after it.
It rained for a week.
Some 900 people lost their homes. The gates were shut, the engineer said. The council met.
A cat was saved. The bridge held.
-- content/sources/gazette.yaml --
title: Die Flut
publisher: Gazette
published: 2024-06-02
language: de
text: gazette.txt
-- seeds/gazette.txt --
Die Ingenieurin: the dam gave way on 5 May. Es regnete eine Woche. Der Damm wurde gepflegt.
2000 Menschen verloren ihr Heim. Die Tore standen offen, sagte der Bürgermeister.
-- content/sources/post.yaml --
title: "The flood: from the wire"
publisher: Post
origins: [agency]
text: post.txt
-- seeds/post.txt --
It rained for days, and the bridge held. A tree fell.
-- content/sources/courier.yaml --
title: The flood, again
publisher: Courier
origins: [agency]
-- content/claims/rain.yaml --
statement: It rained for a week.
questions: [why]
events: [break]
evidence:
  - {source: herald, quote: It rained for a week., credibility: 2}
  - source: gazette
    quote: Es regnete eine Woche.
    translation: {text: It rained for a week., by: person}
  - {source: post, quote: It rained for days}
  - {source: courier, quote: Rain for a week.}
-- content/claims/neglect.yaml --
statement: Nobody had looked after the dam.
questions: [why]
evidence: [{source: herald, quote: Nobody had looked after it.}]
relations: [{type: contradicts, claim: care, why: One denies what the other says.}]
-- content/claims/care.yaml --
statement: The dam was looked after.
questions: [why]
evidence: [{source: gazette, quote: Der Damm wurde gepflegt.}]
-- content/claims/nine-hundred.yaml --
statement: Some 900 people lost their homes.
quantity: {measure: homeless, value: 900, qualifier: about}
evidence: [{source: herald, quote: Some 900 people lost their homes.}]
-- content/claims/two-thousand.yaml --
statement: 2,000 people lost their homes.
quantity: {measure: homeless, value: 2000}
evidence: [{source: gazette, quote: 2000 Menschen verloren ihr Heim.}]
-- content/claims/gates-shut.yaml --
statement: The gates were shut.
questions: [why]
asserted_by: [engineer]
evidence: [{source: herald, quote: "The gates were shut, the engineer said."}]
relations: [{type: contradicts, claim: gates-open}]
-- content/claims/gates-open.yaml --
statement: The gates stood open.
questions: [why]
evidence:
  - {source: gazette, quote: "Die Tore standen offen, sagte der Bürgermeister.", said_by: [mayor]}
-- content/claims/old.yaml --
statement: The dam was old.
questions: [why]
evidence: [{source: herald, quote: "It was old, the mayor said.", said_by: [mayor]}]
-- content/claims/cat-saved.yaml --
statement: A cat was saved.
evidence: [{source: herald, quote: A cat was saved.}]
-- content/claims/bridge.yaml --
statement: The bridge held.
events: [break]
evidence:
  - {source: herald, quote: The bridge held., stance: mentions}
  - {source: post, quote: the bridge held}
"""


def build_compared(folder: Path) -> Path:
    """Build the briefing below `folder`, and return where its site is."""
    project = folder / "project"
    for path, text in unpack(BRIEFING).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    built = build(project, folder / "site")
    assert built.published, built.examined.diagnostics
    return folder / "site"
