"""Work that an existing Dask cluster does: the same pieces, the same bytes, on other machines.

A worker is sent all of a site once, and then the numbers of pieces. It must be the same program
with the same libraries, since only then is piece 17 there what it is here.
"""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.diagnostics import Location, error
from sitegen.incremental.reuse import PageMemory
from sitegen.installed import built_in_templates, install_command
from sitegen.ledger import Ledger, LedgerState
from sitegen.render import TemplateFault
from sitegen.storage.cache import program_digest
from sitegen.storage.packets import Damaged
from sitegen.work_pieces import BuildInput, Made, Pieces, pieces_of

RULES: Final = {
    "cluster-fault": (
        "The cluster that `--scheduler` names cannot do the work: nobody answers at its address, "
        "it has no workers, or they are not the same sitegen with the same libraries as here. "
        "Correct the address, install the same versions on every worker, or build without it."
    ),
}

_LIBRARY: Final = "distributed>=2025.1,<2027"
_TEMPLATES: Final = {".html", ".js", ".xml"}
_PATIENCE: Final = 10  # seconds to wait for an answer of the scheduler
_BATCHES_PER_THREAD: Final = 24
_AHEAD: Final = 3  # batches per thread whose results may lie waiting in memory


class ClusterFault(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A cluster cannot do the work; `diagnostic` says why."""

    def __init__(self, address: str, reason: str, help_: str) -> None:
        """Take the scheduler's address, what is wrong, and a way out."""
        super().__init__(reason)
        self.diagnostic = error(
            "cluster-fault", Location("--scheduler"), f"{address}: {reason}", help_
        )


class WorkerInput(Struct, frozen=True):
    """What a worker is sent: a build's input, the project's own templates, the program it is for.

    `tools` and `numbering` are those of the memory that shall note how pages were made; None where
    there is no such memory.
    """

    build_input: BuildInput
    templates: Mapping[str, bytes]
    program: str
    tools: bytes | None
    numbering: LedgerState | None


class OtherProgram(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A worker would not make the same as this machine."""


class Cluster:
    """The workers that one scheduler has."""

    def __init__(self, address: str) -> None:
        """Take the scheduler's address, as in `tcp://10.0.0.1:8786`."""
        self.address = address

    def __call__(
        self,
        build_input: BuildInput,
        folders: Sequence[Path],
        asked: Sequence[int],
        pages: PageMemory | None,
    ) -> Iterator[Made]:
        """Yield what comes of the pieces with these numbers, as it is ready.

        Raises ClusterFault where the cluster cannot do the work, and what pieces raise.
        """
        worker_input = WorkerInput(
            build_input=build_input,
            templates=own_templates(folders),
            program=program_digest(built_in_templates()),
            tools=pages.tools if pages else None,
            numbering=pages.ledger.numbering() if pages else None,
        )
        dask = self._library()
        with self._client(dask) as client:
            try:
                yield from self._sent_out(dask, client, worker_input, asked)
            except (ClusterFault, Damaged, TemplateFault):
                raise
            except OtherProgram as fault:
                help_ = "install the same versions there as here"
                raise self._fault(str(fault), help_) from fault
            except Exception as fault:
                # A worker without this module, one that was lost, a scheduler that went away: each
                # has exceptions of its own, and none is for whoever only wants a site.
                reason = f"the cluster broke off: {_said(fault)}"
                help_ = "look at its workers, or build without --scheduler"
                raise self._fault(reason, help_) from fault

    def _library(self) -> Any:
        try:
            return importlib.import_module("distributed")
        except ImportError as missing:
            help_ = f"run {install_command(_LIBRARY)}, or build without --scheduler"
            raise self._fault("Dask is not installed here", help_) from missing

    def _client(self, dask: Any) -> Any:
        try:
            return dask.Client(self.address, timeout=_PATIENCE, set_as_default=False)
        except Exception as fault:
            reason = f"no scheduler of Dask answers there: {_said(fault)}"
            help_ = "start it, or correct the address: it is the scheduler's, not a worker's"
            raise self._fault(reason, help_) from fault

    def _fault(self, reason: str, help_: str) -> ClusterFault:
        return ClusterFault(self.address, reason, help_)

    def _sent_out(
        self, dask: Any, client: Any, worker_input: WorkerInput, asked: Sequence[int]
    ) -> Iterator[Made]:
        """Yield what comes of pieces; only so many batches are under way at once."""
        threads = sum(client.nthreads().values())
        if not threads:
            help_ = f"start some: dask worker {self.address}"
            raise self._fault("this scheduler has no workers", help_)
        size = max(1, len(asked) // (threads * _BATCHES_PER_THREAD))
        batches = (asked[at : at + size] for at in range(0, len(asked), size))
        (sent,) = client.scatter([worker_input], broadcast=True, hash=False)

        def send(batch: Sequence[int]) -> Any:
            return client.submit(make_some, sent, batch, pure=False)

        first = map(send, islice(batches, threads * _AHEAD))
        waiting = dask.as_completed(first, loop=client.loop)
        for future in waiting:
            waiting.update(map(send, islice(batches, 1)))
            yield from future.result()
        client.run(clear_open_input)


def _said(fault: Exception) -> str:
    """Return in one line what a fault says."""
    return " ".join(str(fault).split())[:300] or type(fault).__name__


def own_templates(folders: Sequence[Path]) -> dict[str, bytes]:
    """Return the project's own templates by their paths; workers have the built-in ones.

    What pages load as it is stays here. Raises TemplateFault where one cannot be read.
    """
    own = [folder for folder in folders if folder != built_in_templates()]
    return {name: content for folder in reversed(own) for name, content in _templates_in(folder)}


def _templates_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the templates below a folder, those in linked folders too, each folder once."""
    seen: set[str] = set()
    for above, below, files in os.walk(folder, followlinks=True):
        is_top = Path(above) == folder
        below[:] = sorted(
            each
            for each in below
            if not (is_top and each == "static")
            and (place := os.path.realpath(Path(above, each))) not in seen
            and not seen.add(place)  # type: ignore[func-returns-value]
        )
        for name in sorted(files):
            path = Path(above, name)
            if path.suffix in _TEMPLATES and path.is_file():
                yield path.relative_to(folder).as_posix(), _content_of(path, folder)


def _content_of(path: Path, folder: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        at = Location(f"templates/{path.relative_to(folder).as_posix()}")
        reason = f"cannot read this file: {(fault.strerror or str(fault)).lower()}"
        help_ = "look at its permissions, and where it leads if it is a link"
        raise TemplateFault(error("cannot-read", at, reason, help_)) from fault


# --- on a worker ------------------------------------------------------------------------------


class _OpenInput(Struct, frozen=True):
    """The input that a worker has open, and the work that it comes to."""

    worker_input: WorkerInput
    pieces: Pieces
    folder: TemporaryDirectory[str] | None


_LOCK: Final = threading.Lock()  # the stages work on one thing at a time
_OPEN: Final[list[_OpenInput]] = []  # the last input, if any


def make_some(worker_input: WorkerInput, numbers: Sequence[int]) -> list[Made]:
    """Do some pieces of an input's work on a worker."""
    with _LOCK:
        if not _OPEN or _OPEN[0].worker_input is not worker_input:
            _clear()
            _OPEN.append(_opened(worker_input))
        return _OPEN[0].pieces.do(numbers)


def clear_open_input() -> None:
    """Put away what a worker has open: nobody asks for more of it."""
    with _LOCK:
        _clear()


def _clear() -> None:
    for opened in _OPEN:
        if opened.folder:
            opened.folder.cleanup()
    _OPEN.clear()


def _opened(worker_input: WorkerInput) -> _OpenInput:
    """Lay out what an input holds. Raises OtherProgram."""
    if worker_input.program != program_digest(built_in_templates()):
        raise OtherProgram("a worker has another version of sitegen, of a library or of Python")
    pages, build_input = None, worker_input.build_input
    if worker_input.tools is not None:
        ledger = Ledger(worker_input.numbering)
        pages = PageMemory(worker_input.tools, ledger=ledger)
        site, findings = ledger.taken_up(build_input.site), ledger.taken_up(build_input.findings)
        build_input = replace(build_input, site=site, findings=findings)
    folder = TemporaryDirectory(prefix="sitegen-") if worker_input.templates else None
    try:
        folders = [*_laid_out(worker_input.templates, folder), built_in_templates()]
        return _OpenInput(worker_input, pieces_of(build_input, folders, pages), folder)
    except BaseException:
        if folder:
            folder.cleanup()
        raise


def _laid_out(
    templates: Mapping[str, bytes], folder: TemporaryDirectory[str] | None
) -> Iterator[Path]:
    """Yield the folder in which these templates stand, if there are any."""
    if folder:
        own = Path(folder.name) / "templates"
        for name, content in templates.items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(content)
        yield own
