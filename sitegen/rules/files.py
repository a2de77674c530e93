"""The manual of the rules that a file must keep before there is a note to check.

`yaml_nodes` and `read` find these mistakes; `build` finds what keeps a site from being written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

YAML_RULES: Final[Mapping[str, str]] = {
    "yaml-syntax": (
        "A file is not YAML from the place that is shown, so nothing in it can be used. Mostly a "
        'value holds ": " or begins with a sign that means something to YAML. Put the value in '
        "quotes, or on the lines below after `|`."
    ),
    "yaml-depth": (
        "Lists and groups of fields are nested deeper than any note needs. A bracket too many is "
        "the usual cause; make the note flatter."
    ),
    "yaml-key": (
        "What stands before a colon is a list, a group of fields or nothing. A field's name is "
        "plain text: write `key: value`."
    ),
    "repeated-key": (
        "A field is written twice in one group, and one of the two would be lost. Keep one, or "
        "make a list of both."
    ),
    "yaml-tag": (
        "A value begins with an exclamation mark, which gives it a type in YAML. All values are "
        "text here. Take the tag out, or put the value in quotes."
    ),
    "yaml-alias": (
        "A value begins with `&` or `*`, with which YAML names and repeats values. Notes are read "
        "one by one, by people too. Write the value out, or put it in quotes."
    ),
    "yaml-character": (
        "A file holds a character that nobody can see and that no page can show. Most often it "
        "came along with copied text. Take it out; in double quotes write two backslashes for one."
    ),
    "empty-note": "A file of a note holds nothing. Write its fields, or remove the file.",
    "not-a-mapping": (
        "A note is a group of fields, each as `key: value`. This file is a list or plain text. "
        "Write the fields."
    ),
    "front-matter-unclosed": (
        "A page opens its front matter with a line `---` and never closes it, so that its words "
        "cannot be told from its fields. Write a second such line below the last field."
    ),
}

READING_RULES: Final[Mapping[str, str]] = {
    "no-content": (
        "The project has no `content/` folder, so there is nothing to build. Run sitegen in the "
        "project's folder, or name that folder."
    ),
    "no-site-settings": (
        "`content/site.yaml` is missing. Write it; a single line `title: …` is enough."
    ),
    "bad-file-name": (
        "A note's file name is its id: lower-case ASCII letters, digits and hyphens, at most 80 "
        "characters, none of the names that Windows reserves, and `index` only for the front page. "
        "Rename the file."
    ),
    "repeated-id": "Two files give a note of one kind the same id. Rename or remove one of them.",
    "stray-file": (
        "A file lies where notes lie but is none, so it is not part of the site. Move it elsewhere "
        "or give it the ending of a note: .yaml, or .md in `pages/`."
    ),
    "unknown-folder": (
        "A folder of `content/` is not one of those that hold notes, so what is in it is not part "
        "of the site. Rename it, or move it out of `content/`."
    ),
    "cannot-read": (
        "A file or folder cannot be read. Look at its permissions, and where it leads if it is a "
        "link."
    ),
    "outside-project": (
        "A file is a link that leads out of the project. The project must be whole by itself: "
        "copy the file to where the link is."
    ),
    "not-utf8": "A file is not UTF-8 text. Save it as UTF-8; articles are kept byte for byte.",
    "seed-not-found": (
        "The article's text that a source names is not below `seeds/`. Correct the path, add the "
        "file, or leave `text` out: quotes are then shown as unchecked."
    ),
    "unused-seed": (
        "An article's text lies in `seeds/` but no source names it. Write its source note, or take "
        "the file out."
    ),
}

WRITING_RULES: Final[Mapping[str, str]] = {
    "cannot-write": (
        "The site cannot be written to the output folder: it holds somebody's own files, is or "
        "holds part of the project, or the disk refuses. The folder is as it was. The report says "
        "what to do; mostly it is to name another folder with --output."
    ),
}

RULES: Final[Mapping[str, str]] = {**YAML_RULES, **READING_RULES, **WRITING_RULES}
