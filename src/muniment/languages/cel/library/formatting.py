"""`format` of texts: the verbs of the CEL string extension, which are not quite those of Go."""

import re
from typing import Any, Final

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.library.standard import duration_text, to_string
from muniment.languages.cel.values import BoolKey, Duration, Optional, Timestamp, TypeValue, Uint, type_name
from muniment.languages.goformat.floats import format_float
from muniment.languages.source import Limits

_VERB: Final = re.compile(r"%(?:%|(?:\.(\d+))?([a-zA-Z]?))")


_PARTS: Final = Limits().items
_PRECISION: Final = 1000


def format_text(template: Any, arguments: Any) -> str:
    """`template.format([...])`. Raises CelEvaluationError for a verb or value that does not fit."""
    if type(template) is not str or not isinstance(arguments, list | tuple):
        raise CelEvaluationError("no such overload: format")
    place = 0
    out: list[str] = []
    end = 0
    for found in _VERB.finditer(template):
        out.append(template[end : found.start()])
        end = found.end()
        if found[0] == "%%":
            out.append("%")
            continue
        if not found[2]:
            raise CelEvaluationError(f"unrecognized formatting clause {found[0]!r}")
        if place >= len(arguments):
            raise CelEvaluationError(f"index {place} out of range")
        if found[1] and (len(found[1]) > 4 or int(found[1]) > _PRECISION):
            raise CelEvaluationError(f"precision {found[1][:10]} is out of range")
        out.append(_verb(found[2], int(found[1]) if found[1] else 6, arguments[place]))
        place += 1
    if "%" in template[end:]:
        raise CelEvaluationError("unrecognized formatting clause")
    return "".join([*out, template[end:]])


def _verb(verb: str, precision: int, value: Any) -> str:
    if verb == "s":
        return _text(value, [_PARTS])
    if verb == "d":
        return _decimal(value)
    if verb in {"f", "e"}:
        return _fixed(verb, precision, value)
    if verb == "b":
        if type(value) is bool:
            return "1" if value else "0"
        if type(value) in {int, Uint}:
            return format(int(value), "b")
        raise _wrong("b", "only integers and bools can be formatted as binary", value)
    if verb in {"x", "X"}:
        return _hex(verb, value)
    if verb == "o":
        if type(value) in {int, Uint}:
            return format(int(value), "o")
        raise _wrong("o", "octal clause can only be used on integers", value)
    raise CelEvaluationError(f'unrecognized formatting clause "{verb}"')


def _wrong(verb: str, what: str, value: Any) -> CelEvaluationError:
    return CelEvaluationError(f"error during formatting: {what}, was given {type_name(value)} (%{verb})")


def _special(value: float) -> str | None:
    if value != value:  # noqa: PLR0124  NaN is what differs from itself
        return "NaN"
    if value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    return None


def _decimal(value: Any) -> str:
    if type(value) in {int, Uint}:
        return str(int(value))
    if type(value) is float:
        return _special(value) or format_float(value)
    raise _wrong("d", "decimal clause can only be used on numbers", value)


def _fixed(verb: str, precision: int, value: Any) -> str:
    if type(value) in {int, Uint, float}:
        number = float(value)
    elif type(value) is str and value in {"NaN", "Infinity", "-Infinity"}:
        return str(value)
    else:
        raise _wrong(verb, "only numbers can be formatted so", value)
    special = _special(number)
    if special:
        return special
    return f"{number:.{precision}{verb}}"


def _hex(verb: str, value: Any) -> str:
    if type(value) in {int, Uint}:
        return format(int(value), verb)
    data = value.encode() if type(value) is str else value
    if type(data) is bytes:
        return data.hex().upper() if verb == "X" else data.hex()
    raise _wrong(verb, "only integers, byte buffers, and strings can be formatted as hex", value)


def _text(value: Any, budget: list[int]) -> str:
    budget[0] -= 1
    if budget[0] < 0:
        raise CelEvaluationError("a value has too many parts to be shown", code="limit-exceeded")
    if value is None:
        return "null"
    if isinstance(value, float):
        return _special(value) or format_float(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(member, budget) for member in value) + "]"
    if isinstance(value, dict):
        entries = sorted((_text(_key(key), budget), _text(member, budget)) for key, member in value.items())
        return "{" + ", ".join(f"{key}: {member}" for key, member in entries) + "}"
    if isinstance(value, TypeValue):
        return value.name
    if isinstance(value, Duration):
        return duration_text(value.ns)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Timestamp | str | bool | int):
        return to_string(value)
    if isinstance(value, Optional):
        raise _wrong("s", "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists", value)
    if hasattr(value, "cel_type"):
        return str(value)
    raise _wrong("s", "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists", value)


def _key(key: Any) -> Any:
    return key.value if isinstance(key, BoolKey) else key
