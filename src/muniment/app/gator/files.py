"""Reads the objects that `gator` commands are given: files, folders and standard input."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.manifests import kind_of, name_of, namespace_of
from muniment.errors import InputError
from muniment.languages.yaml import load

SUFFIXES: Final = (".yaml", ".yml", ".json")


class Manifest(NamedTuple):
    """One object, and where it stands."""

    value: dict[str, Any]
    place: str
    """The file, or `stdin`."""


def read_manifests(
    names: Sequence[str], stdin: bytes | None = None, without: Sequence[str] = ()
) -> tuple[Manifest, ...]:
    """All objects, in the order of the arguments and of the files below folders. Raises InputError.

    Files whose path, or a folder of it, matches a pattern of `without` are left out.
    """
    files = [file for name in names for file in _files(Path(name), name) if not _is_left_out(file, without)]
    found = [one for file in files for one in objects_of(_bytes(file), str(file))]
    return (*found, *(objects_of(stdin, "stdin") if stdin is not None else ()))


def objects_of(data: bytes, place: str) -> Iterator[Manifest]:
    """The objects of one text, read as gator reads YAML. Raises InputError for what does not read."""
    stream = load(data, dialect="yamlv3")
    wrong = [*stream.diagnostics, *(diagnostic for one in stream.documents for diagnostic in one.diagnostics)]
    if wrong:
        raise InputError(f"{place}:{wrong[0].span.line}: {wrong[0].message}", code=wrong[0].code)
    for one in stream.documents:
        if one.empty or one.value == {}:
            continue
        if not isinstance(one.value, dict):
            raise InputError(f"{place}:{one.span.line}: is no object", code="no-kind")
        yield Manifest(one.value, place)


def twice(manifests: Iterable[Manifest]) -> Iterator[str]:
    """A line for each object that another one has the identity of."""
    seen: dict[tuple[str, str, str, str], str] = {}
    for value, place in manifests:
        group, _, kind = kind_of(value)
        identity = (group, kind, namespace_of(value), name_of(value))
        if identity in seen:
            yield f"{kind} {name_of(value)} stands in {seen[identity]} and in {place}"
        seen[identity] = place


def _files(path: Path, name: str) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    if not path.exists():
        raise InputError(f"{name} does not exist", code="missing-path")
    if path.suffix not in SUFFIXES:
        raise InputError(f"{name} must end in {', '.join(SUFFIXES)}", code="missing-path")
    return [path]


def _is_left_out(file: Path, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(str(part), pattern) for part in (file, *file.parents) for pattern in patterns)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", code="permission") from error
