"""The files that a Conftest command is given, and the documents in them."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.conftest.formats import ALONE, LIMITS, Surroundings, parser_of, read_documents
from muniment.errors import InputError, UsageError


class Input(NamedTuple):
    """A file's path as results show it, and its documents."""

    path: str
    documents: tuple[Any, ...]


def find_files(paths: Iterable[str], ignore: str = "") -> list[str]:
    """The files of paths; folders are walked through symbolic links, without what no parser is for."""
    try:
        ignored = re.compile(ignore) if ignore else None
    except re.error as error:
        raise UsageError(f"--ignore: {error}") from error
    found: list[str] = []
    for path in paths:
        if not path:
            continue
        if path == "-" or not Path(path).is_dir():
            if path != "-" and not Path(path).exists():
                raise InputError(f"{path}: no such file or directory", code="absent")
            found.append(path)
        else:
            found += sorted(str(file) for file in _walk(Path(path), frozenset()) if parser_of(str(file)))
    return [path for path in found if not (ignored and ignored.search(path))]


def _walk(folder: Path, seen: frozenset[Path]) -> Iterator[Path]:
    """The files below a folder; a link back to a folder on the way is not followed."""
    real = folder.resolve()
    if real in seen:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: {(error.strerror or str(error)).lower()}", code="absent") from error
    for entry in entries:
        if entry.is_dir():
            if entry.name != ".git":
                yield from _walk(entry, seen | {real})
        elif entry.is_file():
            yield entry


class Inputs(NamedTuple):
    """The files that were read, and why others could not be."""

    read: tuple[Input, ...]
    unread: tuple[InputError, ...] = ()

    def whole(self) -> tuple[Input, ...]:
        """All inputs, for who can do nothing with a part. Raises the first InputError."""
        for error in self.unread:
            raise error
        return self.read


class Reading(NamedTuple):
    """How files are read: by which parser, under which name standard input, and on what they may draw."""

    parser: str = ""
    stdin_name: str = ""
    around: Surroundings = ALONE


def read_inputs(paths: Sequence[str], reading: Reading) -> Inputs:
    """The documents of files; standard input is YAML unless a parser is named. One file hides no other."""
    read, unread = [], []
    for path in paths:
        try:
            read.append(_read(path, reading))
        except InputError as error:
            unread.append(error)
    return Inputs(tuple(read), tuple(unread))


def _read(path: str, reading: Reading) -> Input:
    shown = (reading.stdin_name or "-") if path == "-" else path
    text = _standard_input() if path == "-" else read_text(Path(path))
    chosen = reading.parser or ("yaml" if path == "-" else parser_of(path))
    if not chosen:
        raise InputError(f"{path}: no parser is for this name; choose one with --parser", code="no-parser")
    try:
        documents = read_documents(chosen, text, reading.around._replace(path=path if path != "-" else ""))
    except InputError as error:
        raise InputError(f"{shown}: {error}", code=error.code) from error
    return Input(shown, tuple(documents))


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InputError("standard input is not UTF-8 text", code="encoding") from error


def read_text(path: Path) -> str:
    """The text of a file. Raises InputError."""
    try:
        if path.stat().st_size > LIMITS.size:
            raise InputError(f"{path}: larger than {LIMITS.size} bytes", code="limit-exceeded")
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}", code="absent") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text", code="encoding") from error


def combined(inputs: Iterable[Input]) -> Input:
    """All documents as one, each with its path."""
    entries = [
        {"path": one.path, "contents": document}
        for one in sorted(inputs, key=lambda one: one.path)
        for document in separate(one.documents)
    ]
    return Input("Combined", (entries,))


def separate(documents: Sequence[Any]) -> Sequence[Any]:
    """What a file is judged as, one by one: its documents; where the only one is a list, the members of it."""
    only = documents[0] if len(documents) == 1 else None
    return only if isinstance(only, list) else documents
