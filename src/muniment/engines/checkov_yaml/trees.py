"""Compiles the conditions about one resource: attributes and filters, under `and`, `or` and `not`."""

from collections.abc import Callable
from typing import NamedTuple

from muniment.engines.checkov_yaml.answers import Answer, every, negate, some
from muniment.engines.checkov_yaml.attributes import Condition
from muniment.engines.checkov_yaml.definition import Allowed, Attribute, Connection, Filter, Node, types_of
from muniment.engines.checkov_yaml.kinds import Types
from muniment.engines.checkov_yaml.view import View
from muniment.languages.unknown import Unknown

RESOURCE_TYPE = "resource_type"
"""The attribute that is a resource's type."""


class Subject(NamedTuple):
    """A resource as conditions see it."""

    type: str
    view: View


class Question(NamedTuple):
    """A compiled tree: which resources it is about, what it says of one, and the attributes that it reads."""

    types: Types
    ask: Callable[[Subject], Answer]
    conditions: tuple[Condition, ...]


def compile_tree(node: Node, *, strict: bool) -> Question:
    """A tree without connections. A resource of another type than a condition is about does not satisfy it."""
    if isinstance(node, Attribute):
        condition = Condition(node, strict=strict)
        return Question(node.types, lambda subject: _attribute(condition, subject), (condition,))
    if isinstance(node, Filter):
        return Question(node.types, lambda subject: passes(node, subject), ())
    if isinstance(node, Allowed | Connection):
        raise TypeError(f"{type(node).__name__} is not about one resource")
    parts = [compile_tree(child, strict=strict) for child in node.children]
    conditions = tuple(condition for part in parts for condition in part.conditions)
    asks = [part.ask for part in parts]
    if node.operator == "not":
        return Question(types_of(node), lambda subject: negate(asks[0](subject)), conditions)
    combine = every if node.operator == "and" else some
    return Question(types_of(node), lambda subject: combine(ask(subject) for ask in asks), conditions)


def _attribute(condition: Condition, subject: Subject) -> Answer:
    return condition.types.match(subject.type) and condition.answer(subject.view)


def passes(node: Filter, subject: Subject) -> Answer:
    """Whether a resource is one that a filter keeps."""
    found = subject.type if node.attribute == RESOURCE_TYPE else subject.view.find(node.attribute)
    if isinstance(found, Unknown):
        return found
    return (bool(found) and found in node.values) is not node.negated
