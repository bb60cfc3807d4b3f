"""Kustomizations, built by kustomize or kubectl into manifests that know the inputs they were made from.

What a kustomization names is read first: one that needs the network or a plug-in is Unread, and nothing is run.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.errors import InputError
from muniment.languages.yaml import Stream, YamlDocument, load
from muniment.model.derived import Derived, Origin
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.sources.process import Workspace
from muniment.sources.rendering import MISSING, Input, Rendering, derived, refused, traced_lines

NAMES: Final = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})

_ENTRIES: Final = ("resources", "bases", "components")
"""Fields whose entries are manifests or other kustomizations."""
_FILES: Final = ("crds", "configurations", "generators", "transformers", "validators", "patchesStrategicMerge")
_WITH_PATH: Final = ("patches", "patchesJson6902", "replacements")
_GENERATORS: Final = ("configMapGenerator", "secretGenerator")
_HELM: Final = ("helmCharts", "helmChartInflationGenerator")
_REMOTE: Final = re.compile(
    r"^[a-z][a-z0-9+.-]*://|^git@|^git::|\?(?:.*&)?(?:ref|version)=|^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:]"
    r"|^[\w-]+(?:\.[\w-]+)+/.+//|\.git(?:$|[/?])"
)


class Kustomization(NamedTuple):
    """One kustomization file: the kustomizations and files that it names, and what of it is not local."""

    document: Document
    component: bool
    folders: tuple[str, ...]
    """Folders of the kustomizations that it builds on."""
    files: tuple[str, ...]
    """Paths of the manifests that it names, in order, those of resources first."""
    patches: tuple[str, ...]
    """Paths of everything else that it names."""
    remote: tuple[tuple[str, int], ...]
    """(entry, line) of what the network or a plug-in would have to bring."""
    problem: str = ""


class Kustomize(NamedTuple):
    """How kustomizations are built: by `kustomize build`, or by `kubectl kustomize`. Without a program, not at all."""

    program: str | None
    scratch: Path
    """An existing folder for the renderer's private files."""
    seconds: float = 30.0

    def renderings(self, documents: Sequence[Document]) -> tuple[Rendering, ...]:
        """Every overlay among the documents: each kustomization that no other one builds on, with all that it needs."""
        by_path = {document.path: document for document in documents}
        known = find_kustomizations(documents)
        version = self._version() if known else ""
        return tuple(self._build(folder, known, by_path, version) for folder in roots(known))

    def _build(
        self, folder: str, known: Mapping[str, Kustomization], by_path: Mapping[str, Document], version: str
    ) -> Rendering:
        parts = _closure(folder, known)
        paths = dict.fromkeys(path for part in parts for path in (part.document.path, *part.files, *part.patches))
        consumed = frozenset(path for path in paths if path in by_path)
        root = folder or "."
        lost = self._obstacle(folder, parts)
        if lost is None:
            with Workspace(self.scratch) as workspace:
                workspace.write(by_path[path] for path in consumed)
                done = workspace.run(self._command(folder), seconds=self.seconds)
            problem, message = done.problem, done.message
            if not problem and not done.output.strip():
                problem, message = "renderer-failed", "the build gave no manifests"
            if not problem:
                inputs = _Inputs(parts, by_path)
                made = tuple(_documents(load(done.output), parts[0].document.path, inputs, version))
                return Rendering(root, made, consumed, version=version)
            lost = _lost(parts[0], problem, message, f"see: kubectl kustomize {root}")
        return refused(root, "Kustomization", posixpath.basename(root), lost, consumed)

    def _obstacle(self, folder: str, parts: Sequence[Kustomization]) -> Unread | None:
        """Why a build need not be tried."""
        for part in parts:
            if part.problem:
                return _lost(part, "syntax-error", part.problem, "")
            if part.remote:
                entry, line = part.remote[0]
                hint = f"keep a copy in the repository, or scan the output of: kubectl kustomize {folder or '.'}"
                return _lost(part, "remote-base", f"{entry} is not part of the tree", hint, line)
        if self.program is None:
            hint = f"install kustomize or kubectl, or scan the output of: kubectl kustomize {folder or '.'}"
            return _lost(parts[0], MISSING, "neither kustomize nor kubectl is there to build the overlay", hint)
        return None

    def _command(self, folder: str) -> list[str]:
        return [self.program or "kustomize", "build" if self._is_own else "kustomize", f"./{folder}"]

    @property
    def _is_own(self) -> bool:
        """Whether the program is kustomize itself."""
        return posixpath.basename(self.program or "").startswith("kustomize")

    def _version(self) -> str:
        """`kustomize v5.5.0`, whichever program it is part of; empty without one."""
        if self.program is None:
            return ""
        command = [self.program, *(["version"] if self._is_own else ["version", "--client"])]
        with Workspace(self.scratch) as workspace:
            said = workspace.run(command, seconds=self.seconds).output.decode("utf-8", "replace")
        found = re.search(r"(?:Kustomize Version:\s*|\A\s*)(v\d[\w.+-]*)", said)
        return f"kustomize {found[1]}" if found else "kustomize"


