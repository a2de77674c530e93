"""What is worked out again after a change, so that a test shows the change and what comes of it."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest

from sitegen import runs
from sitegen.build import examine
from sitegen.findings.voices import voices_of
from sitegen.ledger import Ledger, LedgerState, Tables, Trace, Traces
from sitegen.model import Findings, Site
from sitegen.pages.makers import AllMakers
from sitegen.plan import page_makers
from sitegen.views import FileMaker, NewFile, OutputFile
from tests.archive import unpack
from tests.ledgers import kept_of

K = TypeVar("K")
V = TypeVar("V")

Data = Callable[[Site, Findings, Tables, int], Iterable[FileMaker]]


class NotingLedger(Ledger):
    """A ledger that notes which entries of which table are made."""

    def __init__(self, last: LedgerState | None = None) -> None:
        """Take what the last build kept, if anything."""
        super().__init__(last)
        self.made: dict[str, list[Any]] = defaultdict(list)

    def table(
        self, name: str, keys: Iterable[Any], make: Callable[[Any], V], processes: int = 1
    ) -> Mapping[Any, V]:
        """Return a table as every ledger does."""

        def noted(key: Any) -> V:
            self.made[name].append(key)
            return make(key)

        return super().table(name, keys, noted, processes)


FILES = "files"
"""Under which it is said which makers of files were asked again."""


def made_again(text: str, changes: Mapping[str, str | None], data: Data) -> dict[str, list[Any]]:
    """Return the entries, by table, that are made again for data once files have other contents.

    A file that has None is taken away. Each run is of one note, so that it is seen which is meant.
    `FILES` has the names of what makes files, where it would be asked again.
    Fail if what comes of it is anything else than data made afresh, or if one that is built again
    without a change makes anything.
    """
    files = {"content/site.yaml": "title: Test\n", **unpack(text)}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "ONE_IN", 1)
        _write(Path(folder), files)
        first = _build(Path(folder), data, _Last())[1]
        made, second = _build(Path(folder), data, first)
        assert not made
        _write(Path(folder), changes)
        made, last = _build(Path(folder), data, second)
        left = [file for _, files in last.files.values() for file in files]
        assert left == _afresh(Path(folder), data)
    return made


@dataclass(frozen=True)
class _Last:
    """What a build has kept, and by the name of its maker each file and what was looked up."""

    kept: LedgerState | None = None
    files: Mapping[str, tuple[Trace, list[OutputFile]]] = field(default_factory=dict)


def _write(folder: Path, files: Mapping[str, str | None]) -> None:
    for path, content in files.items():
        if content is None:
            (folder / path).unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def _build(folder: Path, data: Data, last: _Last) -> tuple[dict[str, list[Any]], _Last]:
    """Return what was made for data, and what the next build is told."""
    ledger = NotingLedger(last.kept)
    site, findings = _examined(folder, ledger)
    ledger.made.clear()
    makers = data(site, findings, ledger, 1)
    tables = {*ledger.made}
    files = {}
    for maker in makers:
        known = last.files.get(maker.name)
        if known and not ledger.fallen(Traces.of([known[0]])):
            files[maker.name] = known
            continue
        made, trace = ledger.trace(lambda maker=maker: [*maker.make()])  # type: ignore[misc]
        files[maker.name] = trace, made
        ledger.made[FILES].append(maker.name)
    assert {*ledger.made} - {FILES} == tables, "tables are to be made before files are"
    return dict(ledger.made), _Last(pickle.loads(pickle.dumps(kept_of(ledger))), files)


def _afresh(folder: Path, data: Data) -> list[NewFile]:
    tables = Tables()
    return made_by(data(*_examined(folder, tables), tables, 1))


def made_by(makers: Iterable[FileMaker]) -> list[NewFile]:
    """Return all files of some makers."""
    return [file for maker in makers for file in maker.make()]


def _examined(folder: Path, tables: Tables) -> tuple[Site, Findings]:
    examined = examine(folder, tables=tables)
    assert examined.site is not None, examined.diagnostics
    assert examined.findings is not None
    return examined.site, examined.findings


def pages_made_again(text: str, changes: Mapping[str, str | None]) -> set[str]:
    """Return the names of makers whose pages are made again once files have other contents.

    Those are among them that nobody knew before. Fail if a build without a change makes any.
    """
    files = {"content/site.yaml": "title: Test\n", **unpack(text)}
    with TemporaryDirectory() as folder:
        _write(Path(folder), files)
        first = Ledger()
        traces = {
            maker.name: first.trace(lambda maker=maker: [*maker.make()])[1]  # type: ignore[misc]
            for maker in _makers(Path(folder), first)
            if maker.name
        }
        kept = pickle.loads(pickle.dumps(kept_of(first)))
        assert not _without_hold(Path(folder), Ledger(kept), traces)
        _write(Path(folder), changes)
        return _without_hold(Path(folder), Ledger(kept), traces)


def _without_hold(folder: Path, ledger: Ledger, traces: Mapping[str, Trace]) -> set[str]:
    names = [maker.name for maker in _makers(folder, ledger)]
    return {
        each
        for each in names
        if each and (each not in traces or ledger.fallen(Traces.of([traces[each]])))
    }


def _makers(folder: Path, ledger: Ledger) -> AllMakers:
    site, findings = _examined(folder, ledger)
    return page_makers(site, findings, voices_of(site, ledger), ledger)
