"""Plain formats as Conftest's parsers shape them: properties and ignore files."""

import re
from typing import Any, Final

from muniment.errors import InputError

_PROPERTY: Final = re.compile(r"((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MARKS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


def read_properties(text: str) -> dict[str, Any]:
    """Keys with texts; a backslash at a line's end continues it. Raises InputError."""
    lines = re.sub("\r\n?", "\n", text)
    joined = re.sub(r"(?<!\\)((?:\\\\)*)\\\n[ \t\f]*", r"\1", lines)
    found: dict[str, Any] = {}
    for line in joined.split("\n"):
        body = line.lstrip(" \t\f")
        if body and body[0] not in "#!" and (parts := _PROPERTY.match(body)):
            if not parts[1] or (body.endswith("\\") and not body.endswith("\\\\")):
                raise InputError(f"no key, or nothing behind the last backslash: {body[:40]}", code="syntax-error")
            found[_unescaped(parts[1])] = _unescaped(parts[2])
    return found


def _unescaped(text: str) -> str:
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _MARKS.get(found[2], found[2]), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_ignore(text: str) -> list[Any]:
    """The lines of an ignore file by kind; a list within a list, for a list is several documents."""
    return [[_ignore_entry(line.removesuffix("\r")) for line in text.split("\n")]]


def _ignore_entry(line: str) -> dict[str, Any]:
    stripped = line.rstrip(" ") + (" " if re.search(r"\\ +$", line) else "")
    if not stripped:
        return {"Kind": "Empty", "Value": line, "Original": line}
    if line.startswith("#"):
        return {"Kind": "Comment", "Value": stripped[1:].strip(), "Original": line}
    negated = line.startswith("!")
    path = re.sub(r"\\(\\?)", r"\1", stripped[1:] if negated else stripped)
    return {"Kind": "NegatedPath" if negated else "Path", "Value": path, "Original": line}
