"""Functions of paths and files. Files come through the context; what lies outside its reach is unknown."""

from collections.abc import Callable
from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.encoding import to_base64, to_text
from muniment.languages.hcl.functions.globs import glob_matcher, is_literal
from muniment.languages.hcl.functions.hashes import hashes
from muniment.languages.hcl.functions.patterns import Patterns
from muniment.languages.hcl.functions.signature import argument, typed
from muniment.languages.hcl.functions.strings import render
from muniment.languages.hcl.types import ANY, BOOL, STRING, SetType
from muniment.languages.hcl.values import make_set, unknown
from muniment.languages.unknown import Cause, Unknown


def file_functions(patterns: Patterns) -> list[Function]:
    """The file group, and the hashes of files."""
    names = {"base64sha256": "filebase64sha256", "base64sha512": "filebase64sha512"}
    return [
        typed("basename", _base_name, STRING, returns=STRING),
        typed("dirname", _directory_name, STRING, returns=STRING),
        _reader("file", to_text),
        _reader("filebase64", to_base64),
        Function("fileexists", _exists, BOOL, 1, 1, takes_null=False),
        Function(
            "fileset", lambda given, context: _files(given, context, patterns), SetType(STRING), 2, 2, takes_null=False
        ),
        *(_reader(names.get(name, "file" + name), hashed) for name, hashed in hashes().items()),
        Function("templatefile", _template_file, ANY, 2, 2, sees_unknown=True, takes_null=False),
    ]


def clean(path: str) -> str:
    """The shortest path that means the same, as Go's `path.Clean` has it."""
    rooted = path.startswith("/")
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif part not in {"", "."} and not (part == ".." and rooted):
            kept.append(part)
    return ("/" if rooted else "") + "/".join(kept) or "."


def _base_name(path: str) -> str:
    trimmed = path.rstrip("/")
    return trimmed.rpartition("/")[2] or ("/" if path else ".")


def _directory_name(path: str) -> str:
    return clean(path.rpartition("/")[0] + ("/" if path.startswith("/") else ""))


def _reader(name: str, body: Callable[[bytes], str]) -> Function:
    def call(arguments: list[Any], context: CallContext) -> Any:
        data = _read(argument(arguments[0], STRING, 0), context)
        return data if isinstance(data, Unknown) else body(data)

    return Function(name, call, STRING, 1, 1, takes_null=False)


def _read(path: str, context: CallContext) -> bytes | Unknown:
    found = _find(path, context)
    if found is None:
        raise HclError(f'no file exists at "{path}"', code="missing-file")
    return found


def _find(path: str, context: CallContext) -> bytes | Unknown | None:
    if context.read is None:
        return Unknown((Cause("file", path),), STRING)
    return context.read(path)


def _exists(arguments: list[Any], context: CallContext) -> bool | Unknown:
    found = _find(argument(arguments[0], STRING, 0), context)
    return unknown((found,), BOOL) if isinstance(found, Unknown) else found is not None


def _files(arguments: list[Any], context: CallContext, patterns: Patterns) -> Any:
    folder, pattern = clean(argument(arguments[0], STRING, 0)), argument(arguments[1], STRING, 1)
    parts = clean(f"{folder}/{pattern}").split("/")
    fixed = next((place for place, part in enumerate(parts) if not is_literal(part)), len(parts) - 1)
    base = "/".join(parts[:fixed]) or ("/" if parts[0] == "" else ".")
    deep = len(parts) - fixed > 1 or "**" in parts[fixed]
    found = context.list_files(base, deep) if context.list_files else Unknown((Cause("file", base),))
    if isinstance(found, Unknown):
        return Unknown(found.causes, SetType(STRING))
    matches = glob_matcher("/".join(parts[fixed:]), patterns)
    return make_set(relative(clean(f"{base}/{path}"), folder) for path in found if matches(path))


def relative(path: str, folder: str) -> str:
    """The way from a folder to a path, both clean."""
    there = path.split("/")
    here = [] if folder == "." else folder.split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _template_file(arguments: list[Any], context: CallContext) -> Any:
    path = argument(arguments[0], STRING, 0)
    data = path if isinstance(path, Unknown) else _read(path, context)
    template = unknown((data,), STRING) if isinstance(data, Unknown) else to_text(data)
    return render(template, arguments[1], context, "templatefile")
