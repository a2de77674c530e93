"""The models of notes: ids, prose, and what they share."""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Callable
from copy import deepcopy
from typing import Final

import pytest
from pydantic import ValidationError

from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.note_parts import Part, compact, models_in
from sitegen.notes import (
    ID_PATTERN,
    Assessment,
    Claim,
    Evidence,
    Page,
    Question,
    SiteSettings,
    Source,
    id_like,
    is_id,
    is_reserved,
    prose,
)


@pytest.mark.parametrize("text", ["a", "2024-06-19", "-", "a" * 80])
def test_ids(text: str) -> None:
    """Lower-case ASCII letters, digits and hyphens make an id, up to eighty."""
    assert is_id(text)
    assert re.match(ID_PATTERN, text)


@pytest.mark.parametrize("text", ["", "A", "a_b", "a b", "é", "a" * 81, "a\n", "٣", "a.b", "a/b"])
def test_no_ids(text: str) -> None:
    """Nothing else does, not even with a line break at its end."""
    assert not is_id(text)


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("It rained on Monday!", "it-rained-on-monday"),
        ("  --Rain--  ", "rain"),
        ("Kraków, Zürich & Ørsted", "krakow-zurich-rsted"),
        ("The council’s gauge", "the-councils-gauge"),
        ("ﬁfth ½", "fifth-1-2"),
        ("雨", ""),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_words_suggest_an_id(words: str, id_: str) -> None:
    """An id is made of the letters and digits of some words, without their marks."""
    assert id_like(words) == id_
    assert not id_ or is_id(id_)


def test_reserved_ids() -> None:
    """The page that lists notes and the names that Windows keeps are nobody's id."""
    assert all(is_reserved(each) for each in ("index", "con", "nul", "com1", "lpt9"))
    assert not any(is_reserved(each) for each in ("indexes", "console", "com10", "a-con"))


def test_notes_are_frozen() -> None:
    """What was read is never changed."""
    note = Source(title="Rain")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(note, "title", "Snow")  # noqa: B010 - the types forbid it too


def test_every_kind_of_note_can_be_a_draft_with_aliases_tags_and_allowances() -> None:
    """The four fields that the content model gives to any note are on each kind."""
    for kind in Kind:
        assert {"draft", "aliases", "tags", "allow"} <= MODELS[kind].model_fields.keys()
    assert "draft" not in SiteSettings.model_fields


def test_every_field_is_described() -> None:
    """The reference for authors, made from the models, has a sentence for each field."""
    seen: list[type[Part]] = [*MODELS.values(), SiteSettings]
    for model in seen:
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert re.search(r"[.\"]$", field.description), f"{model.__name__}.{name}"
            parts = [each for each in models_in(field.annotation) if issubclass(each, Part)]
            seen.extend(each for each in parts if each not in seen)
    assert Evidence in seen


def test_prose_finds_markdown_at_any_depth() -> None:
    """Every Markdown field is found with its path, also in lists and groups, and nothing else."""
    claim = Claim(
        statement="It *rained*.",
        evidence=(
            Evidence(source="herald", quote="It rained"),
            Evidence(source="herald", quote="It rained", note="Seen **once**."),
        ),
        assessment=Assessment(rationale="See [[rain]].", gaps=("When it *ended*.",)),
        analysis="So.",
    )
    assert dict(prose(claim)) == {
        ("analysis",): "So.",
        ("evidence", 1, "note"): "Seen **once**.",
        ("assessment", "rationale"): "See [[rain]].",
    }


def test_prose_of_pages_and_questions() -> None:
    """A page's body is Markdown, its summary is not; a question's `why` is."""
    page = Page(title="Rain", summary="What *fell*.", body="It [[rain|rained]].")
    assert dict(prose(page)) == {("body",): "It [[rain|rained]]."}
    assert dict(prose(Question(question="Why *so*?", why="Because."))) == {("why",): "Because."}


WRITTEN: Final = {
    "statement": "S.",
    "events": ["fall"],
    "date": "2024-06-19",
    "evidence": [{"source": "a-paper", "quote": "b"}],
}


@pytest.mark.parametrize(
    "again", [compact, lambda note: pickle.loads(pickle.dumps(note))], ids=["compact", "unpickled"]
)
def test_what_notes_have_in_common_is_held_once(again: Callable[[Claim], Claim]) -> None:
    """Ids, rows of ids, dates; once compact, also the names of the fields that are written."""
    one, other = (again(compact(Claim.model_validate(deepcopy(WRITTEN)))) for _ in range(2))
    assert one.events is other.events
    assert one.date is other.date
    assert one.evidence[0].source is other.evidence[0].source


def test_compact_notes_are_as_they_were() -> None:
    """With all that was written of them and of their parts, and nothing can be put into them."""
    note = Claim.model_validate(WRITTEN)
    less = compact(Claim.model_validate(WRITTEN))
    assert less == note
    assert less.model_fields_set == note.model_fields_set
    assert less.model_dump(exclude_unset=True) == note.model_dump(exclude_unset=True)
    with pytest.raises(ValidationError):
        setattr(less, "tags", ())  # noqa: B010 - that it can be read alone is known


def test_compact_parts_take_less_than_half_the_room() -> None:
    """Their dictionaries share the names of their fields, although validated ones came first."""

    class Fresh(Part):
        first: str
        second: str = ""
        third: str = ""
        fourth: str = ""
        fifth: str = ""
        sixth: str = ""

    parts = [Fresh(first="1") for _ in range(100)]
    whole, less = (sys.getsizeof(each.__dict__) for each in (parts[-1], compact(parts[-1])))
    assert less < whole / 2


def test_parts_with_the_same_fields_share_their_names() -> None:
    """Notes and parts that are alike keep one set of the names of what is written, all of it."""
    one, other = (compact(Claim.model_validate(WRITTEN)) for _ in range(2))
    assert one.model_fields_set is other.model_fields_set
    assert one.evidence[0].model_fields_set is other.evidence[0].model_fields_set
    assert one.evidence[0].model_fields_set == {"source", "quote"}


def test_pickled_notes_are_as_they_were() -> None:
    """Validated or not: with what was written of them, and nothing can be put into them."""
    written = {"statement": "S.", "evidence": [{"source": "a", "quote": "b"}], "tags": ["c"]}
    for note in (Claim.model_validate(written), Page.model_construct(title="T.", body="B.")):
        again = pickle.loads(pickle.dumps(note))
        assert again == note
        assert again.model_fields_set == note.model_fields_set
        assert again.model_dump(exclude_unset=True) == note.model_dump(exclude_unset=True)
        with pytest.raises(ValidationError):
            again.tags = ()


@pytest.mark.parametrize("kind", [Claim, Source])
def test_parts_that_are_pickled_together_share_the_names_of_their_fields(kind: type[Part]) -> None:
    """Another takes less than three bytes a field: one for no value, two to refer to its name."""
    required = {name: None for name, field in kind.model_fields.items() if field.is_required()}
    one, other = (kind.model_construct(**required) for _ in range(2))
    alone, both = (len(pickle.dumps(parts)) for parts in ([one], [one, other]))
    assert both - alone < 3 * len(kind.field_names)
