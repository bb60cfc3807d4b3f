"""Plain formats as Conftest's parsers shape them: ini, properties, dotenv, ignore files and XML."""

import re
from collections.abc import Iterator
from typing import Any, Final

from muniment.errors import InputError

_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PROPERTY: Final = re.compile(r"((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)", re.DOTALL)
_VARIABLE: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*[=:]\s*(.*)")


def read_ini(text: str) -> dict[str, Any]:
    """Sections of typed values; keys before the first section stand in the one without a name."""
    found: dict[str, dict[str, Any]] = {}
    section = found.setdefault("", {})
    for line in text.splitlines():
        body = line.strip()
        if not body or body[0] in "#;":
            continue
        if body[0] == "[" and "]" in body:
            section = found.setdefault(body[1 : body.rindex("]")].strip(), {})
            continue
        key, sign, value = _parted(body)
        section[key] = _typed(_unquoted(value)) if sign else True
    return {name: values for name, values in found.items() if values or name}


def _parted(line: str) -> tuple[str, str, str]:
    """Key, sign and value of a line, without a comment behind the value."""
    at = min((line.find(sign) for sign in "=:" if sign in line), default=len(line))
    value = re.split(r"\s[#;]", line[at + 1 :], maxsplit=1)[0]
    return line[:at].strip(), line[at : at + 1], value.strip()


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`" else text


def _typed(text: str) -> Any:
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text) and len(text) < 400:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def read_properties(text: str) -> dict[str, Any]:
    """Keys with texts; a backslash at a line's end continues it."""
    joined = re.sub(r"(?<!\\)((?:\\\\)*)\\\r?\n[ \t]*", r"\1", text)
    found: dict[str, Any] = {}
    for line in joined.splitlines():
        body = line.strip()
        if body and body[0] not in "#!" and (parts := _PROPERTY.match(body)):
            found[_unescaped(parts[1])] = _unescaped(parts[2])
    return found


def _unescaped(text: str) -> str:
    marks = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
    return re.sub(r"\\(.)", lambda found: marks.get(found[1], found[1]), text)


def read_dotenv(text: str) -> dict[str, Any]:
    """Variables with texts."""
    found: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _VARIABLE.fullmatch(line)
        if not parts:
            raise InputError(f"line {number}: no variable", code="syntax-error")
        value = parts[2].strip()
        quoted = re.match(r"""(?:"((?:\\.|[^"\\])*)"|'([^']*)')""", value)
        if quoted:
            found[parts[1]] = _unescaped(quoted[1]) if quoted[1] is not None else quoted[2]
        else:
            found[parts[1]] = re.split(r"\s#", value, maxsplit=1)[0].strip()
    return found


def read_ignore(text: str) -> list[Any]:
    """The lines of an ignore file by kind; a list within a list, for a list is several documents."""
    return [list(_ignore_entries(text))]


def _ignore_entries(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if not line:
            yield {"Kind": "Empty", "Value": "", "Original": ""}
        elif line.startswith("#"):
            yield {"Kind": "Comment", "Value": line[1:].strip(), "Original": line}
        elif line.startswith("!"):
            yield {"Kind": "NegatedPath", "Value": line[1:].strip(), "Original": line}
        else:
            yield {"Kind": "Path", "Value": line.strip(), "Original": line}


def read_xml(text: str) -> dict[str, Any]:
    """Elements by name; attributes have a dash before their names, texts beside them are `#text`."""
    from xml.parsers import expat

    root: dict[str, Any] = {}
    stack: list[tuple[str, dict[str, Any], list[str]]] = [("", root, [])]

    def start(name: str, attributes: dict[str, str]) -> None:
        node: dict[str, Any] = {f"-{key.rpartition(':')[2]}": value for key, value in attributes.items()}
        stack.append((name.rpartition(":")[2], node, []))

    def end(_: str) -> None:
        name, node, texts = stack.pop()
        content = "".join(texts).strip()
        if content and node:
            node["#text"] = content
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
        parser.Parse(text.lstrip("\ufeff\r\n ").encode(), True)
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
