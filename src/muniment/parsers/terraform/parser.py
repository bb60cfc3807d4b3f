"""The Terraform parser: finds root modules, reads their files and has each evaluated."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.errors import InputError, UsageError
from muniment.languages.hcl.function import Functions
from muniment.languages.hcl.functions.table import functions
from muniment.languages.hcl.parser import File
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.parsers.terraform.config import build_module, parse_document
from muniment.parsers.terraform.data_sources import computed
from muniment.parsers.terraform.declarations import Module
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.provider_functions import provider_functions
from muniment.parsers.terraform.reader import RootReader
from muniment.parsers.terraform.roots import find_roots, variants_of
from muniment.parsers.terraform.run import Run
from muniment.parsers.terraform.variables import variable_values

_JUDGED: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")
_SUPPORT: Final = (".tfvars", ".tfvars.json", ".terraform.lock.hcl", ".tftest.hcl", ".tfmock.hcl", ".tfbackend")


class TerraformParser:
    """Reads configuration. Parsed files and modules are kept for one run."""

    format = "terraform"

    def __init__(self, settings: Mapping[str, Any] | None = None) -> None:
        self._settings = settings or {}
        self._files: dict[str, File] = {}
        self._modules: dict[str, Module | None] = {}
        self._unread: dict[str, Unread] = {}
        self._functions: dict[bool, Functions] = {}
        self._documents: dict[str, Document] = {}
        self._names: dict[str, set[str]] = {}

    def claim(self, document: Document) -> str:
        """By name alone."""
        name = document.name
        if name.endswith(_SUPPORT):
            return "support"
        return "judged" if name.endswith(_JUDGED) else ""

    def units(self, documents: Sequence[Document], support: Sequence[Document]) -> Iterable[Unit]:
        """One unit for each root module, and for each variant of it.

        Raises UsageError for roots and variants of the settings that are not there.
        """
        folders: dict[str, list[Document]] = {}
        for document in documents:
            self._documents[document.path] = document
            folders.setdefault(document.folder, []).append(document)
            self._names.setdefault(document.folder, set()).add(document.name)
        parsed = {name: [file for one in group if (file := self._file(one))] for name, group in folders.items()}
        roots = find_roots(parsed, self._wanted)
        if folders and not roots:
            raise UsageError("terraform.roots: no folder matches", code="missing-path")
        variants: Mapping[str, Sequence[str]] = self._settings.get("variants") or {}
        unmet = set(variants)
        paths = frozenset(document.path for document in support)
        for folder in roots:
            yield Unit("terraform", folder or ".", tuple(folders[folder]))
            for name, files in variants_of(folder, roots, variants, paths).items():
                unmet.discard(name)
                settings = {"var_files": files}
                yield Unit("terraform", f"{folder or '.'}#{name}", tuple(folders[folder]), settings=settings)
        if unmet and folders:
            raise UsageError(
                f"terraform.variants: no root has the files of {', '.join(sorted(unmet))}", code="missing-path"
            )

    @property
    def _wanted(self) -> Sequence[str] | None:
        """The patterns of `terraform.roots`; None for the rule."""
        roots = self._settings.get("roots") or "auto"
        return None if roots == "auto" else (roots,) if isinstance(roots, str) else roots

    def _file(self, document: Document) -> File | None:
        """A document's file, parsed once; what cannot be read is an Unread."""
        if document.path not in self._files:
            try:
                self._files[document.path] = parse_document(document)
            except InputError as error:
                self._unread[document.path] = Unread(
                    Location(document.path, 1), error.code, str(error), error.hint, "terraform"
                )
                return None
        return self._files[document.path]

    def _module(self, folder: str, read: Read) -> Module | None:
        """The module of a folder: every file of it, also those that nobody asked for."""
        if folder not in self._modules:
            names = {name for name in read.names(folder) if name.endswith(_JUDGED)}
            names |= self._names.get(folder, set())
            replaced = {name.replace(".tofu", ".tf") for name in names if ".tofu" in name}
            files = []
            for name in sorted(names - replaced):
                path = posixpath.join(folder, name)
                document = self._documents.get(path) or read(path)
                file = self._file(document) if document is not None else None
                if file is not None:
                    files.append(file)
            module = self._modules[folder] = build_module(folder, files) if files else None
            if module is not None:
                module.replaced = tuple(posixpath.join(folder, name) for name in sorted(replaced & names))
        return self._modules[folder]

    def resources(self, unit: Unit, read: Read) -> Reading:
        """Evaluates one root. Raises UsageError for a variable file that was named and cannot be read."""
        folder = unit.root.partition("#")[0]
        folder = "" if folder == "." else folder
        module = self._module(folder, read)
        own = [self._unread[one.path] for one in unit.documents if one.path in self._unread]
        if module is None:
            return Reading((), tuple(own))
        named = (*(self._settings.get("var_files") or ()), *unit.settings.get("var_files", ()))
        settings = {**self._settings, "var_files": named}
        opentofu = any(".tofu" in file.filename for file in module.files)
        table = self._table(opentofu=opentofu)
        given = variable_values(module, read.names(folder), settings, read)
        run = Run(module, lambda path: self._module(path, read), read, table, settings, computed, opentofu=opentofu)
        top = ModuleInstance(run, module, "", given.cells)
        top.given = given.places
        reader = RootReader(unit.root, run, given)
        reader.instance(top)
        reader.name_former(top)
        return reader.reading(own, self._unread)

    def _table(self, *, opentofu: bool) -> Functions:
        if opentofu not in self._functions:
            self._functions[opentofu] = {**functions(opentofu=opentofu), **provider_functions()}
        return self._functions[opentofu]
