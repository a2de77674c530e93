"""What is done faster than Jinja does it comes out as Jinja has it."""

from __future__ import annotations

import gc
import os
import re
import weakref
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from sitegen.build import examine
from sitegen.installed import built_in_templates
from sitegen.plan import site_view
from sitegen.render import REPEATED, make_environment, render_page
from sitegen.resources import template_folders
from sitegen.templating import FastEnvironment, shown
from tests.planned import planned

TEMPLATES = {
    "parts": (
        "{% macro name(it, mark='!', root='') %}<b>{{ it }}{{ mark }}</b>{{ root }}{% endmacro %}"
        "{% macro twice(it) %}{{ caller(it) }}{{ caller(it) }}{% endmacro %}"
        "{% macro any() %}{{ varargs | join('+') }}{{ kwargs['z'] }}{% endmacro %}"
    ),
    "frame": "<i>{% block inner %}{% endblock %}</i>{{ it }}",
    "page": (
        "{% extends 'frame' %}{% from 'parts' import name, twice, any %}{% import 'parts' as p %}"
        "{% block inner %}{% set kept %}{{ it }}{% endset %}{{ kept }}{{ name(it) }}"
        "{% for each in [it, 1, 2.5, none, true, html] %}{{ name(each, mark=loop.index) }}"
        "{{ p.name(mark=each, it='<') }}{% endfor %}"
        "{% call(x) twice(it) %}<u>{{ x }}</u>{% endcall %}{{ any(it, 1, z=it) }}"
        "{{ [it, html] | join(', ') }}{{ it ~ html }}{{ it | upper }}{{ (it | e) }}"
        "{% autoescape false %}{{ it }}{% endautoescape %}{% endblock %}"
    ),
}


_MACRO = "{% macro f(it) %}<i>{{ it }}</i>{% endmacro %}"


def environments() -> tuple[Environment, Environment]:
    """Return Jinja's own environment and ours, for the same templates."""
    options = {"loader": DictLoader(TEMPLATES), "autoescape": True, "undefined": StrictUndefined}
    return Environment(**options), FastEnvironment(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["plain", "<a & 'b' \"c\">", "", "é<", "{{ it }}"])
def test_pages_come_out_as_jinja_has_them(text: str) -> None:
    """Macros with all kinds of arguments, blocks, sets, calls and filters give the same text."""
    plain, fast = environments()
    values = {"it": text, "html": Markup("<b>&amp;</b>")}

    assert fast.get_template("page").render(values) == plain.get_template("page").render(values)


def test_every_page_of_a_template_has_its_imports() -> None:
    """They are looked up for the first page, and are there for all others."""
    plain, fast = environments()
    for text in ("one", "two", "<three>"):
        values = {"it": text, "html": Markup("<i></i>")}
        assert rendered(fast, values) == rendered(plain, values)


def test_what_a_page_was_made_from_is_let_go_of() -> None:
    """A build searches for no circles, which a template's own macros would be part of."""

    class View:
        words = "shown"

    source = _MACRO + "{% macro g(it) %}{{ f(it) }}{% endmacro %}{{ g(page.words) }}"
    template = FastEnvironment(loader=DictLoader({"page": source})).get_template("page")
    view = View()
    gone = weakref.ref(view)
    gc.disable()
    try:
        assert template.render(page=view) == "<i>shown</i>"
        del view
        assert gone() is None
    finally:
        gc.enable()


def test_templates_between_have_imports_of_their_own() -> None:
    """What one page imports under a name is not what another one with the same parent gets."""
    templates = {
        "parts": "{% macro one() %}1{% endmacro %}{% macro two() %}2{% endmacro %}",
        "frame": "{% block inner %}{% endblock %}",
        "middle": "{% extends 'frame' %}{% from 'parts' import one as middle %}",
        "first": (
            "{% extends 'middle' %}{% from 'parts' import one as it %}"
            "{% block inner %}{{ it() }}{{ middle() }}{% endblock %}"
        ),
        "second": (
            "{% extends 'middle' %}{% from 'parts' import two as it %}"
            "{% block inner %}{{ it() }}{{ middle() }}{% endblock %}"
        ),
    }
    fast = FastEnvironment(loader=DictLoader(templates), autoescape=True)
    made = [fast.get_template(name).render() for name in ("first", "second", "first")]
    assert made == ["11", "21", "11"]


