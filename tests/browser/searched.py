"""A small briefing in seven languages, for the tests of search: what they look for stands here."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import build
from tests.archive import unpack

BRIEFING = """
-- content/site.yaml --
title: Seven languages
-- content/actors/kim-jong-un.yaml --
name: Kim Jong Un
aliases_in_text: [Kim, 김정은, 金正恩]
role: Leader of North Korea
-- content/actors/kim-jong-il.yaml --
name: Kim Jong Il
aliases_in_text: [김정일]
-- content/actors/putin.yaml --
name: Vladimir Putin
aliases_in_text: [Putin, Путин]
role: President of Russia
-- content/places/pyongyang.yaml --
name: Pyongyang
aliases_in_text: [평양, 平壤]
country: North Korea
-- content/questions/how-many.yaml --
question: How many soldiers were sent?
-- content/measures/soldiers.yaml --
title: Soldiers sent
unit: soldiers
-- content/events/visit.yaml --
title: The visit to Pyongyang
date: 2024-06-19
kind: meeting
actors: [putin]
evidence: [{source: english, quote: The two leaders met on 19 June}]
-- content/events/old-war.yaml --
title: The old war
date: 1950/1953
-- content/sources/english.yaml --
title: A summit reported
publisher: The Müller Gazette
authors: [Ann Author]
published: 2024-06-20
text: english.txt
-- seeds/english.txt --
The two leaders met on 19 June. Kim’s guest brought a limousine.

Some 10,000 soldiers will follow, an analyst said. Nobody knows who pays.
-- content/sources/korean.yaml --
title: 북러 정상회담
language: ko
published: 2024-06-21
text: korean.txt
-- seeds/korean.txt --
김정은은 평양에서 푸틴을 만났다. 북한이 조약에 서명했다.
-- content/sources/chinese.yaml --
title: 朝俄会晤
language: zh
published: 2024-07-01
text: chinese.txt
-- seeds/chinese.txt --
金正恩在平壤会见了普京。双方签署了全面战略伙伴关系条约。
-- content/sources/japanese.yaml --
title: 露朝首脳会談
language: ja
published: 2024-07-02
text: japanese.txt
-- seeds/japanese.txt --
両首脳はカレンダーに残る条約に署名した。
-- content/sources/russian.yaml --
title: Визит в Пхеньян
language: ru
published: 2024-07-03
text: russian.txt
-- seeds/russian.txt --
Путин посетил Северную Корею. Зеленский осудил договор.
-- content/sources/arabic.yaml --
title: قمة
language: ar
published: 2024-07-04
text: arabic.txt
-- seeds/arabic.txt --
وقّع الزعيمان المعاهدة في العاصمة الكورية.
-- content/claims/limousine.yaml --
statement: Putin gave Kim Jong Un a limousine.
kind: fact
asserted_by: [putin]
evidence: [{source: english, quote: brought a limousine}]
-- content/claims/many-soldiers.yaml --
statement: Some 10,000 soldiers were sent.
kind: prediction
date: 2024-10
evidence:
  - source: english
    quote: Some 10,000 soldiers will follow, an analyst said
    said_by: [kim-jong-un]
  - {source: korean, quote: 북한이 조약에 서명했다, stance: mentions}
-- content/claims/met-in-pyongyang.yaml --
statement: The leaders met in the capital.
evidence:
  - {source: korean, quote: 김정은은 평양에서 푸틴을 만났다}
  - {source: chinese, quote: 金正恩在平壤会见了普京}
  - {source: russian, quote: Путин посетил Северную Корею}
-- content/claims/treaty.yaml --
statement: A treaty was signed.
kind: provision
analysis: |
  The café protocol of 2024 is "no mere pleasantry", says the naïve reader.
evidence:
  - {source: chinese, quote: 双方签署了全面战略伙伴关系条约}
  - {source: japanese, quote: 両首脳はカレンダーに残る条約に署名した}
  - {source: arabic, quote: وقّع الزعيمان المعاهدة في العاصمة الكورية}
  - {source: russian, quote: Зеленский осудил договор, stance: disputes}
-- content/pages/index.md --
---
title: The bottom line
---
Two leaders met.
"""


def build_briefing(folder: Path) -> Path:
    """Build the briefing below a folder, in shards of three documents, and return its site."""
    project, site = folder / "project", folder / "a site"
    for path, content in unpack(BRIEFING).items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        # Whatever is found is then found across several shards.
        patch.setattr("sitegen.data_files.search_shards.LARGEST_SHARD", 3)
        patch.setattr("sitegen.runs.ONE_IN", 1)
        built = build(project, site)
    assert built.published, built.examined.diagnostics
    return site
