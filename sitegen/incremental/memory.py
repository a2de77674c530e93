"""What a build remembers of the last one: the inputs and outputs, and what came of them.

It can tell that nothing has changed without loading what reads notes or makes pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from sitegen.diagnostics import Diagnostic
from sitegen.installed import built_in_templates
from sitegen.layout import INPUTS, SETTINGS, TEMPLATES
from sitegen.output.companions import is_half_changed
from sitegen.output.inventory import look_at_files
from sitegen.output.published_files import LastPublished
from sitegen.project_files import Listing, listing_of
from sitegen.storage.cache import (
    CacheFile,
    FileDigests,
    Sections,
    Stamp,
    Stamped,
    program_digest,
    stamp_again,
    stamp_files,
)
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Damaged

_OUTCOME: Final = "outcome"
_MOST_OPEN: Final = 64 << 20  # bytes of each table that later builds may leave open
_MANY: Final = 1000  # changes at once, of which some may have been lost


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that a site is made from, by path below the project.

    `digests` are the SHA-256 of their bytes. Those of notes and articles need not be known yet: of
    one that changes after it was looked at they may be of either content, and its stamp tells that.
    `settled` are those whose stamp would tell of any change since.
    """

    stamped: Stamped
    digests: FileDigests
    settled: frozenset[str]

    def templates(self) -> list[tuple[str, bytes]]:
        """Return the project's own templates and their digests, in order."""
        return sorted(self.digests.of(_templates_in(self.stamped)).items())

    def listing(self) -> Listing:
        """Return what the folders hold; it says nothing where there are links."""
        if not self.stamped.is_plain:
            return {}
        return listing_of([*(f"{folder}/" for folder in INPUTS), *self.stamped.files])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: what was found, how much there was of what, which files there are.

    `outputs` are the site's files in the output folder as the build left them, but for those that
    somebody has touched since; `options` is whatever else decides, `files` how many files the site
    has.
    """

    inputs: Inputs
    outputs: LastPublished
    options: tuple[Any, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: Mapping[str, int]
    quotes: Mapping[str, int]
    files: int


@dataclass(slots=True)
class Watched:
    """What somebody who watches a project says of its files, so that not all need be looked at.

    `changed` are the paths that may have changed since the files were looked at last; `inputs` are
    the files as they were then, and `listing` is what folders held. What somebody made of a file is
    no concern here: it is of the file as it is if it was made of the digest that the file has.
    """

    changed: set[str] = field(default_factory=set)
    inputs: Inputs | None = None
    listing: Listing = field(default_factory=dict)

    def look(self, project: Path) -> Inputs:
        """Return the files of a project as they are now, each looked at only if need be."""
        last = self.inputs
        now = self._look_again(project) or _look_at_all(project, self._settled())
        if last is None or not _holds_the_same(last.stamped, now.stamped):
            self.listing = now.listing()
        self.inputs = now
        self.changed.clear()
        return now

    def _settled(self) -> Inputs | None:
        """Return the files as they were, none of them settled that is said to have changed."""
        last = self.inputs
        return last and replace(last, settled=last.settled - self.changed)

    def _look_again(self, project: Path) -> Inputs | None:
        """Look at the changed files alone; None where that does not tell all."""
        last = self.inputs
        if last is None or len(self.changed) > _MANY:
            return None
        stamped = stamp_again(project, last.stamped, self.changed)
        if stamped is None:
            return None
        same = dict(last.digests.every())
        for path in self.changed:
            same.pop(path, None)
        left = filter(stamped.files.__contains__, self.changed)
        digests = FileDigests(project, left, same)
        return Inputs(stamped, digests, last.settled - self.changed)


@dataclass(slots=True)
class Memory:
    """What is remembered of one project's site in one folder, and the file that keeps it, if any.

    Without such a file, packets can be put into another one in the folder `aside` while it lasts.
    `sections` are what the stages keep for themselves, each loaded when it is asked for; it may be
    `Damaged`, and then all is to be forgotten. `watched` is there where somebody watches the
    project while it is remembered.
    """

    project: Path
    output: Path
    file: CacheFile | None = None
    outcome: Outcome | None = None
    sections: Sections = field(default_factory=Sections, repr=False)
    seen: Inputs | None = field(default=None, repr=False)  # a moment ago, by who asked for it first
    watched: Watched | None = field(default=None, repr=False)
    aside: Path | None = None
    _program: str = field(default="", init=False, repr=False)

    def note(self, work: Mapping[str, Any]) -> None:
        """Remember something else of the stages' work until the next build."""
        self.sections = self.sections.with_new(work)

    def begin(self) -> PacketFile | None:
        """Return what packets can be put into as they are made, if that is worth its while.

        Where something is known already, a build makes few.
        """
        if self.sections:
            return None
        if self.file:
            return self.file.begin()
        return PacketFile.new(self.aside) if self.aside else None

    def keep(
        self,
        outcome: Outcome,
        work: Iterable[tuple[str, Any]],
        begun: PacketFile | None = None,
    ) -> None:
        """Remember a build, in the file or else here: each section by its name, as it comes.

        Until all of it has come, the build before is what is remembered. What is in the file that
        was `begun` is not written again. Nothing is remembered where something of the build before
        is to be kept on, and turns out to be damaged.
        """
        if self.file is None:
            self.sections = Sections(dict(work))
            if begun:
                begun.most_open = _MOST_OPEN
        elif self._is_written(chain([(_OUTCOME, outcome)], work), self.file, begun):
            self.sections = self.file.read() or Sections()
        else:
            self.forget()
            return
        self.outcome = outcome

    def _is_written(
        self, sections: Iterable[tuple[str, Any]], file: CacheFile, begun: PacketFile | None
    ) -> bool:
        try:
            return file.write(sections, self.sections, begun)
        except Damaged:
            file.remove()
            return False

    def unchanged(self, now: Mapping[str, Stamp]) -> Mapping[str, str]:
        """Return the SHA-256, by path, of the files that are as the last build left them.

        `now` are the stamps of the files that are in the output.
        """
        return self.outcome.outputs.unchanged(now) if self.outcome else {}

    def program(self) -> str:
        """Return what tells the program that builds from any other, found out once."""
        if not self._program:
            self._program = self.file.program if self.file else program_digest(built_in_templates())
        return self._program

    def forget(self) -> None:
        """Know nothing."""
        self.outcome, self.sections = None, Sections()


