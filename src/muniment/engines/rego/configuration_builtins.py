"""Conftest's builtins, which read configuration from within a policy or its tests."""

from collections.abc import Callable
from typing import Final, NamedTuple

from muniment.errors import InputError
from muniment.languages.rego.signatures import Builtin, BuiltinError, Builtins
from muniment.languages.rego.values import Value, from_json


class Reading(NamedTuple):
    """How a host reads configuration. All raise InputError for what cannot be read."""

    text: Callable[[str, str], Value]
    """The value of a text, by the name of a parser."""
    file: Callable[[str], Value]
    """The value of a file, by its path as a policy writes it."""
    files: Callable[[list[str]], Value]
    """The values of files, each with its path."""


def _nothing(*_: object) -> Value:
    raise InputError("no configuration is read here", code="unavailable")


NOTHING_TO_READ: Final = Reading(_nothing, _nothing, _nothing)
"""For a host that gives policies no files."""


class ConfigurationBuiltins:
    """Other builtins, and those that read configuration; `allowed` cuts all of them down to some names."""

    __slots__ = ("_allowed", "_others", "_own")

    def __init__(self, others: Builtins, reading: Reading, allowed: frozenset[str] | None = None) -> None:
        self._others = others
        self._allowed = allowed
        self._own = {
            one.name: one
            for one in (
                Builtin("parse_config", ("string", "string"), "any", _guarded(reading.text), nondeterministic=True),
                Builtin("parse_config_file", ("string",), "any", _guarded(reading.file), nondeterministic=True),
                Builtin(
                    "parse_combined_config_files",
                    ("array[string]",),
                    "any",
                    _guarded(reading.files),
                    nondeterministic=True,
                ),
            )
        }

    def find(self, name: str) -> Builtin | None:
        """The builtin of that name, unless it is not allowed."""
        if name in self._own:
            return self._own[name]
        if self._allowed is not None and name not in self._allowed:
            return None
        return self._others.find(name)


def _guarded(read: Callable[..., Value]) -> Callable[..., Value]:
    def function(*arguments: Value) -> Value:
        try:
            return from_json(read(*arguments))
        except InputError as error:
            raise BuiltinError(str(error)) from None

    return function
