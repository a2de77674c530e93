"""The environment: where templates are found, and who renders them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from functools import cached_property, partial
from itertools import repeat
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing

from sitegen.templating.code import ShortCode
from sitegen.templating.compiled import compiled_templates
from sitegen.templating.macros import Part, escaped, show_html, show_text, shown


class _Context(Context):
    """Calls macros straight, without first asking what else they might be."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        if __obj.__class__ is not Part:
            return Context.call(__self, __obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        given = (*args, *map(kwargs.pop, __obj.arguments[len(args) :], repeat(missing)))
        if kwargs or len(given) > len(__obj.arguments):
            return __obj(*given, **kwargs)  # which says what is wrong
        return __obj.html(*given) if __self.eval_ctx.autoescape else __obj.text(*given)


class _Template(Template):
    """Is rendered in the short way or, where that does not do, as Jinja does it."""

    environment: FastEnvironment
    _patient: Template | None = None

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the text, made in the short way or, if that does not do, as Jinja makes it."""
        if self._patient is None:
            try:
                return self._rendered(*args, **kwargs)
            except (AttributeError, LookupError, TypeError):
                if self.environment.is_patient or self.name is None:
                    raise
                self._patient = self.environment.patient.get_template(self.name)
        return self._patient.render(*args, **kwargs)

    def _rendered(self, *args: Any, **kwargs: Any) -> str:
        """Return the text as Jinja would, and let go of what it was made from.

        A macro that a template defines refers to the context, which refers to the macro: what they
        show would stay in memory for the whole of a build, which searches for no such circles.
        """
        context = self.new_context(dict(*args, **kwargs))
        try:
            # A page that extends another has nothing to add; what stands alone is not copied.
            return self.environment.concat(filter(None, self.root_render_func(context)))
        except Exception:  # noqa: BLE001 - which raises it again, with the template's lines
            self.environment.handle_exception()
        finally:
            context.vars.clear()
            context.parent.clear()


class FastEnvironment(Environment):
    """An environment for templates that do not change while it lives."""

    code_generator_class = ShortCode
    context_class = _Context
    template_class = _Template

    # What the code of templates uses.
    Part = Part
    partial = partial
    escaped = staticmethod(escaped)
    show_html = staticmethod(show_html)
    show_text = staticmethod(show_text)
    shown = staticmethod(shown)

    def __init__(
        self,
        *,
        repeated: Collection[str] = (),
        is_patient: bool = False,
        **options: Any,
    ) -> None:
        """Take what Jinja's own environment takes; `is_patient` if `a.b` may be what Jinja allows.

        One that is not has `patient`, another one that is. `repeated` are the names of macros that
        many pages call with the same arguments: numbers, texts, and records that hold no HTML,
        since HTML is equal to a text of the same characters.
        """
        kept = compiled_templates("patient" if is_patient else "quick")
        super().__init__(**options, auto_reload=False, bytecode_cache=kept)
        self.repeated = frozenset(repeated)
        self.is_patient = is_patient
        self._options = options
        self._found: dict[str, Template] = {}
        self.imported: dict[str, Mapping[str, Any]] = {}  # what pages have from parts, by name
        self._modules: dict[str | Template, TemplateModule] = {}

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
            found.globals = {**found.globals}  # every page takes them, quicker from a plain one
        return found

    def module(self, name: str | Template, parent: str | None, context: Context) -> TemplateModule:
        """Return what a template has to be imported; it sees nothing of the context."""
        found = self._modules.get(name)
        if found is None:
            template = self.get_template(name, parent)
            found = self._modules[name] = template._get_default_module(context)  # noqa: SLF001
        return found

    def from_string(self, *args: Any, **kwargs: Any) -> Template:
        """Return the template of a text; it has no name by which it could be compiled again."""
        if not self.is_patient:
            return self.patient.from_string(*args, **kwargs)
        return super().from_string(*args, **kwargs)
