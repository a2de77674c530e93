"""Rendering: a page's bytes follow from its view and the templates, and faults are diagnostics."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.diagnostics import Location
from sitegen.render import TemplateFault, make_environment, render_page
from sitegen.storage.packets import Damaged
from sitegen.views import Gap, NoteLink, NoteListPage, PageSpec, SiteView
from tests.conftest import MakeProject

SITE = SiteView(
    title="The <briefing>",
    description="",
    lang="en",
    navigation=(),
    styles=("static/sitegen.css",),
    scripts=(),
    base_url="",
)
VIEW = NoteListPage(
    title="Ann & <Bob>",
    description="",
    section="",
    crumbs=(),
    kind="actor",
    notes=(NoteLink("actor:ann", "actors/ann.html", "Ann"),),
)


def rendered(folder: Path, path: str = "actors/index.html", base_url: str = "") -> str:
    """Return a page that is rendered with the templates of a project."""
    site = SiteView(
        title=SITE.title,
        description="",
        lang="en",
        navigation=(),
        styles=(),
        scripts=(),
        base_url=base_url,
    )
    spec = PageSpec(path, "pages/notes.html", VIEW)
    return render_page(spec, site, make_environment([folder / "templates"])).decode()


def fault(folder: Path, template: str = "pages/notes.html") -> tuple[Location, str]:
    """Return where a template is at fault, and how."""
    spec = PageSpec("actors/index.html", template, VIEW)
    with pytest.raises(TemplateFault) as caught:
        render_page(spec, SITE, make_environment([folder / "templates"]))
    assert caught.value.diagnostic.rule == "template-fault"
    assert caught.value.diagnostic.help
    return caught.value.diagnostic.at, caught.value.diagnostic.message


def test_template_sees_page_site_and_root(project: MakeProject) -> None:
    """And everything it writes is escaped, for captured text is a stranger's text."""
    folder = project(
        "-- templates/pages/notes.html --\n{{ root }}|{{ site.title }}|{{ page.title }}\n"
    )
    assert rendered(folder) == "../|The &lt;briefing&gt;|Ann &amp; &lt;Bob&gt;\n"


@pytest.mark.parametrize(
    ("path", "root"),
    [("index.html", ""), ("actors/index.html", "../"), ("a/b/c.html", "../../")],
)
def test_root_leads_from_any_depth(project: MakeProject, path: str, root: str) -> None:
    """Links are relative, so that the files work from disk and under any path."""
    folder = project("-- templates/pages/notes.html --\n[{{ root }}]\n")
    assert rendered(folder, path) == f"[{root}]\n"
    assert rendered(folder, path, "https://example.org/x/") == f"[{root}]\n"


@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("", ""),
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/my/site", "/my/site/"),
        ("http://example.org:8000/site/", "/site/"),
    ],
)
def test_page_for_missing_addresses_links_from_the_servers_root(
    project: MakeProject, base_url: str, root: str
) -> None:
    """It is shown at any depth, so it needs the path of the site's address, if that is known."""
    folder = project("-- templates/pages/notes.html --\n[{{ root }}]\n")
    assert rendered(folder, "404.html", base_url) == f"[{root}]\n"


def test_links_to_notes_get_the_way_to_the_root(project: MakeProject) -> None:
    """`site:` at the beginning of an address leads to the root; elsewhere it is text."""
    folder = project(
        "-- templates/pages/notes.html --\n"
        """{{ '<a href="site:claims/c.html">on site: now</a>' | rooted(root) }}\n"""
    )
    assert rendered(folder) == '<a href="../claims/c.html">on site: now</a>\n'


