"""Chains of attributes and indexes, in which an index may be any expression."""

from collections.abc import Callable
from typing import Any

from muniment.languages.hcl import nodes
from muniment.languages.hcl.access import get_attribute, get_index
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.scope import Code, Frame, Scope

Undeclared = Callable[[HclError], Any] | None


def instead(error: HclError, undeclared: Undeclared) -> Any:
    """What an undeclared name stands for, where the caller wants to go on; every other error is raised."""
    if undeclared is None or error.diagnostic.code != "undeclared-name":
        raise error from None
    return undeclared(error)


def scope_chain(
    source: nodes.Traversal, chain: list[nodes.Step | Code], node: nodes.Node, undeclared: Undeclared
) -> Code:
    """A name with attributes and indexes: one traversal for the scope, as far as the indexes are known."""
    root, first = source.root, source.steps
    start, end = node.start, node.end

    def evaluate(scope: Scope, frame: Frame) -> Any:
        try:
            steps = list(first)
            for i, link in enumerate(chain):
                if not callable(link):
                    steps.append(link)
                    continue
                key = link(scope, frame)
                if type(key) not in (str, int):
                    value = get_index(scope.traverse(root, tuple(steps)), key)
                    return _follow_chain(value, chain[i + 1 :], scope, frame)
                steps.append(nodes.Key(key))
            return scope.traverse(root, tuple(steps))
        except HclError as error:
            return instead(error.at(start, end), undeclared)

    return evaluate


def value_chain(source: Code, chain: list[nodes.Step | Code], node: nodes.Node) -> Code:
    """Attributes and indexes of a computed value."""
    start, end = node.start, node.end

    def evaluate(scope: Scope, frame: Frame) -> Any:
        try:
            return _follow_chain(source(scope, frame), chain, scope, frame)
        except HclError as error:
            raise error.at(start, end) from None

    return evaluate


def _follow_chain(value: Any, chain: list[nodes.Step | Code], scope: Scope, frame: Frame) -> Any:
    for link in chain:
        if isinstance(link, str):
            value = get_attribute(value, link)
        else:
            value = get_index(value, link(scope, frame) if callable(link) else link.value)
    return value
