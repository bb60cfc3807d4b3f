"""The operators on one attribute, with Checkov's own answers: each takes the value that was found and the policy's.

An operator raises OperandError where the two cannot be compared. What cannot be known never reaches one.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.engines.checkov_yaml.answers import OperandError
from muniment.languages.net import NetError, Network, parse_ip_or_cidr

Test = Callable[[Any, Any], bool]


class Operator(NamedTuple):
    """One operator. `settled` is the answer that members which are not known cannot change; None: each may."""

    test: Test
    settled: bool | None = None
    negated: bool = False
    """Whether it is the opposite of another one: over several values that is easily misread."""
    over_all: bool = False
    """Whether every match of a wildcard must satisfy it, and not just one."""
    presence: bool = False
    """Whether it asks only if the attribute is written, not what it is."""

    def opposite(self, *, over_all: bool = False) -> "Operator":
        """The operator that says the opposite."""
        settled = None if self.settled is None else not self.settled
        test = self.test
        return Operator(lambda found, wanted: not test(found, wanted), settled, True, over_all, self.presence)


def _equals(found: Any, wanted: Any) -> bool:
    if isinstance(found, bool) or isinstance(wanted, bool):
        return str(found).lower() == str(wanted).lower()
    if isinstance(found, list | dict) and type(wanted) in {list, dict} and isinstance(found, type(wanted)):
        return bool(found == wanted)
    return str(found) == str(wanted)


def _equals_ignore_case(found: Any, wanted: Any) -> bool:
    return str(found).lower() == str(wanted).lower()


def _exists(found: Any, _wanted: Any) -> bool:
    return found is not None


def _is_true(found: Any, _wanted: Any) -> bool:
    return found is True


def _is_empty(found: Any, _wanted: Any) -> bool:
    return isinstance(found, str | list | dict) and len(found) == 0


def _contains(found: Any, wanted: Any) -> bool:
    """Absent is an empty map, JSON text is what it says; a map holds its keys and what is inside of any value."""
    held = {} if found is None else _json_or_text(found) if isinstance(found, str) else found
    if isinstance(held, dict):
        return _in(wanted, list(held)) or any(
            _in(wanted, inner) for inner in held.values() if isinstance(inner, str | list | dict)
        )
    return _in(wanted, held)


def _json_or_text(text: str) -> Any:
    import json  # noqa: PLC0415  only texts pay for it

    try:
        return json.loads(text.replace("'", '"'))
    except (ValueError, RecursionError):
        return text


def _within(found: Any, wanted: Any) -> bool:
    return False if found is None and isinstance(wanted, str) else _in(found, wanted)


def _subset(found: Any, wanted: Any) -> bool:
    members = list(found) if isinstance(found, list | dict) else [found]
    return all(_in(member, list(wanted) if isinstance(wanted, str) else wanted) for member in members)


def _intersects(found: Any, wanted: Any) -> bool:
    if not isinstance(found, str | list | dict):
        return False
    if isinstance(wanted, str):
        return _in(wanted, found)
    return isinstance(wanted, list | dict) and any(_in(member, wanted) for member in found)


def _in(member: Any, whole: Any) -> bool:
    try:
        return bool(member in whole)
    except TypeError as error:
        raise OperandError(f"{member!r} cannot be looked for in {type(whole).__name__}") from error


def _starts(found: Any, wanted: Any) -> bool:
    return isinstance(found, str) and found.startswith(_text(wanted))


def _ends(found: Any, wanted: Any) -> bool:
    return isinstance(found, str) and found.endswith(_text(wanted))


def _text(wanted: Any) -> str:
    if not isinstance(wanted, str):
        raise OperandError(f"{wanted!r} is not a text")
    return wanted


def _above(found: Any, wanted: Any) -> bool:
    """Numbers as numbers if neither is zero, else by their texts."""
    left, right = _number(found), _number(wanted)
    return left > right if left and right else str(found) > str(wanted)


def _at_least(found: Any, wanted: Any) -> bool:
    left, right = _number(found), _number(wanted)
    return left >= right if left and right else str(found) >= str(wanted)


def _present(test: Test, *, opposite: bool = False) -> Test:
    """A comparison that is false for an absent value, whichever way round it asks."""
    return lambda found, wanted: found is not None and test(found, wanted) is not opposite


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _whole(value: Any) -> int | None:
    try:
        return value if isinstance(value, int) else int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _length(compare: Callable[[int, int], bool]) -> Test:
    """Of texts and lists; a map counts as one, and what has no length satisfies nothing."""

    def test(found: Any, wanted: Any) -> bool:
        number = _whole(wanted)
        if number is None or not isinstance(found, str | list | dict):
            return False
        return compare(1 if isinstance(found, dict) else len(found), number)

    return test


def _words(compare: Callable[[int, int], bool]) -> Test:
    def test(found: Any, wanted: Any) -> bool:
        number = _whole(wanted)
        return number is not None and isinstance(found, str) and compare(len(found.split()), number)

    return test


def _range_includes(found: Any, wanted: Any) -> bool:
    """Whether one of the policy's numbers or ranges meets the attribute: a number, a range `1-5`, `*`, or a list."""
    if found is None:
        return False
    spans = list(_spans(wanted if isinstance(wanted, list) else [wanted]))
    return any(_meets(item, span) for item in (found if isinstance(found, list) else [found]) for span in spans)


