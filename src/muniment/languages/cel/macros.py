"""Macros: `has`, `cel.bind` and `cel.block`, those of optionals, and the table with the comprehensions."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.languages.cel.access import present
from muniment.languages.cel.ast import Call, Ident, ListNode, Literal, Select
from muniment.languages.cel.code import Code, Compiling, Frame, Scope
from muniment.languages.cel.comprehensions import (
    Macro,
    exists_one,
    quantifier,
    sort_by,
    to_list,
    to_map,
    variable_name,
)
from muniment.languages.cel.pricing import charge
from muniment.languages.cel.values import NONE, Optional, no_overload
from muniment.languages.unknown import Unknown


def _has(compiler: Compiling, node: Call) -> Code:
    argument = node.arguments[0]
    if not isinstance(argument, Select):
        raise compiler.error(node, "has() takes a selection, as has(a.b)")
    operand = compiler.code(argument.operand)
    return present(operand, argument.field, null_safe=compiler.null_safe, observed=compiler.observed)


def _is_cel(node: Call) -> bool:
    return isinstance(node.target, Ident) and node.target.name == "cel"


def _bind(compiler: Compiling, node: Call) -> Code | None:
    name = variable_name(node.arguments[0])
    if not _is_cel(node):
        return None
    if name is None:
        raise compiler.error(node.arguments[0], "cel.bind takes a plain name")
    value = compiler.code(node.arguments[1])
    (slot,) = compiler.bind(name)
    body = compiler.code(node.arguments[2])
    compiler.release(1)

    def evaluate(scope: Scope, frame: Frame) -> Any:
        frame[slot] = value(scope, frame)
        return body(scope, frame)

    return evaluate


def _block(compiler: Compiling, node: Call) -> Code | None:
    """`cel.block([...], result)`: later members and the result see the earlier ones as `cel.index(n)`."""
    if not _is_cel(node) or not isinstance(node.arguments[0], ListNode):
        return None
    elements = node.arguments[0].elements
    slots: list[int] = []
    codes: list[Code] = []
    for place, (element, _) in enumerate(elements):
        codes.append(compiler.code(element))
        slots.extend(compiler.bind(f"@index:{place}"))
    result = compiler.code(node.arguments[1])
    compiler.release(len(elements))

    def evaluate(scope: Scope, frame: Frame) -> Any:
        for slot, code in zip(slots, codes, strict=True):
            frame[slot] = code(scope, frame)
        return result(scope, frame)

    return evaluate


def _block_index(compiler: Compiling, node: Call) -> Code | None:
    if not _is_cel(node) or not isinstance(node.arguments[0], Literal):
        return None
    slot = compiler.slot(f"@index:{node.arguments[0].value}")
    if slot is None:
        raise compiler.error(node, "there is no such index in a block around this")
    return lambda _scope, frame: frame[slot]


def _iteration(compiler: Compiling, node: Call) -> Code | None:
    name = variable_name(node)
    slot = compiler.slot(name) if name is not None and _is_cel(node) else None
    return None if slot is None else lambda _scope, frame: frame[slot]


def _optional_map(*, flat: bool) -> Macro:
    def macro(compiler: Compiling, node: Call) -> Code:
        assert node.target is not None  # noqa: S101  such macros have a target
        name = variable_name(node.arguments[0])
        if name is None:
            raise compiler.error(node.arguments[0], "a macro's variable must be a plain name")
        target = compiler.code(node.target)
        (slot,) = compiler.bind(name)
        body = compiler.code(node.arguments[1])
        compiler.release(1)
        priced = compiler.priced

        def evaluate(scope: Scope, frame: Frame) -> Any:
            budget = frame[0]
            value = target(scope, frame)
            if isinstance(value, Unknown):
                return Unknown(value.causes)
            if not isinstance(value, Optional):
                raise no_overload(node.name, value)
            if priced:
                # The macro asks for the value twice: whether there is one, and for itself.
                charge(frame, (budget - frame[0]) + 3 - flat if value.present else 2)
            if not value.present:
                return NONE
            frame[slot] = value.value
            made = body(scope, frame)
            return made if flat else Optional(made)

        return evaluate

    return macro


MACROS: Final[Mapping[tuple[str, int, bool], Macro]] = {
    ("has", 1, False): _has,
    ("all", 2, True): quantifier(decisive=False, names=1),
    ("all", 3, True): quantifier(decisive=False, names=2),
    ("exists", 2, True): quantifier(decisive=True, names=1),
    ("exists", 3, True): quantifier(decisive=True, names=2),
    ("exists_one", 2, True): exists_one(1),
    ("existsOne", 2, True): exists_one(1),
    ("exists_one", 3, True): exists_one(2),
    ("existsOne", 3, True): exists_one(2),
    ("map", 2, True): to_list(names=1, filtered=False, transformed=True),
    ("map", 3, True): to_list(names=1, filtered=True, transformed=True),
    ("filter", 2, True): to_list(names=1, filtered=True, transformed=False),
    ("transformList", 3, True): to_list(names=2, filtered=False, transformed=True),
    ("transformList", 4, True): to_list(names=2, filtered=True, transformed=True),
    ("transformMap", 3, True): to_map(filtered=False, entries=False),
    ("transformMap", 4, True): to_map(filtered=True, entries=False),
    ("transformMapEntry", 3, True): to_map(filtered=False, entries=True),
    ("transformMapEntry", 4, True): to_map(filtered=True, entries=True),
    ("optMap", 2, True): _optional_map(flat=False),
    ("optFlatMap", 2, True): _optional_map(flat=True),
    ("bind", 3, True): _bind,
    ("block", 2, True): _block,
    ("index", 1, True): _block_index,
    ("iterVar", 2, True): _iteration,
    ("accuVar", 2, True): _iteration,
    ("sortBy", 2, True): sort_by,
}
