"""What earlier runs found, kept by the digest of everything that it depends on.

An entry carries its own digest; one that is cut off, edited, or from another version is no entry. Nothing that depends
on the day, the gate, waivers or a baseline is kept. Entries name values of the model only, so that reading one can make
nothing else; still, whoever can write to the folder can choose the answer: a gate that must not trust it runs without.
"""

import hashlib
import io
import os
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from muniment import __version__
from muniment.content.index import files_state

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_CODE: Final = (".py", ".txt")
"""How the names of files end that hold code, or facts that code reads."""
_NO_CODE: Final = frozenset({"library", "__pycache__"})
"""Folders of the package without code; the library's own state is part of a plan."""
_MOST: Final = 256_000_000
"""Bytes that the folder may hold before its oldest entries go."""
_VALUES: Final = (
    "muniment.model.",
    "muniment.app.evaluation",
    "muniment.app.witness",
    "muniment.languages.unknown",
)
"""Where the classes of values are defined; entries may name nothing else."""


class Cache:
    """A folder of entries, which together have at most `most` bytes."""

    __slots__ = ("_folder", "_held", "_most", "_version")

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        self._folder = folder
        self._most = most
        self._held = most
        """Bytes that the folder holds as far as is known: until it was looked through, as many as it may."""
        self._version = version()

    def key(self, *material: str) -> str:
        """The key of what depends on `material` and on this version."""
        return hashlib.sha256("\0".join((self._version, *material)).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> Any:
        """The value under a key, None if there is none that can be trusted."""
        try:
            stored = (self._folder / f"{key}.bin").read_bytes()
        except OSError:
            return None
        if hashlib.sha256(key.encode() + stored[32:]).digest() != stored[:32]:
            return None
        try:
            return _Values(io.BytesIO(stored[32:])).load()
        except (pickle.UnpicklingError, TypeError, ValueError, EOFError, AttributeError, ImportError, IndexError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keeps a value; where the folder cannot be written the next run is slower, no more."""
        data = pickle.dumps(value, protocol=5)
        stored = hashlib.sha256(key.encode() + data).digest() + data
        path = self._folder / f"{key}.bin"
        temporary = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.write_bytes(stored)
            temporary.replace(path)
            self._shrink(len(stored))
        except OSError:
            return

    def _shrink(self, added: int) -> None:
        """Removes the oldest entries where there is too much, and some more.

        Looking through the folder costs as much as it has entries, so it is done for the first entry of a run, and when
        those that came since may have made it too much.
        """
        self._held += added
        if self._held <= self._most:
            return
        with os.scandir(self._folder) as found:
            entries = [(entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in found]
        self._held = sum(size for _, size, _ in entries)
        if self._held > self._most:
            self._drop(sorted(entries))

    def _drop(self, oldest: Iterable[tuple[int, int, str]]) -> None:
        """Removes entries (time, bytes, path) in that order until an eighth is free."""
        for _, size, path in oldest:
            if self._held <= self._most * 7 // 8:
                return
            Path(path).unlink(missing_ok=True)
            self._held -= size


class _Values(pickle.Unpickler):
    """Reads values of the model and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that is defined in one of the modules of values; what they import is not theirs."""
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        found = super().find_class(module, name) if module.startswith(_VALUES) and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def version() -> str:
    """What tells this build from every other: its version and, in a checkout, the state of its files."""
    return f"{__version__} {'' if (_PACKAGE / 'index').is_dir() else files_state(_PACKAGE, _CODE, _NO_CODE)}"
