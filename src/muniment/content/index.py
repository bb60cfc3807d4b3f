"""The compiled index: what a library says, in one file that loads in a few milliseconds.

One function builds it from a library folder; the package build writes it into the wheel, and the app keeps one for
each folder given on the command line, keyed by the folder's content. It is never committed.
"""

import hashlib
import marshal
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.model.framework import Control, Framework
from muniment.model.policy import Assert, ControlLink, Policy
from muniment.model.status import Severity

FORMAT: Final = 5
"""Raised when the shape below or that of a source changes: an index of another format is rebuilt."""


class Library(NamedTuple):
    """Everything that one library folder holds."""

    policies: tuple[Policy, ...]
    frameworks: tuple[Framework, ...]
    foreign: frozenset[str] = frozenset()
    """Ids of other tools that are known and that no policy claims."""
    notes: tuple[str, ...] = ()
    """What a person should know of its files, such as policies that cannot be run here."""
    state: str = ""
    """What tells these files from every other state of them; empty where nobody asked."""


_SUFFIXES: Final = (".yaml", ".yml", ".json", ".txt", ".rego", ".py")
"""Of the files that an index is made of, in whatever language."""


_PASSED_OVER: Final = frozenset({"cases", "__pycache__"})
"""Folders with nothing that an index is made of."""


def content_key(folder: Path) -> str:
    """SHA-256 over the names and bytes of everything in a library folder that can change its index."""
    digest = hashlib.sha256(f"{FORMAT}\n".encode())
    start = len(os.fspath(folder)) + 1
    for path in sorted(entry.path for entry in _sources(os.fspath(folder))):
        data = Path(path).read_bytes()
        digest.update(f"{path[start:].replace(os.sep, '/')}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def state_key(folder: Path) -> str:
    """SHA-256 over the names, sizes and times of change of the same files, as git tells that a file is unchanged.

    It reads nothing, so it costs less than half of `content_key`. For our own library in a checkout only: what others
    gave us is told by its content.
    """
    return f"{FORMAT} {files_state(folder, _SUFFIXES)}"


def files_state(folder: Path, suffixes: tuple[str, ...], without: frozenset[str] = _PASSED_OVER) -> str:
    """SHA-256 over the names, sizes and times of change of the files below a folder whose names end so.

    Folders of the names in `without` are not entered.
    """
    rows = ((entry.path, entry.stat()) for entry in _sources(os.fspath(folder), suffixes, without))
    told = sorted(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ino}" for path, state in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _sources(
    folder: str, suffixes: tuple[str, ...] = _SUFFIXES, without: frozenset[str] = _PASSED_OVER
) -> Iterator[os.DirEntry[str]]:
    """Every file that an index is made of; cases are not, and they are most of a library."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in without:
                    yield from _sources(entry.path, suffixes, without)
            elif entry.name.endswith(suffixes):
                yield entry


def dump_index(library: Library) -> bytes:
    """The index as bytes that `load_index` of the same format reads back."""
    policies = [
        (
            *policy[:2],
            str(policy.severity),
            *policy[3:5],
            [tuple(link) for link in policy.controls],
            *policy[6:11],
            [_plain_assert(item) for item in policy.asserts],
            dict(policy.let),
            dict(policy.params),
            dict(policy.needs),
            *policy[15:],
        )
        for policy in library.policies
    ]
    frameworks = [
        (*framework[:5], [tuple(control) for control in framework.controls]) for framework in library.frameworks
    ]
    return marshal.dumps((FORMAT, policies, frameworks, sorted(library.foreign), list(library.notes)))


def load_index(data: bytes) -> Library | None:
    """The library of an index, or None if the bytes are of another format."""
    try:
        content = marshal.loads(data)  # noqa: S302  our own file, checked by digest or installed with the package
        if content[0] != FORMAT:
            return None
        _, policies, frameworks, foreign, notes = content
        return Library(
            tuple(_policy(row) for row in policies),
            tuple(Framework._make((*row[:5], tuple(map(Control._make, row[5])))) for row in frameworks),
            frozenset(foreign),
            tuple(notes),
        )
    except (ValueError, EOFError, TypeError, IndexError):
        return None


def _plain_assert(item: Assert) -> tuple[Any, ...]:
    severity = str(item.severity) if item.severity else None
    return (*item[:6], dict(item.let), *item[7:11], severity, item.risk)


def _assert(row: tuple[Any, ...]) -> Assert:
    return Assert._make((*row[:11], Severity(row[11]) if row[11] else None, row[12]))


def _policy(row: tuple[Any, ...]) -> Policy:
    return Policy._make(
        (
            *row[:2],
            Severity(row[2]),
            *row[3:5],
            tuple(map(ControlLink._make, row[5])),
            *row[6:11],
            tuple(map(_assert, row[11])),
            *row[12:],
        )
    )
