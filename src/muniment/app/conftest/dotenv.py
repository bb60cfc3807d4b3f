"""Files of variables for an environment, as Conftest shows them: texts in which earlier variables stand for values."""

import re
from collections.abc import Callable
from typing import Any, Final

from muniment.errors import InputError

_NOTHING: Final = re.compile(r"(?:[^\S\n]*(?:\#[^\n]*)?\n)*[^\S\n]*(?:\#[^\n]*)?")
_SETTING: Final = re.compile(
    r"""(?:export[^\S\n]+)?(?P<name>[\w.]+)(?:[^\S\n]*=[^\S\n]*|:[^\S\n]+)
        (?:'(?P<single>[^']*|[^\n]*)'|"(?P<double>(?:\\.|[^"\\])*)"|(?P<bare>[^\#\n]*))
        [^\S\n]*(?:\#[^\n]*)?(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_OPEN: Final = re.compile(r"'[^']*|\"[^\"]*")
_REFERENCE: Final = re.compile(r"(\\\$)|\$\{([A-Z0-9_]+)\}|\$([A-Z0-9_]+)")
_ESCAPES: Final = {"n": "\n", "r": "\r"}


def read_dotenv(text: str, variable: Callable[[str], str] | None = None) -> dict[str, Any]:
    """Variables with texts; those that are not in the file are what `variable` says, if it is there.

    Raises InputError for lines that set nothing, and for references to what is not known.
    """
    plain = re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))
    found: dict[str, Any] = {}
    at = _past_nothing(plain, 0)
    line = 1 + plain.count("\n", 0, at)
    while at < len(plain):
        setting = _SETTING.match(plain, at)
        if not setting or _OPEN.fullmatch((setting["bare"] or "").strip()):
            raise InputError(f"line {line}: no variable is set, or a quote is not closed", code="syntax-error")
        found[setting["name"]] = _value(setting, found, variable, line)
        at = _past_nothing(plain, setting.end())
        line += plain.count("\n", setting.start(), at)
    return found


def _past_nothing(text: str, at: int) -> int:
    """Where blanks and comments end."""
    nothing = _NOTHING.match(text, at)
    return nothing.end() if nothing else at


def _value(setting: re.Match[str], known: dict[str, Any], variable: Callable[[str], str] | None, line: int) -> str:
    if setting["single"] is not None:
        return setting["single"]

    def replaced(found: re.Match[str]) -> str:
        name = found[2] or found[3]
        if name is None:
            return "$"
        value = variable(name) if variable else ""
        if value or name in known or variable:
            return str(value or known.get(name, ""))
        remedy = "set it before in the file, the environment is not read"
        raise InputError(f"line {line}: {found[0]} refers to nothing: {remedy}", code="unresolved")

    return _REFERENCE.sub(replaced, _plain(setting))


def _plain(setting: re.Match[str]) -> str:
    """The text of a value that is not in single quotes, references and their escapes as they stand."""
    if setting["double"] is None:
        return setting["bare"].strip()
    return re.sub(r"\\([^$])", lambda found: _ESCAPES.get(found[1], found[1]), setting["double"], flags=re.DOTALL)
