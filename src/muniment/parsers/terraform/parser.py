"""The Terraform parser: finds root modules, evaluates each, and turns instances into resources."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.errors import InputError
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import Functions
from muniment.languages.hcl.functions.table import functions
from muniment.languages.hcl.parser import File
from muniment.languages.unknown import Cause, Unknown
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.terraform.bodies import Builder
from muniment.parsers.terraform.config import Module, build_module, literal, parse_document
from muniment.parsers.terraform.data_sources import computed
from muniment.parsers.terraform.instance import ONCE, Calls, ModuleInstance, Repetition, ResourceInstance
from muniment.parsers.terraform.objects import see_object
from muniment.parsers.terraform.places import History, Places
from muniment.parsers.terraform.run import Run
from muniment.parsers.terraform.skips import skip_candidates
from muniment.parsers.terraform.standing import standing_resources
from muniment.parsers.terraform.variables import Given, variable_values

_JUDGED: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")
_SUPPORT: Final = (".tfvars", ".tfvars.json", ".terraform.lock.hcl", ".tftest.hcl", ".tfmock.hcl")
_PINNING: Final = frozenset({"source", "version"})
"""What of a call is read where it makes no instance."""
_LITERAL: Final = ("create_before_destroy", "prevent_destroy")
_OUTSIDE: Final = frozenset({"examples", "example", "test", "tests", "fixtures"})
"""Folders whose calls do not make a module private: libraries are used from outside."""


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

    def claim(self, document: Document) -> str:
        """By name alone."""
        name = document.name
        if name.endswith(_SUPPORT):
            return "support"
        return "judged" if name.endswith(_JUDGED) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit for each root module, and for each variant of it."""
        folders: dict[str, list[Document]] = {}
        for document in documents:
            self._documents[document.path] = document
            folders.setdefault(document.folder, []).append(document)
        called = self._called(folders)
        roots = [folder for folder in sorted(folders) if not called.get(folder, set()) - {"outside"}]
        variants: Mapping[str, Sequence[str]] = self._settings.get("variants") or {}
        for folder in roots:
            root = folder or "."
            yield Unit("terraform", root, tuple(folders[folder]))
            for name in sorted(variants):
                if any(self._is_of(folder, path) for path in variants[name]):
                    yield Unit("terraform", f"{root}#{name}", tuple(folders[folder]), settings={"variant": name})

    @staticmethod
    def _is_of(folder: str, path: str) -> bool:
        return posixpath.dirname(path) == folder or "/" not in path

    def _called(self, folders: Mapping[str, Sequence[Document]]) -> dict[str, set[str]]:
        """Called folder -> who calls it: `inside` or `outside` callers."""
        called: dict[str, set[str]] = {}
        for folder, documents in folders.items():
            word = "outside" if _OUTSIDE & set(folder.split("/")) else "inside"
            for document in documents:
                for target in self._targets(folder, document):
                    if target in folders and target != folder:
                        called.setdefault(target, set()).add(word)
        return called

    def _targets(self, folder: str, document: Document) -> Iterable[str]:
        file = self._file(document)
        for block in file.body.blocks if file is not None else ():
            source = literal(block.body, "source") if block.type == "module" else None
            if isinstance(source, str) and source.startswith(("./", "../")):
                target = posixpath.normpath(posixpath.join(folder, source))
                yield "" if target == "." else target

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
            names = [name for name in read.names(folder) if name.endswith(_JUDGED)]
            replaced = {name.replace(".tofu", ".tf") for name in names if ".tofu" in name}
            paths = [f"{folder}/{name}" if folder else name for name in names if name not in replaced]
            known = [path for path in self._documents if posixpath.dirname(path) == folder]
            files = []
            for path in sorted({*paths, *known}):
                document = self._documents.get(path) or read(path)
                file = self._file(document) if document is not None else None
                if file is not None:
                    files.append(file)
            self._modules[folder] = build_module(folder, files) if files else None
        return self._modules[folder]

    def resources(self, unit: Unit, read: Read) -> Reading:
        """Evaluates one root."""
        folder = unit.root.partition("#")[0]
        folder = "" if folder == "." else folder
        module = self._module(folder, read)
        own = [self._unread[one.path] for one in unit.documents if one.path in self._unread]
        if module is None:
            return Reading((), tuple(own))
        settings = dict(self._settings)
        variant = unit.settings.get("variant")
        if variant:
            settings["var_files"] = (*(settings.get("var_files") or ()), *settings["variants"][variant])
        table = self._table(opentofu=any(".tofu" in file.filename for file in module.files))
        given = variable_values(folder, read.names(folder), settings, read, table)
        run = Run(folder, lambda path: self._module(path, read), read, table, settings, computed)
        top = ModuleInstance(run, module, "", given.cells)
        top.given = given.places
        reader = _Reader(unit.root, run, given)
        reader.instance(top)
        return reader.reading((*own, *given.unread), (module, *run.used.values()), self._unread)

    def _table(self, *, opentofu: bool) -> Functions:
        if opentofu not in self._functions:
            self._functions[opentofu] = functions(opentofu=opentofu)
        return self._functions[opentofu]


