"""Words, ids, addresses and numbers that cannot stand where they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, get_args

from sitegen.diagnostics import did_you_mean
from sitegen.faults.found import Found, Words, choices, model_at, shorten
from sitegen.faults.shapes import wrong_shape
from sitegen.notes import CORRECTED, LONGEST_ID, foreign_letter, id_like


def invalid(found: Found, fault: str, help_: str) -> Words:
    """Return what to say of a value that is quoted before its fault."""
    message = f'"{shorten(found.written)}" {fault}'
    return Words("invalid-value", found.named(message), help_)


def not_a_choice(found: Found) -> Words:
    """Return what to say of a word that a closed list does not have."""
    words = choices(model_at(found.root, found.path[:-1]), str(found.path[-1]))
    listed = f"one of: {', '.join(words)}"
    if not isinstance(found.written, str):
        return wrong_shape(found, "one word", f"write {listed}")
    alike = found.written.lower().replace(" ", "-").replace("_", "-")
    same = [word for word in words if word.lower() == alike]
    hint = f'did you mean "{same[0]}"?' if same else did_you_mean(found.written, words)
    fault = "is none of the words that may stand here"
    return invalid(found, fault, f"{hint} ({listed})" if hint else listed)


def not_true_or_false(found: Found) -> Words:
    """Return what to say of a value that is neither."""
    if not isinstance(found.written, str):
        return wrong_shape(found, "true or false", "write true or false")
    return invalid(found, "is neither true nor false", "write true or false")


def wrong_form(found: Found) -> Words | None:
    """Return what to say of a text that does not have its form; None for an unknown form."""
    pattern, text = str(found.context.get("pattern", "")), str(found.written).strip()
    for begins, what, advise in _FORMS:
        if pattern.startswith(begins):
            return invalid(found, f"is not {what}", advise(text))
    return None


def _advise_id(text: str) -> str:
    if len(text) > LONGEST_ID:
        return f"an id has at most {LONGEST_ID} characters, this has {len(text)}"
    alike = id_like(re.sub(r"\.(ya?ml|md|html)$", "", text))
    rule = "ids have lower-case ASCII letters, digits and hyphens"
    if foreign := foreign_letter(text):
        return f"{foreign}: {rule}"
    return f'write "{alike}": {rule}' if alike else rule


def _advise_origin(text: str) -> str:
    kind, colon, rest = text.partition(":")
    if colon and kind in {"actor", "source"}:
        return _advise_id(rest)
    if colon:
        return "only `actor:` and `source:` may stand before the id of an origin"
    return _advise_id(text)


def _advise_address(text: str) -> str:
    kind, slash, rest = text.replace(":", "/").partition("/")
    folder = f"{kind.lower().removesuffix('s')}s"
    if not slash:
        return f"write kind/id, as in claims/{id_like(text) or 'my-claim'}"
    folders = [each.plural for each in CORRECTED]
    if folder in folders:
        return f'write "{folder}/{id_like(rest)}"'
    return f"the kinds are {', '.join(folders)}"


def _advise_url(text: str) -> str:
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text):
        return f"write https://{text}"
    if re.match(r"https?://", text) and re.search(r"\s", text):
        return "an address has no spaces: write %20 for each"
    return "write a full address that begins with https://"


def _advise_sha256(text: str) -> str:
    if re.fullmatch(r"[0-9A-Fa-f]{64}", text):
        return "write its letters in lower case"
    return "write 64 hexadecimal digits, as sha256sum prints them"


def _advise_wikidata(text: str) -> str:
    found = re.search(r"(?i:\bq)([1-9][0-9]*)\b", text)
    return f"write Q{found[1]}" if found else "write it as in Q7747"


def _advise_language(text: str) -> str:
    if re.fullmatch(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{1,8})+", text):
        return f"write {text.replace('_', '-')}"
    return "write a BCP 47 tag such as en, ko or zh-Hans"


_FORMS: Final[tuple[tuple[str, str, Callable[[str], str]], ...]] = (
    # how the pattern begins, what the text is not, what to do
    ("^[a-z0-9-]", "an id", _advise_id),
    ("^((actor|source)", "the id of an origin", _advise_origin),
    ("^(sources?|", "the address of a note", _advise_address),
    ("^https?", "a web address", _advise_url),
    ("^[0-9a-f]{64}", "a SHA-256", _advise_sha256),
    ("^Q[1-9]", "a Wikidata id", _advise_wikidata),
    ("^[A-Za-z]{2,3}(-", "a language tag", _advise_language),
)

_GROUPED: Final = re.compile(r"([+-]?[0-9]{1,3}(?:[\s,.'’_][0-9]{3})+)([.,][0-9]+)?")
_DECIMAL_COMMA: Final = re.compile(r"([+-]?[0-9]+),([0-9]+)")
_FRACTION: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+")


def not_a_number(found: Found) -> Words:
    """Return what to say of a text that is no number, or not the kind of number that belongs."""
    if not isinstance(found.written, str):
        return wrong_shape(found, "a number", "write one number")
    info = found.field
    is_whole = info is not None and int in (info.annotation, *get_args(info.annotation))
    if is_whole and _FRACTION.fullmatch(found.written.strip()):
        return invalid(found, "is not a whole number", "write digits only")
    return invalid(found, "is not a number", _advise_number(found, found.written.strip()))


def _advise_number(found: Found, text: str) -> str:
    if grouped := _GROUPED.fullmatch(text):
        rest = (grouped[2] or "").replace(",", ".")
        return f"write {re.sub(r'[^0-9+-]', '', grouped[1])}{rest}"
    if comma := _DECIMAL_COMMA.fullmatch(text):
        return f"write {comma[1]}.{comma[2]}"
    if found.path[-1] in {"latitude", "longitude"}:
        return "write degrees as in 51.48; south and west are negative"
    if "quantity" in found.path:
        return "write digits only; words belong in `wording`, units in the measure"
    return "write digits only"


def out_of_range(found: Found) -> Words:
    """Return what to say of a number that its field does not reach, as a latitude of 91."""
    marks = found.field.metadata if found.field else []
    lowest, highest = (
        next((getattr(mark, name) for mark in marks if hasattr(mark, name)), None)
        for name in ("ge", "le")
    )
    limits = [f"from {lowest:g}"] if lowest is not None else []
    limits += [f"up to {highest:g}"] if highest is not None else []
    return invalid(found, "is out of range", f"write a number {' '.join(limits)}")
