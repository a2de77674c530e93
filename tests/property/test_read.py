"""Whatever an author writes into a project is answered by diagnostics; nothing is raised."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args, get_origin

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sitegen.build import Examined, examine
from sitegen.dates import FuzzyDate
from sitegen.diagnostics import Severity
from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.note_parts import models_in
from sitegen.notes import SiteSettings
from sitegen.report import format_github, format_json, format_text
from tests.planned import planned

Written = str | Sequence["Written"] | Mapping[str, "Written"] | None

ARTICLE = (
    "It rained on Monday until the mayor came.\nThen the mayor did not open the gates, said Ann.\n"
)
# Few ids, so that notes meet, and words that stand in the article or mean something to a rule.
IDS = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(
    [
        "It rained on Monday",
        "the mayor",
        "did […] open the gates",
        "[…]",
        "It snowed on Monday",
        "[[a]] and [[claim:b]]",
        "![[claim:a]]",
        "![[timeline:2024]]",
        "![[measure:a]]",
        "![x](y.png) [z](q.html) [[",
        "12 of 3,000 and forty Ann Other",
        "article.txt",
        "a/b",
        "claims/a",
        "actor:a",
        "source:b",
        "index",
        "1",
        "-1e300",
        "1e308",
        "nan",
        "٣",
        "true",
        "https://example.org/",
        "https://[",
        "Q7",
        "en",
    ]
)
DATES = st.sampled_from(
    ["2024", "2024-06-17", "2024-06?", "2024-06/..", "../2024", "[2024,2025]", "2024-21", "June"]
)
JUNK: st.SearchStrategy[Written] = st.recursive(
    st.none() | st.text(max_size=12) | WORDS | IDS | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | IDS, inner, max_size=3),
    max_leaves=5,
)


def values_for(annotation: object) -> st.SearchStrategy[Written]:
    """Return what may stand in a field: mostly what belongs there."""
    if model := next(models_in(annotation), None):
        entry = notes_of(model)
        is_list = any(get_origin(each) is tuple for each in (annotation, *get_args(annotation)))
        return st.lists(entry, min_size=1, max_size=3) if is_list else entry
    kinds = {annotation, *get_args(annotation)}
    for each in kinds:
        if get_origin(each) is Literal:
            return st.sampled_from(get_args(each))
    if any(get_origin(each) is tuple for each in kinds) or get_origin(annotation) is tuple:
        return st.lists(IDS | WORDS, max_size=3)
    if any(issubclass(each, FuzzyDate) for each in kinds if isinstance(each, type)):
        return DATES
    return IDS | WORDS


def notes_of(model: type[BaseModel]) -> st.SearchStrategy[Written]:
    """Return notes of one kind: the fields that must be there, others now and then, some junk."""
    needed = {
        info.alias or name: values_for(info.annotation)
        for name, info in model.model_fields.items()
        if info.is_required()
    }
    others = {
        info.alias or name: values_for(info.annotation) | values_for(info.annotation) | JUNK
        for name, info in model.model_fields.items()
        if not info.is_required()
    }
    usual: st.SearchStrategy[Written] = st.fixed_dictionaries(needed, optional=others)
    bare: st.SearchStrategy[Written] = st.fixed_dictionaries(needed)
    return st.one_of(usual, bare, usual, st.dictionaries(IDS, JUNK, max_size=2))


SITES = st.fixed_dictionaries(
    {"site.yaml": st.fixed_dictionaries({"title": WORDS}) | notes_of(SiteSettings)},
    optional={
        f"{kind}s/{name}.{'md' if kind is Kind.PAGE else 'yaml'}": notes_of(MODELS[kind])
        for kind in Kind
        for name in ("a", "b")
    },
)


def examined(content: Mapping[str, str], articles: Mapping[str, str]) -> Examined:
    """Return what there is to say of a project with these files."""
    with tempfile.TemporaryDirectory() as name:
        for folder, files in (("content", content), ("seeds", articles)):
            for path, text in files.items():
                file = Path(name) / folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="")
        return examine(Path(name))


def check_answers(found: Examined) -> None:
    """Check what is true of every run: places lie in files, reports can be made, sites planned."""
    for each in found.diagnostics:
        text = found.files.get(each.at.path)
        lines = re.split(r"\r\n|\r|\n", text) if text is not None else [""]
        assert 1 <= each.at.line <= len(lines), each
        assert 1 <= each.at.column <= len(lines[each.at.line - 1]) + 1, each
        assert each.message
        assert each.help
    for report in (format_text(found.diagnostics, found.files), format_json(found.diagnostics)):
        assert report.count("[") >= len(found.diagnostics)
    assert len(format_github(found.diagnostics).splitlines()) == len(found.diagnostics)
    has_errors = any(each.severity is Severity.ERROR for each in found.diagnostics)
    assert (found.site is None) == has_errors
    if found.site and found.findings:
        assert list(planned(found.site, found.findings))


@settings(suppress_health_check=list(HealthCheck))
@given(SITES)
def test_any_data_in_any_field_is_answered(site: Mapping[str, Written]) -> None:
    """Data of any shape in any field gives diagnostics, or a site whose pages can be planned."""
    content = {}
    for path, note in site.items():
        text = yaml.safe_dump(note, allow_unicode=True, sort_keys=False)
        content[path] = f"---\n{text}---\n![[claim:a]]\n" if path.endswith(".md") else text
    check_answers(examined(content, {"article.txt": ARTICLE}))


NAMES = st.from_regex(r"[a-zA-Z0-9 _.\-é雨]{1,12}(\.yaml|\.yml|\.md|)", fullmatch=True)


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([*(f"{kind}s" for kind in Kind), "maps", "."]), NAMES),
        st.text(max_size=40).filter(lambda text: not re.search("[\ud800-\udfff]", text)),
        max_size=4,
    )
)
def test_any_text_in_any_file_is_answered(files: Mapping[tuple[str, str], str]) -> None:
    """Texts that are no notes, under names that are no ids, give diagnostics."""
    content = {"site.yaml": "title: Rain\n"}
    folded = {"site.yaml"}
    for (folder, name), text in files.items():
        path = f"{folder}/{name}".removeprefix("./")
        if path.lower() not in folded and name.strip(" ."):
            folded.add(path.lower())
            content[path] = text
    check_answers(examined(content, {}))


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.text(alphabet="It rained. \r\n\t\u2028\u00a0[]…'\"𝐀é\u0301", max_size=80), st.integers(0, 99)
)
def test_any_quote_from_any_article_is_answered(article: str, start: int) -> None:
    """Words of any article, as a quote, a passage to ignore and a name, are answered."""
    words = article[start % (len(article) + 1) :] or "x"
    source = yaml.safe_dump({"title": "Rain", "text": "article.txt", "ignore": [words]})
    evidence = [{"source": "herald", "quote": words, "prefix": article[:5], "said_by": ["mayor"]}]
    claim = yaml.safe_dump({"statement": words, "evidence": evidence})
    actor = yaml.safe_dump({"name": words, "aliases_in_text": [article or "x"]})
    content = {
        "site.yaml": "title: Rain\n",
        "actors/mayor.yaml": actor,
        "claims/rain.yaml": claim,
        "sources/herald.yaml": source,
    }
    check_answers(examined(content, {"article.txt": article}))
