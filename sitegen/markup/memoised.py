"""Functions of a text alone, whose results are worked out once and can be kept for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, update_wrapper
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_MOST: Final = 1 << 16  # results of texts that nobody has said to keep


class Memoised(Generic[T]):
    """A function of a text that does its work once for each text, in this process at least.

    Results that somebody else has kept, for the next process perhaps, can be given to it.
    """

    def __init__(self, work: Callable[[str], T]) -> None:
        """Take the function, as a decorator does; it may not return None."""
        update_wrapper(self, work)
        self.work: Final = work
        self._worked_out = lru_cache(_MOST)(work)
        self._known: dict[str, T] = {}

    def __call__(self, text: str) -> T:
        """Return what the text comes to."""
        known = self._known.get(text)
        return self._worked_out(text) if known is None else known

    def known(self, text: str) -> T | None:
        """Return what a text comes to if somebody has kept that."""
        return self._known.get(text)

    def know(self, results: Mapping[str, T]) -> None:
        """Take over results from elsewhere, by text."""
        self._known.update(results)

    def forget(self) -> None:
        """Know no results, from elsewhere or worked out here."""
        self._known = {}
        self._worked_out.cache_clear()
