"""Values of GitHub Actions expressions, as far as they can be told before a run; the rest stays unknown."""

import math
import re
from collections.abc import Callable
from typing import Any, Final

from muniment.languages.unknown import Cause, PartialString, Unknown, merge_causes
from muniment.parsers.github_expressions import Call, Literal, Node, Read, find_expressions

_DEEPEST: Final = 100
Lookup = Callable[[tuple[str, ...]], Any]
"""Gives the value at a path of lower-case names, or an Unknown."""


def evaluate(node: Node | None, lookup: Lookup, depth: int = 0) -> Any:
    """The value of an expression; Unknown where a context, a function or the text itself leaves it open."""
    if node is None or depth > _DEEPEST:
        return Unknown((Cause("expression", "cannot be read"),))
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Read):
        return Unknown((Cause("expression", ".".join(node.path)),)) if "*" in node.path else lookup(node.path)
    if node.name in {"&&", "||"}:
        return _short_circuit(node, lookup, depth + 1)
    values = [evaluate(argument, lookup, depth + 1) for argument in node.arguments]
    unknown = [value for value in values if isinstance(value, Unknown)]
    if unknown:
        return Unknown(merge_causes(unknown))
    function = _FUNCTIONS.get(node.name)
    if function is None:
        return Unknown((Cause("function", node.name),))
    return function(*values) if _accepts(node.name, len(values)) else Unknown((Cause("expression", node.name),))


def _short_circuit(node: Call, lookup: Lookup, depth: int) -> Any:
    """`&&` and `||` give one of their operands."""
    left = evaluate(node.arguments[0], lookup, depth)
    right = evaluate(node.arguments[1], lookup, depth)
    if isinstance(left, Unknown):
        return Unknown(merge_causes(value for value in (left, right) if isinstance(value, Unknown)))
    return right if truth(left) == (node.name == "&&") else left


def truth(value: Any) -> bool:
    """Whether a value counts as true: all but false, 0, the empty text, null and no number."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return value is not None and value is not False and value not in ("", 0)


def display(value: Any) -> str | Unknown:
    """A value as text, as it is put into the text around it."""
    if isinstance(value, Unknown | str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else Unknown((Cause("expression", "an object as text"),))


def interpolate(text: str, lookup: Lookup) -> str | Unknown:
    """A text with its expressions replaced; partly known where some of them are not."""
    parts: list[str | Unknown] = []
    at = 0
    for one in find_expressions(text):
        parts += [text[at : one.start], display(evaluate(one.node, lookup))]
        at = one.end
    parts.append(text[at:])
    return _joined(parts)


def _joined(parts: list[str | Unknown]) -> str | Unknown:
    out: list[str | Unknown] = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != "":
            out.append(part)
    if not out or (len(out) == 1 and isinstance(out[0], str)):
        return str(out[0]) if out else ""
    return PartialString(tuple(out))


def _equal(left: Any, right: Any) -> bool:
    """Texts compare without case; values of different types as numbers."""
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if type(left) is type(right):
        return bool(left == right)
    return _as_number(left) == _as_number(right)


def _as_number(value: Any) -> float:
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _compare(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(left: Any, right: Any) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return test(left.casefold(), right.casefold())
        return test(_as_number(left), _as_number(right))

    return compare


def _contains(where: Any, what: Any) -> bool:
    if isinstance(where, list):
        return any(_equal(member, what) for member in where)
    return str(display(what)).casefold() in str(display(where)).casefold()


def _format(pattern: Any, *values: Any) -> Any:
    """`{0}` is the first value; doubled braces are braces."""

    def hole(found: "re.Match[str]") -> str:
        if found[0] in {"{{", "}}"}:
            return found[0][0]
        place = int(found[1])
        return str(display(values[place])) if place < len(values) else ""

    return re.sub(r"\{\{|\}\}|\{(\d+)\}", hole, str(display(pattern)))


def _from_json(text: Any) -> Any:
    import json  # noqa: PLC0415  few workflows need it

    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return Unknown((Cause("expression", "is no JSON"),))


def _member(value: Any, step: Any, *_computed: Any) -> Any:
    if isinstance(value, dict):
        return next((member for key, member in value.items() if key.lower() == step), None)
    return Unknown((Cause("expression", f".{step}"),))


_ARITIES: Final = {"format": (1, 255), "join": (1, 2), "!": (1, 1), "fromjson": (1, 1), ".": (2, 255)}
_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "!": lambda value: not truth(value),
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _compare(lambda left, right: left < right),
    "<=": _compare(lambda left, right: left <= right),
    ">": _compare(lambda left, right: left > right),
    ">=": _compare(lambda left, right: left >= right),
    "contains": _contains,
    "startswith": lambda text, start: str(display(text)).casefold().startswith(str(display(start)).casefold()),
    "endswith": lambda text, end: str(display(text)).casefold().endswith(str(display(end)).casefold()),
    "format": _format,
    "join": lambda items, by=",": by.join(
        str(display(item)) for item in (items if isinstance(items, list) else [items])
    ),
    "fromjson": _from_json,
    ".": _member,
}


def _accepts(name: str, count: int) -> bool:
    least, most = _ARITIES.get(name, (2, 2))
    return least <= count <= most
