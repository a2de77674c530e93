"""All pages of a site at once, as they are planned, so that a test can look at any of them."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.findings.voices import voices_of
from sitegen.ledger import Tables
from sitegen.model import Findings, Site
from sitegen.plan import page_makers
from sitegen.views import PageSpec


def planned(site: Site, findings: Findings) -> Iterator[PageSpec]:
    """Yield a spec for every page of the site and for the scripts that bring their previews."""
    for maker in page_makers(site, findings, voices_of(site), Tables()):
        yield from maker.make()
