"""What the files of one module folder declare, overrides merged: nothing is evaluated here."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from muniment.errors import InputError
from muniment.languages.hcl.evaluator import Compiled
from muniment.languages.hcl.json_syntax import BlockShape, parse_json
from muniment.languages.hcl.nodes import Attribute, Block, Body, Literal, Traversal
from muniment.languages.hcl.parser import File, parse
from muniment.languages.source import Diagnostic
from muniment.model.document import Document, Location

_SHAPES: Final = {
    "resource": BlockShape(2),
    "data": BlockShape(2),
    "ephemeral": BlockShape(2),
    "variable": BlockShape(1, {"validation": BlockShape()}),
    "output": BlockShape(1),
    "module": BlockShape(1),
    "provider": BlockShape(1),
    "terraform": BlockShape(0, {"backend": BlockShape(1), "required_providers": BlockShape(), "cloud": BlockShape()}),
    "locals": BlockShape(),
    "moved": BlockShape(),
    "import": BlockShape(),
    "removed": BlockShape(),
    "check": BlockShape(1),
}


class Declared(NamedTuple):
    """A block and the file that it stands in."""

    block: Block
    file: File

    @property
    def location(self) -> Location:
        """From the block's first character to its closing brace."""
        return place(self.file, self.block.start, self.block.end)


class Local(NamedTuple):
    """One local value."""

    attribute: Attribute
    file: File


class Module:
    """A module folder's declarations, and the expressions of it that were compiled so far."""

    __slots__ = (
        "calls",
        "compiled",
        "data",
        "files",
        "folder",
        "locals",
        "moved",
        "outputs",
        "problems",
        "providers",
        "resources",
        "settings",
        "variables",
    )

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[File] = []
        self.variables: dict[str, Declared] = {}
        self.locals: dict[str, Local] = {}
        self.outputs: dict[str, Declared] = {}
        self.resources: dict[tuple[str, str], Declared] = {}
        self.data: dict[tuple[str, str], Declared] = {}
        self.calls: dict[str, Declared] = {}
        self.providers: dict[str, Declared] = {}
        self.settings: list[Declared] = []
        self.moved: list[Declared] = []
        self.problems: list[tuple[File, Diagnostic]] = []
        self.compiled: dict[int, Compiled] = {}


def place(file: File, start: int, end: int) -> Location:
    """The location of a stretch of a file."""
    span = file.index.span(start, end)
    return Location(file.filename, span.line, span.column, span.end_line, span.end_column)


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
    labels = [label.text for label in block.labels]
    if block.type == "locals":
        for name, attribute in block.body.attributes.items():
            if name in module.locals and not override:
                _complain(module, declared, f'the local value "{name}" stands twice')
            module.locals[name] = Local(attribute, declared.file)
        return
    if block.type in {"terraform", "moved"}:
        (module.settings if block.type == "terraform" else module.moved).append(declared)
        return
    table, key = _table(module, block.type, labels, block.body)
    if table is None:
        return
    if key in table:
        if override:
            table[key] = Declared(_overridden(table[key].block, block), table[key].file)
        elif block.type == "provider":
            _complain(module, declared, f"the provider configuration {key} stands twice")
        else:
            _complain(module, declared, f"{block.type} {'.'.join(labels)} stands twice")
        return
    table[key] = declared


def _table(module: Module, kind: str, labels: list[str], body: Body) -> tuple[dict[Any, Declared] | None, Any]:
    if kind == "resource" and len(labels) == 2:
        return module.resources, (labels[0], labels[1])
    if kind in {"data", "ephemeral"} and len(labels) == 2:
        return module.data, (labels[0], labels[1])
    if kind == "provider" and len(labels) == 1:
        alias = literal(body, "alias")
        return module.providers, f"{labels[0]}.{alias}" if isinstance(alias, str) else labels[0]
    tables = {"variable": module.variables, "output": module.outputs, "module": module.calls}
    return (tables[kind], labels[0]) if kind in tables and len(labels) == 1 else (None, None)


def _overridden(base: Block, over: Block) -> Block:
    """An override merged into a block: attributes one by one, block types as a whole."""
    body = Body(base.body.start)
    body.end = base.body.end
    body.attributes = {**base.body.attributes, **over.body.attributes}
    types = {_block_type(block) for block in over.body.blocks}
    kept = [block for block in base.body.blocks if _block_type(block) not in types]
    body.blocks = [*kept, *over.body.blocks]
    return Block(base.type, base.labels, body, base.start, base.header_end)


def _block_type(block: Block) -> str:
    return block.labels[0].text if block.type == "dynamic" and block.labels else block.type


def _complain(module: Module, declared: Declared, message: str) -> None:
    span = declared.file.index.span(declared.block.start, declared.block.header_end)
    module.problems.append((declared.file, Diagnostic("syntax-error", message, span)))


def literal(body: Body, name: str) -> Any:
    """The value of an attribute that is written as a literal, or as a bare word; None for anything else."""
    attribute = body.attributes.get(name)
    if attribute is None:
        return None
    if isinstance(attribute.expression, Literal):
        return attribute.expression.value
    return str(attribute.expression) if isinstance(attribute.expression, Traversal) else None
