"""A linked site from one text, so that a test of what follows shows all that it follows from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.check import check_corpus
from sitegen.derive import derive
from sitegen.diagnostics import Severity
from sitegen.kinds import Kind
from sitegen.link import link, published
from sitegen.model import Citation, Corpus, Findings, OriginGroup, Proofs, Ref, Site
from sitegen.notes import ClaimId
from sitegen.pages.cards import Cards, make_cards
from sitegen.pages.plots import with_plots
from sitegen.prove import prove
from sitegen.read import read_project
from tests.archive import unpack

SETTINGS = "content/site.yaml"


class LinkedSite:
    """A project that was read, proved and linked; what follows is worked out when it is asked for.

    `title: Test` is added as the site's settings where the project has none.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        """Read the files, contents by path; fail where sitegen finds errors in them."""
        self.corpus, self.proofs = read_files({SETTINGS: "title: Test\n", **files})
        faults = [
            f"{each.at.path}:{each.at.line}: {each.message}"
            for each in check_corpus(self.corpus, self.proofs)
            if each.severity is Severity.ERROR
        ]
        assert not faults, "\n".join(faults)
        self.site: Site = link(published(self.corpus), self.proofs)

    @cached_property
    def findings(self) -> Findings:
        """What follows from the site."""
        return derive(self.site)

    @cached_property
    def cards(self) -> Cards:
        """The views that its pages share."""
        return with_plots(make_cards(self.site, self.findings))

    def citations(self, kind: str, note_id: str) -> tuple[Citation, ...]:
        """Return the citations of a note."""
        return self.site.citations[Ref(Kind(kind), note_id)]

    def standing(self, claim: str) -> str:
        """Return a claim's standing."""
        return self.findings.standing[ClaimId(claim)]

    def all_groups(self, claim: str) -> tuple[OriginGroup, ...]:
        """Return a claim's evidence in independent groups."""
        return self.findings.groups[ClaimId(claim)]

    def groups(self, claim: str) -> list[list[int]]:
        """Return the numbers of a claim's citations, one list for each independent group."""
        return [list(group.citations) for group in self.all_groups(claim)]

    def disagreements(self) -> dict[str, list[str]]:
        """Return for the id of every disagreement its notes, as `kind:id`."""
        return {
            each.id: [str(ref) for ref in each.notes]
            for each in self.findings.disagreements.values()
        }


def site_of(text: str) -> LinkedSite:
    """Return the site of a project in one text; `tests.archive` says what that looks like."""
    return LinkedSite(unpack(text))


def read_files(files: Mapping[str, str]) -> tuple[Corpus, Proofs]:
    """Return a project's notes and the proofs of its quotes; fail where its files are at fault."""
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8", newline="")
        corpus, diagnostics = read_project(Path(folder))
    faults = [each.message for each in diagnostics if each.severity is Severity.ERROR]
    assert corpus is not None, faults
    assert not faults, faults
    return corpus, prove(corpus)
