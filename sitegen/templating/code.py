"""Python code of templates, with shorter ways than Jinja's own to show, to call and to look up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from keyword import iskeyword
from typing import Final, TypeGuard

from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import (
    Block,
    Call,
    Expr,
    Extends,
    FromImport,
    Getattr,
    Getitem,
    Import,
    Literal,
    Macro,
    Node,
    Output,
    Slice,
    TemplateData,
)

_NAMES: Final = ("Part", "escaped", "partial", "show_html", "show_text", "shown")
"""What the code written here uses of its environment."""

_IMPORTS: Final = (FromImport, Import)


class ShortCode(CodeGenerator):
    """Writes code that asks less of each value; for a patient environment, that of Jinja."""

    _shown: Call | None = None  # the call whose text is about to be written down

    @property
    def _is_patient(self) -> bool:
        return getattr(self.environment, "is_patient", True)

    def write_commons(self) -> None:
        """Begin a function."""
        super().write_commons()
        if not self._is_patient:
            for name in _NAMES:
                self.writeline(f"{name} = environment.{name}")

    # Pages and their blocks are made as macros are: all pieces in one list, none handed up alone.

    def enter_frame(self, frame: Frame) -> None:
        """Begin the body of a template, a block or something within."""
        super().enter_frame(frame)
        if frame.parent is None and not self._is_patient:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """End such a body."""
        if frame.parent is None and not self._is_patient:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    # Imports: every page imports a score of parts, which are the same for all pages.

    def _import_common(self, node: Import | FromImport, frame: Frame) -> None:
        if self._is_patient or node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, context)")

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        """Write statements; of a page that fills another's blocks, imports that are done once."""
        statements = [*nodes]
        imports = [each for each in statements if isinstance(each, FromImport | Import)]
        if not (frame.rootlevel and imports and self._only_imports(statements)):
            super().blockvisit(statements, frame)
            return
        super().blockvisit([each for each in statements if not isinstance(each, _IMPORTS)], frame)
        self.writeline(f"if (imported := environment.imported.get({self.name!r})) is None:")
        self.indent()
        super().blockvisit(imports, frame)
        names = [name for each in imports for name in _names_in(each)]
        kept = ", ".join(f"{name!r}: context.vars[{name!r}]" for name in names)
        self.writeline(f"environment.imported[{self.name!r}] = {{{kept}}}")
        self.outdent()
        self.writeline("else:")
        self.indent()
        self.writeline("context.vars.update(imported)")
        self.outdent()

    def _only_imports(self, statements: Sequence[Node]) -> bool:
        """Tell whether the root of a template does nothing but to name its parent and to import."""
        if self._is_patient or not isinstance(statements[0], Extends):
            return False
        return all(
            isinstance(each, Block)
            or (isinstance(each, _IMPORTS) and not each.with_context)
            or (
                isinstance(each, Output)
                and all(isinstance(part, TemplateData) for part in each.nodes)
            )
            for each in statements[1:]
        )

    # Values: most are plain text, and escaped without a call of Python in between.

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self._is_straight(node, frame):
            self._shown = node
        elif self._is_escaped(frame, finalize):
            self.write("(escaped(value) if (value := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self._is_straight(node, frame):
            return
        if self._is_escaped(frame, finalize):
            self.write(").__class__ is str else shown(value))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_escaped(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        context = frame.eval_ctx
        is_known = not (context.volatile or self._is_patient)
        return context.autoescape and is_known and finalize.src is None

    # Macros: called straight where arguments are given in their order, and no others.

    def _is_straight(self, node: Expr, frame: Frame) -> TypeGuard[Call]:
        if not isinstance(node, Call) or self._is_patient or frame.eval_ctx.volatile:
            return False
        return not (node.kwargs or node.dyn_args or node.dyn_kwargs)

    def visit_Call(  # noqa: N802 - Jinja's name
        self, node: Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call: `(called.text if it is a Part else what calls anything)(arguments)`."""
        if forward_caller or not self._is_straight(node, frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        is_shown, self._shown = node is self._shown, None
        is_html = frame.eval_ctx.autoescape
        self.write(f"(called.{'html' if is_html and not is_shown else 'text'} if (called := ")
        self.visit(node.node, frame)
        self.write(").__class__ is Part else partial(")
        shower = "show_html, context" if is_html else "show_text, context"
        self.write(f"{shower if is_shown else 'context.call'}, called")
        if frame.loop_frame:
            self.write(", _loop_vars=_loop_vars")
        if frame.block_frame:
            self.write(", _block_vars=_block_vars")
        self.write("))(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what makes a macro of a function."""
        node = macro_ref.node
        takes_more = (
            macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        )
        if self._is_patient or takes_more or not isinstance(node, Macro):
            super().macro_def(macro_ref, frame)
        else:
            names = tuple(each.name for each in node.args)
            self.write(f"Part(environment, macro, {node.name!r}, {names!r})")

    def visit_Getitem(self, node: Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write `a[b]` as Python has it."""
        # Python would warn of an item that something written out cannot have.
        if self._is_patient or isinstance(node.arg, Slice) or isinstance(node.node, Literal):
            super().visit_Getitem(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write `a.b` as Python has it."""
        if self._is_patient or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


def _names_in(node: FromImport | Import) -> list[str]:
    """Return the names that an import gives to what it imports."""
    if isinstance(node, Import):
        return [node.target]
    return [each if isinstance(each, str) else each[1] for each in node.names]
