"""A page on its way to the browser: what lets it follow the notes is added here and only here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from sitegen.diagnostics import Diagnostic

RESERVED: Final = "/.sitegen/"
"""The folder of what is served beside the site; no file of a site begins with a dot."""

EVENTS: Final = f"{RESERVED}events"
SCRIPT: Final = f"{RESERVED}live.js"
STYLE: Final = f"{RESERVED}live.css"

_POLICY: Final = re.compile(
    r"""(<meta\s+http-equiv=(["'])Content-Security-Policy\2\s+content=(["']))(.*?)(?=\3)""",
    re.IGNORECASE | re.DOTALL,
)
_END_OF_HEAD: Final = re.compile(r"</head\s*>", re.IGNORECASE)
_ROOT: Final = re.compile(r'<html\b[^>]*\sdata-root="([^"]*)"')


def asset(address: str) -> str:
    """Return the text of the script or the style sheet that is served at a reserved address."""
    return (Path(__file__).parent / address.removeprefix(RESERVED)).read_text(encoding="utf-8")


def live_page(html: str, version: str) -> str:
    """Return a page with the script that follows the notes, and a policy that lets it ask.

    `version` names the site that the page is from.
    """
    script = f'<script src="{SCRIPT}" data-version="{version}" defer></script>\n'
    widened = _POLICY.sub(lambda found: f"{found[1]}{_with_connections(found[4])}", html, count=1)
    end = _END_OF_HEAD.search(widened)
    place = end.start() if end else len(widened)
    return f"{widened[:place]}{script}{widened[place:]}"


def _with_connections(policy: str) -> str:
    """Return a policy under which a page may ask the server that it came from, and no other."""
    rules = (each.strip() for each in policy.split(";"))
    kept = [each for each in rules if each and not each.lower().startswith("connect-src")]
    return "; ".join([*kept, "connect-src 'self'"])


def not_found_page(html: str) -> str:
    """Return the site's page for a missing address with links that work at every depth.

    A host shows it in place of any page, so it names its links from the top of the published site,
    or from its own folder where nobody knows that; here the top is `/`.
    """
    root = _ROOT.search(html)
    if root and root[1]:
        return html.replace(f'="{root[1]}', '="/')
    return html.replace("<head>", '<head>\n<base href="/">', 1)


def waiting_page(faults: Sequence[Diagnostic]) -> str:
    """Return the page that stands in where there is no site yet, with what keeps it from being."""
    items = "".join(
        f"<li><code>{escape(each.at.path)}:{each.at.line}:{each.at.column}</code>: "
        f"{escape(each.message)}</li>\n"
        for each in faults
    )
    told = (
        f"<p>It will be shown here as soon as these are mended:</p>\n<ul>\n{items}</ul>"
        if faults
        else "<p>It will be shown here as soon as it is built.</p>"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>No site yet</title>\n</head>\n<body>\n<h1>There is no site yet</h1>\n{told}\n"
        "</body>\n</html>\n"
    )
