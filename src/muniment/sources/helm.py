"""Charts of Helm, rendered by the helm program into manifests that know their templates.

Only `helm template` is run, on a copy of the chart's files: no repository, no dependency, no cluster, no plug-in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.errors import InputError
from muniment.languages.yaml import load
from muniment.model.derived import Derived
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.sources.process import Done, Workspace
from muniment.sources.rendering import MISSING, Rendering, derived, refused, source_lines

KUBERNETES: Final = "1.33.0"
"""The version that charts are rendered for where nothing else is said."""

_SOURCE: Final = re.compile(r"^# Source: (\S+)\s*$", re.MULTILINE)
_CHANGING: Final = re.compile(
    rb"\b(?:rand[A-Z]\w*|gen[A-Z]\w*|now|ago|uuidv4|shuffle|bcrypt|htpasswd|encryptAES|derivePassword|build\w*Cert)\b"
)
"""Template functions that may give something else each time."""
_OWN: Final = (
    "Chart.yaml",
    "Chart.lock",
    "requirements.yaml",
    "requirements.lock",
    "values.schema.json",
    ".helmignore",
)
_INSIDE: Final = ("templates/", "charts/", "ci/")


class Chart(NamedTuple):
    """A chart folder. Subcharts belong to it; a library chart is only there for others."""

    folder: str
    name: str
    library: bool
    dependencies: tuple[str, ...]
    """Names of the charts that it needs."""
    documents: tuple[Document, ...]
    """All files of the folder that belong to no other chart."""
    problem: str = ""
    """Why Chart.yaml cannot be read."""


class Helm(NamedTuple):
    """How charts are rendered. Without a `program` every chart is Unread."""

    program: str | None
    scratch: Path
    """An existing folder for the renderer's private files."""
    seconds: float = 30.0
    kubernetes: str = KUBERNETES
    namespace: str = "default"
    api_versions: tuple[str, ...] = ()

    def renderings(
        self, documents: Sequence[Document], values: Mapping[str, Sequence[str]] | None = None
    ) -> tuple[Rendering, ...]:
        """Every chart among the documents, with its default values and with each set of value files.

        `values` has paths of value files below the base for `charts/web` (instead of none) or for a variant
        `charts/web@prod` (beside the default).
        """
        by_path = {document.path: document for document in documents}
        charts = find_charts(documents)
        version = self._version() if charts else ""
        return tuple(
            self._render(chart, root, [by_path[path] for path in paths if path in by_path], missing)._replace(
                version=version
            )
            for chart in charts
            for root, paths in _variants(chart, values or {})
            for missing in [next((path for path in paths if path not in by_path), "")]
        )

    def _render(self, chart: Chart, root: str, values: Sequence[Document], missing: str) -> Rendering:
        """One chart with one set of values."""
        if chart.library:
            return Rendering(root, consumed=_consumed(chart, rendered=True))
        lost = self._obstacle(chart, missing)
        if lost is None:
            with Workspace(self.scratch) as workspace:
                workspace.write((*chart.documents, *values))
                done = workspace.run(self._command(chart, values), seconds=self.seconds)
                again = done
                if _may_change(chart) and not done.problem:
                    again = workspace.run(self._command(chart, values), seconds=self.seconds)
            texts, other = _by_template(done), _by_template(again)
            lost = _failure(chart, done, texts)
            if lost is None:
                made = tuple(_document(chart, source, text, other.get(source, "")) for source, text in texts.items())
                return Rendering(root, made, _consumed(chart, rendered=True))
        return refused(root, "HelmChart", chart.name, lost, _consumed(chart, rendered=False))

    def _obstacle(self, chart: Chart, missing: str) -> Unread | None:
        """Why a chart need not be tried."""
        if chart.problem:
            return _lost(chart, "syntax-error", chart.problem, "")
        if missing:
            return _lost(chart, "renderer-failed", f"the value file {missing} is not there", "correct the setting")
        absent = [name for name in chart.dependencies if not _vendored(chart, name)]
        if absent:
            message = f"the chart needs {', '.join(absent)}, which is not in its charts folder"
            return _lost(chart, "renderer-failed", message, f"run: helm dependency build {chart.folder or '.'}")
        if self.program is None:
            hint = f"install helm, or scan the output of: helm template {chart.folder or '.'}"
            return _lost(chart, MISSING, "helm is not there to render the chart", hint)
        return None

    def _command(self, chart: Chart, values: Sequence[Document]) -> list[str]:
        command = [self.program or "helm", "template", chart.name, f"./{chart.folder}", "--include-crds"]
        command += ["--namespace", self.namespace, "--kube-version", self.kubernetes]
        for version in self.api_versions:
            command += ["--api-versions", version]
        for document in values:
            command += ["--values", document.path]
        return command

    def _version(self) -> str:
        """The program with its version, `helm v3.18.0`; only the name if it does not say, empty without one."""
        if self.program is None:
            return ""
        with Workspace(self.scratch) as workspace:
            done = workspace.run([self.program, "version", "--template", "{{.Version}}"], seconds=self.seconds)
        return f"helm {done.output.decode('utf-8', 'replace').strip()}".strip()


