"""HCL in the shape in which Conftest's policies see it: blocks by type and labels, expressions as `${...}`."""

import json
from typing import Any, Final

from muniment.errors import InputError
from muniment.languages.hcl.nodes import (
    BareKey,
    Block,
    Body,
    Conditional,
    Expression,
    Literal,
    ObjectExpression,
    Template,
    TemplateFor,
    TemplateIf,
    TupleExpression,
    Unary,
)
from muniment.languages.hcl.parser import parse

_LABELS: Final = 100


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
    found = {name: _listed_value(attribute.expression, text) for name, attribute in body.attributes.items()}
    for block in body.blocks:
        inner: Any = _listed(block.body, text)
        for label in reversed(_labels(block)):
            inner = {label: [inner]}
        known = found.setdefault(block.type, [])
        if not isinstance(known, list):
            raise InputError(f"`{block.type}` is an argument and a block")
        known.append(inner)
    return found


def _listed_value(node: Expression, text: str) -> Any:
    """A value in which an object that belongs to a key is a list of one."""
    if isinstance(node, ObjectExpression):
        return [_listed_object(node, text)]
    if isinstance(node, TupleExpression):
        return [
            _listed_object(item, text) if isinstance(item, ObjectExpression) else _listed_value(item, text)
            for item in node.items
        ]
    return _value(node, text)


def _listed_object(node: ObjectExpression, text: str) -> dict[str, Any]:
    return {_key(key, text): _listed_value(value, text) for key, value in node.items}


def _body(body: Body, text: str) -> dict[str, Any]:
    found = {name: _value(attribute.expression, text) for name, attribute in body.attributes.items()}
    for block in body.blocks:
        _add(found, block, text)
    return found


def _labels(block: Block) -> list[str]:
    """The labels of a block, which are as many levels of the document. Raises InputError for too many."""
    if len(block.labels) > _LABELS:
        raise InputError(f"a block `{block.type}` has more than {_LABELS} labels", code="limit-exceeded")
    return [label.text for label in block.labels]


def _add(found: dict[str, Any], block: Block, text: str) -> None:
    """Puts a block under its type and labels, where all blocks of the same names are a list."""
    names = [block.type, *_labels(block)]
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
        return _escaped(node.value) if isinstance(node.value, str) else _number(node.value)
    if isinstance(node, Unary) and isinstance(node.operand, Literal) and not isinstance(node.operand.value, str):
        return _turned(node.operator, node.operand.value)
    if isinstance(node, TupleExpression):
        return [_value(item, text) for item in node.items]
    if isinstance(node, ObjectExpression):
        return {_key(key, text): _value(value, text) for key, value in node.items}
    if isinstance(node, Template):
        alone = node.parts[0] if len(node.parts) == 1 else None
        if alone is None or isinstance(alone, TemplateIf | TemplateFor):
            return "".join(_part(part, text) for part in node.parts)
        return _value(alone, text)
    return _written(node, text)


def _turned(operator: str, value: Any) -> Any:
    """The opposite of a truth value or number. Raises InputError for other values."""
    if value is None or isinstance(value, bool) is not (operator == "!"):
        raise InputError(f"`{operator}` stands before {json.dumps(_number(value))}", code="syntax-error")
    return not value if operator == "!" else -_number(value)


def _number(value: Any) -> Any:
    """Numbers as JSON has them."""
    if isinstance(value, bool | str | int) or value is None:
        return value
    return int(value) if value == int(value) else float(value)


def _part(part: Expression, text: str) -> str:
    """A part of a template, in the template language again."""
    if isinstance(part, Literal):
        value = part.value
        return _escaped(value) if isinstance(value, str) else json.dumps(_number(value))
    if isinstance(part, Template):
        return "".join(_part(one, text) for one in part.parts)
    if isinstance(part, TemplateIf | Conditional):
        no = _part(part.no, text)
        condition = text[part.condition.start : part.condition.end]
        return f"%{{if {condition}}}{_part(part.yes, text)}{f'%{{else}}{no}' if no else ''}%{{endif}}"
    if isinstance(part, TemplateFor):
        head = part.head
        names = f"{head.key_name}, {head.value_name}" if head.key_name else head.value_name
        collection = text[head.collection.start : head.collection.end]
        return f"%{{for {names} in {collection}}}{_part(part.body, text)}%{{endfor}}"
    return _written(part, text)


def _written(node: Expression, text: str) -> str:
    return f"${{{text[node.start : node.end]}}}"


def _escaped(text: str) -> str:
    """A text in which nothing stands for a value."""
    return text.replace("${", "$${").replace("%{", "%%{")


def _key(key: Expression, text: str) -> str:
    if isinstance(key, BareKey):
        return text[key.start : key.end]
    value = _value(key, text)
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
