"""Functions of a text alone: each result is worked out once and can be kept for the next build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, update_wrapper
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_MOST: Final = 1 << 16  # results of texts that nobody has said to keep


class Memoised(Generic[T]):
    """A function of a text that does its work once for each text in a process.

    Results from elsewhere, such as those of an earlier build, can be given to it with `know`.
    """

    def __init__(self, work: Callable[[str], T]) -> None:
        """Take the function, as a decorator does; it may not return None."""
        update_wrapper(self, work)
        self.work: Final = work
        self._worked_out = lru_cache(_MOST)(work)
        self._known: dict[str, T] = {}

    def __call__(self, text: str) -> T:
        """Return the result for a text."""
        known = self._known.get(text)
        return self._worked_out(text) if known is None else known

    def known(self, text: str) -> T | None:
        """Return the result for a text if it was given by `know`, else None."""
        return self._known.get(text)

    def know(self, results: Mapping[str, T]) -> None:
        """Take over results from elsewhere, by text."""
        self._known.update(results)

    def forget(self) -> None:
        """Forget all results, whether given or worked out here."""
        self._known = {}
        self._worked_out.cache_clear()
