"""Documents of a revision of a git repository, read from its object store without a checkout.

Runs `git` and nothing else: no filter, no hook, and no other machine, even where a clone is partial.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from muniment.errors import InputError, UsageError
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.sources.directory import LARGEST, Found
from muniment.sources.exclusion import FOLDERS, Exclude, excluding_within

_LINK: Final = "120000"
_SUBMODULE: Final = "160000"


class Revision:
    """The tracked files of one revision, below the asked-for paths."""

    __slots__ = ("_blobs", "_excludes", "_paths", "_repository", "_revision")

    def __init__(self, repository: Path, revision: str, paths: Sequence[str], excludes: Sequence[Exclude]) -> None:
        self._repository = repository
        self._revision = revision
        self._paths = paths
        self._excludes = excludes
        self._blobs: dict[str, tuple[str, str, int]] | None = None

    def find(self) -> Found:
        """Every tracked file as a Document; links and submodules are Unread."""
        documents: list[Document] = []
        ledger: list[LedgerLine] = []
        unread: list[Unread] = []
        for path, (mode, _, size) in sorted(self._tree().items()):
            if not any(not asked or path == asked or path.startswith(f"{asked}/") for asked in self._paths):
                continue
            rule = self._rule(path)
            if rule:
                ledger.append(LedgerLine(path, "excluded", reason=rule))
            elif mode == _SUBMODULE:
                unread.append(Unread(Location(path, 1), "submodule-missing", "a submodule is not part of the revision"))
            elif mode == _LINK:
                unread.append(Unread(Location(path, 1), "link-outside", "links are not followed in a revision"))
            else:
                documents.append(self._document(path, size))
        return Found(tuple(documents), tuple(ledger), tuple(unread), ())

    def read(self, path: str) -> Document | None:
        """A tracked file; None if there is none."""
        entry = self._tree().get(path)
        return self._document(path, entry[2]) if entry and entry[0] not in {_LINK, _SUBMODULE} else None

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the tracked files in a folder."""
        start = f"{folder}/" if folder else ""
        inside = (path[len(start) :] for path in self._tree() if path.startswith(start))
        return tuple(sorted(name for name in inside if "/" not in name))

    def folders(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in one. Raises InputError for a link or submodule, which may be one."""
        start = f"{folder}/" if folder else ""
        found = set()
        for path, (mode, _, _) in self._tree().items():
            if path.startswith(start):
                name, mark, _ = path[len(start) :].partition("/")
                if mark:
                    found.add(name)
                elif mode in {_LINK, _SUBMODULE}:
                    raise InputError(f"{path} is not followed in a revision", code="link-outside")
        return tuple(sorted(found))

    def _document(self, path: str, size: int) -> Document:
        def load() -> bytes:
            if size > LARGEST:
                raise InputError(f"has {size} bytes; {LARGEST} are read at most", code="too-large")
            return git(self._repository, "cat-file", "blob", self._tree()[path][1])

        return Document(path, load)

    def _tree(self) -> dict[str, tuple[str, str, int]]:
        """Path -> mode, object, size."""
        if self._blobs is None:
            self._blobs = {}
            listing = git(self._repository, "ls-tree", "-r", "-l", "-z", "--", self._revision)
            for row in listing.decode("utf-8", "surrogateescape").split("\0"):
                if row:
                    head, _, path = row.partition("\t")
                    mode, _, identity, size = head.split()
                    self._blobs[path] = (mode, identity, int(size) if size.isdigit() else 0)
        return self._blobs

    def _rule(self, path: str) -> str:
        """Why a file is left out; empty if it is not."""
        folder = next((part for part in path.split("/")[:-1] if part in FOLDERS), "")
        if folder:
            return f"folder named {folder}"
        rule = excluding_within(path, self._excludes)
        return rule.why if rule else ""


def merge_base(repository: Path, revision: str) -> str:
    """The commit where the working tree's branch left `revision`. Raises UsageError if there is none."""
    return git(repository, "merge-base", "--", revision, "HEAD").decode().strip()


def git(repository: Path, *arguments: str) -> bytes:
    """The output of a git command. Raises UsageError with git's own words if it fails."""
    try:
        done = subprocess.run(  # noqa: S603  git is named by the product, and the revision is an argument of it
            ["git", "-C", str(repository), "--no-replace-objects", "-c", "protocol.allow=never", *arguments],  # noqa: S607  the person's own git
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("git is not on the PATH", code="missing-program") from error
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(f"git {arguments[0]}: {message or 'failed'}", code="git")
    return done.stdout
