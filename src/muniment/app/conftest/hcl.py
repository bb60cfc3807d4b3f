"""HCL in the shape in which Conftest's policies see it: blocks by type and labels, expressions as `${...}`."""

from typing import Any

from muniment.errors import InputError
from muniment.languages.hcl.nodes import (
    Block,
    Body,
    Expression,
    Literal,
    ObjectExpression,
    Template,
    TupleExpression,
    Unary,
)
from muniment.languages.hcl.parser import parse


def hcl_json(text: str) -> dict[str, Any]:
    """The body of a file. Raises InputError for text that is no HCL."""
    file = parse(text)
    for diagnostic in file.diagnostics:
        raise InputError(f"line {diagnostic.span.line}: {diagnostic.message}", code="syntax-error")
    return _body(file.body, text)


def hcl1_json(text: str) -> dict[str, Any]:
    """The body of a file in the older shape: at every label of a block there is a list. Raises InputError."""
    file = parse(text)
    for diagnostic in file.diagnostics:
        raise InputError(f"line {diagnostic.span.line}: {diagnostic.message}", code="syntax-error")
    return _listed(file.body, text)


def _listed(body: Body, text: str) -> dict[str, Any]:
    found = {name: _value(attribute.expression, text) for name, attribute in body.attributes.items()}
    for block in body.blocks:
        inner: Any = _listed(block.body, text)
        for label in reversed(block.labels):
            inner = {label.text: [inner]}
        known = found.setdefault(block.type, [])
        if not isinstance(known, list):
            raise InputError(f"`{block.type}` is an argument and a block")
        known.append(inner)
    return found


def _body(body: Body, text: str) -> dict[str, Any]:
    found = {name: _value(attribute.expression, text) for name, attribute in body.attributes.items()}
    for block in body.blocks:
        _add(found, block, text)
    return found


def _add(found: dict[str, Any], block: Block, text: str) -> None:
    """Puts a block under its type and labels, where all blocks of the same names are a list."""
    names = [block.type, *(label.text for label in block.labels)]
    for name in names[:-1]:
        inner = found.setdefault(name, {})
        if not isinstance(inner, dict):
            raise InputError(f"blocks `{block.type}` with and without labels stand beside each other")
        found = inner
    known = found.setdefault(names[-1], [])
    if not isinstance(known, list):
        raise InputError(f"`{block.type}` is an argument and a block, or has more labels elsewhere")
    known.append(_body(block.body, text))


def _value(node: Expression, text: str) -> Any:
    """Literals and collections as they are; anything else as the text that it is written with."""
    if isinstance(node, Literal):
        return _number(node.value)
    if isinstance(node, Unary) and isinstance(node.operand, Literal):
        value = _number(node.operand.value)
        return not value if node.operator == "!" else -value
    if isinstance(node, TupleExpression):
        return [_value(item, text) for item in node.items]
    if isinstance(node, ObjectExpression):
        return {_key(key, text): _value(value, text) for key, value in node.items}
    if isinstance(node, Template):
        return "".join(_part(part, text) for part in node.parts)
    return f"${{{text[node.start : node.end]}}}"


def _number(value: Any) -> Any:
    """Numbers as JSON has them."""
    if isinstance(value, bool | str | int) or value is None:
        return value
    return int(value) if value == int(value) else float(value)


def _part(part: Expression, text: str) -> str:
    if isinstance(part, Literal):
        return str(part.value)
    return f"${{{text[part.start : part.end]}}}"


def _key(key: Expression, text: str) -> str:
    value = _value(key, text)
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
