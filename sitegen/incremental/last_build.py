"""What is known of the last build where it is wanted, and what the next shall know of this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from sitegen.backlinks import BACKLINKS, LINKS_OF_NOTES
from sitegen.check import JUDGED
from sitegen.data_files.export import LINES
from sitegen.data_files.list_facts import ORDERS
from sitegen.data_files.search import WEIGHTS
from sitegen.diagnostics import Diagnostic
from sitegen.findings.voices import ATTRIBUTIONS
from sitegen.incremental.file_summaries import FileSummary
from sitegen.incremental.kept_files import NoteMemory
from sitegen.incremental.memory import Memory, Outcome, look_at_inputs, without_doubt
from sitegen.incremental.reuse import PageMemory, Remembered
from sitegen.ledger import KeptTable, Ledger, LedgerState
from sitegen.link import CITATIONS, CITATIONS_OF_SOURCES
from sitegen.pages.cards import CLAIM_CARDS, LINKS
from sitegen.storage.cache import Sections, Stamp
from sitegen.storage.digests import digest_of
from sitegen.storage.packed import pack
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Damaged
from sitegen.write import Published


class LastBuild:
    """What a memory knows for the stages of a build: notes, tables, pages.

    Each is None where nothing shall be remembered. Tables and pages are None, too, where there are
    links among the inputs: what lies behind them can change unseen, so nothing made of it is kept.
    """

    def __init__(self, memory: Memory | None, *, puts_away: bool = True) -> None:
        """Take a memory, if there is one, and look at what a build will read.

        Unless it `puts_away` what may be put away, all that it makes stays open until its end.
        """
        self._memory = memory
        self._inputs = look_at_inputs(memory) if memory else None
        self.notes: NoteMemory | None = None
        self.ledger: Ledger | None = None
        self.pages: PageMemory | None = None
        self._file: PacketFile | None = None
        if memory and self._inputs:
            sections, is_plain = memory.sections, self._inputs.stamped.is_plain
            summaries: Mapping[str, FileSummary] = sections.get("summaries", {})
            changed = self._changed(summaries) if is_plain else None
            listing = memory.watched.listing if memory.watched else self._inputs.listing()
            self.notes = NoteMemory(sections.get("notes", {}), summaries, changed, listing=listing)
            if is_plain:
                self.notes.file = self._file = memory.begin() if puts_away else None
                self.ledger = Ledger(_tables_in(sections), self._file)
            self.pages = self._page_memory(sections.get("pages", Remembered()))

    def _changed(self, summaries: Mapping[str, FileSummary]) -> Sequence[str]:
        """Return the paths of the files that are not as they were when they were read.

        One that could not be read then may be such that it can be now.
        """
        now = self._inputs.digests.every() if self._inputs and summaries else {}
        read = summaries.items()
        return [name for name, each in read if not each.digest or now.get(name) != each.digest]

    @staticmethod
    def _read(notes: NoteMemory) -> Mapping[str, bytes]:
        """Return the SHA-256 of the files that were read, by path."""
        return {name: notes.summaries[name].digest for name in notes.looked_at}

    def _page_memory(self, known: Remembered) -> PageMemory | None:
        if self._memory is None or self._inputs is None or self.ledger is None:
            return None
        templates = self._inputs.templates()
        tools = digest_of(self._memory.program(), templates)
        stamps = [self._inputs.stamped.files[path] for path, _ in templates]
        return PageMemory(tools, known, ledger=self.ledger, templates=digest_of(tools, stamps))

    def pages_in(self, now: Mapping[str, Stamp]) -> PageMemory | None:
        """Return what is known of pages, given the stamps of the files that stand in the output."""
        if self.pages and self._memory:
            self.pages.unchanged = self._memory.unchanged(now)
        return self.pages

    def end_of_notes(self) -> None:
        """Take note that tables made from now on are those of pages."""
        if self.ledger:
            self.ledger.mark()

    def forget_pages(self) -> None:
        """Take no page over."""
        if self.ledger:
            self.ledger.back_to_mark()
        self.pages = self._page_memory(Remembered())

    def keep_notes(self) -> None:
        """Remember what was read, though nothing came of it."""
        if self._memory and self.notes:
            self._memory.note(dict(self._texts()))

    def keep(
        self,
        published: Published,
        *,
        options: tuple[object, ...],
        diagnostics: tuple[Diagnostic, ...],
        notes: Mapping[str, int],
        quotes: Mapping[str, int],
    ) -> None:
        """Remember all that the next build need not do again; the rest is as in an outcome."""
        if not (self._memory and self._inputs and self.notes and self.pages):
            return  # pages are taken over only if they stand as the build before left them
        inputs = without_doubt(self._memory, self._inputs, self._read(self.notes))
        # What was read in the meantime, nobody can say: a page may show either content.
        pages = self.pages.remembered() if inputs is self._inputs else Remembered()
        outcome = Outcome(
            inputs=inputs,
            outputs=published.as_published,
            options=options,
            diagnostics=diagnostics,
            notes=notes,
            quotes=quotes,
            files=len(published.written) + len(published.unchanged),
        )
        sections = self._sections(self._memory.sections, self.pages.ledger, pages)
        self._memory.keep(outcome, sections, self._file)

    def close(self) -> None:
        """Remove what was packed, unless it is kept."""
        if self._file:
            self._file.discard()

    def _sections(
        self, last: Sections, ledger: Ledger, pages: Remembered
    ) -> Iterator[tuple[str, Any]]:
        """Yield all that is kept, each section when it is its turn."""
        yield from self._texts()
        yield "pages", pages
        headers = ledger.headers()
        yield "headers", replace(headers, keys={}, key_numbers={})
        for name, now in (("keys", headers.keys), ("key_numbers", headers.key_numbers)):
            yield name, last.as_it_is(name) if last.get(name) == now else now
        for name, is_as_it_was in ledger.names().items():
            section = f"table {name}"
            table = None if is_as_it_was else ledger.kept_table(name).without_keys()
            yield section, table or last.as_it_is(section)

    def _texts(self) -> Iterator[tuple[str, Any]]:
        notes = self.notes or NoteMemory()
        files = pack(notes.notes)
        yield "notes", files.with_keys(files.order)  # and nothing that lies open besides
        yield "summaries", notes.summaries


_LOOKED_INTO: Final = (
    CITATIONS, CITATIONS_OF_SOURCES, LINKS_OF_NOTES, BACKLINKS, ATTRIBUTIONS, JUDGED,
    LINKS, CLAIM_CARDS, *ORDERS.values(), *WEIGHTS, LINES,
)  # fmt: skip


def index_beforehand(memory: Memory) -> None:
    """Remember an index of what pages looked up, or a new one where much has changed since.

    The next builds then find sooner which pages they make again; who builds but once has no use
    for it. What is damaged is left to the next build.
    """
    with suppress(Damaged):
        if pages := memory.sections.get("pages"):
            memory.note({"pages": pages.indexed()})


def open_beforehand(memory: Memory) -> Iterator[int]:
    """Open what the next build will most likely look into, a bit at each step.

    Whoever waits for that build can leave the rest. It is no more than lies open after some builds.
    What is damaged is left to the next one.
    """
    with suppress(Damaged):
        for name in _LOOKED_INTO:
            if table := memory.sections.get(f"table {name}"):
                yield from table.values.opening()
        if notes := memory.sections.get("notes"):
            yield from notes.opening()


class _Tables(Mapping[str, KeptTable]):
    """The tables that a build has kept, each opened when it is asked for."""

    def __init__(self, sections: Sections, kept: LedgerState) -> None:
        self._sections = sections
        self._kept = kept
        self._open: dict[str, KeptTable] = {}

    def __getitem__(self, name: str) -> KeptTable:
        if name not in self._open:
            table: KeptTable = self._sections[f"table {name}"]
            keys = self._kept.keys[self._kept.headers[name].keys]
            self._open[name] = table.with_keys(keys)
        return self._open[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept.headers)

    def __len__(self) -> int:
        return len(self._kept.headers)


def _tables_in(sections: Sections) -> LedgerState | None:
    """Return all tables that a build has kept, none of them opened."""
    if "headers" not in sections:
        return None
    headers: LedgerState = sections["headers"]
    kept = replace(headers, keys=sections["keys"], key_numbers=sections["key_numbers"])
    return replace(kept, tables=_Tables(sections, kept))
