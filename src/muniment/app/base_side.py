"""The files that set the gate, as they stand where a change began: whoever is judged does not set the gate."""

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from muniment.app.configured import load_settings
from muniment.app.plan import Plan, build_plan, load_libraries
from muniment.app.rendering import scratch
from muniment.app.settings import Settings
from muniment.errors import InputError, UsageError
from muniment.model.assessment import GateChange
from muniment.model.document import Document
from muniment.sources.directory import Directory
from muniment.sources.git import Revision, merge_base
from muniment.sources.process import Workspace

_CONFIGURATION: Final = ("muniment.yaml", "pyproject.toml")


class BaseSide:
    """Inside a `with` block: configuration, waivers and libraries of the merge base with `since`, in a private folder.

    They are read from there by what reads them anywhere. Raises UsageError where git has no such revision.
    """

    __slots__ = ("_base", "_workspace", "revision")

    def __init__(self, base: Path, since: str) -> None:
        self._base = base
        self._workspace = Workspace(scratch())
        self.revision = merge_base(base, since)

    def __enter__(self) -> Self:
        self._workspace.__enter__()
        self._bring(_CONFIGURATION)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workspace.__exit__(kind, error, trace)

    @property
    def folder(self) -> Path:
        """Where the files are, at their paths below the base."""
        return self._workspace.tree

    def plan(self, settings: Settings) -> Plan:
        """What both sides are judged by. A library that the base side does not have yet can only add to it."""
        self._bring([*settings.waivers, *settings.libraries])
        library = load_libraries(settings.libraries, self._base, before=self.folder)
        return build_plan(settings, self.folder, library=library)

    def _bring(self, paths: Sequence[str]) -> None:
        self._workspace.write(self._documents(paths))

    def _documents(self, paths: Sequence[str]) -> tuple[Document, ...]:
        """What lies below the paths on the base side. Raises UsageError for what no revision holds, such as a link."""
        below = [path for one in paths if (path := _inside(one)) is not None]
        found = Revision(self._base, self.revision, below, ()).find() if below else None
        for lost in found.unread if found else ():
            raise UsageError(f"{lost.location.path}: {lost.message}, and it sets the gate", code="base-side")
        return found.documents if found else ()

    def changes(self, settings: Settings) -> tuple[GateChange, ...]:
        """How the judged tree would set the gate otherwise. Raises UsageError and PolicyError if that does not load."""
        own = load_settings(self._base)
        found = [
            *_configuration(load_settings(self.folder), own),
            *self._differences("waiver", (*settings.waivers, *own.waivers)),
            *self._differences("baseline", (settings.baseline, own.baseline)),
            *self._differences("policy", (*settings.libraries, *own.libraries)),
        ]
        if found:
            build_plan(own, self._base)
        return tuple(sorted(found))

    def _differences(self, what: str, paths: Sequence[str]) -> Iterator[GateChange]:
        named = [path for path in dict.fromkeys(paths) if path]
        before = {one.path: one for one in self._documents(named)}
        here = [path for one in named if (path := _inside(one)) is not None and (self._base / path).exists()]
        after = {one.path: one for one in Directory(self._base, here).find().documents} if here else {}
        for path in before.keys() | after.keys():
            state = _state(before.get(path), after.get(path))
            if state and "/cases/" not in path:
                yield GateChange(state, what, path)


def _configuration(before: Settings, after: Settings) -> Iterator[GateChange]:
    """Whether the settings differ, however they are written down."""
    if before._replace(origins={}) != after._replace(origins={}):
        state = "added" if not before.file else "changed" if after.file else "removed"
        yield GateChange(state, "configuration", (after.file or before.file).partition(" ")[0])


def _inside(path: str) -> str | None:
    """A path below the base in its plain form, empty for the base itself; None for one that leads out of it."""
    plain = posixpath.normpath(path)
    return None if plain.startswith(("/", "../")) or plain == ".." else "" if plain == "." else plain


def _state(before: Document | None, after: Document | None) -> str:
    """`added`, `removed` or `changed`; empty for what is the same on both sides."""
    if before is None or after is None:
        return "added" if before is None else "removed"
    try:
        return "" if before.data == after.data else "changed"
    except InputError:
        return "changed"