def _lost(part: Kustomization, reason: str, message: str, hint: str, line: int = 1) -> Unread:
    return Unread(Location(part.document.path, line), reason, message, hint, "kubernetes")


def find_kustomizations(documents: Iterable[Document]) -> dict[str, Kustomization]:
    """The kustomizations of a tree by their folders, sorted."""
    everything = sorted(documents, key=lambda document: document.path)
    paths = frozenset(document.path for document in everything)
    found = {document.folder: document for document in everything if document.name in NAMES}
    folders = frozenset(found)
    return {folder: _read(document, paths, folders) for folder, document in found.items()}


def roots(known: Mapping[str, Kustomization]) -> list[str]:
    """Folders of kustomizations that no other one builds on; of a circle the first. Components are no roots."""
    used = {folder for part in known.values() for folder in part.folders}
    out = [folder for folder, part in known.items() if folder not in used and not part.component]
    reached = {part.document.folder for folder in out for part in _closure(folder, known)}
    for folder, part in known.items():
        if folder not in reached and not part.component:
            out.append(folder)
            reached |= {one.document.folder for one in _closure(folder, known)}
    return sorted(out)


def _closure(folder: str, known: Mapping[str, Kustomization]) -> list[Kustomization]:
    """A kustomization and all that it builds on, itself first."""
    seen: dict[str, Kustomization] = {}
    waiting = [folder]
    while waiting:
        here = waiting.pop(0)
        if here in known and here not in seen:
            seen[here] = known[here]
            waiting += known[here].folders
    return list(seen.values())


def _read(document: Document, paths: frozenset[str], folders: frozenset[str]) -> Kustomization:
    """What one file names."""
    try:
        stream = load(document.data, dialect="yamlv3")
    except InputError as error:
        return Kustomization(document, False, (), (), (), (), str(error))
    wrong = [*stream.diagnostics, *(found for one in stream.documents for found in one.diagnostics)]
    one = stream.documents[0] if stream.documents else None
    if one is None or not isinstance(one.value, dict):
        return Kustomization(document, False, (), (), (), (), wrong[0].message if wrong else "holds no mapping")
    names = _Names(document.folder, paths, folders, one)
    names.entries()
    names.others()
    component = one.value.get("kind") == "Component"
    return Kustomization(
        document, component, tuple(names.folders), tuple(names.files), tuple(names.patches), tuple(names.remote)
    )


class _Names:
    """Sorts what a kustomization names."""

    __slots__ = ("_document", "_folder", "_folders", "_paths", "files", "folders", "patches", "remote")

    def __init__(self, folder: str, paths: frozenset[str], folders: frozenset[str], document: YamlDocument) -> None:
        self._folder = folder
        self._paths = paths
        self._folders = folders
        self._document = document
        self.folders: list[str] = []
        self.files: list[str] = []
        self.patches: list[str] = []
        self.remote: list[tuple[str, int]] = []

    def entries(self) -> None:
        """Resources, bases and components; an entry that is neither here nor a remote one is left to the build."""
        for field in _ENTRIES:
            entries = _texts(self._document.value.get(field))
            for place, entry in entries:
                path = self._local(entry)
                if path in self._folders:
                    self.folders.append(path)
                elif path in self._paths:
                    self.files.append(path)
                elif _REMOTE.search(entry):
                    self.remote.append((entry, self._line(self._document.value[field], place)))

    def others(self) -> None:
        """Patches, generator inputs, and what only a plug-in or another program could make."""
        value = self._document.value
        for entry in _named_files(value):
            path = self._local(entry)
            if path in self._paths:
                self.patches.append(path)
            elif path in self._folders:
                self.folders.append(path)
            elif "\n" not in entry and _REMOTE.search(entry):
                self.remote.append((entry, 1))
        self.remote += [(field, self._line(value, field)) for field in _HELM if value.get(field)]

    def _local(self, entry: str) -> str:
        """An entry as a path below the base; the base itself is empty."""
        path = posixpath.normpath(posixpath.join(self._folder, entry)) if len(entry) < 1000 else entry
        return "" if path == "." else path

    def _line(self, container: Any, key: object) -> int:
        span = self._document.positions.value(container, key)
        return span.line if span else 1


