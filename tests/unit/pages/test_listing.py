"""A page that is too heavy becomes its contents and its parts, which lead to one another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.pages import splitting
from sitegen.pages.listing import (
    GroupPart,
    ItemGroup,
    PageIdentity,
    Row,
    SplittablePage,
    group_parts_of,
    item_group_of,
    pages_of,
    pages_of_list,
)
from sitegen.pages.splitting import letters
from sitegen.views import ContentsPage, Frame, NoteLink, NoteListPage, PageSpec

IDENTITY = PageIdentity(
    path="actors/index.html",
    folder="actors/list",
    template="pages/notes.html",
    frame=Frame(title="Actors", description="All of them.", section="actors", crumbs=()),
    lead="By name.",
    filter="actors",
)


def item_group(names: str, id: str = "", title: str = "") -> ItemGroup[NoteLink]:  # noqa: A002
    """Return actors, one letter each, that weigh as much as one another."""
    filled = item_group_of(
        items=[NoteLink(f"actor:{name}", f"actors/{name}.html", name) for name in names],
        key=lambda link: letters(link.title),
        weight=lambda _: 1,
        view=lambda frame, notes, parts: NoteListPage(
            **frame, kind="actor", notes=notes, parts=parts
        ),
        noun="actor",
    )
    return replace(filled, id=id, title=title)


def pages(specs: list[PageSpec]) -> dict[str, NoteListPage]:
    """Return the parts by their paths."""
    return {spec.path: spec.view for spec in specs if isinstance(spec.view, NoteListPage)}


def test_light_list_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order it was given, without any word of parts."""
    monkeypatch.setattr(splitting, "LIGHT", 3)
    (spec,) = pages_of_list(IDENTITY, item_group("cab"))
    assert spec.path == "actors/index.html"
    assert isinstance(spec.view, NoteListPage)
    assert [link.title for link in spec.view.notes] == ["c", "a", "b"]
    assert spec.view.parts is None


@given(st.lists(st.tuples(st.text("abc", max_size=2), st.integers(0, 3)), min_size=1))
def test_parts_follow_keys_and_then_orders(filed: list[tuple[str, int]]) -> None:
    """Whether few items or many have the same key, and however they come."""
    rows = [Row(key, (order,), splitting.LIGHT, (key, order)) for key, order in filed]
    found: Iterable[GroupPart[Any]] = group_parts_of(
        IDENTITY, [replace(item_group(""), rows=lambda: rows)], [rows]
    )
    assert [*chain.from_iterable(group_part.items for group_part in found)] == sorted(filed)


def test_heavy_list_is_contents_and_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contents say what is where and how much; each part knows those around it."""
    monkeypatch.setattr(splitting, "LIGHT", 2)
    contents, *specs = pages_of_list(IDENTITY, item_group("edcba"))
    assert isinstance(contents.view, ContentsPage)
    assert (contents.path, contents.view.filter) == ("actors/index.html", "actors")
    (group,) = contents.view.groups
    assert group.count == "5 actors"
    assert [(link.url, link.title, link.detail) for link in group.parts] == [
        ("actors/list/a.html", "A – B", "2 actors"),
        ("actors/list/c.html", "C – D", "2 actors"),
        ("actors/list/e.html", "E", "1 actor"),
    ]
    middle = pages(specs)["actors/list/c.html"]
    assert middle.title == "Actors: C – D"
    assert [link.url for link in middle.crumbs] == ["actors/index.html"]
    assert [link.title for link in middle.notes] == ["c", "d"]
    parts = middle.parts
    assert parts
    assert (parts.contents.url, parts.here) == ("actors/index.html", "C – D")
    assert parts.previous
    assert parts.following
    assert (parts.previous.title, parts.following.title) == ("A – B", "E")


def test_contents_name_what_few_items_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters alone say nothing of questions that all begin alike."""
    monkeypatch.setattr(splitting, "LIGHT", 2)
    named = replace(item_group("cab"), name=lambda link: f"Actor {link.title}")
    contents, *_ = pages_of_list(IDENTITY, named)
    assert isinstance(contents.view, ContentsPage)
    (group,) = contents.view.groups
    assert group.names == (("Actor a", "Actor b"), ("Actor c",))


def test_part_names_the_parts_around_it_the_first_and_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not all of them: a hundred parts that each name a hundred would be heavy again."""
    monkeypatch.setattr(splitting, "LIGHT", 1)
    _, *specs = pages_of_list(IDENTITY, item_group("abcdefghijk"))
    parts = pages(specs)["actors/list/f.html"].parts
    assert parts
    assert [link.title for link in parts.nearby] == ["A", "D", "E", "F", "G", "H", "K"]


def test_added_note_changes_its_part_and_the_contents_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What other parts show does not depend on it."""
    monkeypatch.setattr(splitting, "LIGHT", 2)
    before = {spec.path: spec for spec in pages_of_list(IDENTITY, item_group("abcde"))}
    after = {spec.path: spec for spec in pages_of_list(IDENTITY, item_group("abcdef"))}
    changed = [path for path in after if after[path] != before.get(path)]
    # The label of the part changes, "E" to "E – F", and with it what its neighbours call it.
    assert changed == [f"actors/{name}.html" for name in ("index", "list/a", "list/c", "list/e")]
    same = {spec.path: spec for spec in pages_of_list(IDENTITY, item_group("abcdee"))}
    assert [path for path in same if same[path] != before.get(path)] == [
        "actors/index.html",
        "actors/list/e.html",
    ]


def test_groups_have_folders_and_titles_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of several kinds follow one another, and their names say of which kind they are."""
    monkeypatch.setattr(splitting, "LIGHT", 2)
    item_groups = [
        item_group("ab", "old", "Old"),
        item_group("", "none", "None"),
        item_group("c", "new", "New"),
    ]
    contents, *specs = pages_of(SplittablePage(IDENTITY, lambda _: item_groups))
    assert isinstance(contents.view, ContentsPage)
    assert [(group.id, group.title) for group in contents.view.groups] == [
        ("old", "Old"),
        ("new", "New"),
    ]
    assert {path: page.title for path, page in pages(specs).items()} == {
        "actors/list/old/all.html": "Actors: Old",
        "actors/list/new/all.html": "Actors: New",
    }
