"""Go's `fmt.Sprintf` over the values of data languages: null, booleans, numbers, texts, lists and maps."""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.goformat.floats import format_float
from muniment.languages.goformat.quoting import can_backquote, quote

_DIRECTIVE: Final = re.compile(
    r"%(?P<flags>[-+# 0]*)(?:\[(?P<wi>\d+)\](?=\*))?(?P<width>\d+|\*)?"
    r"(?:\.(?:\[(?P<pi>\d+)\](?=\*))?(?P<precision>\d+|\*)?(?P<point>))?(?:\[(?P<index>\d+)\])?(?P<verb>.?)",
    re.DOTALL | re.ASCII,
)
_MAX_WIDTH: Final = 1_000_000
_BASES: Final = MappingProxyType({"d": "d", "v": "d", "b": "b", "o": "o", "O": "o", "x": "x", "X": "X"})
_PREFIXES: Final = MappingProxyType({"b": "0b", "o": "0", "O": "0o", "x": "0x", "X": "0X"})
_FLOAT_VERBS: Final = frozenset("veEfFgG")
_INT64: Final = 2**63


class Int64(int):
    """A whole number that the Go program at hand keeps as `int64`, where others keep an `int`: mistakes tell it."""

    __slots__ = ()


class Directive(NamedTuple):
    """One `%` directive with its width and precision resolved; `precision` is -1 where there is none."""

    verb: str
    flags: str = ""
    width: int = 0
    precision: int = -1


class RawDirective(NamedTuple):
    """A directive as written: widths, precisions and arguments that are still to be looked up."""

    text: str
    verb: str
    flags: str
    width: str | None
    precision: str | None
    """Digits, `*`, the empty text for a lone point, nothing without one."""
    argument: int | None
    """The explicit argument, from 1."""
    width_index: int | None
    precision_index: int | None


def directives(template: str) -> Iterator[str | RawDirective]:
    """Splits a format into fixed texts and directives; `%%` is a directive with the verb `%`."""
    end = 0
    for found in _DIRECTIVE.finditer(template):
        if found.start() > end:
            yield template[end : found.start()]
        end = found.end()
        indexes = (int(found[name]) if found[name] else None for name in ("index", "wi", "pi"))
        precision = None if found["point"] is None else found["precision"] or ""
        yield RawDirective(found[0], found["verb"], found["flags"], found["width"], precision, *indexes)
    if end < len(template):
        yield template[end:]


def sprintf(template: str, arguments: Sequence[Any]) -> str:
    """`template` filled in as Go does it; mistakes show in the text as `%!d(string=x)`, `%!d(MISSING)` and so on."""
    walk = _Walk(arguments)
    text = "".join(part if isinstance(part, str) else walk.fill(part) for part in directives(template))
    rest = arguments[walk.next :] if not walk.reordered else ()
    if rest:
        extra = ", ".join(
            f"{type_name(item)}={format_value(Directive('v'), item)}" if item is not None else "<nil>" for item in rest
        )
        text += f"%!(EXTRA {extra})"
    return text


class _Walk:
    """Which argument comes next, and whether any was asked for out of order."""

    __slots__ = ("arguments", "next", "reordered")

    def __init__(self, arguments: Sequence[Any]) -> None:
        self.arguments = arguments
        self.next = 0
        self.reordered = False

    def take(self, index: int | None) -> tuple[bool, Any]:
        """Whether there is such an argument, and the argument."""
        if index is not None:
            self.reordered = True
            if not 0 < index <= len(self.arguments):
                return False, None
            self.next = index - 1
        if self.next >= len(self.arguments):
            return False, None
        self.next += 1
        return True, self.arguments[self.next - 1]

    def fill(self, raw: RawDirective) -> str:
        flags, width, complaint = raw.flags, 0, ""
        if raw.width == "*":
            known, width = self.take(raw.width_index)
            if not known or not _is_int(width) or abs(width) > _MAX_WIDTH:
                width, complaint = 0, "%!(BADWIDTH)"
            if width < 0:
                flags, width = flags + "-", -width
        elif raw.width:
            width = min(int(raw.width[:8]), _MAX_WIDTH)
        precision = -1 if raw.precision is None else 0
        if raw.precision == "*":
            known, precision = self.take(raw.precision_index)
            if not known or not _is_int(precision) or precision > _MAX_WIDTH:
                precision, complaint = -1, complaint + "%!(BADPREC)"
            precision = max(precision, -1)
        elif raw.precision:
            precision = min(int(raw.precision[:8]), _MAX_WIDTH)
        return complaint + self.argument(raw, Directive(raw.verb, flags, width, precision))

    def argument(self, raw: RawDirective, directive: Directive) -> str:
        if not raw.verb:
            return "%!(NOVERB)"
        if raw.verb == "%":
            self.reordered |= raw.argument is not None
            return "%"
        known, value = self.take(raw.argument)
        if not known:
            return f"%!{raw.verb}({'BADINDEX' if raw.argument is not None else 'MISSING'})"
        return format_value(directive, value)


