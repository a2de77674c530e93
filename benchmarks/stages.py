"""What the time of a build goes to: one build in one process, with a clock in each of its stages.

    python -m benchmarks.stages PROJECT OUTPUT

prints the processor time of each stage in seconds, as JSON. A stage's time is its own: what it
calls of another stage counts there.
"""

from __future__ import annotations

import functools
import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

STAGES: Final = (
    ("sitegen.incremental.last_build", "look_at_inputs", "look at files"),
    ("sitegen.write", "take_inventory", "look at files"),
    ("sitegen.build", "read_project", "read notes and articles"),
    ("sitegen.build", "prove", "find the quotes"),
    ("sitegen.build", "check_corpus", "check notes"),
    ("sitegen.build", "link", "link notes"),
    ("sitegen.build", "derive", "derive"),
    ("sitegen.build", "check_findings", "check findings"),
    ("sitegen.work_pieces", "page_makers", "views that pages share"),
    ("sitegen.work_pieces", "export", "dataset"),
    ("sitegen.work_pieces", "search_files", "search data"),
    ("sitegen.work_pieces", "list_facts", "data of filters"),
    ("sitegen.work_pieces", "comparison_files", "data of comparisons"),
    ("sitegen.work_pieces", "voices_of", "who says what"),
    ("sitegen.work_pieces", "Pieces._made", "files of data"),
    ("sitegen.work_pieces", "Pieces._views", "views of pages"),
    ("sitegen.incremental.reuse", "PageMemory.take_over", "look-ups of the last build"),
    ("sitegen.work_pieces", "render_page", "render pages"),
    ("sitegen.write", "Held.stage", "write files"),
    ("sitegen.write", "Held.publish", "write files"),
    ("sitegen.incremental.memory", "Memory.keep", "keep for the next build"),
)
"""Module, function and name of each stage, in the order of the work."""

_REST: Final = "all else"


class Clock:
    """Gives every moment of processor time to the innermost stage that is at work."""

    def __init__(self) -> None:
        """Start with the time that the process has taken so far."""
        self.spent: dict[str, float] = defaultdict(float)
        self._at_work = [_REST]
        self._since = 0.0

    def switch(self) -> None:
        """Give the time since the last switch to the stage that is at work."""
        now = time.process_time()
        self.spent[self._at_work[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same on the clock; what it yields, it makes at once."""

        @functools.wraps(work)
        def timed(*arguments: Any, **options: Any) -> Any:
            self.switch()
            self._at_work.append(name)
            try:
                result = work(*arguments, **options)
                return iter(list(result)) if isinstance(result, Iterator) else result
            finally:
                self.switch()
                self._at_work.pop()

        return timed


def time_stages(project: Path, output: Path) -> dict[str, float]:
    """Build once in one process and return the seconds of each stage, in the order of the work."""
    clock = Clock()
    for module_name, path, name in STAGES:
        holder: Any = importlib.import_module(module_name)
        *outer, function = path.split(".")
        for each in outer:
            holder = getattr(holder, each)
        setattr(holder, function, clock.timed(name, getattr(holder, function)))
    build = importlib.import_module("sitegen.build").build
    memory = importlib.import_module("sitegen.incremental.memory").open_memory(project, output)
    clock.switch()
    clock.spent["start Python and load modules"] = clock.spent.pop(_REST)
    built = build(project, output, processes=1, memory=memory)
    clock.switch()
    if built.published is None:
        sys.exit("the build failed")
    names = dict.fromkeys(["start Python and load modules", *(each[2] for each in STAGES), _REST])
    return {name: round(clock.spent[name], 3) for name in names if name in clock.spent}


if __name__ == "__main__":
    print(json.dumps(time_stages(Path(sys.argv[1]), Path(sys.argv[2]))))
