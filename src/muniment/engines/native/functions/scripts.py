"""Build scripts: which variables an instruction or step sets, and for whom."""

from collections.abc import Iterator
from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import Unknown

_SETTERS: Final = frozenset({"export", "env", "declare", "typeset", "readonly", "local"})


def _assigned(view: Any) -> Any:
    """`[{name, value}]`: what ENV, ARG or the commands of a RUN set, in front of a command or by `export`."""
    if isinstance(view, Unknown):
        return view
    if not isinstance(view, dict):
        return []
    commands = view.get("commands")
    if isinstance(commands, Unknown):
        return Unknown(commands.causes)
    pairs = [pair for pair in view.get("pairs") or () if isinstance(pair, dict)]
    return [*pairs, *({"name": name, "value": value} for name, value in _of_commands(commands or ()))]


def _of_commands(commands: Any) -> Iterator[tuple[str, str]]:
    for command in commands:
        yield from command["assignments"].items()
        if command["name"] in _SETTERS:
            for word in command["words"]:
                name, equals, value = word.partition("=")
                if equals and name.isidentifier():
                    yield name, value


FUNCTIONS: Final = (Function("assigned", _assigned, unknowns=True),)