def _variants(chart: Chart, values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """(root, value files) of every way in which a chart is rendered."""
    folder = chart.folder or "."
    yield f"{folder}@{chart.name}", values.get(folder, ())
    for key in sorted(values):
        if key.startswith(f"{folder}@"):
            yield key, values[key]


def find_charts(documents: Iterable[Document]) -> tuple[Chart, ...]:
    """The charts of a tree, sorted by folder; subcharts are part of the chart that holds them."""
    everything = sorted(documents, key=lambda document: document.path)
    folders = [document.folder for document in everything if document.name == "Chart.yaml"]
    tops = [folder for folder in folders if not any(_is_below(folder, f"{other}/charts") for other in folders)]
    files: dict[str, list[Document]] = {folder: [] for folder in tops}
    for document in everything:
        owner = _owner(document.folder, files)
        if owner is not None:
            files[owner].append(document)
    return tuple(_chart(folder, inside) for folder, inside in files.items())


def _owner(folder: str, files: Mapping[str, object]) -> str | None:
    """The nearest chart folder around a folder."""
    while folder not in files:
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
    return folder


def _is_below(folder: str, other: str) -> bool:
    return f"{folder}/".startswith(f"{other.lstrip('/')}/")


def _chart(folder: str, documents: list[Document]) -> Chart:
    start = f"{folder}/" if folder else ""
    by_path = {document.path: document for document in documents}
    about, problem = _mapping(by_path[f"{start}Chart.yaml"])
    name = about.get("name")
    more = by_path.get(f"{start}requirements.yaml")
    needed = about.get("dependencies") or (_mapping(more)[0].get("dependencies") if more else None)
    names = [one.get("name") for one in needed if isinstance(one, dict)] if isinstance(needed, list) else []
    return Chart(
        folder,
        name if isinstance(name, str) and re.fullmatch(r"[\w.-]+", name) else "release",
        about.get("type") == "library",
        tuple(one for one in names if isinstance(one, str)),
        tuple(documents),
        problem,
    )


def _mapping(document: Document) -> tuple[dict[str, Any], str]:
    """The mapping that a file holds, and what is wrong with it."""
    try:
        stream = load(document.data, dialect="yamlv3")
    except InputError as error:
        return {}, str(error)
    wrong = [*stream.diagnostics, *(found for one in stream.documents for found in one.diagnostics)]
    value = stream.documents[0].value if stream.documents else None
    if not isinstance(value, dict):
        return {}, wrong[0].message if wrong else "holds no mapping"
    return value, ""


def _vendored(chart: Chart, name: str) -> bool:
    start = f"{chart.folder}/charts/{name}".lstrip("/")
    return any(
        document.path == f"{start}/Chart.yaml"
        or (document.path.startswith(f"{start}-") and document.path.endswith(".tgz"))
        for document in chart.documents
    )


def _consumed(chart: Chart, *, rendered: bool) -> frozenset[str]:
    """The files that only mean something once rendered; custom resource definitions are plain, rendered or not."""
    start = f"{chart.folder}/" if chart.folder else ""
    inside = (*_INSIDE, "crds/") if rendered else _INSIDE
    return frozenset(
        document.path
        for document in chart.documents
        for local in [document.path.removeprefix(start)]
        if local in _OWN or local.startswith(inside) or re.fullmatch(r"values[^/]*\.ya?ml", local)
    )


def _lost(chart: Chart, reason: str, message: str, hint: str) -> Unread:
    path = f"{chart.folder}/Chart.yaml".lstrip("/")
    return Unread(Location(path, 1), reason, message, hint, "kubernetes")


def _may_change(chart: Chart) -> bool:
    """Whether a second rendering may differ; what is packed cannot be looked into and may."""
    return any(
        document.path.endswith(".tgz") or ("templates/" in document.path and _CHANGING.search(document.data))
        for document in chart.documents
    )


def _failure(chart: Chart, done: Done, texts: Mapping[str, str]) -> Unread | None:
    """What a run that gave no manifests is called."""
    hint = f"see: helm template {chart.folder or '.'}"
    if done.problem:
        return _lost(chart, done.problem, done.message, hint)
    if not texts:
        return _lost(chart, "renderer-failed", "helm wrote no manifests", hint)
    if "" in texts:
        return _lost(chart, "renderer-failed", "helm wrote something that comes from no template", hint)
    return None


def _by_template(done: Done) -> dict[str, str]:
    """Template -> all that it rendered; the template is empty for text that names none."""
    texts: dict[str, str] = {}
    output = "" if done.problem else done.output.decode("utf-8", "replace").replace("\r\n", "\n")
    for piece in re.split(r"^---[ \t]*$\n?", output, flags=re.MULTILINE):
        if piece.strip():
            found = _SOURCE.search(piece)
            source = found[1] if found and not piece[: found.start()].strip() else ""
            texts[source] = f"{texts.get(source, '')}---\n{piece}" + ("" if piece.endswith("\n") else "\n")
    return texts


def _document(chart: Chart, source: str, text: str, again: str) -> Derived:
    """What one template rendered. Lines that a second rendering has otherwise are unstable."""
    by_path = {document.path: document for document in chart.documents}
    path = f"{chart.folder}/{source.partition('/')[2]}".lstrip("/")
    template = by_path.get(path)
    written = template.data.decode("utf-8", "replace").splitlines() if template else []
    place = path if template else _archive(chart, path)
    lines, other = text.splitlines(), again.splitlines()
    moved = len(lines) != len(other)
    unstable = frozenset(number for number, line in enumerate(lines, 1) if moved or line != other[number - 1])
    return derived(place, text, "helm", source_lines(lines, written, place), unstable)


def _archive(chart: Chart, path: str) -> str:
    """The packed subchart that a template comes from, else the chart itself."""
    start = f"{chart.folder}/charts/".lstrip("/")
    name = path.removeprefix(start).partition("/")[0]
    packed = (
        one.path for one in chart.documents if one.path.startswith(f"{start}{name}-") and one.path.endswith(".tgz")
    )
    return next(packed, f"{chart.folder}/Chart.yaml".lstrip("/"))