def format_value(directive: Directive, value: Any) -> str:
    """One value by one directive, padded to its width."""
    if directive.verb == "T":
        return pad("<nil>" if value is None else type_name(value), directive)
    if value is None:
        return pad("<nil>", directive) if directive.verb == "v" else f"%!{directive.verb}(<nil>)"
    if isinstance(value, bool):
        return pad("true" if value else "false", directive) if directive.verb in "tv" else _mistake(directive, value)
    if isinstance(value, int):
        return format_integer(directive, value)
    if isinstance(value, float):
        return format_number(directive, value)
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: (str(type(item[0])), item[0]))
        inner = " ".join(f"{format_value(directive, key)}:{format_value(directive, item)}" for key, item in items)
        return f"map[{inner}]"
    if isinstance(value, list | tuple):
        return f"[{' '.join(format_value(directive, item) for item in value)}]"
    return format_text(directive, value if isinstance(value, str | bytes) else str(value))


def format_integer(directive: Directive, value: int) -> str:
    """A whole number by `d`, `b`, `o`, `O`, `x`, `X`, `c`, `q`, `U` or `v`."""
    verb, flags = directive.verb, directive.flags
    big = not -_INT64 <= value < _INT64
    if verb in "cqU" and not big:
        return _character(directive, value)
    if verb not in _BASES and not (verb == "s" and big):  # a `big.Int` prints by `s` too
        return _mistake(directive, value)
    digits = format(abs(value), _BASES.get(verb, "d"))
    prefix = _PREFIXES.get(verb, "") if "#" in flags or verb == "O" else ""
    if directive.precision >= 0:
        digits = "" if not value and not directive.precision else digits.rjust(directive.precision, "0")
        return pad(_sign(flags, value < 0) + prefix + digits, directive._replace(flags=flags.replace("0", "")))
    return _pad_number(_sign(flags, value < 0) + prefix, digits, directive)


def format_number(directive: Directive, value: float) -> str:
    """A floating-point number by `e`, `f`, `g`, their upper case or `v`; six digits after the point by default."""
    verb, flags = directive.verb, directive.flags
    if verb not in _FLOAT_VERBS:
        return _mistake(directive, value)
    kind = "g" if verb == "v" else verb
    precision = directive.precision if directive.precision >= 0 or kind in "gG" else 6
    text = format_float(value, kind, precision)
    if text[-1] in "fN":  # infinite or not a number: never filled up with zeros
        text = text if "+" in flags or not text.startswith("+") else text[1:]
        return pad(text, directive._replace(flags=flags.replace("0", "")))
    digits = text.removeprefix("-")
    return _pad_number(_sign(flags, text.startswith("-")), digits, directive)


def format_text(directive: Directive, value: str | bytes) -> str:
    """A text by `s`, `q`, `x`, `X` or `v`; a precision cuts it, for `x` in bytes."""
    verb, flags, precision = directive.verb, directive.flags, directive.precision
    if verb in "xX":
        data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        return pad(_hexadecimal(directive, data if precision < 0 else data[:precision]), directive)
    text = value if isinstance(value, str) else value.decode("utf-8", "replace")
    text = text if precision < 0 else text[:precision]
    if verb in "sv":
        return pad(text, directive)
    if verb == "q":
        return pad(
            f"`{text}`" if "#" in flags and can_backquote(text) else quote(text, ascii_only="+" in flags), directive
        )
    return _mistake(directive, text)


def pad(text: str, directive: Directive) -> str:
    """`text` at the directive's width: to the right, or to the left with `-`; with `0` filled up with zeros."""
    if "-" in directive.flags:
        return text.ljust(directive.width)
    return text.rjust(directive.width, "0" if "0" in directive.flags else " ")


def type_name(value: Any) -> str:
    """Go's name of the type that JSON data of this kind has."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, dict):
        return "map[string]interface {}"
    if isinstance(value, list | tuple):
        return "[]interface {}"
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        return "*big.Int"
    return {int: "int", Int64: "int64", float: "float64", bytes: "[]uint8"}.get(type(value), "string")


def _pad_number(sign: str, digits: str, directive: Directive) -> str:
    if "0" in directive.flags and "-" not in directive.flags:
        return sign + digits.rjust(directive.width - len(sign), "0")
    return pad(sign + digits, directive)


def _sign(flags: str, negative: bool) -> str:  # noqa: FBT001  a positional pair of two facts about one number
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _character(directive: Directive, value: int) -> str:
    char = chr(value) if 0 <= value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"
    if directive.verb == "U":
        text = f"U+{value:04X}" + (f" '{char}'" if "#" in directive.flags else "")
    else:
        text = char if directive.verb == "c" else quote(char, mark="'", ascii_only="+" in directive.flags)
    return pad(text, directive)


def _hexadecimal(directive: Directive, data: bytes) -> str:
    marked, spaced = "#" in directive.flags, " " in directive.flags
    digits = data.hex(" ") if spaced else data.hex()
    if marked and data:
        digits = "0x" + (digits.replace(" ", " 0x") if spaced else digits)
    return digits.upper() if directive.verb == "X" else digits


def _mistake(directive: Directive, value: Any) -> str:
    kind = type_name(value).lstrip("*")
    return f"%!{directive.verb}({kind}={format_value(directive._replace(verb='v'), value)})"


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
