"""Terraform's version constraints, `>= 1.2, < 2` and `~> 1.3`, by the rules of `hashicorp/go-version`."""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from muniment.languages.goformat.errors import refuse

_VERSION: Final = re.compile(
    r"v?([0-9]+(?:\.[0-9]+)*)"
    r"(?:-([0-9]+[0-9A-Za-z~-]*(?:\.[0-9A-Za-z~-]+)*)|-?([A-Za-z~-][0-9A-Za-z~-]*(?:\.[0-9A-Za-z~-]+)*))?"
    r"(?:\+([0-9A-Za-z~-]+(?:\.[0-9A-Za-z~-]+)*))?"
)
_CLAUSE: Final = re.compile(r"\s*(=|!=|>=|<=|>|<|~>|)\s*(\S+)\s*")
_MAX: Final = 2**63


class Version(NamedTuple):
    """A version with any number of parts, at least three after padding."""

    segments: tuple[int, ...]
    prerelease: str
    metadata: str
    specified: int
    """How many parts were written."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What versions are ordered by: a pre-release comes before its release, metadata does not count."""
        segments = list(self.segments)
        while segments and not segments[-1]:
            segments.pop()
        return tuple(segments), not self.prerelease, tuple(map(_rank, self.prerelease.split(".")))

    def compare(self, other: "Version") -> int:
        """-1, 0 or 1."""
        return (self.key > other.key) - (self.key < other.key)


class Constraint(NamedTuple):
    """One comparison with a version; `operator` is `=`, `!=`, `>`, `<`, `>=`, `<=` or `~>`."""

    operator: str
    version: Version

    def allows(self, version: Version) -> bool:
        """Whether `version` satisfies it; a pre-release satisfies a range only of the same numbers."""
        return _TESTS[self.operator](version, self.version)


def parse_version(text: str) -> Version:
    """Reads a version such as `1.2`, `v1.2.3-rc1`; raises `GoFormatError` for any other text."""
    found = _VERSION.fullmatch(text)
    numbers = [int(part) for part in found[1].split(".")] if found and len(text) <= 1000 else []
    if not found or not numbers or max(numbers) >= _MAX:
        raise refuse(text, f"malformed version: {text}")
    padded = tuple(numbers) + (0,) * (3 - len(numbers))
    return Version(padded, found[2] or found[3] or "", found[4] or "", len(numbers))


def parse_constraints(text: str) -> tuple[Constraint, ...]:
    """Reads comparisons between commas; raises `GoFormatError` where one is malformed."""
    constraints = []
    for part in text.split(","):
        found = _CLAUSE.fullmatch(part)
        if not found or not _VERSION.fullmatch(found[2]):
            raise refuse(text, f"malformed constraint: {part.strip()}")
        constraints.append(Constraint(found[1] or "=", parse_version(found[2])))
    return tuple(constraints)


def satisfies(version: Version, constraints: tuple[Constraint, ...]) -> bool:
    """Whether `version` satisfies all of `constraints`."""
    return all(constraint.allows(version) for constraint in constraints)


def _rank(identifier: str) -> tuple[int, int, str]:
    """Numbers below texts; a missing identifier below both."""
    return (0, int(identifier), "") if identifier.isdecimal() else (bool(identifier), 0, identifier)


def _comparable(version: Version, bound: Version) -> bool:
    if version.prerelease and bound.prerelease:
        return version.segments == bound.segments
    return not version.prerelease


def _pessimistic(version: Version, bound: Version) -> bool:
    if not _comparable(version, bound) or (bound.prerelease and not version.prerelease):
        return False
    if version.compare(bound) < 0 or len(bound.segments) > len(version.segments):
        return False
    fixed = bound.specified - 1
    last = len(bound.segments) - 1
    return version.segments[:fixed] == bound.segments[:fixed] and bound.segments[last] <= version.segments[last]


_TESTS: Final[dict[str, Callable[[Version, Version], bool]]] = {
    "=": lambda version, bound: version.compare(bound) == 0,
    "!=": lambda version, bound: version.compare(bound) != 0,
    ">": lambda version, bound: _comparable(version, bound) and version.compare(bound) > 0,
    "<": lambda version, bound: _comparable(version, bound) and version.compare(bound) < 0,
    ">=": lambda version, bound: _comparable(version, bound) and version.compare(bound) >= 0,
    "<=": lambda version, bound: _comparable(version, bound) and version.compare(bound) <= 0,
    "~>": _pessimistic,
}
