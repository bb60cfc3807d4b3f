"""Named formats: what Kubernetes lets a name, a label or a field of a schema look like.

Facts are those of `k8s.io/apiserver/pkg/cel/library/format.go` and of the validation that it calls.
"""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.cel.function import Function
from muniment.languages.cel.values import NONE, Optional, no_overload
from muniment.languages.goformat.timestamps import days_in_month
from muniment.languages.net import is_url

_LABEL: Final = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_SUBDOMAIN: Final = rf"{_LABEL}(\.{_LABEL})*"
_OLD_LABEL: Final = r"[a-z]([-a-z0-9]*[a-z0-9])?"
_NAME: Final = r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
_UUID: Final = r"[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}"
_BASE64: Final = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
Check = Callable[[str], list[str]]
"""What is wrong with a text."""


class Format(NamedTuple):
    """A format: what checks a text, and the size of the pattern that its price goes by."""

    check: Check
    pattern_size: int


class FormatValue:
    """A format as a value."""

    __slots__ = ("name",)
    cel_type = "kubernetes.NamedFormat"

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormatValue) and self.name == other.name

    def __hash__(self) -> int:
        return hash((self.cel_type, self.name))

    def __str__(self) -> str:
        return self.name

    @property
    def pattern_size(self) -> int:
        """The size that Kubernetes charges for a validation."""
        return FORMATS[self.name].pattern_size


def _shaped(what: str, pattern: str, most: int) -> Check:
    def check(text: str) -> list[str]:
        wrong = [f"{what} has at most {most} characters"] if len(text) > most else []
        return wrong if re.fullmatch(pattern, text) else [*wrong, f"{text!r} is no {what}"]

    return check


def _prefix(whole: Check) -> Check:
    """A prefix may end with a dash, since more will follow."""
    return lambda text: whole(f"{text[:-2]}a" if len(text) > 1 and text.endswith("-") else text)


_SUBDOMAIN_CHECK: Final = _shaped("lowercase DNS subdomain (RFC 1123)", _SUBDOMAIN, 253)
_NAME_CHECK: Final = _shaped("name part", _NAME, 63)


def _qualified_name(text: str) -> list[str]:
    prefix, slash, name = text.partition("/")
    if not slash:
        return _NAME_CHECK(text)
    return [f"prefix part: {wrong}" for wrong in _SUBDOMAIN_CHECK(prefix)] + _NAME_CHECK(name)


def _matching(message: str, pattern: str) -> Check:
    return lambda text: [] if re.fullmatch(pattern, text) else [message]


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def _date(text: str) -> list[str]:
    return [] if _is_date(text) else ["invalid date"]


def _datetime(text: str) -> list[str]:
    day, _, clock = text.lower().partition("t")
    return [] if _is_date(day) and _TIME.fullmatch(clock) else ["invalid datetime"]


def _uri(text: str) -> list[str]:
    return [] if is_url(text) else [f"{text!r} is no URI"]


def _label_value(text: str) -> list[str]:
    return _shaped("label value", rf"({_NAME})?", 63)(text)


_LABEL_CHECK: Final = _shaped("lowercase DNS label (RFC 1123)", _LABEL, 63)
_OLD_LABEL_CHECK: Final = _shaped("DNS label (RFC 1035)", _OLD_LABEL, 63)
FORMATS: Final = MappingProxyType(
    {
        "dns1123Label": Format(_LABEL_CHECK, 30),
        "dns1123Subdomain": Format(_SUBDOMAIN_CHECK, 60),
        "dns1035Label": Format(_OLD_LABEL_CHECK, 30),
        "qualifiedName": Format(_qualified_name, 60),
        "dns1123LabelPrefix": Format(_prefix(_LABEL_CHECK), 30),
        "dns1123SubdomainPrefix": Format(_prefix(_SUBDOMAIN_CHECK), 60),
        "dns1035LabelPrefix": Format(_prefix(_OLD_LABEL_CHECK), 30),
        "labelValue": Format(_label_value, 40),
        "uri": Format(_uri, 1120),
        "uuid": Format(_matching("does not match the UUID format", _UUID), 83),
        "byte": Format(_matching("invalid base64", _BASE64), 84),
        "date": Format(_date, 71),
        "datetime": Format(_datetime, 71),
    }
)


def _named(name: Any) -> Optional:
    return Optional(FormatValue(name)) if name in FORMATS else NONE


def _format(name: str) -> Callable[[], FormatValue]:
    return lambda: FormatValue(name)


def _validate(value: Any, text: Any) -> Optional:
    if not isinstance(value, FormatValue) or type(text) is not str:
        raise no_overload("validate", value, text)
    wrong = FORMATS[value.name].check(text)
    return Optional(wrong) if wrong else NONE


def format_functions() -> tuple[Function, ...]:
    """`format.`: every format, by its own function and by name."""
    return (
        Function("format.named", _named, least=1, most=1),
        *(Function(f"format.{name}", _format(name), least=0, most=0) for name in FORMATS),
        Function("validate", _validate, receiver=True, least=2, most=2),
    )
