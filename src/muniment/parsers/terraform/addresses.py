"""Addresses of Terraform as text: the keys of instances, written and taken away, and the steps that lead to one."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_STEP: Final = re.compile(
    r"(?:resource\.)?(?P<kind>(?:data\.|ephemeral\.)?[^.\[\]]+)\.(?P<name>[^.\[\]]+)"
    r'(?P<key>\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?(?P<more>\.|$)'
)
MODULE: Final = "module"


class Step(NamedTuple):
    """One step of an address: a module call, or the resource at its end, with the instance that is meant."""

    kind: str
    """`module`, or the type of the resource; `data.` stands before that of a data source."""
    name: str
    key: str = ""
    """As it is written behind the name: `[0]`, `["a"]`, `[*]`; empty without one."""


Steps = tuple[Step, ...]


def steps_of(address: str) -> Steps:
    """The steps of the address of a module or a resource, calls first; empty for what is no such address."""
    steps: list[Step] = []
    end, more = 0, "."
    while more:
        found = _STEP.match(address, end)
        if found is None or (steps and steps[-1].kind != MODULE):
            return ()
        steps.append(Step(found["kind"], found["name"], found["key"] or ""))
        end, more = found.end(), found["more"]
    return tuple(steps)


def text_of(steps: Iterable[Step]) -> str:
    """The address that some steps lead to."""
    return ".".join(f"{kind}.{name}{key}" for kind, name, key in steps)


def _quoted(text: str) -> str:
    """A key in quotes, escaped as Terraform prints it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("${", "$${") + '"'


def quoted_key(key: str | int | None) -> str:
    """An instance key as it stands behind an address; empty without one."""
    if key is None:
        return ""
    return f"[{key}]" if isinstance(key, int) else f"[{_quoted(key)}]"


def without_keys(address: str) -> str:
    """An address without any instance keys."""
    out, depth, inside, escaped = [], 0, False, False
    for character in address:
        if character == '"' and not escaped:
            inside = not inside
        elif not inside and character == "[":
            depth += 1
        elif not inside and character == "]":
            depth -= 1
        elif depth == 0:
            out.append(character)
        escaped = inside and character == "\\" and not escaped
    return "".join(out)


def split_attribute(reference: str) -> tuple[str, str]:
    """The address of a resource and the attribute behind it, of a reference to either; empty without one."""
    parts = list(_parts(reference))
    first = 0
    while first + 2 < len(parts) and parts[first] == "module":
        first += 2
    first += parts[first : first + 1] in (["data"], ["ephemeral"])
    return ".".join(parts[: first + 2]), next(iter(parts[first + 2 :]), "")


def _parts(reference: str) -> Iterator[str]:
    """What stands between the dots of a reference, those in instance keys aside."""
    start, inside, escaped = 0, False, False
    for place, character in enumerate(reference):
        if character == '"' and not escaped:
            inside = not inside
        elif character == "." and not inside:
            yield reference[start:place]
            start = place + 1
        escaped = inside and character == "\\" and not escaped
    yield reference[start:]
