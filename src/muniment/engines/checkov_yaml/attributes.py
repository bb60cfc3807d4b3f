"""Answers one attribute condition for one resource: a plain path, a wildcard, or a JSONPath."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from muniment.engines.checkov_yaml.answers import Answer, OperandError, doubts, every, known_part, some
from muniment.engines.checkov_yaml.definition import Attribute
from muniment.engines.checkov_yaml.jsonpath import Match, PathError, compile_path
from muniment.engines.checkov_yaml.operators import OPERATORS, PATTERNS, Operator
from muniment.engines.checkov_yaml.patterns import compile_pattern
from muniment.engines.checkov_yaml.view import View
from muniment.languages.unknown import PartialString, Unknown

Question = Callable[[View], Answer]
Find = Callable[[View], list[Match]]

_IDENTIFYING: Final = frozenset({"arn", "id", "key_arn", "key_id", "name", "self_link"})
"""Attributes that every resource which has them has a value for."""


class Condition:
    """One compiled condition."""

    __slots__ = ("_all", "_find", "_operator", "_value", "path", "types")

    def __init__(self, node: Attribute, *, strict: bool) -> None:
        self.types = node.types
        self.path = node.path
        self._value = node.value
        self._operator = _operator(node)
        self._find = _json_finder(node.path) if node.jsonpath else _wild_finder(node.path) if node.wildcard else None
        self._all = node.jsonpath or self._operator.over_all or (strict and self._operator.negated)

    def answer(self, view: View) -> Answer:
        """Raises OperandError where the operator cannot compare what is there."""
        if self._operator is OPERATORS["any"]:
            return True
        matches = self._find(view) if self._find else []
        if not matches:
            return _ask(self._operator, view.find(self.path), self._value)
        answers = (_ask(self._operator, match.value, self._value) for match in matches)
        return every(answers) if self._all else some(answers)

    def reads(self, view: View) -> Iterator[Match]:
        """The values that the answer rests on, for the fingerprint and for people."""
        matches = self._find(view) if self._find else []
        yield from matches or [Match(self.path, view.find(self.path))]


def _operator(node: Attribute) -> Operator:
    if node.operator not in PATTERNS:
        return OPERATORS[node.operator]
    operator = Operator(compile_pattern(str(node.value)))
    return operator.opposite() if PATTERNS[node.operator] else operator


def _ask(operator: Operator, found: Any, wanted: Any) -> Answer:
    if isinstance(found, Unknown):
        if operator.presence and _is_written(found):
            return operator.test("", wanted)
        return Unknown(found.causes)
    causes = () if operator.presence else doubts(found)
    if not causes:
        return operator.test(found, wanted)
    if operator.settled is not None and operator.test(known_part(found), wanted) is operator.settled:
        return operator.settled
    return Unknown(causes)


def _is_written(value: Unknown) -> bool:
    """Whether what is not known is certainly not null: a text with known parts, or what identifies a resource."""
    if isinstance(value, PartialString):
        return any(isinstance(part, str) and part for part in value.parts)
    if len(value.causes) != 1:
        return False
    kind, reference, _ = value.causes[0]
    return kind in {"computed", "data-source"} and reference.rpartition(".")[2] in _IDENTIFYING


def _json_finder(path: str) -> Find:
    find = compile_path(path)

    def found(view: View) -> list[Match]:
        try:
            return find(view.root)
        except PathError as error:
            raise OperandError(str(error)) from error

    return found


def _wild_finder(path: str) -> Find:
    """Every path with a number for each `*`, or with none at all; what may be missing is unknown."""
    names = path.split(".")
    numbered = re.compile(r"\.".join(r"\d+" if name == "*" else re.escape(name) for name in names))
    plain = ".".join(name for name in names if name != "*")

    def found(view: View) -> list[Match]:
        matches = [
            Match(key, cell.value) for key, cell in view.cells.items() if key == plain or numbered.fullmatch(key)
        ]
        for key, causes in view.open:
            if _leads_to(key.split("."), names):
                matches.append(Match(key, Unknown(causes)))
        return matches

    return found


def _leads_to(key: list[str], names: list[str]) -> bool:
    """Whether what stands at a path would hold matches of the wildcard."""
    place = 0
    for step in key:
        if place < len(names) and names[place] == "*":
            place += 1
            if step.isdigit():
                continue
        if place >= len(names) or names[place] != step:
            return False
        place += 1
    return place < len(names)
