"""`format` and `formatlist`: Go's verbs as Terraform understands them, over exact numbers and unknown values."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final, NamedTuple

from muniment.languages.hcl.convert import as_bool, to_number, to_string
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.graphemes import graphemes, width
from muniment.languages.hcl.functions.json_text import encode_json, quote
from muniment.languages.hcl.functions.signature import invalid, partial
from muniment.languages.hcl.functions.texts import joined
from muniment.languages.hcl.types import ANY, STRING, ListType
from muniment.languages.hcl.values import ListValue, SetValue, is_wholly_known, unknown
from muniment.languages.unknown import OpenList, PartialString, Unknown

_VERB = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>[0-9]{1,9})?(?:\.(?P<precision>[0-9]{0,9}))?"
    r"(?:\[(?P<place>[1-9][0-9]{0,8})\])?(?P<verb>.)?",
    re.DOTALL,
)
_WIDEST = 100_000
_BITS = 512  # of a number's mantissa
_EXACT = 20_000  # digits, more than any number with that many bits has


class Verb(NamedTuple):
    """One verb of a format: how the argument at `place`, from 0, is shown."""

    text: str
    flags: str
    width: int
    precision: int | None
    place: int
    letter: str


def formatting_functions() -> list[Function]:
    """The two functions that format."""
    return [
        partial("format", format_text, STRING, rest=ANY, returns=STRING)._replace(takes_null=True),
        partial("formatlist", _format_list, STRING, rest=ANY, returns=ListType(STRING))._replace(takes_null=True),
    ]


def format_text(template: Any, *arguments: Any) -> str | Unknown:
    """The arguments shown as the template's verbs say; unknown ones leave holes. Raises HclError on a mismatch."""
    if isinstance(template, Unknown):
        return unknown((template, *arguments), STRING)
    if template is None:
        raise invalid(0, "the format is null")
    pieces = _parse(template)
    _check_count(pieces, arguments)
    return joined(piece if isinstance(piece, str) else _show(piece, arguments[piece.place]) for piece in pieces)


def _parse(template: str) -> list[str | Verb]:
    pieces: list[str | Verb] = []
    at, place = 0, 0
    while (start := template.find("%", at)) >= 0:
        pieces.append(template[at:start])
        if template.startswith("%%", start):
            pieces.append("%")
            at = start + 2
            continue
        verb = _parse_verb(template, start, place)
        pieces.append(verb)
        at, place = start + len(verb.text), verb.place + 1
    pieces.append(template[at:])
    return pieces


def _parse_verb(template: str, start: int, place: int) -> Verb:
    found = _VERB.match(template, start)
    letter = found["verb"] if found else None
    if not found or letter is None:
        raise invalid(0, f"the format ends within a verb at offset {start}")
    if not letter.isascii() or not letter.isalpha():
        raise invalid(0, f"unrecognized format character '{letter}' at offset {found.end() - 1}")
    if letter not in "vtbdoxXeEfgGsq":
        raise invalid(0, f"unsupported format verb '{letter}' in \"{found[0]}\" at offset {start}")
    wide, precise = int(found["width"] or 0), found["precision"]
    if max(wide, int(precise or 0)) > _WIDEST:
        raise limit_exceeded(f'the width of "{found[0]}" is too large')
    return Verb(
        text=found[0],
        flags=found["flags"],
        width=wide,
        precision=None if precise is None else int(precise or 0),
        place=int(found["place"]) - 1 if found["place"] else place,
        letter=letter,
    )


def _check_count(pieces: list[str | Verb], arguments: tuple[Any, ...]) -> None:
    used = 0
    for piece in pieces:
        if isinstance(piece, Verb):
            if piece.place >= len(arguments):
                raise invalid(0, f'"{piece.text}" needs argument {piece.place + 1} but there are {len(arguments)}')
            used = max(used, piece.place + 1)
    if used < len(arguments):
        raise HclError(f"too many arguments: the format uses {used} of {len(arguments)}", code="invalid-argument")


def _show(verb: Verb, value: Any) -> Any:
    if isinstance(value, PartialString) and verb.letter in "sv" and not verb.width and not verb.flags:
        return value if verb.precision is None else Unknown(value.causes, STRING)
    if not is_wholly_known(value):
        return unknown((value,), STRING)
    if value is None and verb.letter != "v":
        raise HclError(f'null cannot be shown by "{verb.text}"', code="invalid-argument")
    try:
        return _SHOWN[verb.letter](verb, value)
    except HclError as error:
        if error.static:
            raise
        raise HclError(f'unsupported value for "{verb.text}": {error.diagnostic.message}') from error


def _show_any(verb: Verb, value: Any) -> str:
    if "#" in verb.flags or value is None or isinstance(value, tuple | list | dict):
        return _padded(encode_json(value), verb)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _padded(_general(value, None), verb)
    return _padded(to_string(value), verb)


def _show_bool(_: Verb, value: Any) -> str:
    return "true" if as_bool(value) else "false"


def _show_string(verb: Verb, value: Any) -> str:
    return _padded(_truncated(_number_text(value), verb), verb)


def _show_quoted(verb: Verb, value: Any) -> str:
    return _padded(quote(_truncated(_number_text(value), verb)), verb)


def _number_text(value: Any) -> str:
    return _infinite(value) if isinstance(value, Decimal) and value.is_infinite() else to_string(value)


def _infinite(value: Decimal) -> str:
    return "+Inf" if value > 0 else "-Inf"


