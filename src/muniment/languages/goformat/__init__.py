"""Go's text formats, which policies and templates show and compare: numbers, durations, times, quantities, versions.

Each name is imported from the module that defines it when it is first asked for, so that one format loads no other.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from muniment.languages.goformat.constraints import Constraint, Version, parse_constraints, parse_version, satisfies
    from muniment.languages.goformat.durations import parse_duration, print_duration
    from muniment.languages.goformat.errors import GoFormatError
    from muniment.languages.goformat.floats import format_float, json_number, to_json
    from muniment.languages.goformat.formatting import Directive, directives, format_value, sprintf
    from muniment.languages.goformat.quantity import Quantity, is_quantity, parse_quantity
    from muniment.languages.goformat.quoting import quote
    from muniment.languages.goformat.semver import Semver, parse_semver, parse_semver_normalised, semver_range
    from muniment.languages.goformat.timestamps import Timestamp, civil, parse_rfc3339, print_rfc3339

_HOMES: Final = MappingProxyType(
    {
        "constraints": ("Constraint", "Version", "parse_constraints", "parse_version", "satisfies"),
        "durations": ("parse_duration", "print_duration"),
        "errors": ("GoFormatError",),
        "floats": ("format_float", "json_number", "to_json"),
        "formatting": ("Directive", "directives", "format_value", "sprintf"),
        "quantity": ("Quantity", "is_quantity", "parse_quantity"),
        "quoting": ("quote",),
        "semver": ("Semver", "parse_semver", "parse_semver_normalised", "semver_range"),
        "timestamps": ("Timestamp", "civil", "parse_rfc3339", "print_rfc3339"),
    }
)

__all__ = (
    "Constraint",
    "Directive",
    "GoFormatError",
    "Quantity",
    "Semver",
    "Timestamp",
    "Version",
    "civil",
    "directives",
    "format_float",
    "format_value",
    "is_quantity",
    "json_number",
    "parse_constraints",
    "parse_duration",
    "parse_quantity",
    "parse_rfc3339",
    "parse_semver",
    "parse_semver_normalised",
    "parse_version",
    "print_duration",
    "print_rfc3339",
    "quote",
    "satisfies",
    "semver_range",
    "sprintf",
    "to_json",
)


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(name)
