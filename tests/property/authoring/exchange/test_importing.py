"""Files of other programs: whatever they hold, notes come of it or a refusal, and nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.authoring.exchange.bibtex_records import bibtex_of, records_of_bibtex
from sitegen.authoring.exchange.csl_records import csl_of, records_of_csl
from sitegen.authoring.exchange.exporting import export_notes
from sitegen.authoring.exchange.importing import Exchange, Imported, Wishes, import_file
from sitegen.authoring.exchange.json_files import Json, read_json
from sitegen.authoring.exchange.records import Record
from sitegen.authoring.exchange.ris_records import records_of_ris, ris_of
from sitegen.authoring.refusals import Refused
from sitegen.kinds import Kind
from sitegen.notes import Source
from sitegen.read import read_project

KEYS = st.sampled_from(
    ["rows", "items", "first", "next", "target", "source", "selector", "type", "exact", "body",
     "value", "purpose", "uri", "text", "tags", "id", "title", "author", "family", "issued",
     "date-parts", "raw", "URL", "annotations", "refinedBy", "document"]
)  # fmt: skip
LEAVES = st.sampled_from(["TextQuoteSelector", "It rained", "herald", "tagging", "2024"])
VALUES = st.recursive(
    LEAVES | st.text(max_size=9) | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
PIECES = st.lists(
    st.sampled_from(
        ["@article{a,", "title = {", "}", "{", '"', ",", "\n", "@", "=", "\\", "$", "%", " and ",
         "author = ", "TY  - GEN\n", "ER  - \n", "TI  - x\n", "AU  - ,\n", "id,name\n", "x,y\n",
         "'=", "\\'e", "\\begin{x}", "é", "\x00", "year = 1", "@string{a = ", "#"]
    )
    | st.text(max_size=5),
    max_size=20,
).map("".join)  # fmt: skip
MANY = settings(suppress_health_check=[HealthCheck.too_slow])


def take(raw: bytes, wishes: Wishes) -> Imported | None:
    """Import a file into a fresh project; None where it is refused, and then nothing is written."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "content/sources").mkdir(parents=True)
        (folder / "seeds").mkdir()
        (folder / "content/site.yaml").write_text("title: T\n")
        (folder / "content/sources/herald.yaml").write_text("title: Rain\ntext: a.txt\n")
        (folder / "seeds/a.txt").write_text("It rained. It rained again.")
        (folder / "file").write_bytes(raw)
        before = sorted(folder.rglob("*"))
        imported = None
        with suppress(Refused):
            imported = import_file(folder, str(folder / "file"), wishes)
        assert imported or sorted(folder.rglob("*")) == before
        _, diagnostics = read_project(folder)
        assert not [each for each in diagnostics if each.severity == "error"]
        return imported


@MANY
@given(form=st.sampled_from(Exchange), raw=st.binary() | PIECES.map(lambda each: each.encode()))
def test_any_bytes_are_taken_or_refused(form: Exchange, raw: bytes) -> None:
    """What was written can be read; what was refused left nothing."""
    kind = Kind.ACTOR if form is Exchange.CSV else None
    imported = take(raw, Wishes(form, kind))
    assert imported is None or imported.notes or imported.annotations


@MANY
@given(data=VALUES)
def test_any_json_is_taken_or_refused(data: Json) -> None:
    """Whatever stands where in JSON, each annotation and record is taken or told."""
    imported = take(json.dumps(data).encode(), Wishes())
    if imported and imported.annotations:
        taken = imported.annotations
        assert taken.unmatched or taken.added or taken.there or imported.elsewhere


WORDS = st.text(
    st.characters(
        codec="ascii", categories=["L", "N", "P", "S", "Zs"], exclude_characters="`'-<>?!\"^~\\$"
    ),
    min_size=1,
    max_size=20,
).map(lambda each: " ".join(each.split())).filter(bool)  # fmt: skip
PLAIN = WORDS.map(lambda each: each.replace(";", "").replace(",", "").strip(" .")).filter(
    lambda each: bool(each) and " and " not in f" {each} ".lower()
)
DATES = st.sampled_from(["2024", "2024-06", "2024-06-19", "2024-06~", "2024-10/2024-11"])
SOURCES = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "publisher": PLAIN,
        "authors": st.lists(PLAIN, max_size=3).map(tuple),
        "url": st.just("https://example.org/a_b?c=%20d&e"),
        "published": DATES,
        "collected": DATES,
        "language": st.sampled_from(["en", "de-CH"]),
        "kind": st.sampled_from(["news", "academic", "blog"]),
    },
).map(Source.model_validate)


def known(record: Record) -> Source:
    """Return the source that a record gives."""
    return Source.model_validate({name: value for name, value in record.known.items() if value})


@pytest.mark.parametrize("form", [Exchange.CSL_JSON, Exchange.BIBTEX, Exchange.RIS])
@given(note=SOURCES)
def test_sources_come_back_as_they_went(form: Exchange, note: Source) -> None:
    """What a format can hold is the same after a way out and in, and nothing is left over."""
    notes = {"a-1": note}
    if form is Exchange.CSL_JSON:
        (record,) = records_of_csl("x", read_json("x", csl_of(notes)))
    elif form is Exchange.BIBTEX:
        (record,), faults = records_of_bibtex("x", bibtex_of(notes))
        assert faults == ()
        note = note.model_copy(update={"kind": None})  # BibTeX has no word for it
    else:
        (record,), faults = records_of_ris("x", ris_of(notes))
        assert faults == ()
    assert record.key == "a-1"
    assert known(record) == note
    assert record.unknown == {}


@MANY
@given(data=st.data())
def test_evidence_comes_back_as_it_went(data: st.DataObject) -> None:
    """Quotes, places, grades and notes of evidence are the same after a way out and in."""
    text = "It rained. On Monday it rained again. On Tuesday it rained again, she said."
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    entry = {"source": "herald", "quote": " ".join(words[start:end])}
    grades = {
        "stance": ["disputes", "mentions"],
        "credibility": ["1", "6"],
        "note": ["So *there*."],
    }
    for name, values in grades.items():
        if value := data.draw(st.none() | st.sampled_from(values)):
            entry[name] = value
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in ("content/sources", "content/claims", "seeds"):
            (folder / path).mkdir(parents=True)
        (folder / "seeds/a.txt").write_text(text)
        (folder / "content/site.yaml").write_text("title: T\n")
        (folder / "content/sources/herald.yaml").write_text("title: Rain\ntext: a.txt\n")
        claim = folder / "content/claims/c.yaml"
        claim.write_text(json.dumps({"statement": "S", "evidence": [entry]}))
        exported = export_notes(folder, Exchange.ANNOTATIONS)
        (folder / "out.json").write_text(exported.content, "utf-8")
        claim.unlink()
        imported = import_file(folder, str(folder / "out.json"), Wishes())
        assert imported.annotations is not None
        if imported.annotations.unmatched:  # it stands twice, and nothing said which was meant
            assert text.count(entry["quote"]) > 1
            return
        corpus, _ = read_project(folder)
        assert corpus is not None
        ((_, record),) = corpus.claims.items()
        (back,) = record.note.evidence
        for field, value in entry.items():
            assert getattr(back, field) == value
