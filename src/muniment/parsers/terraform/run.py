"""What the instances of one root share: functions, files, budgets, called modules, and the tracker of edges."""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import renderer
from muniment.languages.hcl.function import CallContext, Functions
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document
from muniment.model.result import Unread
from muniment.parsers.terraform.cells import Tracker
from muniment.parsers.terraform.config import Declared, Module, literal
from muniment.parsers.terraform.manifest import Manifest

_DEEPEST: Final = 64
_MOST_MODULES: Final = 10_000

Compute = Callable[[Any, str], Any]
"""An attribute of a data source that its arguments tell, by the resource instance and its name; None for others."""
LoadModule = Callable[[str], Module | None]
"""The module of a folder below the base; None if it holds no configuration."""


class Run:
    """The evaluation of one root."""

    __slots__ = (
        "_instances",
        "_load",
        "_manifest",
        "_read",
        "_vendored",
        "context",
        "data_source",
        "functions",
        "listed",
        "options",
        "root",
        "support",
        "tracker",
        "unread",
        "used",
        "workspace",
    )

    def __init__(
        self,
        root: str,
        load: LoadModule,
        read: Read,
        functions: Functions,
        settings: Mapping[str, Any],
        compute: Compute,
    ) -> None:
        self.data_source = compute
        self.root = root
        self._load = load
        self._read = read
        self._manifest = Manifest(root, read)
        self._vendored: Mapping[str, str] = settings.get("modules") or {}
        self.functions = functions
        self.options = Options()
        self.workspace: str = settings.get("workspace") or "default"
        self.tracker = Tracker()
        self.unread: dict[tuple[str, str], Unread] = {}
        self.used: dict[str, Module] = {}
        self.support: dict[str, Document] = {}
        """Files that functions have read."""
        self.listed: set[str] = set()
        """Folders whose standing blocks are listed already."""
        self._instances = 0
        self.context = CallContext(
            read=self._file,
            render=renderer(functions, self.options),
            yaml_decode=_yaml,
        )

    def relative(self, folder: str) -> str:
        """A module's folder as Terraform names it from the root."""
        return posixpath.relpath(folder or ".", self.root or ".")

    def _file(self, path: str) -> bytes | Unknown | None:
        """A file that a function names, below the base only."""
        if path.startswith(("/", "~")):
            return Unknown((Cause("file", path),))
        full = posixpath.normpath(posixpath.join(self.root, path))
        if full.startswith(".."):
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

    def count_instance(self) -> None:
        """Counts a module instance. Raises HclError above the limit."""
        self._instances += 1
        if self._instances > _MOST_MODULES:
            raise HclError(f"over {_MOST_MODULES} module instances", code="limit-exceeded")

    def called_module(self, above: Sequence[str], declared: Declared, address: str) -> Module | Cause:
        """The module that a call names, or why it cannot be had; the reason is an Unread too.

        `above` are the folders of the calling module and of those that call it, the nearest first.
        """
        source = literal(declared.block.body, "source")
        if not isinstance(source, str):
            return self._lost(declared, address, "module-not-available", "the source is no literal")
        if source.startswith(("./", "../")):
            folder = posixpath.normpath(posixpath.join(above[0], source))
        elif source in self._vendored:
            folder = posixpath.normpath(self._vendored[source])
        else:
            folder, problem = self._manifest.find(address, source, literal(declared.block.body, "version"))
            if problem:
                reason = "module-version-mismatch" if folder else "module-not-available"
                return self._lost(declared, address, reason, problem)
        return self._local(above, declared, address, "" if folder == "." else folder)

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
        return Cause("module", address)


def _yaml(text: str) -> Any:
    from muniment.languages import yaml  # noqa: PLC0415  few configurations read YAML

    documents = [document for document in yaml.load(text, dialect="yamlv3").documents if not document.empty]
    if any(document.diagnostics for document in documents) or len(documents) > 1:
        raise HclError("the text is not one YAML document")
    return documents[0].value if documents else None
