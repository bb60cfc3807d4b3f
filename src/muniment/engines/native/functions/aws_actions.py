"""AWS's actions: the access level of each, and whether it can be limited to resources.

The facts are those of AWS's Service Authorization Reference (the table beside this module, written by `make actions`).
An action that is newer than the table is told by its verb. Import this only where a statement has to be judged: the
table is read once, with the first import.
"""

import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import translate
from types import MappingProxyType
from typing import Final

LEVELS: Final = frozenset({"list", "read", "write", "permissions", "tagging"})
"""The access levels, in the words of the table; a dash there stands for what takes no resource."""
_VERBS: Final = (
    ("list", "list|describe"),
    (
        "read",
        "get|batchget|batchcheck|query|scan|search|view|lookup|check|head|select|estimate|validate|preview|decode",
    ),
    ("tagging", "tag|untag"),
)


def _read() -> Mapping[str, Mapping[str, str]]:
    """Service -> access level -> its actions, a blank before and after each."""
    data = pkgutil.get_data("muniment.engines.native.functions", "aws_actions.txt")
    assert data is not None  # noqa: S101  it lies beside this module
    services: dict[str, dict[str, str]] = defaultdict(dict)
    for line in data.decode("ascii").splitlines():
        service, level, names = line.split(" ", 2)
        services[service][level] = f" {names} "
    return MappingProxyType(services)


_SERVICES: Final = _read()


def covers(pattern: str, levels: frozenset[str]) -> bool:
    """Whether an `Action` in lower case covers an action of these levels that takes a resource.

    A pattern that covers nothing of the table is told by its verb.
    """
    prefix, _, name = pattern.partition(":")
    if pattern == "*":
        name = "*"
    services = [_SERVICES[service] for service in _services(prefix)]
    if any(_matches(services, name, levels)):
        return True
    return not any(_matches(services, name, LEVELS | {"-"})) and _level(prefix, name) in levels


def leaves(patterns: Iterable[str], levels: frozenset[str]) -> bool:
    """Whether these `NotAction`, in lower case, leave an action of these levels that takes a resource."""
    without = re.compile("|".join(map(_expression, patterns))).match
    return any(
        not without(f"{service}:{name}")
        for service, groups in _SERVICES.items()
        for level in levels
        for name in groups.get(level, "").split()
    )


def _services(prefix: str) -> Iterable[str]:
    if "*" in prefix or "?" in prefix:
        return filter(re.compile(_expression(prefix)).match, _SERVICES)
    return (prefix,) if prefix in _SERVICES else ()


def _matches(services: Iterable[Mapping[str, str]], pattern: str, levels: Iterable[str]) -> Iterator[bool]:
    """For every group of actions at these levels whether it has one that a pattern matches."""
    groups = (groups[level] for groups in services for level in levels if level in groups)
    if "*" not in pattern and "?" not in pattern:
        return (f" {pattern} " in names for names in groups)
    match = re.compile(_expression(pattern)).match
    return (any(map(match, names.split())) for names in groups)


def _expression(pattern: str) -> str:
    """`*` and `?` of IAM as a regular expression for the whole text."""
    return translate(pattern.replace("[", "[[]"))


def _level(service: str, name: str) -> str:
    """The access level that the verb of an action tells: a change where it tells none."""
    for level, verbs in _VERBS:
        if re.match(verbs, name):
            return level
    return "permissions" if service == "iam" else "write"
