"""A small briefing for the tests of previews, copying and the reader's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import build
from tests.archive import unpack

BRIEFING = """
-- content/site.yaml --
title: The rain
description: What is known of it.
-- content/sources/herald.yaml --
title: It poured
publisher: The Herald
authors: [Ann Author]
published: 2024-06-20
reliability: C
text: herald.txt
-- seeds/herald.txt --
It rained all day. Nobody came but Ann. Some 12 millimetres fell.
-- content/sources/ilbo.yaml --
title: 비
language: ko
published: 2024-06-21
text: ilbo.txt
-- seeds/ilbo.txt --
하루 종일 비가 왔다.
-- content/actors/ann.yaml --
name: Ann
kind: person
role: Witness
-- content/places/town.yaml --
name: Town
country: Land
-- content/measures/depth.yaml --
title: Depth of the rain
unit: mm
-- content/questions/did-it.yaml --
question: Did it rain?
answers: [{claim: rain}]
assessment: {verdict: likely, confidence: high, rationale: Two articles say so.}
-- content/events/walk.yaml --
title: The walk
date: 2024-06-19
kind: meeting
actors: [ann]
places: [town]
evidence: [{source: herald, quote: Nobody came but Ann}]
-- content/claims/rain.yaml --
statement: It rained.
date: 2024-06~
actors: [ann]
evidence:
  - {source: herald, quote: It rained all day, credibility: 2, said_by: [ann]}
  - {source: ilbo, quote: 하루 종일 비가 왔다}
assessment: {verdict: likely, likelihood: likely, confidence: high}
-- content/claims/twelve.yaml --
statement: Twelve millimetres fell.
quantity: {measure: depth, value: 12, qualifier: about, as_of: 2024-06-19, wording: some 12}
evidence: [{source: herald, quote: Some 12 millimetres fell}]
-- content/pages/before.md --
---
title: What came before
summary: What came before.
---
It had been dry.
-- content/pages/index.md --
---
title: The bottom line
---
[[claim:rain|It rained]] on the day of [[event:walk|The walk]], says [[actor:ann|Ann]] of
[[place:town|Town]]. It is known [[measure:depth|how much]] fell, and [[question:did-it|whether]] it
did, from [[source:herald|the article]] and [[page:before|the background]].

And it is said again [[claim:rain|at the end]].
"""
BASE_URL = "https://example.org/rain/"


def build_read(folder: Path, base_url: str = "") -> Path:
    """Build the briefing below a folder and return the site's folder."""
    for path, content in unpack(BRIEFING).items():
        file = folder / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    built = build(folder / "project", folder / "site", base_url=base_url)
    if built.published is None:
        pytest.fail(f"the briefing does not build: {built.examined.diagnostics}", pytrace=False)
    return folder / "site"
