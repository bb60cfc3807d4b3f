"""Reads the files of one module folder and puts their blocks together, overrides last."""

from collections.abc import Iterable
from typing import Any, Final

from muniment.errors import InputError
from muniment.languages.hcl.json_syntax import BlockShape, parse_json
from muniment.languages.hcl.nodes import Body
from muniment.languages.hcl.parser import File, parse
from muniment.languages.source import Diagnostic
from muniment.model.document import Document
from muniment.parsers.terraform.declarations import Declared, Local, Module, literal
from muniment.parsers.terraform.overrides import overridden

_CONDITIONS: Final = {"precondition": BlockShape(), "postcondition": BlockShape()}
_OF_RESOURCES: Final = {
    "lifecycle": BlockShape(0, _CONDITIONS),
    "provisioner": BlockShape(1),
    "connection": BlockShape(),
    "dynamic": BlockShape(1, {"content": BlockShape()}),
}
_SHAPES: Final = {
    "resource": BlockShape(2, _OF_RESOURCES),
    "data": BlockShape(2, _OF_RESOURCES),
    "ephemeral": BlockShape(2, _OF_RESOURCES),
    "variable": BlockShape(1, {"validation": BlockShape()}),
    "output": BlockShape(1, _CONDITIONS),
    "module": BlockShape(1),
    "provider": BlockShape(1, {"default_tags": BlockShape()}),
    "terraform": BlockShape(0, {"backend": BlockShape(1), "required_providers": BlockShape(), "cloud": BlockShape()}),
    "locals": BlockShape(),
    "moved": BlockShape(),
    "import": BlockShape(),
    "removed": BlockShape(0, {"lifecycle": BlockShape()}),
    "check": BlockShape(1, {"assert": BlockShape(), "data": BlockShape(2)}),
}
NOTICES: Final = frozenset({"moved", "import", "removed", "check"})
"""Blocks that say something about resources and are none themselves."""
_MODES: Final = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}


def parse_document(document: Document) -> File:
    """Parses one file by its name's syntax. Raises InputError if it is no UTF-8 text or cannot be read."""
    try:
        text = document.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 text: {error.reason}", code="encoding") from error
    if document.name.endswith(".json"):
        return parse_json(text, blocks=_SHAPES, filename=document.path)
    return parse(text, filename=document.path)


def build_module(folder: str, files: Iterable[File]) -> Module:
    """The declarations of a folder: plain files first, then overrides in lexical order."""
    module = Module(folder)
    ordered = sorted(files, key=lambda file: (_is_override(file.filename), file.filename))
    for file in ordered:
        module.files.append(file)
        module.problems.extend((file, found) for found in file.diagnostics)
        override = _is_override(file.filename)
        for block in file.body.blocks:
            _declare(module, Declared(block, file), override=override)
    return module


def _is_override(path: str) -> bool:
    stem = path.rpartition("/")[2].removesuffix(".json").rpartition(".")[0]
    return stem == "override" or stem.endswith("_override")


def _declare(module: Module, declared: Declared, *, override: bool) -> None:
    block = declared.block
    if block.type == "locals":
        _declare_locals(module, declared, override=override)
    elif block.type == "terraform":
        if override and module.settings:
            module.settings = [overridden(one, declared) for one in module.settings]
        else:
            module.settings.append(declared)
    elif block.type in NOTICES:
        module.notices.append(declared)
        for inner in block.body.blocks:
            if inner.type == "data":  # a check may bring a data source of its own
                _declare(module, Declared(inner, declared.file), override=override)
    else:
        table, key = _table(module, block.type, [label.text for label in block.labels], block.body)
        if table is not None:
            _enter(module, table, key, declared, override=override)


def _declare_locals(module: Module, declared: Declared, *, override: bool) -> None:
    for name, attribute in declared.block.body.attributes.items():
        if override and name not in module.locals:
            _complain(module, declared, f'there is no local value "{name}" to override')
        elif name in module.locals and not override:
            _complain(module, declared, f'the local value "{name}" stands twice')
        module.locals[name] = Local(attribute, declared.file)


def _enter(module: Module, table: dict[Any, Declared], key: Any, declared: Declared, *, override: bool) -> None:
    """Adds a block to its table, or merges it over the one that is there."""
    if override and key in table:
        table[key] = overridden(table[key], declared)
        return
    name = ".".join(key) if isinstance(key, tuple) else key
    if override:
        _complain(module, declared, f"there is no {declared.block.type} {name} to override")
    elif key in table:
        _complain(module, declared, f"{declared.block.type} {name} stands twice")
        return
    table[key] = declared


def _table(module: Module, kind: str, labels: list[str], body: Body) -> tuple[dict[Any, Declared] | None, Any]:
    if kind in _MODES and len(labels) == 2:
        return module.blocks[_MODES[kind]], (labels[0], labels[1])
    if kind == "provider" and len(labels) == 1:
        alias = literal(body, "alias")
        return module.providers, f"{labels[0]}.{alias}" if isinstance(alias, str) else labels[0]
    tables = {"variable": module.variables, "output": module.outputs, "module": module.calls}
    return (tables[kind], labels[0]) if kind in tables and len(labels) == 1 else (None, None)


def _complain(module: Module, declared: Declared, message: str) -> None:
    span = declared.file.index.span(declared.block.start, declared.block.header_end)
    module.problems.append((declared.file, Diagnostic("syntax-error", message, span)))
