"""Programs that run another command, and where that command starts among their words."""

from typing import Final

from muniment.languages.shell.tokens import Token

SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})
_TAKE: Final[dict[str, frozenset[str]]] = {
    "chroot": frozenset(),
    "command": frozenset(),
    "doas": frozenset({"-u", "-C"}),
    "env": frozenset({"-u", "-C", "--unset", "--chdir"}),
    "exec": frozenset({"-a"}),
    "gosu": frozenset(),
    "ionice": frozenset({"-c", "-n", "--class", "--classdata"}),
    "nice": frozenset({"-n", "--adjustment"}),
    "nohup": frozenset(),
    "setsid": frozenset(),
    "stdbuf": frozenset({"-i", "-o", "-e"}),
    "su-exec": frozenset(),
    "sudo": frozenset({"-u", "-g", "-h", "-p", "-C", "-T", "-r", "-t", "-D", "-R", "--user", "--group"}),
    "time": frozenset({"-f", "-o"}),
    "timeout": frozenset({"-s", "-k", "--signal", "--kill-after"}),
    "xargs": frozenset({"-n", "-I", "-P", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs"}),
}
"""The options of each wrapper that take the next word."""
_OPERANDS: Final = {"chroot": 1, "gosu": 1, "su-exec": 1, "timeout": 1}
"""Words before the command that are the wrapper's own: a user, a folder, a duration."""
_LOOK_UP: Final = frozenset({"-v", "-V"})


def inner_command(name: str, words: list[Token]) -> list[Token]:
    """The words of the command that a wrapper runs; none for other programs, and for `command -v`."""
    takes = _TAKE.get(name)
    if takes is None:
        return []
    place = 0
    while place < len(words):
        text = words[place].text
        if name == "command" and text in _LOOK_UP:
            return []
        if text == "--":
            place += 1
            break
        if not text.startswith("-") and not (name in {"env", "sudo"} and is_assignment(words[place])):
            break
        place += 2 if text in takes else 1
    return words[place + _OPERANDS.get(name, 0) :]


def inner_script(name: str, words: list[Token]) -> Token | None:
    """The script that a program is given as an argument: of a shell or `su` behind `-c`, of `eval` all words."""
    if name == "eval" and words:
        return words[0]._replace(text=" ".join(word.text for word in words))
    if name not in SHELLS and name != "su":
        return None
    place = 0
    while place < len(words):
        text = words[place].text
        if text == "--command" or (text[:1] == "-" and text[:2] != "--" and text.endswith("c")):
            return words[place + 1] if place + 1 < len(words) else None
        if name != "su" and text[:1] not in {"-", "+"}:
            return None
        place += 2 if text[:1] in {"-", "+"} and text[-1:] in {"o", "O"} else 1
    return None


def is_assignment(token: Token) -> bool:
    """Whether a word sets a variable: `NAME=value` or `NAME+=value`."""
    name = token.text.partition("=")[0].removesuffix("+").partition("[")[0]
    return "=" in token.text and name.isidentifier() and name.isascii()
