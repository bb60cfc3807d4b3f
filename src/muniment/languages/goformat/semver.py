"""Semantic versions 2.0.0 as `blang/semver` reads, orders and matches them."""

import re
from collections.abc import Callable
from functools import total_ordering
from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.errors import GoFormatError, refuse

_NUMBER = r"(0|[1-9][0-9]*)"
_FORM: Final = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
    r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
_PADDED: Final = re.compile(r"[0-9]*")
_MAX: Final = 2**64


@total_ordering
class Semver:
    """A version; order and equality leave its build metadata out."""

    __slots__ = ("build", "key", "major", "minor", "patch", "prerelease")

    def __init__(self, numbers: tuple[int, int, int], prerelease: tuple[str, ...], build: tuple[str, ...]) -> None:
        self.major, self.minor, self.patch = numbers
        self.prerelease = prerelease
        self.build = build
        self.key = (*numbers, not prerelease, tuple(map(_rank, prerelease)))

    def compare(self, other: "Semver") -> int:
        """-1, 0 or 1."""
        return (self.key > other.key) - (self.key < other.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Semver) and self.key == other.key

    def __lt__(self, other: "Semver") -> bool:
        return self.key < other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        tail = (f"-{'.'.join(self.prerelease)}" if self.prerelease else "") + (
            f"+{'.'.join(self.build)}" if self.build else ""
        )
        return f"{self.major}.{self.minor}.{self.patch}{tail}"


def _rank(identifier: str) -> tuple[bool, int, str]:
    """The order of pre-release identifiers: numbers by value and below texts."""
    return (False, int(identifier), "") if identifier.isdigit() else (True, 0, identifier)


def parse_semver(text: str) -> Semver:
    """Reads a strict version; raises `GoFormatError` for a missing part, a leading zero or a number over 64 bits."""
    found = _FORM.fullmatch(text)
    if not found or len(text) > 1000:
        raise refuse(text, f"invalid semantic version: {text}")
    prerelease = tuple(found[4].split(".")) if found[4] else ()
    if any(part.isdigit() and ((part[0] == "0" and len(part) > 1) or int(part) >= _MAX) for part in prerelease):
        raise refuse(text, f"invalid pre-release of a semantic version: {text}")
    major, minor, patch = (int(found[n]) for n in (1, 2, 3))
    if max(major, minor, patch) >= _MAX:
        raise refuse(text, f"a number of a semantic version is too large: {text}")
    return Semver((major, minor, patch), prerelease, tuple(found[5].split(".")) if found[5] else ())


def parse_semver_normalised(text: str) -> Semver:
    """Reads a version after dropping a `v` and leading zeros and padding missing parts with zeros."""
    return parse_semver(normalise(text))


def normalise(text: str) -> str:
    """`v1.02` as `1.2.0`; whatever follows the third part stays."""
    parts = text.removeprefix("v").split(".", 2)
    tail = ""
    if len(parts) < 3:
        cut = re.search(r"[-+]", parts[-1])
        if cut:
            return text.removeprefix("v")
        parts += ["0"] * (3 - len(parts))
    else:
        found = _PADDED.match(parts[2])
        end = found.end() if found else 0
        parts[2], tail = parts[2][:end], parts[2][end:]
    return ".".join(part.lstrip("0") or ("0" if part else "") for part in parts) + tail


_CLAUSE: Final = re.compile(r"([!<>=]*)\s*([^\s!<>=]\S*)\s*")
_SIGNS: Final = MappingProxyType({"": "=", "==": "=", "=>": ">=", "=<": "<=", "!": "!="})


def semver_range(text: str) -> Callable[[Semver], bool]:
    """A test for ranges such as `>1.0.0 <2.0.0 || >=3.0.0`, `!1.2.3` and `1.x`; raises `GoFormatError` otherwise."""
    branches = tuple(tuple(_clauses(branch, text)) for branch in re.split(r"\s\|\|\s", text))
    return lambda version: any(all(test(version) for test in branch) for branch in branches)


def _clauses(branch: str, text: str) -> list[Callable[[Semver], bool]]:
    tests, at = list[Callable[[Semver], bool]](), len(branch) - len(branch.lstrip())
    while at < len(branch) or not tests:
        found = _CLAUSE.match(branch, at)
        if not found:
            raise refuse(text, f"invalid range: {text}")
        tests.append(_clause(found[1], found[2], text))
        at = found.end()
    return tests


def _clause(written: str, version: str, text: str) -> Callable[[Semver], bool]:
    """One comparison; a wildcard stands for the stretch of versions that it covers."""
    sign = _SIGNS.get(written, written)
    if version.endswith(".x"):
        return _wildcard(sign, version)
    bound = parse_semver(version)
    tests: dict[str, Callable[[Semver], bool]] = {
        "=": lambda v: v == bound,
        "!=": lambda v: v != bound,
        ">": lambda v: v > bound,
        "<": lambda v: v < bound,
        ">=": lambda v: v >= bound,
        "<=": lambda v: v <= bound,
    }
    if sign not in tests:
        raise refuse(text, f"invalid comparison {written} in range: {text}")
    return tests[sign]


def _wildcard(sign: str, version: str) -> Callable[[Semver], bool]:
    """A clause on `1.x` or `1.2.x`; `1.x.x` reaches as far as `1.0.x`, as it does upstream."""
    low = parse_semver({1: f"{version[:-2]}.0.0", 2: version.replace(".x", ".0")}.get(version.count("."), version))
    minor = version.count(".") == 2
    high = Semver((low.major + (not minor), low.minor + 1 if minor else 0, 0), (), ())
    tests: dict[str, Callable[[Semver], bool]] = {
        "=": lambda v: low <= v < high,
        "!=": lambda _: False,  # upstream asks for versions below and above at once
        ">": lambda v: v >= high,
        "<": lambda v: v < low,
        ">=": lambda v: v >= low,
        "<=": lambda v: v < high,
    }
    if sign not in tests:
        raise refuse(version, f"invalid comparison with a wildcard: {sign}{version}")
    return tests[sign]


__all__ = ("GoFormatError", "Semver", "normalise", "parse_semver", "parse_semver_normalised", "semver_range")
