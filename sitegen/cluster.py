"""Work that an existing Dask cluster does: the same pieces, the same bytes, on other machines.

A worker is sent all of a site once, and then the numbers of pieces. It must be the same program
with the same libraries, since only then is piece 17 there what it is here.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sitegen.cache import program_digest
from sitegen.diagnostics import Location, error
from sitegen.installed import built_in_templates
from sitegen.reuse import PageMemory, Remembered
from sitegen.traces import Keys
from sitegen.workshop import Made, Order, Piece, known_piece, pieces_of

RULES: Final = {
    "cluster-fault": (
        "The cluster that `--scheduler` names cannot do the work: nobody answers at its address, "
        "it has no workers, or they are not the same sitegen with the same libraries as here. "
        "Correct the address, install the same versions on every worker, or build without it."
    ),
}

_PATIENCE: Final = 10  # seconds to wait for an answer of the scheduler
_BATCHES_PER_THREAD: Final = 24
_AHEAD: Final = 3  # batches per thread whose results may lie waiting in memory


class ClusterFault(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A cluster cannot do the work; `diagnostic` says why."""

    def __init__(self, address: str, reason: str, help_: str) -> None:
        """Take the scheduler's address, what is wrong, and a way out."""
        super().__init__(reason)
        self.diagnostic = error("cluster-fault", Location(address), reason, help_)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a worker is sent: an order, the project's own templates, the program it is meant for.

    `tools` and `keys` are those of the memory that shall note how pages were made; None and none
    where there is no such memory.
    """

    order: Order
    templates: Mapping[str, bytes]
    program: str
    tools: bytes | None
    keys: Keys


class OtherProgram(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A worker would not make the same as this machine."""


class Cluster:
    """The workers that one scheduler has."""

    def __init__(self, address: str) -> None:
        """Take the scheduler's address, as in `tcp://10.0.0.1:8786`."""
        self.address = address

    def __call__(
        self,
        order: Order,
        folders: Sequence[Path],
        pieces: Sequence[Piece],
        pages: PageMemory | None,
    ) -> Iterator[Made]:
        """Yield what comes of all pieces, as it is ready; what is known is not sent out.

        Raises ClusterFault where the cluster cannot do the work, and what pieces raise.
        """
        asked = []
        for number, piece in enumerate(pieces):
            if pages and (known := known_piece(pages, piece.maker)):
                yield known
            else:
                asked.append(number)
        parcel = Parcel(
            order=order,
            templates=_own_templates(folders),
            program=program_digest(built_in_templates()),
            tools=pages.tools if pages else None,
            keys=pages.known.keys if pages else {},
        )
        dask = self._library()
        with self._client(dask) as client:
            yield from self._sent_out(dask, client, parcel, asked)

    def _library(self) -> Any:
        try:
            return importlib.import_module("distributed")
        except ImportError as missing:
            reason = "Dask is not installed here"
            help_ = 'run python -m pip install "sitegen[dask]", or build without --scheduler'
            raise ClusterFault(self.address, reason, help_) from missing

    def _client(self, dask: Any) -> Any:
        try:
            return dask.Client(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as fault:
            reason = f"no scheduler answers there: {fault}"
            raise ClusterFault(self.address, reason, "start it, or correct the address") from fault

    def _sent_out(
        self, dask: Any, client: Any, parcel: Parcel, asked: Sequence[int]
    ) -> Iterator[Made]:
        """Yield what comes of pieces; only so many batches are under way at once."""
        threads = sum(client.nthreads().values())
        if not threads:
            help_ = f"start some: dask worker {self.address}"
            raise ClusterFault(self.address, "this scheduler has no workers", help_)
        size = max(1, len(asked) // (threads * _BATCHES_PER_THREAD))
        batches = (asked[at : at + size] for at in range(0, len(asked), size))
        (sent,) = client.scatter([parcel], broadcast=True, hash=False)

        def send(batch: Sequence[int]) -> Any:
            return client.submit(make_some, sent, batch, pure=False)

        first = map(send, islice(batches, threads * _AHEAD))
        waiting = dask.as_completed(first, loop=client.loop)
        for future in waiting:
            waiting.update(map(send, islice(batches, 1)))
            try:
                yield from future.result()
            except OtherProgram as fault:
                help_ = "install the same versions there as here"
                raise ClusterFault(self.address, str(fault), help_) from fault


def _own_templates(folders: Sequence[Path]) -> dict[str, bytes]:
    """Return the project's own templates by their paths; workers have the built-in ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in folders
        if folder != built_in_templates()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- on a worker ------------------------------------------------------------------------------


class _Bench:
    """The parcel that a worker has open. It works on one piece at a time, as the stages do."""

    lock = threading.Lock()
    parcel: Parcel | None = None
    pieces: Sequence[Piece] = ()
    folder: TemporaryDirectory[str] | None = None


def make_some(parcel: Parcel, numbers: Sequence[int]) -> list[Made]:
    """Do some pieces of a parcel's work on a worker."""
    with _Bench.lock:
        if _Bench.parcel is not parcel:
            _open(parcel)
        return [_Bench.pieces[number].do() for number in numbers]


def _open(parcel: Parcel) -> None:
    """Lay out what a parcel holds, in place of what was there. Raises OtherProgram."""
    if parcel.program != program_digest(built_in_templates()):
        raise OtherProgram("a worker has another version of sitegen, of a library or of Python")
    folders = [*_laid_out(parcel.templates), built_in_templates()]
    pages = None
    if parcel.tools is not None:
        pages = PageMemory(parcel.tools, Remembered(keys=parcel.keys))
    _Bench.pieces = pieces_of(parcel.order, folders, pages)
    _Bench.parcel = parcel


def _laid_out(templates: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield the folder that holds these templates, if there are any."""
    if _Bench.folder:
        _Bench.folder.cleanup()
    _Bench.folder = TemporaryDirectory(prefix="sitegen-") if templates else None
    if _Bench.folder:
        own = Path(_Bench.folder.name) / "templates"
        for name, content in templates.items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(content)
        yield own
