"""What is worked out again after a change, so that a test shows the change and what comes of it."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sitegen.build import examine
from sitegen.findings.voices import voices_of
from sitegen.ledger import Kept, Ledger, Tables, Trace
from sitegen.model import Findings, Site
from sitegen.pages.makers import PageMaker
from sitegen.plan import page_makers
from sitegen.views import OutputFile
from tests.archive import unpack

K = TypeVar("K")
V = TypeVar("V")

Data = Callable[[Site, Findings, Tables, int], Iterable[OutputFile]]


class NotingLedger(Ledger):
    """A ledger that notes which entries of which table are made."""

    def __init__(self, last: Kept | None = None) -> None:
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


def made_again(text: str, changes: Mapping[str, str | None], data: Data) -> dict[str, list[Any]]:
    """Return the entries, by table, that are made again for data once files have other contents.

    A file that has None is taken away.
    Fail if what comes of it is anything else than data made afresh, or if one that is built again
    without a change makes anything.
    """
    files = {"content/site.yaml": "title: Test\n", **unpack(text)}
    with TemporaryDirectory() as folder:
        _write(Path(folder), files)
        kept = _build(Path(folder), data, None)[1]
        made, kept, _ = _build(Path(folder), data, kept)
        assert not made
        _write(Path(folder), changes)
        made, _, left = _build(Path(folder), data, kept)
        assert left == _afresh(Path(folder), data)
    return made


def _write(folder: Path, files: Mapping[str, str | None]) -> None:
    for path, content in files.items():
        if content is None:
            (folder / path).unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def _build(
    folder: Path, data: Data, last: Kept | None
) -> tuple[dict[str, list[Any]], Kept, list[OutputFile]]:
    """Return what was made for data, what the next build is told, and the data."""
    ledger = NotingLedger(last)
    site, findings = _examined(folder, ledger)
    ledger.made.clear()
    files = data(site, findings, ledger, 1)
    made = dict(ledger.made)
    kept = pickle.loads(pickle.dumps(ledger.kept()))
    left = [*files]
    assert made == ledger.made, "tables are to be made before files are"
    return made, kept, left


def _afresh(folder: Path, data: Data) -> list[OutputFile]:
    tables = Tables()
    return [*data(*_examined(folder, tables), tables, 1)]


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
        kept = pickle.loads(pickle.dumps(first.kept()))
        assert not _without_hold(Path(folder), Ledger(kept), traces)
        _write(Path(folder), changes)
        return _without_hold(Path(folder), Ledger(kept), traces)


def _without_hold(folder: Path, ledger: Ledger, traces: Mapping[str, Trace]) -> set[str]:
    names = [maker.name for maker in _makers(folder, ledger)]
    return {
        each for each in names if each and (each not in traces or not ledger.holds(traces[each]))
    }


def _makers(folder: Path, ledger: Ledger) -> tuple[PageMaker, ...]:
    site, findings = _examined(folder, ledger)
    return page_makers(site, findings, voices_of(site, ledger), ledger)
