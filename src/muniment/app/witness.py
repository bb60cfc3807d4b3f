"""Remembers what parsers asked for beyond the documents that they were given."""

from collections.abc import Iterable
from typing import NamedTuple

from muniment.app.registry import may_be_read
from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.model.document import Document


class Asked(NamedTuple):
    """Questions and their answers: where they are the same, so is what was made of them."""

    documents: tuple[tuple[str, str], ...] = ()
    """(path, digest); the digest is empty for what was not there."""
    folders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(folder, names of its files)."""
    subfolders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(folder, names of the folders in it)."""

    def holds(self, read: Read) -> bool:
        """Whether the same questions have the same answers."""
        return (
            all(read.names(folder) == names for folder, names in self.folders)
            and all(_folders(read, folder) == names for folder, names in self.subfolders)
            and all(digest_of(read(path)) == digest for path, digest in self.documents)
        )


class Witness:
    """Answers as another Read does, and remembers what was asked."""

    __slots__ = ("_documents", "_folders", "_read", "_subfolders")

    def __init__(self, read: Read) -> None:
        self._read = read
        self._documents: dict[str, str] = {}
        self._folders: dict[str, tuple[str, ...]] = {}
        self._subfolders: dict[str, tuple[str, ...]] = {}

    def __call__(self, path: str) -> Document | None:
        """Another document by its path below the base."""
        found = self._read(path)
        self._documents[path] = digest_of(found)
        return found

    def names(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the files in a folder below the base."""
        self._folders[folder] = self._read.names(folder)
        return self._folders[folder]

    def folders(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the folders in one. Raises InputError."""
        self._subfolders[folder] = _folders(self._read, folder)
        return self._read.folders(folder)

    def whole(self, folder: str) -> None:
        """Asks for everything in a folder that any parser might read."""
        for name in self.names(folder):
            if may_be_read(name):
                self(f"{folder}/{name}" if folder else name)

    def asked(self) -> Asked:
        """All questions so far."""
        return Asked(
            tuple(sorted(self._documents.items())),
            tuple(sorted(self._folders.items())),
            tuple(sorted(self._subfolders.items())),
        )


def together(asked: Iterable[Asked]) -> Asked:
    """The questions of several."""
    parts = tuple(asked)
    return Asked(
        tuple(sorted({one for part in parts for one in part.documents})),
        tuple(sorted({one for part in parts for one in part.folders})),
        tuple(sorted({one for part in parts for one in part.subfolders})),
    )


def _folders(read: Read, folder: str) -> tuple[str, ...]:
    """The folders in one; of what cannot be listed, the reason, which is no name of a folder."""
    try:
        return read.folders(folder)
    except InputError as error:
        return (f"/{error.code}: {error}",)


def digest_of(document: Document | None) -> str:
    """The digest of a document, empty if there is none; of what cannot be read, the reason."""
    if document is None:
        return ""
    try:
        return document.digest
    except InputError as error:
        return f"{error.code}: {error}"
