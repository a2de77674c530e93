"""Tables that are made afresh: every entry of them, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sitegen.ledger.inversion import inverted
from sitegen.processes.workers import share_out

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
T = TypeVar("T", bound=Hashable)
V = TypeVar("V")

_WORTH_SHARING: Final = 2000  # entries from which on two processes make them sooner than one


@dataclass(frozen=True, slots=True)
class KeysOf(Generic[K]):
    """Keys for a table that follow from which keys some others have, and from nothing else.

    Where these are as they were, so are they, and nothing need be gone through.
    """

    tables: Sequence[Mapping[Any, Any]]
    make: Callable[[], Iterable[K]]

    def __iter__(self) -> Iterator[K]:
        """Make them."""
        return iter(self.make())


class Tables:
    """Makes tables, every entry of them; nothing is kept."""

    is_kept = False

    def given(
        self,
        name: str,  # noqa: ARG002 - here and below: what keeps tables needs it
        held: Mapping[K, V],
        signs: Mapping[K, Any] | None = None,  # noqa: ARG002
    ) -> Mapping[K, V]:
        """Return a table that was made elsewhere.

        `signs` tell an entry from what it was, where that takes less than the whole.
        """
        return held

    def digested(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:  # noqa: ARG002
        """Return a table that was made elsewhere; of its entries only digests are kept."""
        return held

    def table(
        self,
        name: str,  # noqa: ARG002
        keys: Iterable[K],
        make: Callable[[K], V],
        processes: int = 1,
    ) -> Mapping[K, V]:
        """Return a table with an entry for every key. No two tables may have the same name.

        So many `processes` may share the work, if there is a lot of it and entries are small.
        """

        def make_some(some: Sequence[K]) -> list[V]:
            return [make(key) for key in some]

        every = [*keys]
        return dict(zip(every, shared(make_some, every, processes), strict=True))

    def index(
        self, name: str, over: Mapping[K, V], targets: Callable[[V], Iterable[T]]
    ) -> Mapping[T, tuple[K, ...]]:
        """Return for everything that entries of a table point to the keys of those entries.

        What `targets` returns may follow from the entry alone.
        """
        pointing = self.table(name, over, lambda key: tuple(dict.fromkeys(targets(over[key]))))
        return self.given(f"{name}, inverted", inverted(pointing))

    def whole(self, name: str, make: Callable[[], V]) -> Whole[V]:
        """Return one value that is made from many entries, such as a count of them.

        It is made again where an entry that it looked up has changed. To go through all entries of
        a table of notes is to be made again at any change; a table with just what it needs of each
        note changes seldom.
        """
        return Whole(self.table(name, [""], lambda _: make()))

    def together(self, name: str, make: Callable[[], Mapping[K, V]]) -> Mapping[K, V]:  # noqa: ARG002
        """Return a table whose entries are made all at once, from many entries of others.

        Where one of these has changed all are made again; but of its own entries only those have
        changed that are not equal to what they were.
        """
        return make()

    @contextmanager
    def meanwhile(
        self,
        work: Callable[[], object],  # noqa: ARG002
        processes: int,  # noqa: ARG002
    ) -> Iterator[Callable[[], None]]:
        """Have another process make the tables that some work makes, and do other things here.

        Yield what waits for that. From then on, and from the end of the context on, the same work
        here finds the tables made. It may make them alone as well: where nothing is kept, or there
        is little to do, nothing is done meanwhile.
        """
        yield no_wait

    def done_with(self, *tables: Mapping[Any, Any]) -> None:
        """Take note that hardly anybody will look into these tables of its own from now on.

        Others are made of them, or one file each.
        """

    def put_away(self) -> None:
        """Put away the tables that are done with, so that they take no memory.

        What there is to be kept for the next build is packed in any case; this is the time for it
        as long as nothing is known of a last one.
        """

    def everywhere(self, name: str, value: object) -> None:
        """Take note of what is looked at without being looked up, by all that is made later."""


NOTHING_KEPT: Final = Tables()
"""Tables for callers that keep nothing for a next build, above all tests; they have no state."""


def no_wait() -> None:
    """Wait for nobody."""


@dataclass(frozen=True, slots=True)
class Whole(Generic[V]):
    """One value that was made from many entries; to ask for it is to look it up."""

    cell: Mapping[str, V]

    @property
    def value(self) -> V:
        """Return it."""
        return self.cell[""]


def shared(
    work: Callable[[Sequence[K]], Sequence[R]], keys: Sequence[K], processes: int
) -> Iterator[R]:
    """Yield what work on keys comes to, done by so many processes if there is a lot of it."""
    return share_out(work, keys, processes if len(keys) >= _WORTH_SHARING else 1)
