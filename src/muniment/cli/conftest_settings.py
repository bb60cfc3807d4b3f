"""What a Conftest command is told beside its arguments: its configuration file, and CONFTEST_* variables over it."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from muniment.errors import UsageError

DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "policy": ["policy"],
        "namespace": ["main"],
        "data": [],
        "update": [],
        "proto_file_dirs": [],
        "output": "stdout",
        "rego_version": "v1",
    }
)
_OWN: Final = frozenset({"action", "as_upstream", "command", "files", "folder", "version"})
"""What no variable sets: it is no option of Conftest's, or would make a run laxer without a trace."""
_CHOICES: Final = (("rego_version", ("v0", "v1")), ("report", ("full", "notes", "fails")))
_TRUE: Final = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE: Final = frozenset({"0", "f", "F", "FALSE", "false", "False"})


def settle(arguments: argparse.Namespace) -> None:
    """Fills in what the command line left out: from the environment, the configuration file, else the defaults.

    Raises UsageError for what is none of an option's values.
    """
    settings = _configuration(arguments.config_file or _variable("config_file"))
    for name, value in vars(arguments).items():
        if value is None or value is False or value == "":
            setattr(arguments, name, _chosen(name, value, settings))
        elif isinstance(DEFAULTS.get(name), list):
            setattr(arguments, name, [part for one in value for part in one.split(",")])
    for name, choices in _CHOICES:
        given = getattr(arguments, name, None)
        if given is not None and given not in choices:
            raise UsageError(f"{name.replace('_', '-')}: {given!r} is none of {', '.join(choices)}")


def _chosen(name: str, value: Any, settings: Mapping[str, Any]) -> Any:
    """The value of an option that the command line does not give."""
    found: Any = "" if name in _OWN else _variable(name)
    if not found:
        found = settings.get(name, settings.get(name.replace("_", "-")))
    if found is None:
        return DEFAULTS.get(name, value)
    if isinstance(DEFAULTS.get(name), list):
        return [part for one in (found if isinstance(found, list) else [found]) for part in _text(name, one).split(",")]
    return _truth(name, found) if value is False else _text(name, found)


def _variable(name: str) -> str:
    from muniment.app.settings import environment

    return environment(f"CONFTEST_{name.upper()}")


def _text(name: str, found: Any) -> str:
    if not isinstance(found, str):
        raise UsageError(f"{name.replace('_', '-')}: {found!r} is no text")
    return found


def _truth(name: str, found: Any) -> bool:
    text = str(found)
    if text not in _TRUE | _FALSE:
        raise UsageError(f"{name.replace('_', '-')}: {text!r} is neither true nor false")
    return text in _TRUE


def _configuration(path: str) -> dict[str, Any]:
    from muniment.app.conftest.formats import read_value
    from muniment.app.conftest.inputs import read_text

    file = Path(path or "conftest.toml")
    return dict(read_value("toml", read_text(file))) if path or file.is_file() else {}
