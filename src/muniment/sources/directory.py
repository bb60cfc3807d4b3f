"""Documents of a folder: walked in sorted order, below a base that all paths are relative to."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from muniment.errors import InputError, UsageError
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.sources.exclusion import FOLDERS, Exclude, excluding, searched

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file; `too-large` above."""


class Found(NamedTuple):
    """What a walk found."""

    documents: tuple[Document, ...]
    ledger: tuple[LedgerLine, ...]
    unread: tuple[Unread, ...]
    unused: tuple[Exclude, ...]
    """Rules that excluded nothing, though everything that they can match was looked at."""


class Directory:
    """The files below `base`; `narrow` are the paths, relative to it, that the walk starts from."""

    __slots__ = ("_base", "_excludes", "_real", "_roots")

    def __init__(self, base: Path, narrow: Sequence[str] = ("",), excludes: Sequence[Exclude] = ()) -> None:
        self._base = base
        self._real = os.path.realpath(base)
        self._roots = narrow
        self._excludes = excludes

    def find(self) -> Found:
        """Walks once. Every file is a Document, a ledger line says why it is not, or an Unread does."""
        walk = _Walk(self._base, self._real, self._excludes)
        for root in sorted(set(self._roots)):
            walk.enter(root)
        return Found(
            tuple(walk.documents[path] for path in sorted(walk.documents)),
            tuple(sorted(walk.ledger)),
            tuple(sorted(walk.unread)),
            tuple(rule for rule in self._excludes if rule not in walk.used and searched(rule, self._roots)),
        )

    def read(self, path: str) -> Document | None:
        """A file below the base that was not walked, such as a module elsewhere; None if it is not there."""
        full = os.path.normpath(os.path.join(self._base, path))  # noqa: PTH118  pathlib costs ten times as much here
        inside = os.path.realpath(full)
        if not self._is_inside(inside) or not os.path.isfile(inside):  # noqa: PTH113
            return None
        return document(path, full)

    def names(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the files in a folder below the base; empty if there is none."""
        try:
            with os.scandir(os.path.join(self._base, folder)) as entries:  # noqa: PTH118
                return tuple(sorted(entry.name for entry in entries if entry.is_file()))
        except OSError:
            return ()

    def folders(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the folders in one, linked ones too. Raises InputError if one leads out of the base."""
        try:
            with os.scandir(os.path.join(self._base, folder)) as entries:  # noqa: PTH118
                found = [entry for entry in entries if entry.is_dir()]
        except OSError:
            return ()
        for entry in found:
            if entry.is_symlink() and not self._is_inside(os.path.realpath(entry.path)):
                raise InputError(f"{folder}/{entry.name} leads out of the base", code="link-outside")
        return tuple(sorted(entry.name for entry in found))

    def _is_inside(self, real: str) -> bool:
        return real == self._real or real.startswith(self._real + os.sep)


class _Walk:
    """One walk: collects documents, ledger lines and what cannot be read."""

    __slots__ = ("_base", "_excludes", "_real", "documents", "ledger", "unread", "used")

    def __init__(self, base: Path, real: str, excludes: Sequence[Exclude]) -> None:
        self._base = str(base)
        self._real = real
        self._excludes = excludes
        self.documents: dict[str, Document] = {}
        self.ledger: list[LedgerLine] = []
        self.unread: list[Unread] = []
        self.used: set[Exclude] = set()

    def enter(self, root: str) -> None:
        """Starts at a file or folder. Raises UsageError if it does not exist."""
        full = os.path.join(self._base, root) if root else self._base  # noqa: PTH118
        if os.path.isdir(full):  # noqa: PTH112
            self._folder(root, full, ())
        elif os.path.lexists(full):
            if not self._excluded(root, folder=False):
                self._file(root, full, link=os.path.islink(full))  # noqa: PTH114
        else:
            raise UsageError(f"{root or self._base} does not exist", code="missing-path")

    def _folder(self, path: str, full: str, above: tuple[str, ...]) -> None:
        try:
            with os.scandir(full) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._refuse(path, "permission", error.strerror or "cannot be listed")
            return
        for entry in entries:
            inner = f"{path}/{entry.name}" if path else entry.name
            if entry.is_dir():
                self._subfolder(inner, entry, above)
            elif not self._excluded(inner, folder=False):
                self._file(inner, entry.path, link=entry.is_symlink())

    def _subfolder(self, path: str, entry: "os.DirEntry[str]", above: tuple[str, ...]) -> None:
        if entry.name in FOLDERS:
            self.ledger.append(LedgerLine(path, "excluded", reason=f"folder named {entry.name}"))
            return
        if self._excluded(path, folder=True):
            return
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not self._inside(real):
                self._refuse(path, "link-outside", "the link leads out of the base")
                return
            if real in above or self._real == real:
                self._refuse(path, "link-loop", "the link leads back to a folder above it")
                return
        self._folder(path, entry.path, (*above, os.path.realpath(entry.path)) if entry.is_symlink() or above else above)

    def _file(self, path: str, full: str, *, link: bool) -> None:
        if link:
            real = os.path.realpath(full)
            if not self._inside(real):
                self._refuse(path, "link-outside", "the link leads out of the base")
                return
            if not os.path.exists(real):  # noqa: PTH110
                self._refuse(path, "permission", "the link leads to nothing")
                return
        self.documents[path] = document(path, full)

    def _inside(self, real: str) -> bool:
        return real == self._real or real.startswith(self._real + os.sep)

    def _excluded(self, path: str, *, folder: bool) -> bool:
        rule = excluding(path, self._excludes, folder=folder)
        if rule is None:
            return False
        self.used.add(rule)
        self.ledger.append(LedgerLine(path, "excluded", reason=rule.why))
        return True

    def _refuse(self, path: str, reason: str, message: str) -> None:
        self.unread.append(Unread(Location(path, 1), reason, message))


def document(path: str, full: str) -> Document:
    """A Document that reads the file `full` when it is asked to."""
    return Document(path, lambda: _read(full))


def _read(full: str) -> bytes:
    try:
        with open(full, "rb") as file:  # noqa: PTH123  pathlib costs ten times as much here
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("is not a plain file", code="permission")
            if status.st_size > LARGEST:
                raise InputError(
                    f"has {status.st_size} bytes; {LARGEST} are read at most",
                    code="too-large",
                    hint="exclude it with a reason, or split it",
                )
            return file.read()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", code="permission") from error
