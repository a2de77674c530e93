"""Jinja as sitegen uses it: the same output as Jinja's own environment, in half of the time.

A page calls a hundred macros and writes a thousand values, most of them short plain text, so that
what Jinja does around each weighs more than the text. Four of its steps are replaced here by
shorter ones, and compiled templates are kept from one build to the next. The tests render every
kind of page both ways.

One of the shorter ways is not as forgiving: `a.b` is only an attribute. A template that needs more,
`b` as a key or `a.b is defined`, says so by an AttributeError, and is then rendered as Jinja does,
from then on.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from itertools import repeat
from keyword import iskeyword
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import markupsafe
from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr, Getattr
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
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
    if kind is int or kind is float:
        return str(value)
    return value if kind is Markup else escape(value)


class _Generator(CodeGenerator):
    """Writes `environment.shown(…)` around what a template shows, and attributes as Python does."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        context = frame.eval_ctx
        if context.autoescape and not context.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if getattr(self.environment, "is_patient", True) or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Context(Context):
    """Calls macros straight, without first asking what else they might be."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        if __obj.__class__ is not Macro:
            return Context.call(__self, __obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        is_markup = __self.eval_ctx.autoescape
        if is_markup != __obj._default_autoescape:  # noqa: SLF001 - as the macro itself asks
            return Context.call(__self, __obj, *args, **kwargs)
        if __obj.caller or __obj.catch_kwargs or __obj.catch_varargs:
            return __obj(*args, **kwargs)
        names = __obj.arguments
        given = args
        if len(args) < len(names):
            given = (*args, *map(kwargs.pop, names[len(args) :], repeat(missing)))
        if kwargs or len(args) > len(names):
            return __obj(*args, **kwargs)  # which says what is wrong
        text = __obj._func(*given)  # noqa: SLF001 - what calling the macro comes to
        # `Markup(text)` would ask first whether the text is HTML already.
        return str.__new__(Markup, text) if is_markup else text


class _Template(Template):
    """Has its macros ready for all that import them: they see no other globals than it does."""

    environment: FastEnvironment
    _patient: Template | None = None

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the text, made in the short way or, if that does not do, as Jinja makes it."""
        if self._patient is None:
            try:
                return super().render(*args, **kwargs)
            except AttributeError:
                if self.environment.is_patient or self.name is None:
                    raise
                self._patient = self.environment.patient.get_template(self.name)
        return self._patient.render(*args, **kwargs)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        ready: TemplateModule | None = self._module
        return ready or super()._get_default_module(ctx)


class FastEnvironment(Environment):
    """An environment for templates that do not change while it lives."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template
    shown = staticmethod(shown)

    def __init__(self, *, is_patient: bool = False, **options: Any) -> None:
        """Take what Jinja's own environment takes; `is_patient` if `a.b` may be what Jinja allows.

        One that is not has `patient`, another one that is.
        """
        kept = _compiled_templates("patient" if is_patient else "quick")
        super().__init__(**options, auto_reload=False, bytecode_cache=kept)
        self.is_patient = is_patient
        self._options = options
        self._found: dict[str, Template] = {}

    @cached_property
    def patient(self) -> FastEnvironment:
        """This environment, or one with the same filters and globals that leaves `a.b` to Jinja."""
        if self.is_patient:
            return self
        patient = FastEnvironment(is_patient=True, **self._options)
        patient.filters, patient.tests = self.filters, self.tests
        patient.globals, patient.policies = self.globals, self.policies
        return patient

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

    def from_string(self, *args: Any, **kwargs: Any) -> Template:
        """Return the template of a text; it has no name by which it could be compiled again."""
        if not self.is_patient:
            return self.patient.from_string(*args, **kwargs)
        return super().from_string(*args, **kwargs)


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


def _compiled_templates(way: str) -> BytecodeCache | None:
    """Return where templates that were compiled in one way are kept, if they can be.

    Jinja takes none of another source or Python; the folder is named for what else decides: how
    they are compiled, which this module and `render` say, and the libraries.
    """
    here = Path(__file__)
    made_by = here.read_bytes() + here.with_name("render.py").read_bytes()
    libraries = f"{version('jinja2')} {version('markupsafe')}".encode()
    kind = sha256(made_by + libraries).hexdigest()[:16]
    with suppress(OSError, RuntimeError):  # no home, or none that can be written
        folder = user_cache_path("sitegen") / "templates" / f"{kind}-{way}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _Compiled(folder)
    return None
