"""Reads suites of tests for templates and constraints, and the filter of `gator verify`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.app.gator.files import objects_of
from muniment.engines.gatekeeper.manifests import SUITES, role_of
from muniment.errors import InputError
from muniment.languages import regex
from muniment.languages.source import LimitExceededError

_SUITE_KEYS: Final = frozenset({"apiVersion", "kind", "metadata", "tests", "skip"})
_TEST_KEYS: Final = frozenset({"name", "template", "constraint", "expansion", "cases", "invalid", "skip"})
_CASE_KEYS: Final = frozenset({"name", "object", "inventory", "assertions", "skip"})
_ASSERTION_KEYS: Final = frozenset({"violations", "message"})


class Suite(NamedTuple):
    """A suite that was read."""

    path: str
    value: Mapping[str, Any]


class Filter:
    """`--run`: one pattern for names of tests or cases, or one for each with `//` between them."""

    __slots__ = ("_case", "_either", "_test")

    def __init__(self, text: str) -> None:
        """Raises InputError for a pattern that does not read."""
        parts = text.split("//")
        if len(parts) > 2:
            raise InputError("--run may have one // at most", code="filter")
        self._either = pattern_of(parts[0]) if len(parts) == 1 else None
        self._test = pattern_of(parts[0]) if len(parts) > 1 else None
        self._case = pattern_of(parts[1]) if len(parts) > 1 else None

    def test(self, name: str, cases: Sequence[str]) -> bool:
        """Whether a test is run."""
        if self._either is None:
            return self._test is None or self._test.search(name) is not None
        return any(self._either.search(one) is not None for one in (name, *cases))

    def case(self, test: str, name: str) -> bool:
        """Whether a case is run."""
        if self._either is None:
            wanted = self._case is None or self._case.search(name) is not None
            return wanted and (self._test is None or self._test.search(test) is not None)
        return self._either.search(name) is not None or self._either.search(test) is not None


def read_suites(path: str) -> tuple[Suite, ...]:
    """The suites in a file, in a folder, or below it where the path ends in `/...`. Raises InputError."""
    below = path.endswith("/...")
    target = Path(path.removesuffix("...") or ".")
    if not target.exists():
        raise InputError(f"{path} does not exist", code="missing-path")
    if not target.is_dir():
        if below:
            raise InputError(f"{path}: only a folder has something below it", code="missing-path")
        return tuple(_suites(target))
    files = target.rglob("*") if below else target.iterdir()
    return tuple(suite for file in sorted(files) if file.suffix in {".yaml", ".yml"} for suite in _suites(file))


def _suites(file: Path) -> Iterator[Suite]:
    """The suite of a file; nothing if it holds something else."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", code="permission") from error
    objects = list(objects_of(data, str(file))) if SUITES.encode() in data else []
    for value, place in objects[:1]:
        if role_of(value) == "suite":
            _check_keys(value, _SUITE_KEYS, f"{place}: the suite")
            for test in rows_of(value, "tests"):
                _check_keys(test, _TEST_KEYS, f"{place}: a test")
                for case in rows_of(test, "cases"):
                    _check_keys(case, _CASE_KEYS, f"{place}: a case")
                    for assertion in rows_of(case, "assertions"):
                        _check_keys(assertion, _ASSERTION_KEYS, f"{place}: an assertion")
            yield Suite(str(file), value)


def pattern_of(text: str) -> regex.Regex:
    """A pattern of RE2's dialect. Raises InputError if it does not read."""
    try:
        return regex.compile(text)
    except (regex.RegexError, LimitExceededError) as error:
        raise InputError(f"{text!r} is no regular expression: {error.diagnostic.message}", code="filter") from error


def rows_of(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The mappings in a list; empty if there is none. Raises InputError for another shape."""
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InputError(f"{key} must be a list of mappings", code="suite")
    return found


def _check_keys(value: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    """Raises InputError for a key that nobody reads: a misspelt one would leave a test without its demand."""
    unknown = sorted(key for key in value if key not in known)
    if unknown:
        raise InputError(f"{where} has the unknown key {unknown[0]!r}", code="unknown-key")
