"""What a package manager's command installs, and whether its words fix the version."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from muniment.languages.cel import Function
from muniment.languages.unknown import Cause, Unknown

_COMMIT: Final = r"[@#][0-9a-f]{40}(?:[0-9a-f]{24})?(?:#|$)"
_LOCAL: Final = r"^(?:\.{0,2}/|~/|\.{1,2}$|file:)|\.(?:whl|tgz|tar\.gz|deb|rpm|apk|gem)$"
_VERSION: Final = r"\d+\.\d+\.\d+[\w.+-]*"
_WRITTEN_LATER: Final = ("$", "`")


class _Manager(NamedTuple):
    """How one program is told what to install."""

    verbs: frozenset[str]
    """Words, or `two words`, that install what follows; empty where the program itself does."""
    taking: frozenset[str]
    """Flags that take the next word."""
    exact: Callable[[str], bool]
    """Whether a word names one version."""
    lists: frozenset[str] = frozenset()
    """Flags whose next word is a file that lists packages."""
    implied: str = ""
    """The file that lists what is installed where no package is named."""
    locked: frozenset[str] = frozenset()
    """Flags that hold the installation to recorded digests or versions."""
    bounds: frozenset[str] = frozenset()
    """Flags that name a file of versions."""


def _after(mark: str) -> Callable[[str], bool]:
    return lambda word: mark in word and not word.endswith(mark)


def _rpm(word: str) -> bool:
    return re.search(r"-\d", word) is not None


def _zypper(word: str) -> bool:
    return re.search(r"[^<>=]=\d|-\d", word) is not None


def _pip(word: str) -> bool:
    return ("==" in word and "*" not in word) or re.search(_COMMIT, word) is not None


def _npm(word: str) -> bool:
    return re.fullmatch(_VERSION, word.rpartition("@")[2]) is not None or re.search(_COMMIT, word) is not None


def _go(word: str) -> bool:
    return "@" in word and re.search(r"@(?:v\d+\.\d+\.\d+|[0-9a-f]{12,40}$)", word) is not None


def _gem(word: str) -> bool:
    return re.search(r":\d", word) is not None


_INSTALL: Final = frozenset({"install", "reinstall"})
_RPM: Final = _Manager(frozenset({*_INSTALL, "localinstall"}), frozenset({"-c", "--config", "-x", "--exclude"}), _rpm)
_APT: Final = _Manager(_INSTALL, frozenset({"-t", "--target-release", "-o", "--option", "-c"}), _after("="))
_PIP: Final = _Manager(
    frozenset({"install", "pip install"}),
    frozenset(
        {
            *("-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target"),
            *("--prefix", "--root", "--src", "--platform", "--python-version", "--trusted-host", "--progress-bar"),
        }
    ),
    _pip,
    lists=frozenset({"-r", "--requirement"}),
    locked=frozenset({"--require-hashes"}),
    bounds=frozenset({"-c", "--constraint"}),
)
_NPM: Final = _Manager(
    frozenset({"install", "i", "add"}),
    frozenset({"--prefix", "--registry", "--loglevel", "-w", "--workspace", "--cache"}),
    _npm,
    implied="package.json",
    locked=frozenset({"--frozen-lockfile", "--immutable"}),
)
_MANAGERS: Final = {
    "apk": _Manager(
        frozenset({"add"}),
        frozenset({"-t", "--virtual", "-X", "--repository", "--repositories-file", "-p", "--root", "--arch"}),
        lambda word: re.search(r"[=~]\d", word) is not None,
    ),
    "apt-get": _APT,
    "apt": _APT,
    "aptitude": _APT,
    "yum": _RPM,
    "dnf": _RPM,
    "microdnf": _RPM,
    "tdnf": _RPM,
    "zypper": _Manager(frozenset({"install", "in"}), frozenset({"-r", "--repo", "-t", "--type"}), _zypper),
    "pip": _PIP,
    "uv": _PIP._replace(verbs=frozenset({"pip install"})),
    "npm": _NPM,
    "pnpm": _NPM,
    "yarn": _NPM._replace(verbs=frozenset({"install", "add", "global add"})),
    "gem": _Manager(
        _INSTALL,
        frozenset({"-i", "--install-dir", "-n", "--bindir", "-s", "--source", "-v", "--version"}),
        _gem,
        locked=frozenset({"-v", "--version"}),
    ),
    "go": _Manager(frozenset({"install", "get"}), frozenset({"-C", "-ldflags", "-tags", "-p", "-o", "-mod"}), _go),
}


def _installed(command: Any) -> Any:
    """`[{manager, name, pinned}]`; `pinned` is unknown where a file or a variable decides."""
    if isinstance(command, Unknown) or not isinstance(command, dict):
        return command if isinstance(command, Unknown) else []
    name, words = _program(str(command["name"]), [str(word) for word in command["words"]])
    manager = _MANAGERS.get(name)
    rest = _behind(manager, words) if manager is not None else None
    if manager is None or rest is None:
        return []
    return [{"manager": name, "name": word, "pinned": pinned} for word, pinned in _packages(manager, rest)]


def _program(name: str, words: list[str]) -> tuple[str, list[str]]:
    """The package manager behind a name: `pip3`, `python -m pip`."""
    if re.fullmatch(r"pip[\d.]*", name):
        return "pip", words
    if re.fullmatch(r"python[\d.]*", name) and words[:2] == ["-m", "pip"]:
        return "pip", words[2:]
    return name, words


def _behind(manager: _Manager, words: list[str]) -> list[str] | None:
    """The words that follow the verb, with the flags in front of it; None without the verb."""
    plain = [
        place for place, word in enumerate(words) if not word.startswith("-") and not _taken(manager, words, place)
    ]
    for count in (2, 1):
        if " ".join(words[place] for place in plain[:count]) in manager.verbs and len(plain) >= count:
            verb = set(plain[:count])
            return [word for place, word in enumerate(words) if place not in verb]
    return None


def _taken(manager: _Manager, words: list[str], place: int) -> bool:
    return place > 0 and words[place - 1] in manager.taking | manager.lists


def _packages(manager: _Manager, words: list[str]) -> Iterator[tuple[str, Any]]:
    """Every package or list of packages, and whether its version is fixed."""
    flags = {word.partition("=")[0] for word in words if word.startswith("-")}
    locked = bool(flags & manager.locked)
    bound = bool(flags & manager.bounds)
    nothing = True
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        option, equals, value = word.partition("=")
        if before in manager.lists or (option in manager.lists and equals):
            listed = word if before in manager.lists else value
            yield listed, locked or Unknown((Cause("file", listed),))
        elif word.startswith("-") or before in manager.taking:
            continue
        else:
            yield word, locked or _pinned(word, manager, bound=bound)
        nothing = False
    if nothing and manager.implied and not flags & {"-g", "--global"}:
        yield manager.implied, locked or Unknown((Cause("file", manager.implied),))


def _pinned(word: str, manager: _Manager, *, bound: bool) -> Any:
    """Whether a word names one version; unknown where a variable or a file beside it says so."""
    if (re.search(_LOCAL, word) and "://" not in word) or manager.exact(word):
        return True
    return Unknown((Cause("variable", word),)) if bound or any(mark in word for mark in _WRITTEN_LATER) else False


FUNCTIONS: Final = (Function("installed", _installed, unknowns=True),)
