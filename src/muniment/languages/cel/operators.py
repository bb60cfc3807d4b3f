"""Operators over values: arithmetic with its 64-bit limits, order, membership, selection."""

import math
from collections.abc import Callable
from typing import Any, Final

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.values import (
    LEAST,
    MOST,
    MOST_UNSIGNED,
    NONE,
    Duration,
    Optional,
    Timestamp,
    Uint,
    compare,
    equal,
    key_of,
    no_overload,
    type_name,
    unknowns,
)
from muniment.languages.source import Limits
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

LONGEST: Final = Limits().string
_MOST: Final = Limits().items
_EARLIEST: Final = -62135596800 * 10**9
_LATEST: Final = 253402300799 * 10**9 + 999_999_999


def sized(value: Any, most: int) -> Any:
    """Checks the size of a text or collection that an expression has built."""
    if len(value) > most:
        raise CelEvaluationError(f"a value is larger than {most}", code="limit-exceeded")
    return value


def integer(value: int) -> int:
    """Checks the range of a signed integer."""
    if LEAST <= value <= MOST:
        return value
    raise CelEvaluationError("integer overflow")


def unsigned(value: int) -> Uint:
    """Checks the range of an unsigned integer."""
    if 0 <= value <= MOST_UNSIGNED:
        return Uint(value)
    raise CelEvaluationError("unsigned integer overflow")


def duration(ns: int) -> Duration:
    """Checks the range of a duration."""
    return Duration(integer(ns))


def timestamp(ns: int) -> Timestamp:
    """Checks the range of an instant: years 1 to 9999."""
    if _EARLIEST <= ns <= _LATEST:
        return Timestamp(ns)
    raise CelEvaluationError("timestamp out of range")


def add(a: Any, b: Any) -> Any:
    """`a + b`."""
    kind = type(a)
    if kind is type(b):
        if kind is int:
            return integer(a + b)
        if kind is float:
            return a + b
        if kind is str or kind is bytes:
            return sized(a + b, LONGEST)
        if kind is Uint:
            return unsigned(int(a) + int(b))
        if kind is Duration:
            return duration(a.ns + b.ns)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _add_unknown(a, b)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        causes = (*getattr(a, "causes", ()), *getattr(b, "causes", ()))
        joined = sized([*a, *b], _MOST)
        return OpenList(joined, causes) if causes else joined
    if isinstance(a, Timestamp) and isinstance(b, Duration):
        return timestamp(a.ns + b.ns)
    if isinstance(a, Duration) and isinstance(b, Timestamp):
        return timestamp(a.ns + b.ns)
    raise no_overload("_+_", a, b)


def add_or_null(a: Any, b: Any) -> Any:
    """`a + b` where null is the empty list."""
    if a is None and isinstance(b, list | tuple | Unknown):
        return b
    if b is None and isinstance(a, list | tuple | Unknown):
        return a
    return add(a, b)


def _add_unknown(a: Any, b: Any) -> Any:
    """A text with unknown parts keeps what is known of it."""
    texts = [one for one in (a, b) if isinstance(one, str | PartialString)]
    if not texts or not all(isinstance(one, str | Unknown) for one in (a, b)):
        return unknowns(a, b)
    merged: list[str | Unknown] = []
    for piece in (part for one in (a, b) for part in (one.parts if isinstance(one, PartialString) else (one,))):
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    return PartialString(tuple(merged)) if any(isinstance(piece, str) for piece in merged) else unknowns(a, b)


def subtract(a: Any, b: Any) -> Any:
    """`a - b`."""
    kind = type(a)
    if kind is type(b):
        if kind is int:
            return integer(a - b)
        if kind is float:
            return a - b
        if kind is Uint:
            return unsigned(int(a) - int(b))
        if kind is Duration:
            return duration(a.ns - b.ns)
        if kind is Timestamp:
            return duration(a.ns - b.ns)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return unknowns(a, b)
    if isinstance(a, Timestamp) and isinstance(b, Duration):
        return timestamp(a.ns - b.ns)
    raise no_overload("_-_", a, b)


def multiply(a: Any, b: Any) -> Any:
    """`a * b`."""
    kind = type(a)
    if kind is type(b):
        if kind is int:
            return integer(a * b)
        if kind is float:
            return a * b
        if kind is Uint:
            return unsigned(int(a) * int(b))
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return unknowns(a, b)
    raise no_overload("_*_", a, b)


def divide(a: Any, b: Any) -> Any:
    """`a / b`; integers round toward zero."""
    kind = type(a)
    if kind is type(b):
        if kind is int or kind is Uint:
            if b == 0:
                raise CelEvaluationError("division by zero")
            quotient = abs(int(a)) // abs(int(b))
            return Uint(quotient) if kind is Uint else integer(quotient if (a < 0) == (b < 0) else -quotient)
        if kind is float:
            if b == 0.0:
                return math.nan if a == 0.0 or a != a else math.copysign(math.inf, a) * math.copysign(1.0, b)  # noqa: PLR0124  NaN
            return a / b
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return unknowns(a, b)
    raise no_overload("_/_", a, b)


def modulo(a: Any, b: Any) -> Any:
    """`a % b`, with the sign of `a`."""
    kind = type(a)
    if kind is type(b) and (kind is int or kind is Uint):
        if b == 0:
            raise CelEvaluationError("modulus by zero")
        rest = abs(int(a)) % abs(int(b))
        return Uint(rest) if kind is Uint else -rest if a < 0 else rest
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return unknowns(a, b)
    raise no_overload("_%_", a, b)


