"""Evidence as W3C Web Annotations."""

from __future__ import annotations

import json

from sitegen.authoring.exchange.annotation_export import annotations_json
from sitegen.prove import prove
from sitegen.read import read_project
from tests.conftest import MakeProject


def test_every_piece_of_evidence_is_an_annotation(project: MakeProject) -> None:
    """Its words, those around, its position in the text, its grades and its note."""
    folder = project(
        """
        -- content/site.yaml --
        title: Rain
        base_url: https://brief.example/x/
        -- content/sources/a.yaml --
        title: A
        url: https://example.org/a
        text: a.txt
        -- content/sources/b.yaml --
        title: B
        -- content/claims/c.yaml --
        statement: It rained.
        tags: [weather]
        evidence:
          - {source: a, quote: "It rained […] on Friday", credibility: 2, note: So *there*.}
          - {source: b, quote: not held, stance: disputes, prefix: is}
        -- content/events/e.yaml --
        title: Rain
        date: 2024
        evidence: [{source: a, quote: It rained}]
        rival_dates: [{date: 2023~, source: a, quote: on Friday too}]
        -- seeds/a.txt --
        Well: It
        rained. And on Friday too.
        """
    )
    corpus, _ = read_project(folder)
    assert corpus is not None
    data = json.loads(annotations_json(corpus, prove(corpus)))
    assert (data["type"], data["total"]) == ("AnnotationCollection", 4)
    first, second, third, rival = data["first"]["items"]
    assert first["id"] == "https://brief.example/x/claims/c.html#evidence-1"
    assert [(each["purpose"], each["value"]) for each in first["body"]] == [
        ("commenting", "So *there*."),
        ("describing", "It rained."),
        ("tagging", "stance: supports"),
        ("tagging", "credibility: 2"),
        ("tagging", "weather"),
    ]
    rained, friday = first["target"]
    assert rained == {
        "type": "SpecificResource",
        "source": "https://example.org/a",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": "It\nrained",
                "prefix": "Well: ",
                "suffix": ". And on Friday too.\n",
            },
            {"type": "TextPositionSelector", "start": 6, "end": 15},
        ],
    }
    assert friday["selector"][0]["exact"] == "on Friday"
    assert second["target"] == {
        "type": "SpecificResource",
        "source": "urn:sitegen:source:b",
        "selector": [{"type": "TextQuoteSelector", "exact": "not held", "prefix": "is"}],
    }
    assert third["id"].endswith("events/e.html#evidence-1")
    assert rival["id"].endswith("events/e.html#evidence-2")
    assert [each["value"] for each in rival["body"]] == ["Rain", "rival_date: 2023~"]
    assert rival["target"]["selector"][0]["exact"] == "on Friday too"
