"""Lists the files of a folder and of all folders below it, for `fileset` with a pattern that reaches down."""

import posixpath
from typing import Final

from muniment.core.ports import Read
from muniment.errors import InputError

_MOST: Final = 10_000
"""Files and folders below one."""
_MOST_IN_ALL: Final = 50_000


class Listing:
    """The files below the folders that one root asks for, each looked for once."""

    __slots__ = ("_known", "_left", "_read")

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[str, tuple[str, ...]] = {}
        self._left = _MOST_IN_ALL

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths of the files, relative to the folder. Raises InputError where they cannot all be listed."""
        if folder not in self._known:
            self._known[folder] = self._found(folder)
        return self._known[folder]

    def _found(self, folder: str) -> tuple[str, ...]:
        found: list[str] = []
        work = [""]
        most = min(_MOST, self._left)
        for inner in work:
            here = posixpath.join(folder, inner).rstrip("/")
            start = f"{inner}/" if inner else ""
            found += (start + name for name in self._read.names(here))
            work += (start + name for name in self._read.folders(here))
            if len(found) + len(work) > most:
                self._left -= most
                raise InputError(f"{folder or '.'} holds more than {most} files and folders", code="limit-exceeded")
        self._left -= len(found) + len(work)
        return tuple(found)
