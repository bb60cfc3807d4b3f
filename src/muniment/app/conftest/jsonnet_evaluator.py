"""A process that evaluates `./input.jsonnet`: `python jsonnet_evaluator.py PATH FOLDER`.

PATH is how messages call the text, FOLDER is what that is relative to. Files are imported from PATH's own folder
and from FOLDER, never from outside of both. It loads nothing of Muniment: what it is given may exhaust it.
"""

import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

_MEMORY: Final = 1024 * 1024 * 1024
_CALLS: Final = 500
"""Calls within each other, as many as Jsonnet's own command allows."""


class Imports:
    """Reads imported files below some folders."""

    __slots__ = ("_folder", "_roots")

    def __init__(self, path: str, folder: str) -> None:
        self._folder = Path(folder).resolve()
        self._roots = ((self._folder / path).parent.resolve(), self._folder)

    def __call__(self, importer: str, wanted: str) -> tuple[str, bytes]:
        """The path and the bytes of a file that is `wanted` in the folder `importer`. Raises LookupError."""
        for start in (self._folder / importer, *self._roots):
            found = (start / wanted).resolve()
            if found.is_file() and any(found.is_relative_to(root) for root in self._roots):
                return str(found), found.read_bytes()
        raise LookupError(f"{wanted} is not there, or outside of the folders that may be imported from")


def main(path: str, folder: str) -> int:
    """Writes the JSON of the text, or what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    evaluate = import_module("_jsonnet").evaluate_snippet
    text = Path("input.jsonnet").read_text("utf-8")
    try:
        output = evaluate(path, text, import_callback=Imports(path, folder), max_stack=_CALLS)
    except RuntimeError as error:
        sys.stderr.write(" ".join(str(error).split()))
        return 1
    sys.stdout.write(output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
