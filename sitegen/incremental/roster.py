"""Which notes and articles a project has, as far as that can be told without opening them.

As long as the same files are there, and their summaries say the same, it stays as it is from one
build to the next, but for the digests of those that have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from sitegen.diagnostics import Diagnostic, Severity
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import SourceId
from sitegen.project_files import Listing, stem_and_ending
from sitegen.storage.packed import Keys, Listed


class Roster(Struct, frozen=True):
    """All notes by kind and id, and all texts of sources.

    `files` are the names of their files, notes' first; `names` says in which of them each note
    stands. All this was found where `listing` says what folders hold, and `diagnostics` are what is
    wrong there. The other fields are those of a `Corpus`.
    """

    listing: Listing
    files: Keys[str]
    names: Mapping[Kind, Mapping[str, str]]
    unread: frozenset[Ref]
    drafts: frozenset[Ref]
    allowing: frozenset[Ref]
    files_of: Mapping[Kind, Listed[str, tuple[str, bytes]]]
    texts_of: Mapping[SourceId, tuple[str, str]]
    refs_of: Mapping[str, tuple[Ref, ...]]
    kinds_of: Listed[str, tuple[Kind, ...]]
    diagnostics: tuple[Diagnostic, ...]

    def is_lasting(self) -> bool:
        """Tell whether it is the same as long as folders and summaries say the same.

        What is wrong in a file tells more than its summary, such as where that stands, and of a
        file that is read nothing but errors are told.
        """
        return bool(self.listing) and not any(
            each.severity is Severity.ERROR for each in self.diagnostics
        )

    def ref_of(self, name: str) -> Ref | None:
        """Return which note stands in a file; None of a file that is no note's."""
        note_id, _ = stem_and_ending(name.rpartition("/")[2])
        kinds = (kind for kind, names in self.names.items() if names.get(note_id) == name)
        return next((Ref(kind, note_id) for kind in kinds), None)

    def with_digests(self, digests: Mapping[Ref, bytes]) -> Roster:
        """Return the same where the files of some notes have other digests."""
        files_of = {**self.files_of}
        for kind in {ref.kind for ref in digests}:
            new = {
                ref.id: (self.names[kind][ref.id], digest)
                for ref, digest in digests.items()
                if ref.kind is kind
            }
            files_of[kind] = files_of[kind].with_new(new)
        return structs.replace(self, files_of=files_of)


def kinds_of(names: Mapping[Kind, Iterable[str]]) -> Listed[str, tuple[Kind, ...]]:
    """Return of every id which kinds of note have it, in their order."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in Kind:
        new: dict[str, tuple[Kind, ...]] = dict.fromkeys(names[kind], (kind,))
        for shared in found.keys() & new.keys():
            new[shared] = (*found[shared], kind)
        found |= new
    return Listed(Keys(found), tuple(found.values()))


def refs_of(
    names: Mapping[Kind, Mapping[str, str]], kinds: Listed[str, tuple[Kind, ...]]
) -> dict[str, tuple[Ref, ...]]:
    """Return of every id which notes have it, in the order of their kinds."""
    found: dict[str, tuple[Ref, ...]] = {}
    for kind in Kind:
        found.update(zip(names[kind], zip(Ref.to_each(kind, names[kind])), strict=True))
    for note_id, own in zip(kinds.order.every, kinds.every, strict=True):
        if len(own) > 1:
            found[note_id] = tuple([Ref(kind, note_id) for kind in own])
    return found