def negate(a: Any) -> Any:
    """`-a`."""
    kind = type(a)
    if kind is int:
        return integer(-a)
    if kind is float:
        return -a
    if kind is Duration:
        return duration(-a.ns)
    if isinstance(a, Unknown):
        return Unknown(a.causes)
    raise no_overload("-_", a)


def invert(a: Any) -> Any:
    """`!a`."""
    if a is True:
        return False
    if a is False:
        return True
    if isinstance(a, Unknown):
        return Unknown(a.causes)
    raise no_overload("!_", a)


def differs(a: Any, b: Any) -> Any:
    """`a != b`."""
    answer = equal(a, b)
    return answer if isinstance(answer, Unknown) else not answer


def _ordered(name: str, decide: Callable[[int], bool]) -> Callable[[Any, Any], Any]:
    def order(a: Any, b: Any) -> Any:
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return unknowns(a, b)
        sign = compare(a, b, name)
        return sign is not None and decide(sign)

    return order


def contains(member: Any, container: Any, *, null_safe: bool) -> Any:
    """`member in container`."""
    if isinstance(container, dict):
        if isinstance(member, Unknown):
            return Unknown(member.causes)
        try:
            found = key_of(member) in container
        except CelEvaluationError:
            if not isinstance(member, list | dict):
                return False
            raise
        return found or (Unknown(container.causes) if isinstance(container, OpenMap) else False)
    if isinstance(container, list | tuple):
        return _in_list(member, container)
    if isinstance(container, Unknown):
        return Unknown(container.causes)
    if container is None and null_safe:
        return False
    raise no_overload("@in", member, container)


def _in_list(member: Any, container: Any) -> Any:
    doubts = []
    for one in container:
        answer = equal(member, one)
        if answer is True:
            return True
        if answer is not False:
            doubts.append(answer)
    if isinstance(container, OpenList):
        doubts.append(Unknown(container.causes))
    return unknowns(*doubts) if doubts else False


def index(container: Any, key: Any, *, null_safe: bool) -> Any:
    """`container[key]`."""
    if isinstance(container, Optional):
        return optional_index(container, key)
    if isinstance(container, Unknown) or isinstance(key, Unknown):
        return unknowns(container, key)
    if isinstance(container, dict):
        place = key_of(key)
        if place in container:
            return container[place]
        return absent(container, key, null_safe=null_safe)
    if isinstance(container, list | tuple):
        if isinstance(container, OpenList):
            return Unknown(container.causes)
        return _item(container, key)
    if container is None and null_safe:
        return None
    raise no_overload("_[_]", container, key)


def _item(container: Any, key: Any) -> Any:
    kind = type(key)
    if kind is float and key.is_integer():
        key = int(key)
    elif kind is not int and kind is not Uint:
        raise no_overload("_[_]", container, key)
    if 0 <= key < len(container):
        return container[key]
    raise CelEvaluationError(f"index out of bounds: {key}")


def select(container: Any, name: str, *, null_safe: bool) -> Any:
    """`container.name`, for everything but the plain case of a map that has it."""
    if isinstance(container, dict):
        return container[name] if name in container else absent(container, name, null_safe=null_safe)
    if container is None and null_safe:
        return None
    if isinstance(container, Unknown):
        return Unknown(container.causes)
    if isinstance(container, Optional):
        return optional_index(container, name)
    raise CelEvaluationError(f"no such overload: {type_name(container)}.{name}")


def absent(container: Any, key: Any, *, null_safe: bool) -> Any:
    """What a map without a key answers."""
    if isinstance(container, OpenMap):
        return Unknown(container.causes)
    if null_safe:
        return None
    raise CelEvaluationError(f"no such key: {key}")


def optional_index(container: Any, key: Any) -> Any:
    """`container[?key]` and `container.?key`: an optional."""
    if isinstance(container, Optional):
        if not container.present:
            return NONE
        container = container.value
        if container is None:
            raise CelEvaluationError(f"no such key: {key}")
    if isinstance(container, Unknown) or isinstance(key, Unknown):
        return unknowns(container, key)
    if isinstance(container, dict):
        place = key_of(key)
        if place in container:
            return Optional(container[place])
        return Unknown(container.causes) if isinstance(container, OpenMap) else NONE
    if isinstance(container, list | tuple):
        try:
            return Optional(_item(container, key))
        except CelEvaluationError:
            return NONE
    if container is None:
        return NONE
    raise no_overload("_[?_]", container, key)


def has(container: Any, name: str, *, null_safe: bool) -> Any:
    """`has(container.name)`."""
    if isinstance(container, Optional):
        if not container.present:
            return False
        container = container.value
    if isinstance(container, dict):
        if name in container:
            held = container[name]
            if isinstance(held, Unknown) and not isinstance(held, PartialString):
                return Unknown(held.causes)
            return not (null_safe and held is None)
        return Unknown(container.causes) if isinstance(container, OpenMap) else False
    if isinstance(container, Unknown):
        return Unknown(container.causes)
    if container is None or not null_safe:
        # What has no fields has not this one either: Go's evaluator answers so, and policies rest on it for null.
        return False
    raise CelEvaluationError(f"no such overload: has({type_name(container)}.{name})")


BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "==": equal,
    "!=": differs,
    "<": _ordered("<", lambda sign: sign < 0),
    "<=": _ordered("<=", lambda sign: sign <= 0),
    ">": _ordered(">", lambda sign: sign > 0),
    ">=": _ordered(">=", lambda sign: sign >= 0),
}
