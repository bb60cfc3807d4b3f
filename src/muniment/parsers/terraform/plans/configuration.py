"""The `configuration` part of a plan: what was written, as expressions without values but with their references."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.json_source import Path
from muniment.parsers.terraform.plans.content import mapping, sequence

_LEAF: Final = frozenset({"constant_value", "references"})
_DEEPEST: Final = 64
"""Levels of modules."""

Written = tuple[Mapping[str, Any], ...] | None
"""The bodies that may have made an object, as the configuration writes them; None where that is not known."""


class Block(NamedTuple):
    """A resource block."""

    expressions: Mapping[str, Any]
    each: list[str]
    """What `for_each` refers to."""


class Call(NamedTuple):
    """A module call."""

    address: str
    name: str
    body: Mapping[str, Any]
    path: Path


class Provider(NamedTuple):
    """A provider configuration of the root module."""

    name: str
    body: Mapping[str, Any]
    path: Path


class Configuration:
    """Blocks by address without instance keys; calls and outputs by the address of their module."""

    __slots__ = ("blocks", "calls", "outputs", "providers")

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.blocks: dict[str, Block] = {}
        self.calls: dict[str, Call] = {}
        self.outputs: dict[str, Mapping[str, Any]] = {}
        whole = mapping(plan.get("configuration"))
        self.providers = [
            Provider(_provider_name(mapping(body)), mapping(body), ("configuration", "provider_config", key))
            for key, body in mapping(whole.get("provider_config")).items()
            if not mapping(body).get("module_address")
        ]
        root = whole.get("root_module")
        work: list[tuple[str, Any, Path]] = [("", root, ("configuration", "root_module"))]
        for _ in range(_DEEPEST):
            work = [child for prefix, module, path in work for child in self._module(prefix, mapping(module), path)]

    def _module(self, prefix: str, module: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Any, Path]]:
        """Notes what a module declares and gives the modules that it calls."""
        for one in sequence(module.get("resources")):
            body = mapping(one)
            if isinstance(body.get("address"), str):
                each = references(body.get("for_each_expression"))
                self.blocks[prefix + body["address"]] = Block(mapping(body.get("expressions")), each)
        self.outputs[prefix] = mapping(module.get("outputs"))
        for name, body in mapping(module.get("module_calls")).items():
            address = f"{prefix}module.{name}"
            here = (*path, "module_calls", name)
            self.calls[address] = Call(address, name, mapping(body), here)
            yield f"{address}.", mapping(body).get("module"), (*here, "module")


def _provider_name(body: Mapping[str, Any]) -> str:
    name, alias = str(body.get("name") or ""), body.get("alias")
    return f"{name}.{alias}" if isinstance(alias, str) else name


def is_leaf(node: Any) -> bool:
    """Whether a node is an expression and not the body of a nested block."""
    return isinstance(node, dict) and node.keys() <= _LEAF


def below(written: Written, name: str) -> tuple[bool, Written]:
    """Whether an attribute or block type is written at all, and the bodies below it."""
    if written is None:
        return True, None
    nodes = [body[name] for body in written if name in body]
    bodies = [inner for node in nodes for inner in (node if isinstance(node, list) else [node])]
    if not bodies or any(is_leaf(body) or not isinstance(body, dict) for body in bodies):
        return bool(nodes), None
    return True, tuple(bodies)


def references(node: Any) -> list[str]:
    """What an expression refers to, without what is only the beginning of another reference."""
    found = [text for text in sequence(mapping(node).get("references")) if isinstance(text, str)]
    return [text for text in found if not any(other.startswith((f"{text}.", f"{text}[")) for other in found)]


def expressions(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every expression of a body, with its dotted path of block types."""
    work: list[tuple[str, Any]] = [(path, node)]
    while work:
        here, one = work.pop()
        if is_leaf(one):
            yield here, one
        elif isinstance(one, dict):
            work.extend((f"{here}.{name}" if here else name, inner) for name, inner in one.items())
        elif isinstance(one, list):
            work.extend((here, inner) for inner in one)
