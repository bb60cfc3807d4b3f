"""The shape in which Conftest shows a Dockerfile to policies: a list of files, each a list of commands."""

from typing import Any

from muniment.languages.dockerfile.instruction import Dockerfile, Instruction
from muniment.languages.dockerfile.resolution import assignments


def conftest_shape(dockerfile: Dockerfile) -> list[list[dict[str, Any]]]:
    """Commands with `Cmd`, `SubCmd`, `JSON`, `Flags`, `Value` and `Stage`; comments are commands before their own."""
    commands: list[dict[str, Any]] = []
    for one in dockerfile.instructions:
        stage = one.stage or 0
        commands += (_command("comment", [comment], None, stage) for comment in one.comments)
        inner = one.onbuild or one
        command = _command(one.name.lower(), _values(inner, dockerfile.escape) or None, list(one.written_flags), stage)
        command["SubCmd"] = one.text.split(maxsplit=1)[0] if one.onbuild else ""
        command["JSON"] = inner.form == "json"
        commands.append(command)
    return [commands]


def _command(name: str, values: list[str] | None, flags: list[str] | None, stage: int) -> dict[str, Any]:
    return {"Cmd": name, "SubCmd": "", "JSON": False, "Flags": flags, "Value": values, "Stage": stage}


def _values(one: Instruction, escape: str) -> list[str]:
    """The values of a command: a shell text is one, a variable is its name, its value and the sign between them."""
    if one.form == "json":
        return list(one.arguments)
    if one.name in {"RUN", "CMD", "ENTRYPOINT", "SHELL"}:
        return [one.text] if one.text else []
    if one.name == "HEALTHCHECK":
        return one.text.split(maxsplit=1)
    if one.name in {"ENV", "LABEL"}:
        sign = "=" if any("=" in word for word in one.arguments[:1]) else ""
        return [part for name, value in assignments(one, escape) for part in (name, value or "", sign)]
    return list(one.arguments)
