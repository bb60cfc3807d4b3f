"""Conditions of a template: true, false, or unknown where a deployment decides."""

from collections.abc import Callable, Mapping
from typing import Any

from muniment.languages.unknown import Cause, PartialString, Unknown, merge_causes
from muniment.parsers.cloudformation.template import Choice, text


class Conditions:
    """A template's named conditions, each evaluated once. `value` evaluates what is no condition."""

    __slots__ = ("_declared", "_known", "_value")

    def __init__(self, declared: Mapping[str, Any], value: Callable[[Any], Any]) -> None:
        self._declared = declared
        self._value = value
        self._known: dict[str, Any] = {}

    def named(self, name: Any) -> Any:
        """A condition by its name; one that rests on itself, or that is not declared, is an error."""
        if not isinstance(name, str) or name not in self._declared:
            return Unknown((Cause("error", f"there is no condition {str(name)[:80]!r}"),))
        if name not in self._known:
            self._known[name] = Unknown((Cause("error", f"the condition {name} rests on itself"),))
            self._known[name] = self._holds(self._declared[name])
        return self._known[name]

    def _holds(self, raw: Any) -> Any:
        if isinstance(raw, bool):
            return raw
        if not isinstance(raw, dict) or len(raw) != 1:
            return Unknown((Cause("error", "a condition must be one function"),))
        ((name, argument),) = raw.items()
        if name == "Condition":
            return self.named(argument)
        arguments = argument if isinstance(argument, list) else [argument]
        if name == "Fn::Equals":
            return _equal([self._value(one) for one in arguments])
        if name == "Fn::Not":
            held = self._holds(arguments[0]) if arguments else Unknown((Cause("error", "Fn::Not needs a condition"),))
            return held if isinstance(held, Unknown) else not held
        if name in {"Fn::And", "Fn::Or"}:
            return _combined([self._holds(one) for one in arguments], deciding=name == "Fn::Or")
        return Unknown((Cause("function", str(name)[:80]),))


def _combined(found: list[Any], *, deciding: bool) -> Any:
    """And, or: one member may decide although others are unknown."""
    if deciding in found:
        return deciding
    doubts = [one for one in found if isinstance(one, Unknown)]
    return Unknown(merge_causes(doubts)) if doubts else not deciding


def _equal(pair: list[Any]) -> Any:
    if len(pair) != 2:
        return Unknown((Cause("error", "Fn::Equals needs two values"),))
    a, b = (text(one) for one in pair)
    for unknown, other in ((a, b), (b, a)):
        if isinstance(unknown, Unknown) and not isinstance(other, Unknown) and _excludes(unknown, other):
            return False
    doubts = [one for one in (a, b) if isinstance(one, Unknown)]
    return Unknown(merge_causes(doubts)) if doubts else a == b


def _excludes(unknown: Unknown, other: Any) -> bool:
    """Whether an unknown value can be told to differ: by the values that its parameter allows, or by a known part."""
    if isinstance(unknown, PartialString):
        return isinstance(other, str) and not other.startswith(unknown.prefix)
    return isinstance(unknown.type, Choice) and other not in [text(one) for one in unknown.type.allowed]
