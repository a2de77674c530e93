"""Where templates and static files are, and the static files as output.

Templates travel inside the installed package; in a checkout they stand beside it. A project's own
`templates/` folder overrides them file by file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from sitegen.installed import built_in_templates
from sitegen.layout import TEMPLATES
from sitegen.views import OutputFile

STYLE: Final = "static/sitegen.css"
SCRIPT: Final = "static/sitegen.js"

_FIRST_STYLES: Final = ("tokens.css", "base.css", "layout.css")
_LAST_STYLES: Final = ("print.css",)
_FIRST_SCRIPTS: Final = ("core.js", "words.js", "query.js")

_JOINED_FILE: Final = re.compile(r"static/(css|js)/(?:([^/]+)/)?[^/]+\.\1")
_FEW: Final = 32  # a project has one or two; a process may serve or build several in turn
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
# Comments that have lines of their own, but for those that name an author: /*! … */.
_BLOCK: Final = r"/\*(?!!)(?:[^*]|\*(?!/))*\*/[ \t]*"
_STYLE_COMMENT: Final = re.compile(rf"^[ \t]*{_BLOCK}(?:\r?\n|\Z)", re.MULTILINE)
_SCRIPT_COMMENT: Final = re.compile(rf"^[ \t]*(?://.*|{_BLOCK})(?:\r?\n|\Z)", re.MULTILINE)


def template_folders(project: Path) -> tuple[Path, ...]:
    """Return the folders in which templates are looked for, the project's own first."""
    built_in = built_in_templates()
    own = project / TEMPLATES
    return (own, built_in) if own.is_dir() and own.resolve() != built_in.resolve() else (built_in,)


def vendor_text(name: str) -> str:
    """Return the text of a data file below `templates/vendor/`, which only builds read."""
    return (built_in_templates() / "vendor" / name).read_text(encoding="utf-8")


def static_files(folders: Sequence[Path]) -> Iterator[OutputFile]:
    """Yield the files that pages load: few style sheets and scripts, and whatever else is static.

    The files of `static/css` are joined in their fixed order (tokens, base and layout first, print
    last, parts between by name), likewise those of `static/js`; a project's file replaces the
    built-in one of the same name. A reader's browser then asks for one file instead of twenty.
    What is in a folder of `static/js` becomes a script of its own, `static/search.js`, which pages
    load when they need it; a folder of `static/css` becomes a style sheet of its own.

    Both are published without comments and indentation, a third of a script's weight; what is
    below `static/vendor` stays as it is.
    """
    files: dict[str, Path] = {}
    for folder in reversed(folders):
        for path in sorted((folder / "static").rglob("*")):
            below = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in below.parts):
                files[below.as_posix()] = path
    joined: dict[str, dict[str, Path]] = {}
    others: dict[str, Path] = {}
    for name, path in files.items():
        found = _JOINED_FILE.fullmatch(name)
        if found:
            whole = f"static/{found[2] or 'sitegen'}.{found[1]}"
            joined.setdefault(whole, {})[name] = path
        else:
            others[name] = path
    for name in sorted(joined):
        if name.endswith(".css"):
            code, comment = _in_order(joined[name], _FIRST_STYLES, _LAST_STYLES), _STYLE_COMMENT
        else:
            code, comment = _in_order(joined[name], _FIRST_SCRIPTS, ()), _SCRIPT_COMMENT
        yield OutputFile(name, _without_comments(code, comment))
    for name in sorted(others):
        yield OutputFile(name, others[name].read_bytes())


@lru_cache(_FEW)  # a server asks for the same ones again and again
def _without_comments(code: bytes, comment: re.Pattern[str]) -> bytes:
    """Return a style or script without the comments that have lines of their own, not indented.

    A text that spans lines must have none that begins like a comment or with a space.
    """
    bare = comment.sub("", code.decode("utf-8", "surrogateescape"))
    return _INDENT.sub("", bare).encode("utf-8", "surrogateescape")


def has_scripts(folders: Sequence[Path]) -> bool:
    """Return whether there is any script for pages to load."""
    return any(next((folder / "static" / "js").glob("*.js"), None) for folder in folders)


def _in_order(files: dict[str, Path], first: Sequence[str], last: Sequence[str]) -> bytes:
    def place(name: str) -> tuple[int, str]:
        base = name.rpartition("/")[2]
        if base in first:
            return first.index(base) - len(first), base
        return last.index(base) + 1 if base in last else 0, base

    return b"\n".join(files[name].read_bytes().strip() for name in sorted(files, key=place)) + b"\n"
