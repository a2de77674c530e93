"""The plan says which pages exist: one for each note, those of the whole site, and redirects."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.corpus import write_corpus
from sitegen.build import examine
from sitegen.ledger import Ledger, Tables
from sitegen.ledger.watched import WatchedTable
from sitegen.pages.cards import make_cards
from sitegen.pages.makers import AllMakers, KeyedMakers, PageMaker
from sitegen.pages.note_page_context import make_note_page_context
from sitegen.pages.plots import with_plots
from sitegen.pages.survey import survey_of
from sitegen.plan import redirect_makers, site_view
from sitegen.views import PageSpec, PreviewContents, RedirectPage
from tests.conftest import MakeProject
from tests.planned import planned
from tests.sites import site_of

SITE = """
-- content/site.yaml --
title: The briefing
description: What is known.
language: de
-- content/sources/a.yaml --
title: A
aliases: [old-a]
-- content/claims/c.yaml --
statement: It rained.
aliases: [rain, wet]
evidence: [{source: a, quote: x}]
-- content/claims/hidden.yaml --
statement: Not yet.
draft: true
aliases: [was-hidden]
evidence: [{source: a, quote: x}]
-- content/corrections/fix.yaml --
date: 2024
was: wrong
now: right
aliases: [mend]
-- content/pages/about.md --
---
title: About
aliases: [who]
---
"""


def test_every_note_and_every_overview_has_a_page() -> None:
    """Each path comes once, and drafts have neither a page nor redirects."""
    linked = site_of(SITE)
    paths = [spec.path for spec in planned(linked.site, linked.findings)]
    assert len(set(paths)) == len(paths)
    assert {"index.html", "claims/c.html", "sources/a.html", "pages/about.html"} <= set(paths)
    assert not [path for path in paths if "hidden" in path]


def test_aliases_become_redirects() -> None:
    """At every earlier address of a note stands a page that leads to the present one."""
    found = {}
    makers = redirect_makers(site_of(SITE).cards, Tables())
    for spec in chain.from_iterable(maker.make() for maker in AllMakers((), makers)):
        assert isinstance(spec.view, RedirectPage)
        assert spec.template == "pages/redirect.html"
        found[spec.path] = spec.view.target.url
    assert found == {
        "claims/rain.html": "claims/c.html",
        "claims/wet.html": "claims/c.html",
        "pages/who.html": "pages/about.html",
        "sources/old-a.html": "sources/a.html",
    }


def test_spec_can_be_sent_elsewhere_to_be_rendered() -> None:
    """A page's view holds plain values only, so that another process can render it."""
    linked = site_of(SITE)
    specs = list(planned(linked.site, linked.findings))
    assert pickle.loads(pickle.dumps(specs)) == specs


def test_plan_is_the_same_each_time() -> None:
    """Two readings of one project plan equal pages in equal order."""
    first, second = site_of(SITE), site_of(SITE)
    assert list(planned(first.site, first.findings)) == list(planned(second.site, second.findings))


def test_frame_shows_what_the_settings_say() -> None:
    """Title, description and language are the site's own; navigation is the same everywhere."""
    view = site_view(site_of(SITE).site, ["a.css"], [], "https://example.org/x")
    assert (view.title, view.description, view.lang) == ("The briefing", "What is known.", "de")
    assert (view.styles, view.scripts, view.base_url) == (("a.css",), (), "https://example.org/x")
    assert view.navigation[0].url == "index.html"


_LOOK_UPS = """
import json, sys
from pathlib import Path
from sitegen.build import examine
from sitegen.findings.voices import voices_of
from sitegen.ledger import Ledger
from sitegen.ledger.traces import numbers_in
from sitegen.plan import page_makers

ledger = Ledger()
examined = examine(Path(sys.argv[1]), tables=ledger)
found = {}
voices = voices_of(examined.site, ledger)
for maker in page_makers(examined.site, examined.findings, voices, ledger):
    _, trace = ledger.trace(lambda: [*maker.make()])
    if maker.name:
        found[maker.name] = sorted(numbers_in(trace))
print(json.dumps(found))
"""


def test_what_makers_look_up_is_the_same_in_every_process(tmp_path: Path) -> None:
    """Each maker with a name is traced, and the next build can tell that nothing has changed."""
    write_corpus(tmp_path / "project", 100)
    first, second = (
        json.loads(
            subprocess.run(
                [sys.executable, "-c", _LOOK_UPS, tmp_path / "project"],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for seed in ("1", "2")
    )
    assert first == second
    assert {"claim:claim-00001", "source:source-00001", "event:event-00001"} <= first.keys()
    without_notes = {name for name, trace in first.items() if not trace}
    assert without_notes == {"overview:gallery.html", "overview:404.html"}


def test_makers_see_nothing_that_is_not_under_watch(project: MakeProject) -> None:
    """What pages are made from holds no mapping in which a look-up would not be noted."""
    ledger = Ledger()
    examined = examine(project(SITE), tables=ledger)
    assert examined.site
    assert examined.findings
    cards = with_plots(make_cards(examined.site, examined.findings, "", ledger), ledger)
    context, survey = make_note_page_context(cards, ledger), survey_of(cards, ledger)
    unwatched = {
        f"{type(held).__name__}.{name}"
        for held in (
            *(examined.site, examined.findings, cards, cards.bundles),
            *(context, context.conflicts, context.disputes, survey.unknowns),
        )
        for name in held.__struct_fields__
        if isinstance(value := getattr(held, name), Mapping)
        if not isinstance(value, WatchedTable)
    }
    assert unwatched == set()


def test_makers_are_named_before_any_is_set_up() -> None:
    """Single ones come before those of many keys, which may be none; each has a number."""

    def make(key: str) -> list[PageSpec]:
        return [PageSpec(f"{key}.js", "preview-contents.js", PreviewContents(()))]

    groups = [KeyedMakers(f"{keys}:", keys, make) for keys in ("ab", "", "c")]
    makers = AllMakers([PageMaker(partial(make, "first"), "single")], groups)
    assert makers.names == ["single", "ab:a", "ab:b", "c:c"]
    assert [each.name for each in makers] == makers.names
    made = [spec.path for each in makers for spec in each.make()]
    assert made == ["first.js", "a.js", "b.js", "c.js"]
    assert [makers.maker(number).name for number in range(len(makers))] == makers.names
