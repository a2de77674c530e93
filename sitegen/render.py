"""One PageSpec becomes bytes: a pure function of the spec, the site's frame and the templates.

No clock, no state, nothing read but templates; equal input gives equal bytes wherever it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup
from msgspec.json import Encoder

from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.storage.packets import Damaged
from sitegen.templating import FastEnvironment
from sitegen.unseen import has_unseen, show_in_html, show_in_text
from sitegen.urls import NOT_FOUND, root_prefix
from sitegen.views import Gap, OwnerPreview, PageSpec, SiteView

RULES: Final = {
    "template-fault": (
        "A template cannot be read or uses something that its page does not have. The fields of "
        "every page are documented in `sitegen/views/`. Correct the template, or remove the "
        "project's copy to use the built-in one again."
    ),
}

T = TypeVar("T")

REPEATED: Final = frozenset(
    {
        "articles_and_origins",
        "author_marks",
        "colophon",
        "confidence",
        "counted",
        "crumbs",
        "date",
        "files",
    }
    | {"from_where", "grade", "known", "likelihood", "link_facts", "note_links"}
    | {"plot_row", "search_box", "section_link", "section_title", "sections", "source_label"}
    | {"stance", "standing", "tag_facts", "titles", "verdict"}
)
"""Macros that many pages call with the same arguments."""

_JSON: Final = Encoder(enc_hook=str)
# What could end a script or begin a comment in it, and the two signs that were line ends in
# scripts before ECMAScript 2019.
_ESCAPES: Final = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&'\u2028\u2029")
_SITE_LINK: Final = 'href="site:'


class TemplateFault(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A template cannot be rendered; `diagnostic` says which, where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Take the fault as a diagnostic."""
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> tuple[type[TemplateFault], tuple[Diagnostic]]:
        """Say how to make it anew where it has come from another process."""
        return type(self), (self.diagnostic,)


def make_environment(folders: Sequence[Path]) -> Environment:
    """Return the Jinja environment for the templates in these folders; the first folder wins.

    Scripts are not escaped as HTML is: in a `data/*.js` every value passes through `tojson`.
    """
    environment = FastEnvironment(
        repeated=REPEATED,
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=_is_markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["by_note"] = _by_note
    environment.filters["rooted"] = _rooted
    environment.filters["said"] = _said
    environment.filters["stated"] = _stated
    environment.filters["tojson"] = _json
    return environment


@lru_cache(1)  # a server asks for the same one again and again
def kept_environment(folders: tuple[Path, ...], state: bytes) -> Environment:  # noqa: ARG001
    """Return the environment for these folders: the last one, if they are in the same state.

    `state` differs after every change, even one that was undone: an environment reads a template
    when it is first used, and could have read it between the change and its undoing.
    """
    return make_environment(folders)


def _is_markup(template: str | None) -> bool:
    return not (template or "").endswith(".js")


def _by_note(gaps: Iterable[Gap]) -> list[list[Gap]]:
    """Return gaps in lists, one for each note, in the order of the notes' references."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.note.ref, []).append(gap)
    return [found[ref] for ref in sorted(found)]


def _said(words: Iterable[T]) -> list[T]:
    """Return the items that are not empty."""
    return [each for each in words if each]


def _stated(owners: Iterable[OwnerPreview], stances: Mapping[str, str]) -> list[str]:
    """Return for each note that quotes a passage the passage's stance, in words, and the title."""
    return [f"{stances[owner.stance]}: {owner.title}" for owner in owners]


def _json(value: object) -> Markup:
    """Return a value as JSON for a script, without what could end the script."""
    text = _JSON.encode(value).decode()
    for sign, escape in _ESCAPES:
        if sign in text:
            text = text.replace(sign, escape)
    return str.__new__(Markup, text)


def _rooted(html: str, root: str) -> Markup:
    """Return an author's converted text with its links to notes leading there from this page."""
    return str.__new__(Markup, html.replace(_SITE_LINK, f'href="{root}'))


def render_page(spec: PageSpec, site: SiteView, environment: Environment) -> bytes:
    """Return a page as UTF-8 bytes.

    Raises TemplateFault where a template cannot be used, and Damaged where something that the page
    shows was kept on disk and is not what was written there.
    """
    root = _root_of_not_found(site) if spec.path == NOT_FOUND else root_prefix(spec.path)
    try:
        template = environment.get_template(spec.template)
        html = template.render(page=spec.view, site=site, root=root)
    except Damaged:
        raise
    except (TemplateError, OSError, UnicodeDecodeError) as fault:
        raise TemplateFault(_diagnose(fault, spec)) from fault
    except Exception as fault:
        # What goes wrong in a line of a template is the template's fault, whatever it is; anything
        # else is ours.
        if not _is_in_template(fault):
            raise
        raise TemplateFault(_diagnose(fault, spec)) from fault
    content = html.encode("utf-8")
    if not has_unseen(content):
        return content
    # In a script the mark is plain text: quotes of an element's attributes would end the string.
    show = show_in_html if spec.path.endswith(".html") else show_in_text
    return show(html).encode("utf-8")


def _root_of_not_found(site: SiteView) -> str:
    """Return the root for the one page that a server shows at any address, however deep.

    Relative links would lead astray there. So the root is the path in the site's own address, where
    that is known.
    """
    path = re.sub(r"^https?://[^/]+", "", site.base_url).strip("/")
    return (f"/{path}/" if path else "/") if site.base_url else ""


def _diagnose(fault: Exception, spec: PageSpec) -> Diagnostic:
    if isinstance(fault, TemplateSyntaxError):
        at = Location(_shown(fault.filename or fault.name or spec.template), fault.lineno)
    else:
        at = _last_template_line(fault) or Location(f"templates/{spec.template}")
    message = _say(fault).rstrip(".")
    return error(
        "template-fault",
        at,
        f"{message[:1].lower()}{message[1:]} (while rendering {spec.path})",
        "correct the template, or remove the project's copy to use the built-in one",
    )


def _say(fault: Exception) -> str:
    """Return what a fault says, on one line."""
    match fault:
        case TemplateNotFound(name=str(name)):
            return f'there is no template "{name}"'
        case UnicodeDecodeError():
            return "the template is not UTF-8 text"
        case OSError(strerror=str(reason)):
            return f"the template cannot be read: {reason}"
        case RecursionError():
            return "the template includes itself without end"
    return " ".join(str(fault).split()) or type(fault).__name__


def _is_in_template(fault: Exception) -> bool:
    """Return whether an exception was raised by a template's own line, or by what it called."""
    return _last_template_line(fault) is not None


def _last_template_line(fault: Exception) -> Location | None:
    """Return the innermost template line of a traceback, which Jinja rewrites to show templates."""
    found = None
    traceback = fault.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith((".html", ".js", ".xml")):
            found = Location(_shown(name), traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _shown(path: str) -> str:
    """Return a template's path from `templates/` on, whatever folder holds that."""
    parts = Path(path).as_posix().split("/templates/")
    return f"templates/{parts[-1]}" if len(parts) > 1 else path
