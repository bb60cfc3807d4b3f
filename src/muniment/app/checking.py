"""The use case of `check`: which documents, which settings, which plan, and the base side of a change."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from muniment.app.intake import Intake
from muniment.app.pipeline import Means, run
from muniment.app.plan import Plan, build_plan
from muniment.app.rendering import renderings
from muniment.app.settings import Settings
from muniment.core.baseline import Baseline, of_results
from muniment.core.ports import Read
from muniment.errors import InputError, UsageError
from muniment.model.assessment import Assessment
from muniment.model.document import Document

if TYPE_CHECKING:
    from muniment.app.base_side import BaseSide


_ANY: Final = frozenset("*")
"""Every id: what a comment of the base side names wrongly is no mistake of the change that mends it."""


class Base(NamedTuple):
    """The folder that all paths are relative to, and the asked-for paths below it."""

    folder: Path
    paths: tuple[str, ...]
    """Empty text is the base itself."""


def find_base(paths: Sequence[str], named: str = "") -> Base:
    """The top folder of the repository that holds the paths, else the first path's folder.

    Raises UsageError for a path that does not exist or lies outside of the base.
    """
    full = [Path(path) for path in paths]
    for path, text in zip(full, paths, strict=True):
        if not os.path.lexists(path):
            raise UsageError(f"{text} does not exist", code="missing-path", hint="check the spelling of the path")
    first = full[0] if full[0].is_dir() else full[0].parent
    folder = Path(os.path.realpath(named)) if named else _top(Path(os.path.realpath(first)))
    return Base(folder, tuple(_below(path, folder) for path in full))


def _top(folder: Path) -> Path:
    """The nearest folder above, or the folder itself, that holds a repository."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def _below(path: Path, folder: Path) -> str:
    """A path relative to the base; links are followed on the way to it, not at its end."""
    parent = Path(os.path.realpath(path.parent)) / path.name if path.name not in {"", ".."} else path.resolve()
    real = parent if parent.is_relative_to(folder) else path.resolve()
    if not real.is_relative_to(folder):
        raise UsageError(f"{path} is not below {folder.name}", code="outside-base", hint="name the base with --base")
    relative = real.relative_to(folder).as_posix()
    return "" if relative == "." else relative


def directory_intake(base: Base, settings: Settings, *, strict: bool = True) -> tuple[Intake, Read]:
    """Everything below the asked-for paths, with charts and overlays rendered.

    Where `strict`, the settings are the tree's own: an exclusion that matches nothing is then a UsageError.
    """
    from muniment.sources.directory import Directory

    directory = Directory(base.folder, base.paths, settings.excludes)
    found = directory.find()
    if strict and found.unused:
        rule = found.unused[0]
        raise UsageError(f"exclude: {rule.path!r} matches nothing", code="configuration", hint="remove the entry")
    files = frozenset(path for path in base.paths if path and not (base.folder / path).is_dir())
    only = files if files and len(files) == len(base.paths) else None
    reader = DirectoryRead(directory, {document.path: document for document in found.documents})
    rendered = renderings(found.documents, settings)
    return Intake(found.documents, found.ledger, found.unread, base.paths, only, rendered), reader


class DirectoryRead:
    """Reads more of a directory for parsers; a document that was walked is given again, not read twice."""

    __slots__ = ("_documents", "_source")

    def __init__(self, source: "Readable", documents: dict[str, Document]) -> None:
        self._source = source
        self._documents = documents

    def __call__(self, path: str) -> Document | None:
        """A document by its path below the base."""
        if path not in self._documents:
            found = self._source.read(path)
            if found is None:
                return None
            self._documents[path] = found
        return self._documents[path]

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder."""
        return self._source.names(folder)

    def folders(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in one. Raises InputError."""
        return self._source.folders(folder)


class Readable(Protocol):
    """What `DirectoryRead` asks of a source."""

    def read(self, path: str) -> Document | None:
        """A document below the base."""

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder."""

    def folders(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in one. Raises InputError."""


def revision_intake(base: Base, settings: Settings, revision: str) -> tuple[Intake, Read]:
    """The same paths as they stand in a revision of the repository, without a checkout."""
    from muniment.sources.git import Revision

    source = Revision(base.folder, revision, base.paths, settings.excludes)
    found = source.find()
    rendered = renderings(found.documents, settings)
    return Intake(found.documents, found.ledger, found.unread, base.paths, None, rendered), DirectoryRead(
        source, {document.path: document for document in found.documents}
    )


def stream_intake(
    data: bytes,
    name: str,
    format: str,  # noqa: A002  the field's name
    base: Path | None = None,
) -> tuple[Intake, Read]:
    """One document from standard input; `name` is its path in reports. With `base` parsers may read beside it."""
    document = Document(name, data)
    source: Readable = _Alone(name)
    if base is not None:
        from muniment.sources.directory import Directory

        source = Directory(base)
    return Intake((document,), as_format=format), DirectoryRead(source, {name: document})


def stream_format(data: bytes) -> str:
    """The format that a text certainly has; empty where it has to be named."""
    from muniment.parsers.kubernetes.signs import is_manifest
    from muniment.parsers.terraform.plans.signs import is_plan

    if is_plan(data):
        return "terraform-plan"
    return "kubernetes" if is_manifest(data) else ""


class _Alone:
    """A source of one document."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, _path: str) -> Document | None:
        """Nothing."""
        return None

    def names(self, folder: str) -> tuple[str, ...]:
        """The document, in its folder."""
        above, _, name = self._name.rpartition("/")
        return (name,) if folder == above else ()

    def folders(self, _folder: str) -> tuple[str, ...]:
        """None: what lies beside the document is not known. Raises InputError."""
        raise InputError("the folders beside standard input are not known", code="stand-in")


def check(
    base: Base,
    settings: Settings,
    *,
    now: datetime,
    side: "BaseSide | None" = None,
    means: Means = Means(),  # noqa: B008  a frozen value
) -> Assessment:
    """Judges what lies below the asked-for paths; with a base `side`, against it and by what is in force there.

    Raises UsageError and PolicyError.
    """
    intake, read = directory_intake(base, settings, strict=side is None)
    if side is None:
        plan = build_plan(settings, base.folder, baseline=load_baseline(settings, base.folder))
        return run(intake, plan, read, now=now, means=means)
    plan = side.plan(settings)
    opened = _with_plan(revision_intake(base, settings, side.revision), plan._replace(foreign=_ANY))
    before = run(*opened, now=now, means=means._replace(progress=None))
    plan = plan._replace(baseline=of_results(before.results), before=before, gate_changes=side.changes(settings))
    return run(intake, plan, read, now=now, means=means)


def _with_plan(opened: tuple[Intake, Read], plan: Plan) -> tuple[Intake, Plan, Read]:
    return opened[0], plan, opened[1]


def load_baseline(settings: Settings, base: Path) -> Baseline | None:
    """The baseline file of the settings, None without one. Raises PolicyError, UsageError if it is not there."""
    if not settings.baseline:
        return None
    from muniment.content.baselines import load_baseline_file

    path = base / settings.baseline
    if not path.is_file():
        raise UsageError(
            f"the baseline {settings.baseline} does not exist",
            code="missing-path",
            hint="make it with: muniment baseline create",
        )
    return Baseline(load_baseline_file(path, settings.baseline))