def _truncated(text: str, verb: Verb) -> str:
    return text if verb.precision is None else "".join(graphemes(text)[: verb.precision])


def _padded(text: str, verb: Verb) -> str:
    missing = verb.width - width(text) if verb.width else 0
    if missing <= 0:
        return text
    fill = ("0" if "0" in verb.flags else " ") * missing
    return text + fill if "-" in verb.flags else fill + text


def _show_integer(verb: Verb, value: Any) -> str:
    number = to_number(value)
    if not isinstance(number, int):
        raise HclError("an integer is required")
    base = {"b": "b", "d": "d", "o": "o"}.get(verb.letter, "x")
    digits = format(abs(number), base)
    if verb.precision is not None:
        digits = digits.rjust(verb.precision, "0")
    prefix = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}.get(verb.letter, "") if "#" in verb.flags else ""
    return _signed(digits.upper() if verb.letter == "X" else digits, verb, negative=number < 0, prefix=prefix)


def _show_float(verb: Verb, value: Any) -> str:
    number = to_number(value)
    if isinstance(number, Decimal) and number.is_infinite():
        return _padded(_infinite(number), verb)
    magnitude: int | Decimal = -number if number < 0 else number
    letter = verb.letter.lower()
    if letter == "g":
        text = _general(magnitude, verb.precision)
    else:
        places = 6 if verb.precision is None else verb.precision
        text = _fixed(magnitude, places) if letter == "f" else _scientific(magnitude, places)
    text = text.upper() if verb.letter in "EG" else text
    return _signed(text, verb, negative=number < 0, prefix="")


def _signed(digits: str, verb: Verb, *, negative: bool, prefix: str) -> str:
    """The digits with sign and prefix; a zero flag fills between these and the digits, unless a precision is set."""
    sign = "-" if negative else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    integer_precision = verb.precision is not None and verb.letter in "bdoxX"
    if "0" in verb.flags and "-" not in verb.flags and not integer_precision:
        digits = digits.rjust(verb.width - len(sign) - len(prefix), "0")
    text = sign + prefix + digits
    return text.ljust(verb.width) if "-" in verb.flags else text.rjust(verb.width)


def binary(value: int | Decimal) -> Decimal:
    """A number as it is with 512 binary digits, which decides how `2.675` is rounded to two places."""
    numerator, denominator = value.as_integer_ratio()
    shift = _BITS + denominator.bit_length() - abs(numerator).bit_length()
    if shift <= 0 or denominator == 1:
        return Decimal(numerator)
    quotient, rest = divmod(abs(numerator) << shift, denominator)
    quotient += 2 * rest > denominator
    exact = Decimal(quotient * 5**shift).scaleb(-shift, Context(prec=_EXACT))
    return exact.copy_negate() if numerator < 0 else exact


def _fixed(value: int | Decimal, places: int) -> str:
    exact = binary(value)
    context = Context(prec=max(exact.adjusted(), 0) + places + 5, rounding=ROUND_HALF_EVEN)
    return format(exact.quantize(Decimal(1).scaleb(-places), context=context), "f")


def _scientific(value: int | Decimal, places: int | None) -> str:
    """One digit, `places` more (None: as many as there are), and an exponent of two digits at least."""
    exact = Decimal(value)
    if places is not None:
        exact = Context(prec=places + 1, rounding=ROUND_HALF_EVEN).plus(binary(exact))
    digits = "".join(map(str, exact.as_tuple().digits))
    digits = digits.rstrip("0") or "0" if places is None else digits.ljust(places + 1, "0")
    exponent = exact.adjusted() if exact else 0
    return f"{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _general(value: int | Decimal, precision: int | None) -> str:
    """The shorter of fixed and scientific, as `%g` chooses for numbers of arbitrary precision."""
    exact = Decimal(value)
    if exact.is_infinite():
        return _infinite(exact)
    sign, exact = "-" if exact < 0 else "", abs(exact)
    if precision is not None:
        exact = Context(prec=precision or 1, rounding=ROUND_HALF_EVEN).plus(binary(exact))
    count = len("".join(map(str, exact.as_tuple().digits)).rstrip("0"))
    exponent = exact.adjusted() if exact else 0
    threshold = 6 if precision is None else precision or 1
    if precision is not None and threshold > count >= exponent + 1:
        threshold = count
    if exponent < -4 or exponent >= threshold:
        return sign + _scientific(exact, None)
    text = format(exact, "f")
    return sign + (text.rstrip("0").rstrip(".") if "." in text else text)


_SHOWN: Final = {
    "v": _show_any,
    "t": _show_bool,
    "s": _show_string,
    "q": _show_quoted,
    **dict.fromkeys("bdoxX", _show_integer),
    **dict.fromkeys("eEfgG", _show_float),
}


def _format_list(template: Any, *arguments: Any) -> Any:
    opened = [value for value in arguments if isinstance(value, OpenList) or _may_be_list(value)]
    if opened:
        return unknown(opened, ListType(STRING))
    lengths = {len(value) for value in arguments if _is_list(value)}
    if len(lengths) > 1:
        raise HclError("the lists are of different lengths", code="invalid-argument")
    count = lengths.pop() if lengths else 1
    return ListValue(
        format_text(template, *(value[row] if _is_list(value) else value for value in arguments))
        for row in range(count)
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple | ListValue | SetValue)


def _may_be_list(value: Any) -> bool:
    return isinstance(value, Unknown) and not isinstance(value, PartialString) and value.type is not STRING
