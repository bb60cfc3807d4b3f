"""Where bytes come from and where in them something stands: `Document` and `Location`."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple


class Location(NamedTuple):
    """A place in a document; lines and columns count from 1 in code points. `end_line` 0: the end is not known."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0
    exact: bool = True
    """False where the place had to be guessed, as in rendered text."""


class Document:
    """One file, blob or stream: its path below the base, with `/`, and its bytes, read when first asked for."""

    __slots__ = ("_data", "_digest", "_load", "origin", "path")

    def __init__(self, path: str, load: "Callable[[], bytes] | bytes", *, origin: str = "") -> None:
        self.path = path
        self.origin = origin
        """What derived it, such as a renderer with its version; empty for a document as it lies there."""
        self._load: Callable[[], bytes] | None = None if isinstance(load, bytes) else load
        self._data: bytes | None = load if isinstance(load, bytes) else None
        self._digest = ""

    @property
    def data(self) -> bytes:
        """The bytes. Raises InputError (`permission`, `too-large`, ...) if they cannot be had."""
        if self._data is None:
            assert self._load is not None  # noqa: S101  a document has its bytes or the way to them
            self._data = self._load()
        return self._data

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        if not self._digest:
            self._digest = hashlib.sha256(self.data).hexdigest()
        return self._digest

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The path without its last part; empty at the base."""
        return self.path.rpartition("/")[0]

    def __repr__(self) -> str:
        return f"Document({self.path!r})"