def _spans(wanted: list[Any]) -> Iterator[tuple[int, int] | None]:
    for item in wanted:
        if isinstance(item, str) and "-" in item:
            first, _, last = item.partition("-")
            start, end = _whole(first), _whole(last)
            if start is not None and end is not None:
                yield start, end
        else:
            number = _whole(item)
            yield None if number is None else (number, number)


def _meets(item: Any, span: tuple[int, int] | None) -> bool:
    if item == "*":
        return True
    if isinstance(item, str) and item.count("-") == 1:
        first, _, last = item.partition("-")
        start, end = _whole(first), _whole(last)
        return span is not None and start is not None and end is not None and start <= span[1] and span[0] <= end
    number = _whole(item)
    return number is None if span is None else number is not None and span[0] <= number <= span[1]


def _cidr_subset(found: Any, wanted: Any) -> bool:
    """Whether every network lies inside one that the policy allows; nothing at all does not."""
    if not found:
        return False
    allowed = _networks(wanted)
    return all(any(one.covers(network) for one in allowed) for network in _networks(found))


def _networks(value: Any) -> list[Network]:
    try:
        return [parse_ip_or_cidr(text) for text in (value if isinstance(value, list) else [value])]
    except (NetError, TypeError, AttributeError) as error:
        raise OperandError(f"{value!r} is not a network or a list of networks") from error


_EQUALS: Final = Operator(_equals)
_IGNORE_CASE: Final = Operator(_equals_ignore_case)
_EXISTS: Final = Operator(_exists, presence=True)
_IS_TRUE: Final = Operator(_is_true)
_IS_EMPTY: Final = Operator(_is_empty, settled=False)
_CONTAINS: Final = Operator(_contains, settled=True)
_WITHIN: Final = Operator(_within)
_SUBSET: Final = Operator(_subset, settled=False)
_INTERSECTS: Final = Operator(_intersects, settled=True)
_STARTS: Final = Operator(_starts)
_ENDS: Final = Operator(_ends)
_LENGTH_EQUALS: Final = Operator(_length(lambda length, number: length == number))
_WORDS_EQUAL: Final = Operator(_words(lambda length, number: length == number))
_RANGE: Final = Operator(_range_includes, settled=True)
_CIDR: Final = Operator(_cidr_subset, settled=False)

OPERATORS: Final[Mapping[str, Operator]] = MappingProxyType(
    {
        "any": Operator(lambda _found, _wanted: True, presence=True),
        "equals": _EQUALS,
        "not_equals": _EQUALS.opposite(),
        "equals_ignore_case": _IGNORE_CASE,
        "not_equals_ignore_case": _IGNORE_CASE.opposite(),
        "exists": _EXISTS,
        "not_exists": _EXISTS.opposite(),
        "is_true": _IS_TRUE,
        "is_false": _IS_TRUE.opposite()._replace(negated=False),
        "is_empty": _IS_EMPTY,
        "is_not_empty": _IS_EMPTY.opposite()._replace(negated=False),
        "contains": _CONTAINS,
        "not_contains": _CONTAINS.opposite(over_all=True),
        "within": _WITHIN,
        "not_within": _WITHIN.opposite(),
        "subset": _SUBSET,
        "not_subset": _SUBSET.opposite(),
        "intersects": _INTERSECTS,
        "not_intersects": _INTERSECTS.opposite(),
        "starting_with": _STARTS,
        "not_starting_with": _STARTS.opposite(),
        "ending_with": _ENDS,
        "not_ending_with": _ENDS.opposite(),
        "greater_than": Operator(_present(_above)),
        "greater_than_or_equal": Operator(_present(_at_least)),
        "less_than": Operator(_present(_at_least, opposite=True)),
        "less_than_or_equal": Operator(_present(_above, opposite=True)),
        "length_equals": _LENGTH_EQUALS,
        "length_not_equals": _LENGTH_EQUALS.opposite(),
        "length_greater_than": Operator(_length(lambda length, number: length > number)),
        "length_greater_than_or_equal": Operator(_length(lambda length, number: length >= number)),
        "length_less_than": Operator(_length(lambda length, number: length < number)),
        "length_less_than_or_equal": Operator(_length(lambda length, number: length <= number)),
        "number_of_words_equals": _WORDS_EQUAL,
        "number_of_words_not_equals": _WORDS_EQUAL.opposite(),
        "number_of_words_greater_than": Operator(_words(lambda length, number: length > number)),
        "number_of_words_greater_than_or_equal": Operator(_words(lambda length, number: length >= number)),
        "number_of_words_less_than": Operator(_words(lambda length, number: length < number)),
        "number_of_words_less_than_or_equal": Operator(_words(lambda length, number: length <= number)),
        "range_includes": _RANGE,
        "range_not_includes": _RANGE.opposite(),
        "cidr_range_subset": _CIDR,
        "cidr_range_not_subset": _CIDR.opposite(),
    }
)
"""All but the two that take a pattern, which is compiled with its policy."""

PATTERNS: Final = MappingProxyType({"regex_match": False, "not_regex_match": True})
"""The operators that take a pattern, and whether they say the opposite."""