def _texts(value: Any) -> list[tuple[int, str]]:
    return [(place, one) for place, one in enumerate(value) if isinstance(one, str)] if isinstance(value, list) else []


def _named_files(value: Mapping[str, Any]) -> Iterator[str]:
    """The files that fields other than resources name; inline texts among them are no paths and match nothing."""
    for field in _FILES:
        yield from (text for _, text in _texts(value.get(field)))
    for field in _WITH_PATH:
        yield from (one["path"] for one in _mappings(value.get(field)) if isinstance(one.get("path"), str))
    for field in _GENERATORS:
        for one in _mappings(value.get(field)):
            named = [text for key in ("files", "envs") for _, text in _texts(one.get(key))]
            named += [one["env"]] if isinstance(one.get("env"), str) else []
            yield from (text.rpartition("=")[2] for text in named)
    openapi = value.get("openapi")
    if isinstance(openapi, dict) and isinstance(openapi.get("path"), str):
        yield openapi["path"]


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class _Inputs:
    """The objects of all input files, by kind; patches apart."""

    __slots__ = ("_manifests", "_patches")

    def __init__(self, parts: Sequence[Kustomization], by_path: Mapping[str, Document]) -> None:
        manifests = [path for part in parts for path in part.files]
        patches = [path for part in parts for path in part.patches]
        self._manifests = _by_kind(manifests, by_path)
        self._patches = _by_kind(patches, by_path)

    def of(self, value: Mapping[str, Any]) -> list[Input]:
        """Where a built object comes from: the manifest of its kind whose name it has, then the patches of it."""
        kind, name = value.get("kind"), _name(value)
        bases = sorted(self._manifests.get(str(kind), ()), key=lambda one: -len(one[0]))
        base = next((one for one in bases if one[0] == name), None) or next(
            (one for one in bases if one[0] and one[0] in name), None
        )
        if base is None:
            return []
        patches = [one[1] for one in self._patches.get(str(kind), ()) if one[0] in {name, base[0]}]
        return [base[1], *patches]


def _by_kind(paths: Iterable[str], by_path: Mapping[str, Document]) -> dict[str, list[tuple[str, Input]]]:
    """Kind -> (name, object) of every object in some files."""
    out: dict[str, list[tuple[str, Input]]] = {}
    for path in dict.fromkeys(paths):
        for one in load(by_path[path].data).documents if path in by_path else ():
            items = one.value.get("items") if isinstance(one.value, dict) else None
            for value in items if isinstance(items, list) else [one.value]:
                if isinstance(value, dict) and isinstance(value.get("kind"), str):
                    out.setdefault(value["kind"], []).append((_name(value), Input(path, one.positions, value)))
    return out


def _name(value: Mapping[str, Any]) -> str:
    metadata = value.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return str(name) if name is not None else ""


def _documents(stream: Stream, path: str, inputs: _Inputs, version: str) -> Iterator[Derived]:
    """One document for each built object; what no input explains comes from the kustomization at `path`."""
    lines = stream.text.split("\n")
    for one in stream.documents:
        if one.empty and not one.diagnostics:
            continue
        text = "\n".join(lines[one.span.line - 1 : one.span.end_line]) + "\n"
        sources = inputs.of(one.value) if isinstance(one.value, dict) else []
        again = load(text).documents
        if sources and again:
            rendered = Input(path, again[0].positions, again[0].value)
            traced = traced_lines(text.count("\n"), rendered, sources)
            yield derived(sources[0].path, text, version, traced)
        else:
            yield derived(path, text, version, [Origin(path)] * text.count("\n"))
