"""Annotations of other programs, told in one way."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.json_files import Json
from sitegen.authoring.exchange.web_annotations import (
    Target,
    annotations_of,
    is_annotations,
)
from sitegen.authoring.refusals import Refused

QUOTE = {"type": "TextQuoteSelector", "exact": "it rained", "prefix": "that ", "suffix": "."}
HYPOTHESIS = {
    "id": "abc",
    "uri": "https://example.org/a",
    "user": "acct:me@example.org",
    "text": "Look here.",
    "tags": ["weather", "weather", ""],
    "document": {"title": ["Rain"]},
    "target": [
        {
            "source": "https://example.org/a",
            "selector": [
                {"type": "RangeSelector", "startOffset": 1},
                {"type": "TextPositionSelector", "start": 1, "end": 9},
                QUOTE,
            ],
        }
    ],
}
W3C = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "urn:x",
    "type": "Annotation",
    "body": [
        {"type": "TextualBody", "value": "Look here.", "purpose": "commenting"},
        {"type": "TextualBody", "value": "weather", "purpose": "tagging"},
        {"type": "TextualBody", "value": "It rained.", "purpose": ["describing"]},
        "https://example.org/picture",
    ],
    "target": {"source": {"id": "https://example.org/a", "title": "Rain"}, "selector": QUOTE},
}
TARGET = Target("https://example.org/a", "Rain", "it rained", "that", ".")


def test_hypothesis_gives_words_tags_and_passage() -> None:
    """The quote is taken from among the selectors, and each tag once."""
    (found,), elsewhere = annotations_of("x", {"total": 1, "rows": [HYPOTHESIS]})
    assert (found.number, found.name, found.targets) == (1, "abc", (TARGET,))
    assert (found.comments, found.tags, found.unknown) == (("Look here.",), ("weather",), ())
    assert elsewhere == ()


def test_w3c_bodies_are_told_apart_by_purpose() -> None:
    """Comments, tags and descriptions; what is no text is told and not lost."""
    (found,), _ = annotations_of("x", W3C)
    assert found.targets == (TARGET,)
    assert (found.comments, found.tags) == (("Look here.",), ("weather",))
    assert found.descriptions == ("It rained.",)
    assert found.unknown == ("a body that is no text: https://example.org/picture",)


@pytest.mark.parametrize(
    "data",
    [
        W3C,
        [W3C],
        {"type": "AnnotationPage", "items": [W3C]},
        {"type": "AnnotationCollection", "first": {"items": [W3C]}},
        {"annotations": [HYPOTHESIS], "export_date": "2025"},
        {"@graph": [W3C]},
        {**W3C, "target": [W3C["target"]]},
        {**W3C, "target": {"source": "u", "selector": {"type": "x", "refinedBy": QUOTE}}},
        {**W3C, "target": {"source": "u", "selector": [[QUOTE]]}},
        {**W3C, "body": {"type": "Choice", "items": W3C["body"]}},
        {**W3C, "body": None, "bodyValue": "Look here."},
    ],
)
def test_every_wrapping_is_opened(data: Json) -> None:
    """One, a list, a page, a collection; one selector or several, one in another."""
    assert is_annotations(data)
    (found,), elsewhere = annotations_of("x", data)
    assert found.targets[0].exact == "it rained"
    assert found.comments == ("Look here.",)
    assert elsewhere == ()


def test_pages_that_are_elsewhere_are_told() -> None:
    """A collection may name its pages instead of holding them."""
    data = {"first": {"items": [W3C], "next": "https://example.org/2"}}
    found, elsewhere = annotations_of("x", data)
    assert len(found) == 1
    assert elsewhere == ("its page https://example.org/2",)


@pytest.mark.parametrize(
    "data",
    [
        {**HYPOTHESIS, "target": [{"source": "https://example.org/a"}]},
        {**W3C, "target": "https://example.org/a"},
        {**W3C, "target": {"source": "u", "selector": {"type": "FragmentSelector"}}},
        {**W3C, "target": []},
        {"target": None, "body": [[], 3, True, {"value": {}}]},
    ],
)
def test_annotation_of_no_words_has_none(data: Json) -> None:
    """A note on a whole page, or a reply, is read as such."""
    (found,), _ = annotations_of("x", data)
    assert not any(each.exact for each in found.targets)


@pytest.mark.parametrize("data", [[], {"items": []}, {"rows": []}])
def test_file_without_annotations_is_refused(data: Json) -> None:
    """Nothing to take is said to be nothing."""
    with pytest.raises(Refused, match="holds no annotations"):
        annotations_of("x", data)


def test_records_of_sources_are_no_annotations() -> None:
    """CSL-JSON is a list of groups too."""
    assert not is_annotations([{"id": "a", "type": "webpage", "title": "Rain"}])
