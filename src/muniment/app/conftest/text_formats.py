"""Plain formats as Conftest's parsers shape them: properties, ignore files and XML."""

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


def read_xml(text: str) -> dict[str, Any]:
    """Elements by name; attributes have a dash before their names, texts beside them are `#content`."""
    from xml.parsers import expat

    root: dict[str, Any] = {}
    stack: list[tuple[str, dict[str, Any], list[str]]] = [("", root, [])]

    def start(name: str, attributes: dict[str, str]) -> None:
        node: dict[str, Any] = {}
        for key, value in attributes.items():
            _add(node, f"-{key.rpartition(':')[2]}", value)
        stack.append((name.rpartition(":")[2], node, []))

    def end(_: str) -> None:
        name, node, texts = stack.pop()
        content = "".join(texts).strip()
        if content and node:
            node["#content"] = content
        _add(stack[-1][1], name, node or content)

    def text_found(data: str) -> None:
        stack[-1][2].append(data)

    def refuse(*_: Any) -> None:
        raise InputError("entities are not read", code="syntax-error")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text_found
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.lstrip("\ufeff\r\n ").encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise InputError(f"is no XML: {error}", code="syntax-error") from error
    return root


def _add(parent: dict[str, Any], name: str, value: Any) -> None:
    """Puts an element into another; elements of one name are a list."""
    known = parent.get(name)
    if known is None:
        parent[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        parent[name] = [known, value]
