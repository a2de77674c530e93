"""How much rules weigh: what an author may look at and accept, and what must be mended."""

from __future__ import annotations

from typing import Final

ALWAYS_WARNINGS: Final = frozenset(
    {
        "ambiguous-name",
        "collected-before-published",
        "context-not-found",
        "cut-by-comment",
        "draft-link",
        "history-out-of-order",
        "negation-left-out",
        "number-not-quoted",
        "orphan-note",
        "overconfident",
        "part-outside-whole",
        "quote-cuts-word",
        "quoted-share-exceeded",
        "source-older-than-claim",
        "source-older-than-event",
        "speaker-not-named",
        "unknown-name",
        "unused-allowance",
        "unused-seed",
        "unused-source",
        "verdict-not-borne-out",
    }
)
"""The rules that never stop a build, unless it is a strict one."""

AT_TIMES_WARNINGS: Final = frozenset({"draft-reference"})
"""The rules of which some findings stop a build. Those that are in neither set always do."""

WARNINGS: Final = ALWAYS_WARNINGS | AT_TIMES_WARNINGS
"""The rules whose findings, or some of them, an author can accept."""