class _Reader:
    """Collects the resources of one root."""

    __slots__ = ("_given", "_open", "_resources", "_root", "_run")

    def __init__(self, root: str, run: Run, given: Given) -> None:
        self._root = root
        self._run = run
        self._given = given
        self._resources: list[Resource] = []
        self._open: dict[Cause, None] = {}

    def instance(self, instance: ModuleInstance) -> None:
        """A module instance, and those that it calls."""
        self._resources.extend(standing_resources(instance, self._root))
        for resource in instance.all_resources():
            self._resources.append(self._resource(resource))
        for name in instance.module.calls:
            calls = instance.calls(name)
            self._call(instance, calls)
            for repetition, child in calls.instances:
                if child is not None and not repetition.unknown:
                    self.instance(child)
                elif child is not None:
                    self._doubtful(child, repetition.unknown)

    def _doubtful(self, child: ModuleInstance, causes: tuple[Cause, ...]) -> None:
        """A module of which it cannot be told whether it will exist: neither can its resources."""
        before = len(self._resources)
        self.instance(child)
        for resource in self._resources[before:]:
            resource.existence = tuple(dict.fromkeys((*resource.existence, *causes)))

    def _resource(self, one: ResourceInstance) -> Resource:
        builder = Builder(one)
        attributes = builder.top()
        meta: dict[str, Any] = {
            "type": one.kind,
            "module": one.instance.prefix.rstrip("."),
            "mode": one.mode,
            "lifecycle": _lifecycle(one),
        }
        _add_tags(one, attributes)
        if one.mode == "data":
            _add_computed(one, attributes)
        return see_object(
            Resource(
                kind=f"data.{one.kind}" if one.mode == "data" else one.kind,
                address=one.address,
                block=one.block,
                root=self._root,
                name=one.name,
                format="terraform",
                attributes=attributes,
                location=one.declared.location,
                positions=Places(builder.made),
                meta=meta,
                references=tuple(sorted(builder.references)),
                existence=one.repetition.unknown,
                sensitive=frozenset(builder.sensitive),
                origins=History(builder.made, one.instance),
            )
        )

    def _call(self, instance: ModuleInstance, calls: Calls) -> None:
        """The call itself: judged for its pinning, and a stand-in where its module could not be read."""
        one = ResourceInstance(instance, calls.declared, calls.address, "module", calls.name, "call", _first(calls))
        builder = Builder(one)
        attributes = builder.top(None if calls.instances else _PINNING)
        self._resources.append(
            Resource(
                kind="terraform.module-call",
                address=calls.address,
                root=self._root,
                name=calls.name,
                format="terraform",
                attributes=attributes,
                location=calls.declared.location,
                positions=Places(builder.made),
                meta={"stands_for": "terraform"} if calls.problem else {},
                references=tuple(sorted(builder.references)) if calls.problem else (),
                existence=calls.problem,
            )
        )

    def reading(self, unread: Sequence[Unread], modules: Sequence[Module], lost: Mapping[str, Unread]) -> Reading:
        """Everything together."""
        problems = [
            Unread(
                Location(file.filename, found.span.line, found.span.column, found.span.end_line, found.span.end_column),
                found.code if found.code in {"limit-exceeded", "too-large"} else "syntax-error",
                found.message,
                found.hint,
                "terraform",
            )
            for module in modules
            for file, found in module.problems
        ]
        broken = {one.location.path for one in problems}
        causes = [Cause("syntax-error", path) for path in sorted(broken)]
        folders = {module.folder for module in modules}
        elsewhere = [one for path, one in lost.items() if posixpath.dirname(path) in folders]
        candidates: list[WaiverCandidate] = skip_candidates(modules, self._resources, self._root)
        return Reading(
            tuple(self._resources),
            tuple(sorted({*unread, *problems, *elsewhere, *self._run.unread.values()})),
            tuple(candidates),
            tuple(
                LedgerLine(one.path, "support", "terraform", "read by a function or for variables")
                for one in (*self._run.support.values(), *self._given.documents)
            ),
            (*causes, *self._open),
            tuple(sorted(folders)),
        )


def _first(calls: Calls) -> Repetition:
    return calls.instances[0][0] if calls.instances else ONCE


def _add_computed(one: ResourceInstance, attributes: dict[str, Any]) -> None:
    """What a data source that only computes gives."""
    if one.kind == "aws_iam_policy_document" and "json" not in attributes:
        try:
            attributes["json"] = one.member("json")
        except HclError as error:
            attributes["json"] = Unknown((Cause("error", error.diagnostic.message),))


def _lifecycle(one: ResourceInstance) -> dict[str, Any]:
    """What the `lifecycle` block says in literals, as Terraform wants it: whether a change may destroy first."""
    blocks = (block for block in one.declared.block.body.blocks if block.type == "lifecycle")
    return {name: literal(block.body, name) for block in blocks for name in _LITERAL if name in block.body.attributes}


def _add_tags(one: ResourceInstance, attributes: dict[str, Any]) -> None:
    """`tags_all`: the provider's default tags under the resource's own."""
    if one.mode != "managed" or not one.kind.startswith("aws_") or "tags_all" in attributes:
        return
    from muniment.parsers.terraform.providers import default_tags  # noqa: PLC0415  loaded for AWS only

    tags = default_tags(one)
    if tags:
        own = attributes.get("tags")
        attributes["tags_all"] = {**tags, **own} if isinstance(own, dict) else own if own is not None else tags
