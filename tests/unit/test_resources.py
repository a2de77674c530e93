"""Templates and static files: the built-in ones, and a project's own in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.resources import has_scripts, static_files, template_folders
from tests.conftest import MakeProject


def files_of(*folders: Path) -> dict[str, str]:
    """Return the static files that folders give, text by path."""
    return {file.path: file.content.decode() for file in static_files(folders)}


def test_projects_templates_come_first(project: MakeProject) -> None:
    """A template is looked for in the project's own folder, then in the built-in one."""
    plain = project("-- content/site.yaml --\ntitle: T\n", "plain")
    own = project("-- templates/base.html --\nmine\n", "own")
    (built_in,) = template_folders(plain)
    assert (built_in / "base.html").is_file()
    assert template_folders(own) == (own / "templates", built_in)


def test_built_in_templates_are_not_looked_through_twice(repo_root: Path) -> None:
    """In this repository the project's templates are the built-in ones."""
    assert len(template_folders(repo_root)) == 1


def test_styles_are_joined_in_their_fixed_order(project: MakeProject) -> None:
    """Tokens, base and layout come first, print last, the parts between them by name."""
    folder = project(
        """
-- static/css/print.css --
print
-- static/css/zebra.css --
zebra
-- static/css/layout.css --
layout
-- static/css/alpha.css --
alpha
-- static/css/base.css --
base
-- static/css/tokens.css --
tokens
"""
    )
    assert files_of(folder) == {"static/sitegen.css": "tokens\nbase\nlayout\nalpha\nzebra\nprint\n"}


def test_scripts_are_joined_with_the_core_first(project: MakeProject) -> None:
    """Where there is any script there is one file of them, otherwise none."""
    folder = project("-- static/js/a.js --\na\n-- static/js/core.js --\ncore\n", "scripts")
    none = project("-- static/css/base.css --\nbase\n", "none")
    assert files_of(folder)["static/sitegen.js"] == "core\na\n"
    assert has_scripts([folder])
    assert "static/sitegen.js" not in files_of(none)
    assert not has_scripts([none])


def test_folder_of_scripts_becomes_a_script_of_its_own(project: MakeProject) -> None:
    """What is only loaded on need stays out of the script that every page loads."""
    folder = project(
        """
-- static/js/core.js --
core
-- static/js/search/engine.js --
engine
-- static/js/search/words.js --
words
"""
    )
    found = files_of(folder)
    assert found["static/sitegen.js"] == "core\n"
    assert found["static/search.js"] == "words\nengine\n"


def test_folder_of_styles_becomes_a_style_sheet_of_its_own(project: MakeProject) -> None:
    """What one page alone needs weighs on no other; a script among styles is published as it is."""
    folder = project(
        """
-- static/css/base.css --
base
-- static/css/gallery/two.css --
two
-- static/css/gallery/one.css --
one
-- static/css/gallery/not.js --
  not joined
"""
    )
    assert files_of(folder) == {
        "static/sitegen.css": "base\n",
        "static/gallery.css": "one\ntwo\n",
        "static/css/gallery/not.js": "  not joined\n",
    }


def test_scripts_lose_comments_on_lines_of_their_own(project: MakeProject) -> None:
    """Readers load no comments; one beside code stays, and so does one that names an author."""
    folder = project(
        """
-- static/js/a.js --
/*
 * What it is for: a * b / c.
 */
/*! by somebody */
  // why
const url = "a//b"; // how
  /** Say what. */
say(url); /* here */
/* not all */ run();
"""
    )
    assert files_of(folder)["static/sitegen.js"] == (
        '/*! by somebody */\nconst url = "a//b"; // how\n'
        "say(url); /* here */\n/* not all */ run();\n"
    )


def test_scripts_lose_their_indentation(project: MakeProject) -> None:
    """What only helps who writes a script is not published; spaces within a line stay."""
    folder = project(
        "-- templates/static/js/core.js --\nfunction f() {\n  if (x) {\n    return  1;\n  }\n}\n"
    )
    files = {file.path: file.content for file in static_files((folder / "templates",))}
    assert files["static/sitegen.js"] == b"function f() {\nif (x) {\nreturn  1;\n}\n}\n"


def test_projects_file_replaces_the_built_in_one(project: MakeProject) -> None:
    """File by file: what the project does not have stays as it is."""
    built_in = project(
        """
-- static/css/base.css --
base
-- static/css/part.css --
part
-- static/logo.svg --
logo
-- static/robots.txt --
robots
""",
        "built-in",
    )
    own = project(
        """
-- static/css/part.css --
mine
-- static/css/extra.css --
extra
-- static/logo.svg --
my logo
""",
        "own",
    )
    assert files_of(own, built_in) == {
        "static/sitegen.css": "base\nextra\nmine\n",
        "static/logo.svg": "my logo\n",
        "static/robots.txt": "robots\n",
    }


def test_other_files_travel_as_they_are(project: MakeProject) -> None:
    """Bytes are not touched, folders are kept, and what others wrote keeps its comments."""
    folder = project("-- static/css/base.css --\nbase\n-- static/vendor/lib.js --\n// by them\n")
    (folder / "static" / "font.bin").write_bytes(b"\x00\xff\r\n")
    found = {file.path: file.content for file in static_files([folder])}
    assert found["static/font.bin"] == b"\x00\xff\r\n"
    assert found["static/vendor/lib.js"] == b"// by them\n"
    assert list(found)[1:] == sorted(list(found)[1:])


@pytest.mark.parametrize(
    "path",
    [".DS_Store", "css/.base.css.swp", ".hidden/a.txt", ".git/objects/12/34", "a/.b/c/d/e.txt"],
)
def test_hidden_files_stay_at_home(project: MakeProject, path: str) -> None:
    """What a system or an editor leaves behind is not published, however deep."""
    folder = project(f"-- static/css/base.css --\nbase\n-- static/{path} --\nhidden\n")
    assert files_of(folder) == {"static/sitegen.css": "base\n"}


def test_folder_without_static_files_gives_an_empty_style(project: MakeProject) -> None:
    """Pages load one style sheet, so there is one."""
    folder = project("-- pages/index.html --\nx\n")
    assert files_of(folder) == {}