def rendered(environment: Environment, values: Mapping[str, object]) -> str:
    """Return what the template "page" makes of some values."""
    return environment.get_template("page").render(values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ {'a': 'one'}.a }}",
        "{{ it.a }}{{ it.items() | length }}",
        "{{ it.nothing is defined }}{{ it.nothing | default('none') }}",
        "{% set kept = namespace(a=1) %}{% set kept.a = 2 %}{{ kept.a }}",
        "{% for each in [1, 2] %}{{ loop.index }}{{ loop.last }}{% endfor %}",
        "{{ it.class }}",
        "{{ it['a'] }}{{ it['nothing'] is defined }}{{ [1][3] | default('none') }}",
        "{{ 'abc'['upper']() }}{{ it['items']() | length }}",
        "{% import 'parts' as parts %}{{ parts.one }}{{ parts.none is defined }}",
    ],
)
def test_what_a_dot_means_is_as_jinja_has_it(source: str) -> None:
    """An attribute, a key, or nothing, which a template may ask; every time it is rendered."""
    values = {"it": {"a": "<", "class": 1}}
    plain, fast = (
        kind(
            loader=DictLoader({"page": source, "parts": "{% set one = 1 %}"}),
            autoescape=True,
            undefined=StrictUndefined,
        )
        for kind in (Environment, FastEnvironment)
    )

    for _ in range(2):
        assert rendered(fast, values) == rendered(plain, values)


def test_what_is_not_there_is_an_error_as_jinja_has_it() -> None:
    """The message names the object and what it lacks."""
    fast = FastEnvironment(loader=DictLoader({"page": "{{ it.b }}"}), undefined=StrictUndefined)

    with pytest.raises(UndefinedError, match="'dict object' has no attribute 'b'"):
        rendered(fast, {"it": {"a": 1}})


@pytest.mark.parametrize("call", ["name()", "name(1, 2, 3, 4)", "name(1, no=2)", "name(1, it=2)"])
def test_macros_are_called_wrongly_as_jinja_has_it(call: str) -> None:
    """The exception says what is wrong, in the same words; what is missing is undefined."""
    source = f"{{% from 'parts' import name %}}{{{{ {call} }}}}"
    said = []
    for kind in (Environment, FastEnvironment):
        loader = DictLoader({**TEMPLATES, "page": source})
        with pytest.raises((TypeError, UndefinedError)) as fault:
            rendered(kind(loader=loader, autoescape=True, undefined=StrictUndefined), {})
        said.append((type(fault.value), str(fault.value)))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "source",
    [
        "{% import 'macros.js' as m %}{{ m.f('<') }}",
        """{% from 'macros.html' import f %}
        {% autoescape false %}{{ f('<') + '<' }}{% endautoescape %}""",
        "{% from 'macros.html' import f %}{{ f('<') + '<' }}",
    ],
)
@pytest.mark.parametrize("name", ["page", "page.js"])
def test_macros_escape_as_those_who_call_them(source: str, name: str) -> None:
    """A template that escapes and one that does not may use one another's macros."""
    templates = {name: source, "macros.js": _MACRO, "macros.html": _MACRO}
    plain, fast = (
        kind(loader=DictLoader(templates), autoescape=lambda each: not str(each).endswith(".js"))
        for kind in (Environment, FastEnvironment)
    )
    assert fast.get_template(name).render() == plain.get_template(name).render()


@pytest.mark.parametrize("value", ["<&'\">", "", 3, 2.5, None, Markup("<b>"), ("<",)])
def test_what_is_shown_is_what_escape_gives(value: object) -> None:
    """Text is escaped, what is HTML already is left as it is, all else is made text first."""
    assert str(shown(value)) == str(escape(value))


def test_unknown_names_are_still_errors() -> None:
    """A name that the page does not have is no empty text."""
    _, fast = environments()

    with pytest.raises(UndefinedError, match="'nothing' is undefined"):
        fast.from_string("{{ nothing }}").render()