def open_memory(project: Path, output: Path) -> Memory:
    """Return what is known of a project's site in a folder, from the user's cache."""
    program = program_digest(built_in_templates())
    file = CacheFile.of(project, output, program)
    sections = (file.read() if file else None) or Sections()
    try:
        return Memory(project, output, file, sections.get(_OUTCOME), sections)
    except Damaged:
        return Memory(project, output, file)


def look_at_inputs(memory: Memory) -> Inputs:
    """Return the files of a project as they are now; what has not changed is not read again.

    They are looked at once by who recalls a build and who builds because that came to nothing.
    """
    if memory.seen:
        inputs, memory.seen = memory.seen, None
        return inputs
    if memory.watched:
        return memory.watched.look(memory.project)
    return _look_at_all(memory.project, memory.outcome.inputs if memory.outcome else None)


def _holds_the_same(before: Stamped, now: Stamped) -> bool:
    """Tell whether folders hold what they held, whatever is in the files."""
    return before.is_plain is now.is_plain and before.files.keys() == now.files.keys()


def _look_at_all(project: Path, known: Inputs | None) -> Inputs:
    """Return the files of a project, each looked at; what is known of one that stands is true."""
    stamped = stamp_files(project, INPUTS)
    same: dict[str, bytes] = {}
    if known:
        before, digests = known.stamped.files, known.digests.every()
        same = {
            path: digests[path]
            for path, stamp in stamped.files.items()
            if path in known.settled and before[path] == stamp
        }
    return Inputs(stamped, FileDigests(project, stamped.files, same), stamped.settled())


def _templates_in(stamped: Stamped) -> list[str]:
    return [path for path in stamped.files if path.startswith(f"{TEMPLATES}/")]


def recall_findings(memory: Memory) -> Outcome | None:
    """Return what came of the last build, if another would find the same, wherever it went."""
    outcome = memory.outcome
    if outcome is None:
        return None
    inputs = look_at_inputs(memory)
    if inputs.stamped.is_plain and inputs.digests.every() == outcome.inputs.digests.every():
        return outcome
    memory.seen = inputs
    return None


def recall(memory: Memory, options: tuple[Any, ...]) -> Outcome | None:
    """Return what came of the last build, if another would come to the same and all stands."""
    outcome = memory.outcome
    if outcome is None or outcome.options != options or recall_findings(memory) is None:
        return None
    if (
        is_half_changed(memory.output)
        or len(memory.unchanged(look_at_files(memory.output))) < outcome.files
    ):
        return None
    if memory.file:
        memory.file.touch()
    return outcome


def texts_of(memory: Memory, outcome: Outcome) -> dict[str, str]:
    """Return the texts of the files in which something was found, by path, for a report."""
    texts = {}
    for path in {each.at.path for each in outcome.diagnostics}:
        with suppress(OSError):
            text = (memory.project / path).read_text(encoding="utf-8-sig", errors="replace")
            texts[path] = text
    return texts


def untold(memory: Memory) -> set[str]:
    """Return the paths that have changed since the project was looked at last, told or not."""
    last = memory.watched.inputs if memory.watched else None
    if last is None:
        return set()
    now = stamp_files(memory.project, INPUTS)
    return {path for path, _ in now.files.items() ^ last.stamped.files.items()}


def without_doubt(memory: Memory, inputs: Inputs, read: Mapping[str, bytes]) -> Inputs:
    """Return the inputs as they were looked at, or none if a build has read something else.

    What it read may be newer than what was looked at before. `read` are the SHA-256 of the notes
    and articles that it read, by path, which may be all that is known of them; settings and
    templates are looked at once more. There are no links among the inputs, so that nothing was read
    but what had been looked at.
    """
    inputs.digests.tell(read)
    # All digests are found out before the stamps are looked at: they are of what was read, too.
    is_as_seen = read.items() <= inputs.digests.every().items()
    if is_as_seen and not _is_changed(memory, inputs.stamped):
        return inputs
    stamped = stamp_files(memory.project, INPUTS)
    return Inputs(stamped, FileDigests(memory.project, (), {}), frozenset())


def _is_changed(memory: Memory, before: Stamped) -> bool:
    """Tell whether settings or templates have changed since they were looked at."""
    again = stamp_again(memory.project, before, [SETTINGS])
    templates = stamp_files(memory.project, [TEMPLATES]).files
    if again is None or templates.keys() != {*_templates_in(before)}:
        return True
    return not {**again.files, **templates}.items() <= before.files.items()
