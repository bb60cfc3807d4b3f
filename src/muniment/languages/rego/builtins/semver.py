"""Semantic versions."""

from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.errors import GoFormatError
from muniment.languages.goformat.semver import Semver, parse_semver
from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value, to_text


def compare(first: str, second: str) -> int:
    """-1, 0 or 1 in the order of versions."""
    return _version(first, 1).compare(_version(second, 2))


def _version(text: str, position: int) -> Semver:
    try:
        return parse_semver(text)
    except GoFormatError:
        raise BuiltinError(f"operand {position}: string {to_text(text)} is not a valid SemVer") from None


def is_valid(text: Value) -> bool:
    """Whether a value is a semantic version."""
    if text.__class__ is not str:
        return False
    try:
        parse_semver(text)
    except GoFormatError:
        return False
    return True


FUNCTIONS: Final = MappingProxyType({"semver.compare": compare, "semver.is_valid": is_valid})
