"""What leads back from where entries of a table point to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Hashable)


def inverted(pointing: Mapping[K, Iterable[T]]) -> dict[T, tuple[K, ...]]:
    """Return for everything that is pointed to the keys from which it is."""
    found: dict[T, list[K]] = {}
    for key, targets in pointing.items():
        for target in targets:
            found.setdefault(target, []).append(key)
    return {target: tuple(keys) for target, keys in found.items()}


def inverted_again(
    back: Mapping[T, tuple[K, ...]],
    changed: Mapping[K, tuple[Iterable[T], Iterable[T]]],
    places: Mapping[K, int],
) -> Mapping[T, tuple[K, ...]] | None:
    """Return what leads back after some entries have changed, in the order of a first time.

    `changed` tells where each of them pointed and where it points now; `places` are those of all
    keys in their order. None where things are no longer pointed to in the same order.
    """
    held = dict(back.items())
    for key, (old, new) in changed.items():
        for target in {*old, *new}:
            others = tuple(each for each in held.get(target, ()) if each != key)
            if not others or places[others[0]] > places[key]:
                return None  # its place among the targets may be another
            mine = (key,) if target in new else ()
            held[target] = tuple(sorted((*others, *mine), key=places.__getitem__))
    return held
