"""Message templates: plain text with `{expression}` holes, compiled with the policy."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from muniment.core.wording import show
from muniment.engines.native.expressions import Expressions
from muniment.languages.cel import CelEvaluationError, Program

_LONGEST: Final = 300


class Message:
    """A compiled template."""

    __slots__ = ("_parts",)

    def __init__(self, text: str, expressions: Expressions, names: Iterable[str]) -> None:
        self._parts: tuple[str | Program, ...] = tuple(
            expressions.compile(part, names) if hole else part for hole, part in _split(text)
        )

    def render(self, scope: Mapping[str, Any], sensitive: frozenset[int]) -> str:
        """The text for one violation; at most 300 characters, secrets and unknown values as words."""
        text = "".join(part if isinstance(part, str) else _evaluate(part, scope, sensitive) for part in self._parts)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _evaluate(program: Program, scope: Mapping[str, Any], sensitive: frozenset[int]) -> str:
    try:
        if not sensitive:
            return show(program.evaluate(scope))
        hidden = False

        def observe(container: Any, _key: Any, value: Any) -> None:
            nonlocal hidden
            hidden = hidden or (id(container) in sensitive and not isinstance(value, dict | list))

        value = program.trace(scope, observe)
    except CelEvaluationError:
        return "(cannot be shown)"
    return "(sensitive)" if hidden else show(value)


def _split(text: str) -> list[tuple[bool, str]]:
    """(is a hole, text) in order; quotes inside a hole may hold braces."""
    parts: list[tuple[bool, str]] = []
    place = 0
    while (start := text.find("{", place)) >= 0:
        end = _closing(text, start)
        if end < 0:
            break
        if start > place:
            parts.append((False, text[place:start]))
        parts.append((True, text[start + 1 : end]))
        place = end + 1
    if place < len(text):
        parts.append((False, text[place:]))
    return parts


def _closing(text: str, start: int) -> int:
    depth, quote = 0, ""
    for place in range(start, len(text)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return place
    return -1
