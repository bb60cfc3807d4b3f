"""Which module folders are judged as roots: those that nobody calls, or those that the settings name."""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final

from muniment.languages.hcl.parser import File
from muniment.parsers.terraform.declarations import literal

_OUTSIDE: Final = frozenset({"examples", "example", "test", "tests", "fixtures"})
"""Folders whose calls do not make a module private: libraries are used from outside."""

Folders = Mapping[str, Sequence[File]]
"""Folder below the base, empty for the base itself -> its files."""


def find_roots(folders: Folders, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The roots among the folders, sorted; `wanted` are patterns of the settings, None or `auto` for the rule."""
    if wanted:
        patterns = [posixpath.normpath(pattern) for pattern in wanted]
        return tuple(
            folder for folder in sorted(folders) if any(fnmatchcase(folder or ".", pattern) for pattern in patterns)
        )
    called = _called_from_inside(folders)
    return tuple(folder for folder in sorted(folders) if folder not in called)


def _called_from_inside(folders: Folders) -> set[str]:
    """The folders that another one calls which is no example or test."""
    return {
        target
        for folder, files in folders.items()
        if not _OUTSIDE & set(folder.split("/"))
        for file in files
        for target in _targets(folder, file)
        if target in folders and target != folder
    }


def _targets(folder: str, file: File) -> Iterator[str]:
    for block in file.body.blocks:
        source = literal(block.body, "source") if block.type == "module" else None
        if isinstance(source, str) and source.startswith(("./", "../")):
            target = posixpath.normpath(posixpath.join(folder, source))
            yield "" if target == "." else target


def variants_of(
    root: str, roots: Sequence[str], variants: Mapping[str, Sequence[str]], paths: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The variants of a root by name, each with its variable files, of which `paths` are all that are there."""
    out = {}
    for name in sorted(variants):
        files = tuple(path for text in variants[name] if (path := _of_root(root, roots, text)) in paths)
        if files:
            out[name] = files
    return out


def _of_root(root: str, roots: Sequence[str], text: str) -> str:
    """The path of a variant's file where it belongs to a root; else empty.

    A file without a folder is looked for in each root; a path belongs to the nearest root above it.
    """
    if "/" not in text:
        return posixpath.join(root, text)
    path = posixpath.normpath(text)
    above = [one for one in roots if not one or path.startswith(f"{one}/")]
    return path if max(above, key=len, default=None) == root else ""
