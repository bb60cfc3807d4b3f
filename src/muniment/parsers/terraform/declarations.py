"""What the files of one module folder declare: blocks with their files. Nothing is evaluated here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.hcl.evaluator import Compiled
from muniment.languages.hcl.nodes import Attribute, Block, Body, Literal, Traversal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.types import Type
from muniment.languages.hcl.values import EPHEMERAL, SENSITIVE
from muniment.languages.source import Diagnostic
from muniment.model.document import Location

_NOTHING: Final[Mapping[int, File]] = MappingProxyType({})


class Declared(NamedTuple):
    """A block and the file that it stands in."""

    block: Block
    file: File
    foreign: Mapping[int, File] = _NOTHING
    """By identity, the file of each attribute and nested block that an override file has put in."""

    def file_of(self, node: Attribute | Block) -> File:
        """The file of one of the block's own attributes or nested blocks."""
        return self.foreign.get(id(node), self.file)

    @property
    def location(self) -> Location:
        """From the block's first character to its closing brace."""
        return place(self.file, self.block.start, self.block.end)

    @property
    def start(self) -> str:
        """File and line of the block, as people write them."""
        return f"{self.file.filename}:{self.file.index.position(self.block.start)[0]}"


class Local(NamedTuple):
    """One local value."""

    attribute: Attribute
    file: File


class Module:
    """A module folder's declarations, and the expressions of it that were compiled so far."""

    __slots__ = (
        "blocks",
        "calls",
        "compiled",
        "files",
        "folder",
        "locals",
        "notices",
        "outputs",
        "problems",
        "providers",
        "replaced",
        "settings",
        "types",
        "variables",
    )

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[File] = []
        self.variables: dict[str, Declared] = {}
        self.locals: dict[str, Local] = {}
        self.outputs: dict[str, Declared] = {}
        self.blocks: dict[str, dict[tuple[str, str], Declared]] = {"managed": {}, "data": {}, "ephemeral": {}}
        """By mode, then by type and name."""
        self.calls: dict[str, Declared] = {}
        self.providers: dict[str, Declared] = {}
        self.settings: list[Declared] = []
        """`terraform` blocks."""
        self.notices: list[Declared] = []
        """`moved`, `import`, `removed` and `check` blocks."""
        self.problems: list[tuple[File, Diagnostic]] = []
        self.replaced: tuple[str, ...] = ()
        """Paths of the files in whose place one for OpenTofu stands."""
        self.types: dict[str, Type] = {}
        """The types of variables that were read so far."""
        self.compiled: dict[str, dict[int, Compiled]] = {}
        """By dialect, then by identity of the node."""


def place(file: File, start: int, end: int) -> Location:
    """The location of a stretch of a file."""
    span = file.index.span(start, end)
    return Location(file.filename, span.line, span.column, span.end_line, span.end_column)


def literal(body: Body, name: str) -> Any:
    """The value of an attribute that is written as a literal, or as a bare word; None for anything else."""
    attribute = body.attributes.get(name)
    if attribute is None:
        return None
    if isinstance(attribute.expression, Literal):
        return attribute.expression.value
    return str(attribute.expression) if isinstance(attribute.expression, Traversal) else None


def marks_of(block: Block) -> frozenset[str]:
    """The marks that a variable or output declares for its value."""
    words = ((SENSITIVE, "sensitive"), (EPHEMERAL, "ephemeral"))
    return frozenset(name for name, word in words if literal(block.body, word) is True)
