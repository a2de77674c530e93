"""The rows of keys that tables have: alike ones are one object, with one number."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from operator import is_
from typing import Any, Final, TypeVar

from sitegen.ledger.watched import WatchedTable
from sitegen.storage.packed import Keys, Listed

K = TypeVar("K", bound=Hashable)

_FEW: Final = 1000  # keys that may be held twice: to find those that are alike takes longer


class KeyRows:
    """All rows of keys, those of the last build first; `numbers` are those by which they are kept.

    A key that stands in several rows is one object too.
    """

    def __init__(self, last: Mapping[int, Keys[Any]]) -> None:
        """Take the rows that the last build kept, by number."""
        self.numbers = {keys: number for number, keys in last.items()}
        self._last = last
        self._alike: dict[Any, list[Keys[Any]]] = {}
        for keys in last.values():
            self._alike.setdefault(_sign(keys.every), []).append(keys)
        self._objects: dict[tuple[type, Any], Any] = {}

    def of(self, keys: Iterable[K]) -> Keys[K]:
        """Return distinct keys in their order; the same ones are the same object."""
        if isinstance(keys, WatchedTable):
            return keys.order
        own = keys.order if isinstance(keys, Listed) else None
        if own and own in self.numbers:
            return own
        every = tuple(iter(keys))  # to ask some mappings how many there are is to go through them
        if known := self._known(every):
            return known
        if not isinstance(keys, Mapping):
            distinct = tuple(dict.fromkeys(every))
            if len(distinct) < len(every) and (known := self._known(distinct)):
                return known
            every = distinct
        same = every if self._last and len(every) < _FEW else tuple(map(self._same, every))
        # Who has them in a row already may come with the same row at the next build.
        order = own if own and all(map(is_, same, every)) else Keys(same)
        self._alike.setdefault(_sign(every), []).append(order)
        return order

    def _known(self, every: tuple[K, ...]) -> Keys[K] | None:
        """Return the row with these keys, if there is one; it has each of them once."""
        for order in self._alike.get(_sign(every), ()):
            # A name is not the kind that it is equal to.
            if order.every == every and order.kinds == frozenset(map(type, every)):
                return order
        return None

    def numbers_of(self, tables: Iterable[Mapping[Any, Any]]) -> tuple[int, ...]:
        """Return the numbers of the rows that tables have, if all are made here."""
        orders = [each.order if isinstance(each, WatchedTable) else None for each in tables]
        numbers = [self.numbers[each] for each in orders if each]
        return tuple(numbers) if len(numbers) == len(orders) else ()

    def number(self, order: Keys[Any]) -> bool:
        """Give a row a number; tell whether it had none."""
        if order in self.numbers:
            return False
        self.numbers[order] = 1 + max(self.numbers.values(), default=-1)
        return True

    def forget_keys(self) -> None:
        """Take no memory to find keys that are alike: few rows are new from now on."""
        self._objects.clear()

    def _same(self, key: K) -> K:
        """Return the one object that stands for all keys like this one, so that it is kept once."""
        if not self._objects:
            known = chain.from_iterable(keys.every for keys in self._last.values())
            self._objects = {(type(each), each): each for each in known}
        same: K = self._objects.setdefault((type(key), key), key)
        return same


def _sign(keys: tuple[Any, ...]) -> tuple[int, tuple[Any, ...], tuple[Any, ...]]:
    """Return what two rows of keys that are equal have in common: the hash of all takes longer."""
    return len(keys), keys[:1], keys[-1:]
