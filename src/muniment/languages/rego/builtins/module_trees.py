"""`rego.parse_module`: the syntax tree of a module as a value, in the form of OPA's JSON without places."""

from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Body,
    Call,
    Comprehension,
    Equation,
    Every,
    Expression,
    Import,
    Logical,
    ObjectTerm,
    Ref,
    Rule,
    Scalar,
    SetTerm,
    Some,
    SomeIn,
    Template,
    Term,
)
from muniment.languages.rego.errors import RegoError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.parser import MEMBER, MEMBER_WITH_KEY
from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value, type_name

Tree = dict[str, Any]


def module_tree(name: str, text: str) -> Value:
    """The tree of a module of Rego v1. Raises BuiltinError if it is none."""
    try:
        module = parse_module(text, name)
    except RegoError as error:
        raise BuiltinError(str(error)) from None
    tree: Tree = {"package": {"path": _path(("data", *module.package))}}
    if module.imports:
        tree["imports"] = [_import(one) for one in module.imports]
    if module.rules:
        tree["rules"] = [_rule(one) for one in module.rules]
    return tree


def _node(kind: str, value: Any) -> Tree:
    return {"type": kind, "value": value}


def _path(names: tuple[str, ...]) -> list[Tree]:
    first, *rest = names
    return [_node("var", first), *(_node("string", name) for name in rest)]


def _import(one: Import) -> Tree:
    alias = {} if one.alias == one.path[-1] else {"alias": one.alias}
    return {"path": _node("ref", _path(one.path)), **alias}


def _rule(rule: Rule) -> Tree:
    head: Tree = {"name": rule.name, "ref": [_term(part) for part in rule.reference]}
    if rule.parameters is not None:
        head["args"] = [_term(parameter) for parameter in rule.parameters]
    if rule.member is not None:
        head["key"] = _term(rule.member)
    else:
        head["value"] = _term(rule.value)
    tree: Tree = {"head": head, "body": _body(rule.body) or [{"index": 0, "terms": _node("boolean", True)}]}
    if rule.default:
        tree["default"] = True
    if rule.alternative is not None:
        tree["else"] = _rule(rule.alternative)
    return tree


def _body(body: Body) -> list[Tree]:
    return [{"index": at, **_expression(one)} for at, one in enumerate(body)]


def _expression(one: Expression) -> Tree:
    tree: Tree = {"terms": _clause(one.term)}
    if one.negated:
        tree["negated"] = True
    if one.withs:
        tree["with"] = [{"target": _term(change.target), "value": _term(change.value)} for change in one.withs]
    return tree


def _clause(clause: Any) -> Any:
    match clause:
        case Equation():
            operator = "assign" if clause.declares else "eq"
            return [_operator(operator), _term(clause.left), _term(clause.right)]
        case Call():
            return [_operator(clause.operator), *map(_term, clause.arguments)]
        case Some():
            return {"symbols": [_term(name) for name in clause.names]}
        case SomeIn():
            parts = [part for part in (clause.key, clause.value, clause.domain) if part is not None]
            call = Call(MEMBER if clause.key is None else MEMBER_WITH_KEY, tuple(parts))
            return {"symbols": [_term(call)]}
        case Every():
            key = _term(clause.key) if clause.key else None
            names = {"key": key, "value": _term(clause.value)}
            return {**names, "domain": _term(clause.domain), "body": _body(clause.body)}
        case Block():
            return {"body": _body(clause.body)}
        case Logical():
            sides = (("left", clause.left), ("right", clause.right))
            return {"operator": clause.operator, **{name: _expression(side) for name, side in sides}}
        case _:
            return _term(clause)


def _operator(operator: Any) -> Tree:
    if isinstance(operator, str):
        return _node("ref", _path(tuple(operator.split("."))))
    return _term(operator) if isinstance(operator, Ref) else _node("ref", [_term(operator)])


def _term(term: Term) -> Tree:
    match term:
        case Scalar():
            return _node(type_name(term.value), term.value)
        case Ref():
            return _node("ref", [_term(part) for part in (term.head, *term.path)])
        case Call():
            return _node("call", _clause(term))
        case ArrayTerm():
            return _node("array", [_term(item) for item in term.items])
        case SetTerm():
            return _node("set", [_term(item) for item in term.items])
        case ObjectTerm():
            return _node("object", [[_term(key), _term(value)] for key, value in term.pairs])
        case Comprehension():
            return _comprehension(term)
        case Template():
            parts = [_node("string", part) if isinstance(part, str) else _expression(part) for part in term.parts]
            return _node("templatestring", {"parts": parts})
        case _:
            return _node("var", term.name)


def _comprehension(term: Comprehension) -> Tree:
    if term.key is not None:
        heads = {"key": _term(term.key), "value": _term(term.value)}
    else:
        heads = {"term": _term(term.value)}
    return _node(f"{term.kind}comprehension", {**heads, "body": _body(term.body)})


FUNCTIONS: Final = MappingProxyType({"rego.parse_module": module_tree})
