"""What the instances of one root share: functions, files, budgets, called modules, and the tracker of edges."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.languages.goformat.constraints import parse_constraints, parse_version, satisfies
from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import Compiled, compile_expression, renderer
from muniment.languages.hcl.function import CallContext, Functions
from muniment.languages.hcl.nodes import Attribute, Expression, Literal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import unmark
from muniment.languages.source import LanguageError
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.parsers.terraform.cells import Tracker
from muniment.parsers.terraform.declarations import Declared, Module, literal
from muniment.parsers.terraform.listing import Listing
from muniment.parsers.terraform.manifest import Manifest
from muniment.parsers.terraform.repetition import Repetition

_DEEPEST: Final = 64
_MOST_MODULES: Final = 10_000
_NEWEST: Final = "1.999.0"

Compute = Callable[[Any, str], Any]
"""An attribute of a data source that its arguments tell, by the resource instance and its name; None for others."""
LoadModule = Callable[[str], Module | None]
"""The module of a folder below the base; None if it holds no configuration."""
Constant = Callable[[Attribute, File], Any]
"""A value that has to be known before modules are there; None where it is not."""


class Run:
    """The evaluation of one root."""

    __slots__ = (
        "_functions",
        "_instances",
        "_listing",
        "_load",
        "_manifest",
        "_options",
        "_read",
        "_vendored",
        "context",
        "data_source",
        "dialect",
        "listed",
        "notes",
        "opentofu",
        "root",
        "support",
        "tracker",
        "unread",
        "used",
        "workspace",
    )

    def __init__(
        self,
        root: Module,
        load: LoadModule,
        read: Read,
        functions: Functions,
        settings: Mapping[str, Any],
        compute: Compute,
        *,
        opentofu: bool = False,
    ) -> None:
        self.data_source = compute
        self.root = root.folder
        self.opentofu = opentofu
        self._load = load
        self._read = read
        self._listing = Listing(read)
        self._manifest = Manifest(root.folder, read)
        self._vendored: Mapping[str, str] = settings.get("modules") or {}
        self._functions = functions
        self._options = Options(short_circuit=short_circuits(root))
        self.dialect = f"{opentofu} {self._options.short_circuit}"
        """What one expression may be compiled to in several ways for."""
        self.workspace: str = settings.get("workspace") or "default"
        self.tracker = Tracker()
        self.unread: dict[tuple[str, str], Unread] = {}
        self.notes: dict[str, None] = {}
        """What people should know of the configuration, in order."""
        self.used: dict[str, Module] = {root.folder: root}
        self.support: dict[str, Document] = {}
        """Files that functions have read."""
        self.listed: set[str] = set()
        """Folders whose standing blocks are listed already."""
        self._instances = 0
        self.context = CallContext(
            read=self._file,
            list_files=self._files,
            render=renderer(functions, self._options),
            yaml_decode=_yaml,
        )

    def compile(self, node: Expression, file: File, undeclared: Callable[[HclError], Any]) -> Compiled:
        """The function of an expression in this root's dialect."""
        options = Options(short_circuit=self._options.short_circuit, undeclared=undeclared)
        return compile_expression(node, self._functions, options, file.index)

    def note(self, where: Location, text: str) -> None:
        """Tells people about a place that is judged although Terraform would complain."""
        self.notes[f"{where.path}:{where.line}: {text}"] = None

    def refuse(self, where: Location, message: str, reason: str = "syntax-error") -> None:
        """Notes a mistake for which Terraform would not plan the configuration at all."""
        self.unread[where.path, message] = Unread(where, reason, message, "", "terraform")

    def relative(self, folder: str) -> str:
        """A module's folder as Terraform names it from the root."""
        return posixpath.relpath(folder or ".", self.root or ".")

    def _file(self, path: str) -> bytes | Unknown | None:
        """A file that a function names, below the base only."""
        full = self._below(path)
        if full is None:
            return Unknown((Cause("file", path),))
        found = self._read(full)
        if found is None:
            return None
        try:
            data = found.data
        except InputError:
            return Unknown((Cause("file", path),))
        self.support[full] = found
        return data

    def _files(self, path: str, deep: bool) -> tuple[str, ...] | Unknown:  # noqa: FBT001  the language's port
        """The files in a folder below the base, or in all folders below it too, relative to the folder."""
        full = self._below(path)
        if full is not None:
            try:
                return self._listing.below(full) if deep else self._read.names(full)
            except InputError:
                pass
        return Unknown((Cause("file", path),))

    def _below(self, path: str) -> str | None:
        """A path as it is called from the base; None where it leads out of it."""
        full = posixpath.normpath(posixpath.join(self.root, path))
        if path.startswith(("/", "~")) or full.startswith(".."):
            return None
        return "" if full == "." else full

    def admitted(self, repetitions: tuple[Repetition, ...], declared: Declared, address: str) -> tuple[Repetition, ...]:
        """The instances of a module call, as long as there are not too many of them in all."""
        self._instances += len(repetitions)
        if self._instances <= _MOST_MODULES:
            return repetitions
        self._lost(declared, address, "limit-exceeded", f"over {_MOST_MODULES} module instances")
        return ()

    def called_module(
        self, above: Sequence[str], declared: Declared, address: str, constant: Constant
    ) -> Module | Cause:
        """The module that a call names, or why it cannot be had; the reason is an Unread too.

        `above` are the folders of the calling module and of those that call it, the nearest first.
        """
        source = self._constant(declared, "source", constant)
        if not isinstance(source, str):
            return self._lost(declared, address, "module-not-available", "the source is no literal")
        if source.startswith(("./", "../")):
            folder = posixpath.normpath(posixpath.join(above[0], source))
        elif source in self._vendored:
            folder = posixpath.normpath(self._vendored[source])
        else:
            folder, problem = self._manifest.find(address, source, self._constant(declared, "version", constant))
            if problem:
                reason = "module-version-mismatch" if folder else "module-not-available"
                return self._lost(declared, address, reason, problem)
        return self._local(above, declared, address, "" if folder == "." else folder)

    def _constant(self, declared: Declared, name: str, constant: Constant) -> Any:
        """A literal, or what OpenTofu evaluates before it loads modules."""
        attribute = declared.block.body.attributes.get(name)
        if attribute is None or isinstance(attribute.expression, Literal):
            return literal(declared.block.body, name)
        return unmark(constant(attribute, declared.file_of(attribute)))[0] if self.opentofu else None

    def _local(self, above: Sequence[str], declared: Declared, address: str, folder: str) -> Module | Cause:
        if folder.startswith(".."):
            return self._lost(declared, address, "module-not-available", "the module lies outside of the base")
        if folder in above:
            return self._lost(declared, address, "module-cycle", f"the module {folder or '.'} calls itself")
        if len(above) > _DEEPEST:
            return self._lost(declared, address, "limit-exceeded", f"modules are nested over {_DEEPEST} deep")
        module = self._load(folder)
        if module is None:
            return self._lost(declared, address, "module-not-available", f"{folder} holds no configuration")
        self.used[folder] = module
        return module

    def _lost(self, declared: Declared, address: str, reason: str, message: str) -> Cause:
        hint = "terraform init -backend=false" if reason == "module-not-available" else ""
        place = declared.location
        self.unread[place.path, address] = Unread(place, reason, f"{address}: {message}", hint, "terraform")
        return Cause("module", address, declared.start)


def short_circuits(root: Module) -> bool:
    """Whether `&&` and `||` leave their right side alone: from Terraform 1.12 on, if `required_version` admits it."""
    for settings in root.settings:
        required = literal(settings.block.body, "required_version")
        if isinstance(required, str) and not _admits_newer(required):
            return False
    return True


def _admits_newer(required: str) -> bool:
    try:
        constraints = parse_constraints(required)
        named = [word for word in re.split(r"[\s,<>=!~]+", required) if word]
        versions = [parse_version(word) for word in (_NEWEST, *named)]
        return any(satisfies(one, constraints) and satisfies(one, parse_constraints(">= 1.12.0")) for one in versions)
    except LanguageError:
        return True


def _yaml(text: str) -> Any:
    from muniment.languages import yaml  # noqa: PLC0415  few configurations read YAML

    documents = [document for document in yaml.load(text, dialect="yamlv3").documents if not document.empty]
    if any(document.diagnostics for document in documents) or len(documents) > 1:
        raise HclError("the text is not one YAML document")
    return documents[0].value if documents else None
