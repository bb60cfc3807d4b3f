"""Values for a root's variables, in Terraform's order of precedence; later wins."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from muniment.core.ports import Read
from muniment.errors import InputError, UsageError
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.parser import parse, parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.values import nfc, number
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.declarations import Module, place

_PRIMITIVES = frozenset({"string", "number", "bool"})


class Given:
    """The values that a root is given, each with the place that set it."""

    __slots__ = ("_module", "cells", "documents", "notes", "places", "unread")

    def __init__(self, module: Module) -> None:
        self._module = module
        self.cells: dict[str, Cell] = {}
        self.places: dict[str, Location] = {}
        self.documents: list[Document] = []
        self.unread: list[Unread] = []
        self.notes: list[str] = []

    def set(self, name: str, value: Any, where: Location | None, source: str) -> None:
        """Sets one value; a later one wins. One that no variable takes is told, by the `source` that gives it."""
        if name not in self._module.variables:
            self.notes.append(f"{source}: {self._module.folder or '.'} has no variable {name}")
            return
        self.cells[name] = Cell(f"var.{name}", lambda: value)
        if where is not None:
            self.places[name] = where
        else:
            self.places.pop(name, None)

    def set_text(self, name: str, text: str, source: str) -> None:
        """Sets a value of the environment or the command line: text for primitives, an expression for other types.

        Raises UsageError for a text that is no expression.
        """
        declared = self._module.variables.get(name)
        kind = declared.block.body.attributes.get("type") if declared is not None else None
        if kind is None or str(getattr(kind.expression, "value", kind.expression)) in _PRIMITIVES:
            self.set(name, nfc(text), None, source)
            return
        parsed = parse_expression(text)
        try:
            if parsed.diagnostics:
                raise UsageError(f"{source}: {parsed.diagnostics[0].message}", code="variable")
            self.set(name, compile_expression(parsed.expression, {})(Names({})), None, source)
        except HclError as error:
            raise UsageError(f"{source}: {error.diagnostic.message}", code="variable") from error


def variable_values(module: Module, names: Sequence[str], settings: Mapping[str, Any], read: Read) -> Given:
    """Everything that sets variables of a root: environment, found files, named files, the command line in its order.

    Raises UsageError for a file that was named and cannot be read, since a person meant it.
    """
    given = Given(module)
    for name, text in sorted((settings.get("environment") or {}).items()):
        if name in module.variables:
            given.set_text(name, text, f"TF_VAR_{name}")
            given.notes.append(f"var.{name} is set by TF_VAR_{name} of the environment")
    for path in _found(module.folder, names):
        document = read(path)
        if document is not None:
            given.unread.extend(_file(given, document))
    for kind, text in (*(("file", path) for path in settings.get("var_files") or ()), *(settings.get("given") or ())):
        if kind == "file":
            _named(given, text, read)
        else:
            name, _, value = text.partition("=")
            given.set_text(name, value, f"--var {name}")
    return given


def _found(root: str, names: Sequence[str]) -> Iterator[str]:
    folder = f"{root}/" if root else ""
    for name in ("terraform.tfvars", "terraform.tfvars.json"):
        if name in names:
            yield folder + name
    for name in sorted(names):
        if name.endswith((".auto.tfvars", ".auto.tfvars.json")):
            yield folder + name


def _named(given: Given, path: str, read: Read) -> None:
    document = read(path)
    if document is None:
        raise UsageError(f"the variable file {path} is not below the base", code="missing-path")
    for problem in _file(given, document):
        where = f"{path}:{problem.location.line}"
        raise UsageError(f"the variable file {where} cannot be read: {problem.message}", code=problem.reason)


def _file(given: Given, document: Document) -> list[Unread]:
    """Sets what a file says; gives what is wrong with it."""
    given.documents.append(document)
    try:
        text = document.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [_lost(document, 1, str(error), "encoding")]
    except InputError as error:
        return [_lost(document, 1, str(error), error.code)]
    return _json(given, document, text) if document.name.endswith(".json") else _native(given, document, text)


def _lost(document: Document, line: int, message: str, reason: str = "syntax-error") -> Unread:
    return Unread(Location(document.path, line), reason, message, "", "terraform")


def _native(given: Given, document: Document, text: str) -> list[Unread]:
    file = parse(text, filename=document.path)
    for name, attribute in file.body.attributes.items():
        where = place(file, attribute.start, attribute.end)
        try:
            value = compile_expression(attribute.expression, {}, index=file.index)(Names({}))
        except HclError as error:
            value = Unknown((Cause("error", f"{document.path}:{where.line}: {error.diagnostic.message}"),))
        given.set(name, value, where, document.path)
    blocks = [file.index.position(block.start)[0] for block in file.body.blocks]
    return [
        *(_lost(document, found.span.line, found.message) for found in file.diagnostics[:1]),
        *(_lost(document, line, "a variable file holds no blocks") for line in blocks[:1]),
    ]


def _json(given: Given, document: Document, text: str) -> list[Unread]:
    message, line = "the file is no JSON object", 1
    try:
        values = json.loads(text, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:
        values, message, line = None, str(error), getattr(error, "lineno", 1)
    except HclError as error:
        values, message = None, error.diagnostic.message
    if not isinstance(values, dict):
        return [_lost(document, line, message)]
    for name, value in values.items():
        given.set(name, _tuples(value), Location(document.path, 1), document.path)
    return []


def _number(text: str) -> int | Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(f"{text} is no number of JSON")
    return number(value)


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(member) for member in value)
    if isinstance(value, dict):
        return {nfc(key): _tuples(member) for key, member in value.items()}
    return nfc(value) if isinstance(value, str) else value
