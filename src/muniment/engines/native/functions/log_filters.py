"""Metric filters of CloudWatch Logs: which events none of them catches.

Two filter patterns that catch the same events mean the same, however they are written: policies ask by events, and
never compare texts.
"""

from collections.abc import Iterable
from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import OpenList, Unknown, merge_causes


def _uncaught(events: Any, patterns: Any) -> Any:
    """The events that none of the patterns catches; unknown where one that is not known could catch them."""
    from muniment.engines.native.functions.filter_patterns import compile_pattern  # noqa: PLC0415  few estates have any

    if isinstance(events, Unknown) or isinstance(patterns, Unknown):
        return _merged(value for value in (events, patterns) if isinstance(value, Unknown))
    known = [compile_pattern(pattern) for pattern in patterns or () if isinstance(pattern, str)]
    compiled = [*known, *(pattern for pattern in patterns or () if isinstance(pattern, Unknown))]
    tests = [test for test in compiled if not isinstance(test, Unknown)]
    left = [event for event in events if not any(test(event) for test in tests)]
    holes = [test for test in compiled if isinstance(test, Unknown)]
    if isinstance(patterns, OpenList):
        holes.append(Unknown(patterns.causes))
    return _merged(holes) if left and holes else left


def _merged(holes: Iterable[Unknown]) -> Unknown:
    return Unknown(merge_causes(holes))


FUNCTIONS: Final = (Function("uncaught", _uncaught, unknowns=True),)
