"""The commands that RUN instructions run: of the shell form, the JSON form and heredocs."""

import re
from collections.abc import Iterator
from typing import Any, Final

from muniment.languages.dockerfile import Instruction
from muniment.languages.shell import Command, commands
from muniment.languages.unknown import Cause, OpenList, Unknown
from muniment.parsers.dockerfile.places import Places

_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"})
_HEREDOC_WORD: Final = re.compile(r"^\s*\d*<<-?[\"']?[\w.-]+[\"']?\s*$")


def command_views(one: Instruction, shell: str, places: Places) -> Any:
    """The commands of a RUN as views, with their lines; Unknown where `shell` is none whose language is known.

    The list is open where the script breaks off within a quote: what would follow is not known.
    """
    if one.form == "shell" and shell not in _SHELLS:
        return Unknown((Cause("shell", shell),))
    found = list(_commands(one))
    whole = all(command.complete for command, _ in found)
    views: list[dict[str, Any]] = [] if whole else OpenList(causes=(Cause("syntax", "a quote that is not closed"),))
    for command, line in found:
        if not (command.name or command.assignments):
            continue
        view = _view(command)
        place = places.line(line)
        places.put(view, place)
        for member in ("words", "flags", "assignments", "wrapped"):
            places.put(view[member], place)
        places.put(views, place, len(views))
        views.append(view)
    return views


def _commands(one: Instruction) -> Iterator[tuple[Command, int]]:
    """Commands with the lines of the file that they stand in."""
    if one.form == "json":
        yield from ((command, one.span.line) for command in commands(" ".join(_quoted(word) for word in one.arguments)))
        return
    reads_script = _HEREDOC_WORD.match(one.text) is not None
    for command in commands(one.script):
        reads_script = reads_script or (command.name in _SHELLS and not command.words)
        yield command, _line(one, command.line)
    for heredoc in one.heredocs if reads_script else ():
        if _is_shell(heredoc.body):
            yield from ((command, heredoc.span.line + command.line - 1) for command in commands(heredoc.body))


def _line(one: Instruction, line: int) -> int:
    return one.lines[min(line, len(one.lines)) - 1] if one.lines else one.span.line


def _is_shell(body: str) -> bool:
    """Whether a script without another interpreter in its first line is one of a shell."""
    first = body.partition("\n")[0]
    return not first.startswith("#!") or any(word.rpartition("/")[2] in _SHELLS for word in first[2:].split())


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _view(command: Command) -> dict[str, Any]:
    return {
        "name": command.name,
        "words": list(command.words),
        "flags": list(command.flags),
        "assignments": dict(command.assignments),
        "redirects": list(command.redirects),
        "operator": command.operator,
        "wrapped": list(command.wrapped),
    }


def shell_of(one: Instruction) -> str:
    """The program that a SHELL instruction names, lower-case, without folder and suffix."""
    program = one.arguments[0] if one.arguments else ""
    return re.split(r"[/\\]", program)[-1].lower().removesuffix(".exe")