def test_built_in_pages_are_those_of_jinja(repo_root: Path) -> None:
    """Every page of this repository's briefing has the bytes that Jinja's own way gives."""
    examined = examine(repo_root)
    assert examined.site is not None
    assert examined.findings is not None
    folders = template_folders(repo_root)
    fast = make_environment(folders)
    plain = Environment(
        loader=fast.loader,
        autoescape=fast.autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    plain.filters.update(fast.filters)
    plain.policies.update(fast.policies)
    frame = site_view(examined.site, (), (), "")

    for spec in planned(examined.site, examined.findings):
        assert render_page(spec, frame, fast) == render_page(spec, frame, plain), spec.path

    assert "patient" not in vars(fast), "a template needs the long way"


def test_what_is_repeated_is_a_macro_of_the_built_in_parts() -> None:
    """A name that no part has would be remembered for nothing."""
    folder = built_in_templates()
    texts = [path.read_text() for path in folder.rglob("*") if path.suffix in {".html", ".js"}]
    macros = {name for text in texts for name in re.findall(r"{% macro (\w+)\(", text)}
    assert macros >= REPEATED


_SAME = [1, True, 1.0, "<b>", Markup("<b>"), "<b>", ["<b>"], "", 2, None]


@pytest.mark.parametrize("it", _SAME)
def test_what_a_repeated_macro_made_is_for_the_same_alone(it: object) -> None:
    """What is equal and of another type is another thing; a list is not looked up at all."""
    source = "{% from 'parts' import name %}{% for it in all %}{{ name(it) }}{% endfor %}"
    source += "{{ name(it, '<') }}{{ name(it, mark='<') }}{{ name(it) + '<' }}"
    loader = DictLoader({**TEMPLATES, "page": source})
    plain = Environment(loader=loader, autoescape=True)
    fast = FastEnvironment(repeated=["name"], loader=loader, autoescape=True)
    values = {"all": _SAME, "it": it}

    for _ in range(2):
        assert rendered(fast, values) == rendered(plain, values)


def test_repeated_macro_is_asked_once() -> None:
    """The same text is not made again for another page."""
    asked: list[object] = []

    def noted(it: object) -> object:
        asked.append(it)
        return it

    parts = "{% macro f(it) %}{{ it | noted }}{% endmacro %}"
    source = "{% from 'parts' import f %}{{ f('a') }}{{ f('b') }}{{ f(it=1) }}{{ f('a') }}"
    loader = DictLoader({"parts": parts, "page": source})
    fast = FastEnvironment(repeated=["f"], loader=loader, autoescape=True)
    fast.filters["noted"] = noted

    assert {rendered(fast, {}) for _ in range(3)} == {"ab1a"}
    assert asked == ["a", "b", 1]


def test_compiled_templates_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A second environment finds what the first has compiled; another source is compiled anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a")
    (kept,) = [path for path in (tmp_path / "sitegen").rglob("*") if path.is_file()]
    os.utime(kept, (1, 1))  # what is written within one moment has the same time
    before = kept.stat().st_mtime_ns

    assert FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a").render() == "one"
    assert kept.stat().st_mtime_ns == before
    assert FastEnvironment(loader=DictLoader({"a": "two"})).get_template("a").render() == "two"
    assert kept.stat().st_mtime_ns != before


def test_templates_work_where_nothing_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the folder cannot be made, templates are compiled each time."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a").render() == "one"


@pytest.mark.parametrize("damage", [b"", b"x", b"\x00" * 40])
def test_damaged_template_is_compiled_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: bytes
) -> None:
    """What is kept is not trusted: cut or changed, it counts as not there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a")
    (kept,) = [path for path in (tmp_path / "sitegen").rglob("*") if path.is_file()]
    kept.write_bytes(damage or kept.read_bytes()[:30])

    assert FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a").render() == "one"


def test_templates_work_where_the_folder_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A full disk, or a folder of somebody else's, is no fault of a template."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sitegen.templating.compiled.tempfile.mkstemp", _full)

    assert FastEnvironment(loader=DictLoader({"a": "one"})).get_template("a").render() == "one"


def _full(**_: object) -> tuple[int, str]:
    raise OSError(28, "No space left on device")
