"""The manual of the rules that material from other programs must keep before it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RULES: Final[Mapping[str, str]] = {
    "note-exists": (
        "An import would write a note that is there already and says something else. Nothing is "
        "ever overwritten: change one of the two, or pass over what is there by --skip-existing."
    ),
    "bibtex-syntax": (
        "An entry of a BibTeX file cannot be read from the line that is shown. A brace, a comma or "
        "a quotation mark is missing there or above; export the file again, or mend it."
    ),
    "ris-syntax": (
        "A line of a RIS file is in no record, or a record has no end. A record begins with "
        "`TY  - `, ends with `ER  - `, and has a tag of two letters before each value."
    ),
}
