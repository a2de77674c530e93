"""Jinja as sitegen uses it: the same output as Jinja's own environment, in two thirds of the time.

A page calls a hundred macros and writes a thousand values, most of them short plain text, so that
what Jinja does around each weighs more than the text. Three of its steps are replaced here by
shorter ones, and compiled templates are kept from one build to the next. The tests render every
kind of page both ways.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import markupsafe
from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from platformdirs import user_cache_path

# What `escape` does to plain text, before it marks the result as safe.
_escaped: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", escape)


def shown(value: Any) -> str:
    """Return a value as it stands in HTML: text escaped, what is HTML already as it is."""
    kind = value.__class__
    if kind is str:
        # Pieces are joined at once, so that there is no need to mark each as safe.
        return _escaped(value)
    return value if kind is Markup else escape(value)


class _Generator(CodeGenerator):
    """Writes `environment.shown(…)` around what a template shows, instead of `escape(…)`."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        context = frame.eval_ctx
        if context.autoescape and not context.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(Context):
    """Calls macros straight, without first asking what else they might be."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        if __obj.__class__ is not Macro:
            return Context.call(__self, __obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class _Template(Template):
    """Has its macros ready for all that import them: they see no other globals than it does."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        ready: TemplateModule | None = self._module
        return ready or super()._get_default_module(ctx)


class FastEnvironment(Environment):
    """An environment for templates that do not change while it lives."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template
    shown = staticmethod(shown)

    def __init__(self, **options: Any) -> None:
        """Take what Jinja's own environment takes."""
        super().__init__(**options, auto_reload=False, bytecode_cache=_compiled_templates())
        self._found: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """Return a template, which is looked for once."""
        if isinstance(name, Template) or globals:
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent)
        return found


class _Compiled(BytecodeCache):
    """Compiled templates in a folder, as Python keeps compiled modules; never trusted.

    What is damaged or somebody else's counts as not there, what cannot be kept is made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(Exception):
            with (self._folder / bucket.key).open("rb") as file:
                is_own = not hasattr(os, "getuid") or os.fstat(file.fileno()).st_uid == os.getuid()
                check, content = file.read(4), file.read()
            if is_own and crc32(content).to_bytes(4, "big") == check:
                bucket.load_bytecode(BytesIO(content))
                return
        bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        content = bucket.bytecode_to_string()
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(crc32(content).to_bytes(4, "big") + content)
            Path(name).replace(self._folder / bucket.key)


def _compiled_templates() -> BytecodeCache | None:
    """Return where compiled templates are kept, if they can be.

    Jinja takes none of another source or Python; the folder is named for what else decides: how
    they are compiled, which this module and `render` say, and the libraries.
    """
    here = Path(__file__)
    made_by = here.read_bytes() + here.with_name("render.py").read_bytes()
    libraries = f"{version('jinja2')} {version('markupsafe')}".encode()
    kind = sha256(made_by + libraries).hexdigest()[:16]
    with suppress(OSError, RuntimeError):  # no home, or none that can be written
        folder = user_cache_path("sitegen") / "templates" / kind
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _Compiled(folder)
    return None
