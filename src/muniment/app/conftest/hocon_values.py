"""HOCON's references followed, and its values as Conftest shows them: an array is a text, as is a text with blanks."""

import re
from collections.abc import Callable
from math import inf, isfinite
from typing import Any, Final

from muniment.app.conftest.hocon import Array, Object, Reference, Text, Value, parse_hocon
from muniment.errors import InputError

_BUDGET: Final = 5_000_000
"""Values and characters that references may make of a text."""
_DEPTH: Final = 100
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NO_JSON: Final = frozenset({"nan", "inf", "infinity"})
_TRUE: Final = frozenset({"t", "T", "true", "TRUE", "True"})
_FALSE: Final = frozenset({"f", "F", "false", "FALSE", "False"})


class _Missing:
    """The value of an optional reference to nothing."""

    __slots__ = ()


_MISSING: Final = _Missing()
_ABSENT: Final = _Missing()
"""What stands at a path of no key."""
_Built = Any
"""A dict, a list, a str, None for null, or `_MISSING`."""


def read_hocon(text: str, variable: Callable[[str], str] | None = None) -> dict[str, Any]:
    """The root object; references to no key are what `variable` says, if it is there. Raises InputError."""
    root = parse_hocon(text)
    built = _Resolver(root, variable).built(root)
    return {key: _shown(value) for key, value in built.items()}


class _Resolver:
    """Follows references over one root object, each value once, within a budget."""

    __slots__ = ("_budget", "_building", "_depth", "_done", "_root", "_variable")

    def __init__(self, root: Object, variable: Callable[[str], str] | None) -> None:
        self._root = root
        self._variable = variable
        self._done: dict[int, _Built] = {}
        self._building: dict[int, _Built] = {}
        self._budget = _BUDGET
        self._depth = 0

    def built(self, found: Object) -> dict[str, _Built]:
        """An object with every value in it."""
        return {key: self._field(values) for key, values in found.items()}

    def _field(self, values: list[Value]) -> _Built:
        """What all that was assigned to a key comes to: the last, or objects merged."""
        known = id(values)
        if known in self._done:
            return self._done[known]
        if known in self._building:
            return self._building[known]
        total: _Built = _MISSING
        for value in values:
            self._building[known] = total
            total = self._merged(total, self._value(value, total))
        del self._building[known]
        self._done[known] = total
        return total

    def _value(self, value: Value, earlier: _Built) -> _Built:
        self._depth += 1
        if self._depth > _DEPTH:
            raise InputError(f"references go deeper than {_DEPTH}", code="limit-exceeded")
        parts = [self._part(part, earlier) for part in value]
        self._depth -= 1
        return parts[0] if len(parts) == 1 else self._joined(parts)

    def _part(self, part: Any, earlier: _Built) -> _Built:
        if isinstance(part, Text):
            return None if part == ("null", True) else part.text
        if isinstance(part, Array):
            return [self._value(member, _MISSING) for member in part.members]
        if isinstance(part, Reference):
            found = earlier if not part.path else self._followed(part)
            self._charge(found)
            return found
        return self.built(part)

    def _charge(self, value: _Built) -> None:
        """Counts what a reference repeats, so that references to references cannot grow without end."""
        pending = [(value, 0)]
        while pending:
            one, depth = pending.pop()
            self._spend(1 + (len(one) if isinstance(one, str) else 0))
            if depth > _DEPTH:
                raise InputError(f"references go deeper than {_DEPTH}", code="limit-exceeded")
            members = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
            pending += [(member, depth + 1) for member in members]

    def _followed(self, reference: Reference) -> _Built:
        found = self._at(reference.path)
        if found is not _ABSENT:
            return found
        name = ".".join(reference.path)
        value = self._variable(name) if self._variable else ""
        if not (value or reference.optional):
            remedy = "" if self._variable else ": give it a value in the file, the environment is not read"
            raise InputError(f"${{{name}}} refers to nothing{remedy}", code="unresolved")
        return value or _MISSING

    def _at(self, path: tuple[str, ...]) -> _Built:
        """The value at a path; objects on the way are not built, for the reference may stand in them."""
        place: Object = self._root
        for number, key in enumerate(path, 1):
            values = place.get(key)
            if values is None:
                return _ABSENT
            only = values[0][0] if len(values) == 1 and len(values[0]) == 1 else None
            if number < len(path) and isinstance(only, dict):
                place = only
                continue
            if isinstance(only, dict) and id(values) in self._building:
                raise InputError(f"${{{'.'.join(path)}}} refers to itself", code="unresolved")
            if self._building.get(id(values)) is _MISSING:
                return _ABSENT
            return _below(self._field(values), path[number:])
        return _ABSENT

    def _merged(self, earlier: _Built, later: _Built) -> _Built:
        if later is _MISSING:
            return earlier
        if not (isinstance(earlier, dict) and isinstance(later, dict)):
            return later
        self._spend(len(earlier))
        both = dict(earlier)
        for key, value in later.items():
            both[key] = self._merged(both.get(key, _MISSING), value)
        return both

    def _spend(self, amount: int) -> None:
        self._budget -= amount
        if self._budget < 0:
            raise InputError(f"references make more than {_BUDGET} values of it", code="limit-exceeded")

    def _joined(self, parts: list[_Built]) -> _Built:
        """Values side by side as one: objects merge, arrays and texts continue."""
        solid = [part for part in parts if not (isinstance(part, str) and not part.strip())]
        firm = [part for part in solid if part is not _MISSING]
        if firm and all(isinstance(part, dict) for part in firm):
            total: _Built = {}
            for part in firm:
                total = self._merged(total, part)
            return total
        if firm and all(isinstance(part, list) for part in firm):
            return [member for part in firm for member in part]
        if any(isinstance(part, dict | list) for part in firm):
            raise InputError("texts, arrays and objects stand side by side", code="syntax-error")
        if len(firm) < len(solid):
            return _MISSING
        return "".join("null" if part is None else part for part in parts)


def _below(value: _Built, path: tuple[str, ...]) -> _Built:
    for key in path:
        value = value.get(key, _ABSENT) if isinstance(value, dict) else _ABSENT
    return value


def _shown(value: _Built) -> Any:
    """A value as policies see it: numbers and truth values by their texts, quoted or not."""
    if isinstance(value, dict):
        return {key: _shown(member) for key, member in value.items()}
    text = _printed(value, 0)
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text.lower().lstrip("+-") in _NO_JSON:
        raise InputError(f"{text} is no number of JSON", code="not-supported")
    number = float(text) if _NUMBER.fullmatch(text) else inf
    if not isfinite(number):
        return text
    return int(number) if number.is_integer() else number


def _printed(value: _Built, indent: int) -> str:
    """A value as a text; those with blanks and empty ones in quotes, which nothing escapes."""
    if value is _MISSING or value == []:
        return "<<unknown value>>"
    if isinstance(value, list):
        return f"[{','.join(_printed(member, indent + 1) for member in value)}]"
    if isinstance(value, dict):
        start = "  " * (indent + 1)
        lines = (f"{start}{key} : {_printed(member, indent + 1)}\r\n" for key, member in value.items())
        return f"{{\r\n{''.join(lines)}{'  ' * indent}}}"
    text = (value or "").strip(" ")
    return f'"{text}"' if not text or " " in text or "\t" in text else text
