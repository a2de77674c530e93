"""What a maker of pages looks up, so that the next build can tell without it what it would make.

A maker may be one of thousands that all see the whole site and look at a few entries of it. Those
are noted while it works. As long as each of them is what it was, so is what the maker makes, and it
need not be asked. One that goes through all of a mapping has no trace: it would be asked whenever
anything changes, so it may as well be asked always.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any, Final, NamedTuple, TypeVar, overload

from sitegen.digests import SIZE, digest_of

D = TypeVar("D")
T = TypeVar("T")

_BITS: Final = 8  # of an entry's number: which mapping it is in; the rest is its place there
_NOTHING: Final = bytes(SIZE)

Keys = Mapping[str, Sequence[Any]]
"""The keys of each watched mapping, by its name; traces name an entry by its key's place."""


class Trace(NamedTuple):
    """What was looked up: entries by number, and such as no build has had, with their mapping."""

    entries: bytes
    missing: tuple[tuple[str, Any], ...] = ()


class Watch:
    """Watches over mappings, and notes what is looked up in them while something is made."""

    def __init__(self, known: Keys | None = None) -> None:
        """Take the keys by which the traces of the last build count, where there are such traces.

        Up to 256 mappings can be watched.
        """
        self._known = known or {}
        self._mappings: list[_WatchedMapping] = []
        self._background: list[Any] = []
        self._background_digest = b""
        self._returned: list[Any] = []
        self._is_whole = False

    def over(self, name: str, held: D) -> D:
        """Return a dataclass like the given one, with its mappings and tuples under watch.

        Fields that hold what this watch has returned before stay as they are. All others, settings
        and the like, are background: part of what every maker sees.
        """
        if self._background_digest:
            raise RuntimeError("the background has been looked at already")
        changes: dict[str, Any] = {}
        for each in fields(held):  # type: ignore[arg-type]
            value = getattr(held, each.name)
            if isinstance(value, Mapping):
                changes[each.name] = self._over_mapping(f"{name}.{each.name}", value)
            elif isinstance(value, tuple):
                changes[each.name] = _WatchedSequence(self, value)
            elif not any(value is returned for returned in self._returned):
                self._background.append(value)
        watched = replace(held, **changes)  # type: ignore[type-var]
        self._returned.append(watched)
        return watched

    def _over_mapping(self, name: str, held: Mapping[Any, Any]) -> _WatchedMapping:
        keys = dict.fromkeys((*self._known.get(name, ()), *held))
        watched = _WatchedMapping(self, name, len(self._mappings), held, [*keys])
        self._mappings.append(watched)
        return watched

    def background(self) -> bytes:
        """Return a digest of what every maker sees; nothing is put under watch after that."""
        if not self._background_digest:
            self._background_digest = digest_of(*self._background)
        return self._background_digest

    def keys(self) -> Keys:
        """Return the keys by which traces count, those of the last build and those of this one."""
        return {each.name: each.keys_in_order for each in self._mappings}

    def trace(self, make: Callable[[], Iterable[T]]) -> tuple[list[T], Trace | None]:
        """Return what is made, and what was looked up for it; None where that was everything."""
        for each in self._looked_in():  # between two makers, which is nobody's look
            each.seen.clear()
        self._is_whole = False
        made = list(make())
        return made, None if self._is_whole else self._as_trace()

    def note_all(self) -> None:
        """Note that something was gone through as a whole."""
        self._is_whole = True

    def _looked_in(self) -> list[_WatchedMapping]:
        return [each for each in self._mappings if each.seen]

    def _as_trace(self) -> Trace:
        numbers: list[int] = []
        missing: list[tuple[str, Any]] = []
        for each in self._looked_in():
            for key in each.seen:
                number = each.numbers.get(key)
                if number is None:
                    missing.append((each.name, key))
                else:
                    numbers.append(number)
        return Trace(array("I", sorted(numbers)).tobytes(), tuple(sorted(missing)))

    def digest(self, trace: Trace) -> bytes:
        """Return a digest of what the entries of a trace hold now."""
        mappings, mask = self._mappings, (1 << _BITS) - 1
        entries = array("I")
        entries.frombytes(trace.entries)
        found = [mappings[each & mask].digest_at(each >> _BITS) for each in entries]
        by_name = {each.name: each for each in mappings} if trace.missing else {}
        found += [by_name[name].digest(key) for name, key in trace.missing]
        return blake2b(b"".join(found), digest_size=SIZE).digest()


class _WatchedMapping(Mapping[Any, Any]):
    """A mapping that keeps what is looked up in it, and says to its watch when that is all.

    `numbers` are those of its entries in traces; `seen` are the keys that were looked up.
    """

    __slots__ = ("_digests", "_held", "_watch", "keys_in_order", "name", "numbers", "seen")

    def __init__(
        self, watch: Watch, name: str, number: int, held: Mapping[Any, Any], keys: list[Any]
    ) -> None:
        self._watch = watch
        self._held = held
        self._digests: list[bytes | None] = [None] * len(keys)
        self.name = name
        self.keys_in_order = keys
        self.numbers = {key: place << _BITS | number for place, key in enumerate(keys)}
        self.seen: set[Any] = set()

    def __getitem__(self, key: Any) -> Any:
        self.seen.add(key)
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        self.seen.add(key)
        return key in self._held

    def get(self, key: Any, default: Any = None) -> Any:
        self.seen.add(key)
        return self._held.get(key, default)

    def __iter__(self) -> Iterator[Any]:
        self._watch.note_all()
        return iter(self._held)

    def __len__(self) -> int:
        self._watch.note_all()
        return len(self._held)

    def digest_at(self, place: int) -> bytes:
        """Return the digest of the entry whose key has this place."""
        found = self._digests[place]
        if found is None:
            found = self._digests[place] = self.digest(self.keys_in_order[place])
        return found

    def digest(self, key: Any) -> bytes:
        """Return the digest of an entry, zeros where there is none."""
        if key not in self._held:
            return _NOTHING
        return digest_of(self._held[key])


class _WatchedSequence(Sequence[Any]):
    """A tuple that says to its watch when it is looked at."""

    __slots__ = ("_held", "_watch")

    def __init__(self, watch: Watch, held: tuple[Any, ...]) -> None:
        self._watch = watch
        self._held = held

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        self._watch.note_all()
        return self._held[at]

    def __len__(self) -> int:
        self._watch.note_all()
        return len(self._held)