def test_first_folder_wins(project: MakeProject) -> None:
    """A project's template takes the place of the built-in one, and may use its parts."""
    built_in = project(
        """
-- base.html --
<{% block main %}{% endblock %}>
-- pages/notes.html --
built-in
""",
        "built-in",
    )
    own = project(
        '-- pages/notes.html --\n{% extends "base.html" %}{% block main %}mine{% endblock %}\n',
        "own",
    )
    spec = PageSpec("index.html", "pages/notes.html", VIEW)
    assert render_page(spec, SITE, make_environment([own, built_in])) == b"<mine>\n"


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("one\n{{ page.titel }}", 2, "titel"),
        ("{{ nothing }}", 1, "'nothing' is undefined"),
        ("a\nb\n{% if page %}", 3, "unexpected end of template"),
        ("a\n{% elif %}", 2, "unknown tag 'elif'"),
        ("a\n{{ page.title | shout }}", 2, "no filter named 'shout'"),
        ('a\n\n{% include "parts/none.html" %}', 3, 'there is no template "parts/none.html"'),
        ('a\n{% extends "none.html" %}', 2, 'there is no template "none.html"'),
        ("a\n{{ page.title + 1 }}", 2, "can only concatenate str"),
        ("a\n{{ 1 // 0 }}", 2, "by zero"),
        ("a\n{% for each in 3 %}{% endfor %}", 2, "not iterable"),
        ("a\n{{ page.notes[0].title.x.y }}", 2, "has no attribute 'x'"),
        ('a\n{% include "pages/notes.html" %}', 2, "includes itself without end"),
    ],
    ids=[
        "field that the page does not have",
        "unknown name",
        "not closed",
        "unknown tag",
        "unknown filter",
        "missing part",
        "missing base",
        "wrong types",
        "division by zero",
        "loop over a number",
        "attribute of an attribute",
        "endless include",
    ],
)
def test_fault_is_told_with_file_and_line(
    project: MakeProject, lines: str, line: int, message: str
) -> None:
    """Whatever is wrong with a template is a diagnostic that names its file and line."""
    at, said = fault(project(f"-- templates/pages/notes.html --\n{lines}\n"))
    assert (at.path, at.line) == ("templates/pages/notes.html", line)
    assert message in said
    assert said.endswith("(while rendering actors/index.html)")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("part", "line"), [("x\n{{ page.titel }}\n", 2), ("x\n\n{% if %}\n", 3), ("{{ 1 // 0 }}\n", 1)]
)
def test_fault_in_a_part_is_told_where_it_is(project: MakeProject, part: str, line: int) -> None:
    """The innermost template is named, not the page that includes it."""
    folder = project(
        f"""
-- templates/pages/notes.html --
one
{{% include "parts/part.html" %}}
-- templates/parts/part.html --
{part}
"""
    )
    at, _ = fault(folder)
    assert (at.path, at.line) == ("templates/parts/part.html", line)


def test_fault_in_a_macro_is_told_where_it_is(project: MakeProject) -> None:
    """A macro that is called with too little fails in its own line."""
    folder = project(
        """
-- templates/pages/notes.html --
{% from "parts/part.html" import card %}
{{ card() }}
-- templates/parts/part.html --
{% macro card(note) %}
{{ note.title }}
{% endmacro %}
"""
    )
    at, said = fault(folder)
    assert (at.path, at.line) == ("templates/parts/part.html", 2)
    assert "note" in said


def test_missing_page_template_is_named(project: MakeProject) -> None:
    """A page whose template is not there says which one it is."""
    at, said = fault(project("-- templates/base.html --\nx\n"), "pages/nowhere.html")
    assert at == Location("templates/pages/nowhere.html")
    assert 'there is no template "pages/nowhere.html"' in said


def test_template_that_is_not_text_is_named(project: MakeProject) -> None:
    """A file that is no UTF-8 is no template."""
    folder = project("-- templates/pages/notes.html --\nx\n")
    (folder / "templates/pages/notes.html").write_bytes(b"caf\xe9")
    at, said = fault(folder)
    assert at.path == "templates/pages/notes.html"
    assert "not UTF-8" in said


def test_damage_of_what_was_kept_is_not_blamed_on_a_template(project: MakeProject) -> None:
    """A template may be the first to look into it; whoever builds makes it again."""

    class Kept:
        @property
        def words(self) -> str:
            raise Damaged

    folder = project("-- templates/a.html --\n{{ page.words }}\n")
    spec = PageSpec("a.html", "a.html", Kept())  # type: ignore[arg-type]
    with pytest.raises(Damaged, match="not what was written"):
        render_page(spec, SITE, make_environment([folder / "templates"]))


def test_fault_of_our_own_is_not_blamed_on_a_template(project: MakeProject) -> None:
    """An error that no template's line raised stays an error of the program."""
    folder = project("-- templates/pages/notes.html --\nx\n")
    environment = make_environment([folder / "templates"])
    with pytest.raises(AttributeError):
        render_page(
            PageSpec("a.html", None, VIEW),  # type: ignore[arg-type]
            SITE,
            environment,
        )


def test_gaps_are_put_together_by_note() -> None:
    """Those of a note follow one another as they come; the notes follow by their references."""
    one, other = NoteLink("claim:a", "a.html", "Z"), NoteLink("claim:b", "b.html", "A")
    gaps = [Gap("1", other), Gap("2", one), Gap("3", other)]
    found = make_environment([]).filters["by_note"](gaps)
    assert [[gap.text for gap in each] for each in found] == [["2"], ["1", "3"]]
