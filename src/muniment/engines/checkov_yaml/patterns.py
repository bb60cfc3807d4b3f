"""Regular expressions of policies: Python's dialect, matched at the start of a text, and never without end."""

import re
from collections.abc import Callable
from typing import Any, Final

from muniment.engines.checkov_yaml.answers import OperandError
from muniment.languages import regex
from muniment.languages.source import LimitExceededError

_LONGEST: Final = 10_000
"""Characters of a text that a pattern with look-around is let loose on."""


class PatternError(ValueError):
    """A pattern that does not compile, or that may run for ever."""


def compile_pattern(text: str) -> Callable[[Any, Any], bool]:
    """The test of one pattern. Raises PatternError.

    A pattern that RE2 takes too is matched in linear time. One with look-around or back references runs on the
    standard library, if none of its endless repetitions holds another one.
    """
    try:
        native = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"the pattern {text!r} does not compile: {error}") from error
    try:
        linear = regex.compile(rf"\A(?:{text})")
    except (regex.RegexError, LimitExceededError):
        linear = None
    if linear is None:
        if _repeats_nest(text):
            raise PatternError(f"the pattern {text!r} has look-around, and repeats inside of repeats: it may never end")
        return _bounded(native)
    return _start(native) if linear.kind == "linear" else _guarded(linear)


def _start(native: re.Pattern[str]) -> Callable[[Any, Any], bool]:
    return lambda found, _wanted: native.match(str(found)) is not None


def _bounded(native: re.Pattern[str]) -> Callable[[Any, Any], bool]:
    def test(found: Any, _wanted: Any) -> bool:
        text = str(found)
        if len(text) > _LONGEST:
            raise OperandError(f"a text of {len(text)} characters is too long for the pattern {native.pattern!r}")
        return native.match(text) is not None

    return test


def _guarded(linear: regex.Regex) -> Callable[[Any, Any], bool]:
    def test(found: Any, _wanted: Any) -> bool:
        try:
            return linear.search(str(found)) is not None
        except LimitExceededError as error:
            raise OperandError(str(error)) from error

    return test


def _repeats_nest(text: str) -> bool:
    """Whether a group that may repeat without end holds a repetition without end, told from the brackets."""
    groups = [False]
    """For each open group, the outermost first, whether it holds such a repetition."""
    closed, place = False, 0
    while place < len(text):
        character = text[place]
        if character in "*+" or (character == "{" and _endless(text, place)):
            if closed:
                return True
            groups[-1] = True
        closed = False
        if character == "\\":
            place += 1
        elif character == "[":
            place = _class_end(text, place)
        elif character == "(":
            groups.append(False)
        elif character == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
        place += 1
    return False


def _class_end(text: str, start: int) -> int:
    """The place of the bracket that closes a class."""
    place = start + (3 if text[start + 1 : start + 3] == "^]" else 2 if text[start + 1 : start + 2] == "]" else 1)
    while place < len(text) and text[place] != "]":
        place += 2 if text[place] == "\\" else 1
    return place


def _endless(text: str, start: int) -> bool:
    bounds = text[start + 1 : text.find("}", start)]
    return bounds.endswith(",")
