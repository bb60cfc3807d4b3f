"""Reads type constraints, such as `type = map(object({ name = string, port = optional(number, 80) }))`."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.hcl import nodes
from muniment.languages.hcl.convert import convert
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
)

_PRIMITIVES: Final = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": ANY}
_COLLECTIONS: Final[dict[str, Callable[[Type], Type]]] = {"list": ListType, "set": SetType, "map": MapType}
# Before Terraform 0.12 types were quoted, and collections were of anything.
_LEGACY: Final = {"string": STRING, "list": ListType(ANY), "map": MapType(ANY), "set": SetType(ANY)}

Evaluate = Callable[[nodes.Expression], Any]


def read_type(node: nodes.Expression, evaluate: Evaluate) -> Type:
    """The type that an expression declares; `evaluate` gives the defaults of optional attributes.

    Raises HclError for what is no type.
    """
    try:
        return _read(node, evaluate)
    except HclError as error:
        raise error.at(node.start, node.end) from None
    except RecursionError:
        raise HclError("the type is nested too deeply", code="limit-exceeded").at(node.start, node.end) from None


def _read(node: nodes.Expression, evaluate: Evaluate) -> Type:
    if isinstance(node, nodes.Literal) and node.value in _LEGACY:
        return _LEGACY[node.value]
    if isinstance(node, nodes.Traversal) and not node.steps:
        return _word(node)
    if isinstance(node, nodes.Call) and len(node.arguments) == 1 and not node.expand:
        return _constructed(node, node.arguments[0], evaluate)
    raise HclError("a type is expected", code="invalid-type").at(node.start, node.end)


def _word(node: nodes.Traversal) -> Type:
    kind = _PRIMITIVES.get(node.root) or _LEGACY.get(node.root)
    if kind is None:
        raise HclError(f'there is no type "{node.root}"', code="invalid-type").at(node.start, node.end)
    return kind


def _constructed(node: nodes.Call, argument: nodes.Expression, evaluate: Evaluate) -> Type:
    if node.name in _COLLECTIONS:
        return _COLLECTIONS[node.name](read_type(argument, evaluate))
    if node.name == "tuple" and isinstance(argument, nodes.TupleExpression):
        return TupleType(tuple(read_type(item, evaluate) for item in argument.items))
    if node.name == "object" and isinstance(argument, nodes.ObjectExpression):
        return _object(argument, evaluate)
    raise HclError(f'there is no type "{node.name}" of such parts', code="invalid-type").at(node.start, node.end)


def _object(node: nodes.ObjectExpression, evaluate: Evaluate) -> ObjectType:
    attributes: dict[str, Type] = {}
    optional: dict[str, Any] = {}
    for key, value in node.items:
        if not (isinstance(key, nodes.Literal) and isinstance(key.value, str)):
            raise HclError("an attribute's name is expected", code="invalid-type").at(key.start, key.end)
        if isinstance(value, nodes.Call) and value.name == "optional" and value.arguments:
            attributes[key.value] = read_type(value.arguments[0], evaluate)
            optional[key.value] = _default(value, attributes[key.value], evaluate)
        else:
            attributes[key.value] = read_type(value, evaluate)
    return ObjectType(attributes, optional)


def _default(node: nodes.Call, kind: Type, evaluate: Evaluate) -> Any:
    if len(node.arguments) > 2:
        raise HclError("optional takes a type and a default", code="invalid-type").at(node.start, node.end)
    return convert(evaluate(node.arguments[1]), kind) if len(node.arguments) == 2 else None
