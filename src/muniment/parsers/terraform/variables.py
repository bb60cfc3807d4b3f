"""Values for a root's variables, in Terraform's order of precedence; later wins."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.function import Functions
from muniment.languages.hcl.parser import File, parse, parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.config import place


class Given:
    """The values that a root is given, each with the place that set it."""

    __slots__ = ("cells", "documents", "places", "unread")

    def __init__(self) -> None:
        self.cells: dict[str, Cell] = {}
        self.places: dict[str, Location] = {}
        self.documents: list[Document] = []
        self.unread: list[Unread] = []

    def set(self, name: str, value: Any, where: Location | None) -> None:
        """Sets one value; a later one wins."""
        self.cells[name] = Cell(f"var.{name}", lambda: value)
        if where is not None:
            self.places[name] = where


def variable_values(
    root: str, names: tuple[str, ...], settings: Mapping[str, Any], read: Read, functions: Functions
) -> Given:
    """Everything that sets variables of the root folder: found files, then named files, then single values."""
    given = Given()
    for path in (*_found(root, names), *(settings.get("var_files") or ())):
        document = read(path)
        if document is not None:
            given.documents.append(document)
            _file(given, document, functions)
    for name, text in (settings.get("vars") or {}).items():
        given.set(name, _single(text, functions), None)
    return given


def _found(root: str, names: tuple[str, ...]) -> Iterator[str]:
    folder = f"{root}/" if root else ""
    for name in ("terraform.tfvars", "terraform.tfvars.json"):
        if name in names:
            yield folder + name
    for name in sorted(names):
        if name.endswith((".auto.tfvars", ".auto.tfvars.json")):
            yield folder + name


def _file(given: Given, document: Document, functions: Functions) -> None:
    try:
        text = document.data.decode("utf-8-sig")
    except (UnicodeDecodeError, InputError) as error:
        given.unread.append(Unread(Location(document.path, 1), "encoding", str(error), "", "terraform"))
        return
    if document.name.endswith(".json"):
        _json(given, document, text)
        return
    file = parse(text, filename=document.path)
    if file.diagnostics:
        _lost(given, file)
    for name, attribute in file.body.attributes.items():
        try:
            value = compile_expression(attribute.expression, functions, index=file.index)(Names({}))
        except HclError as error:
            value = Unknown((Cause("error", f"{document.path}: {error.diagnostic.message}"),))
        given.set(name, value, place(file, attribute.start, attribute.end))


def _lost(given: Given, file: File) -> None:
    found = file.diagnostics[0]
    where = Location(file.filename, found.span.line, found.span.column)
    given.unread.append(Unread(where, "syntax-error", found.message, found.hint, "terraform"))


def _json(given: Given, document: Document, text: str) -> None:
    message = "the file is no JSON object"
    try:
        values = json.loads(text)
    except ValueError as error:
        values, message = None, str(error)
    if not isinstance(values, dict):
        given.unread.append(Unread(Location(document.path, 1), "syntax-error", message, "", "terraform"))
        return
    for name, value in values.items():
        given.set(name, _tuples(value), Location(document.path, 1))


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(member) for member in value)
    if isinstance(value, dict):
        return {key: _tuples(member) for key, member in value.items()}
    return value


def _single(text: str, functions: Functions) -> Any:
    """A value of the command line: an expression if it reads as one with brackets or quotes, else the text."""
    if text[:1] in {"[", "{", '"'}:
        parsed = parse_expression(text)
        if not parsed.diagnostics:
            try:
                return compile_expression(parsed.expression, functions)(Names({}))
            except HclError:
                return text
    return text
