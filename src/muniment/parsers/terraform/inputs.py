"""What a variable is in one module instance: given or default, of its declared type, valid, marked."""

from typing import Any, Protocol

from muniment.languages.hcl.constraints import read_type
from muniment.languages.hcl.convert import convert
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import Compiled
from muniment.languages.hcl.nodes import Attribute, Expression
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.types import ANY, Type
from muniment.languages.hcl.values import mark, unmark_deep
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.declarations import Declared, Module, literal, marks_of
from muniment.parsers.terraform.names import NameScope
from muniment.parsers.terraform.run import Run


class Holder(Protocol):
    """What a variable asks of the module instance that declares it."""

    @property
    def run(self) -> Run:
        """What all instances of the root share."""

    @property
    def module(self) -> Module:
        """The declarations."""

    @property
    def prefix(self) -> str:
        """The address with a dot, empty at the root."""

    @property
    def names(self) -> NameScope:
        """What expressions see that stand in no repeated block."""

    def compiled(self, node: Expression, file: File) -> Compiled:
        """An expression's function."""

    def value(self, attribute: Attribute, file: File, scope: NameScope | None = None) -> Any:
        """An attribute's value. Raises HclError that names file and line."""


def input_value(holder: Holder, name: str, declared: Declared, given: Cell | None) -> Any:
    """The value of `var.name`. Raises HclError for one that cannot be converted or that its validation refuses."""
    kind = _type(holder, name, declared)
    value = given.read(holder.run.tracker) if given is not None else None
    if given is None or (value is None and literal(declared.block.body, "nullable") is False):
        default = declared.block.body.attributes.get("default")
        if default is None:
            return _marked(Unknown((Cause("variable", f"{holder.prefix}var.{name}", declared.start),), kind), declared)
        value = holder.value(default, declared.file_of(default))
    try:
        value = _marked(convert(value, kind), declared)
    except HclError as error:
        raise HclError(f"{declared.start}: var.{name}: {error.diagnostic.message}", code="invalid-value") from error
    for block in declared.block.body.blocks:
        if block.type == "validation":
            _validate(holder, name, Declared(block, declared.file_of(block)), value)
    return value


def _marked(value: Any, declared: Declared) -> Any:
    return mark(value, marks_of(declared.block))


def _type(holder: Holder, name: str, declared: Declared) -> Type:
    """The declared type; read once for all instances of the module."""
    found = holder.module.types.get(name)
    if found is None:
        attribute = declared.block.body.attributes.get("type")
        found = ANY
        if attribute is not None:
            found = read_type(
                attribute.expression, lambda node: holder.compiled(node, declared.file_of(attribute))(holder.names)
            )
        holder.module.types[name] = found
    return found


def _validate(holder: Holder, name: str, rule: Declared, value: Any) -> None:
    """Raises HclError with the author's message where the condition is certainly false."""
    condition = rule.block.body.attributes.get("condition")
    if condition is None:
        return
    scope = holder.names.with_variable(name, value)
    answer, _ = unmark_deep(holder.value(condition, rule.file, scope))
    if answer is False or answer == "false":
        message = rule.block.body.attributes.get("error_message")
        text = _text(holder, message, rule, scope) if message is not None else "the value is not valid"
        raise HclError(f"{rule.start}: var.{name}: {text}", code="invalid-value")


def _text(holder: Holder, message: Attribute, rule: Declared, scope: NameScope) -> str:
    try:
        value, marks = unmark_deep(holder.value(message, rule.file, scope))
    except HclError:
        return "the value is not valid"
    return value if isinstance(value, str) and not marks else "the value is not valid"
