"""Macros: `has`, the comprehensions over lists and maps, `cel.bind`, and those of optionals.

`all` and `exists` absorb errors and unknown elements as `&&` and `||` do.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from muniment.languages.cel import operators
from muniment.languages.cel.ast import Call, Ident, ListNode, Literal, Node, Select
from muniment.languages.cel.code import Code, Compiling, Frame, Scope
from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.values import NONE, BoolKey, Optional, key_of, no_overload, plain_key, sort_pairs, unknowns
from muniment.languages.unknown import OpenList, OpenMap, Unknown

Macro = Callable[[Compiling, Call], Code | None]


def _variable(node: Node) -> str | None:
    """The name that an argument binds; also `cel.iterVar(0, 0)`, which rewritten expressions use."""
    if isinstance(node, Ident) and not node.absolute:
        return node.name
    if isinstance(node, Call) and node.name in {"iterVar", "accuVar"} and isinstance(node.target, Ident):
        numbers = [str(argument.value) for argument in node.arguments if isinstance(argument, Literal)]
        return f"@{node.name}:{':'.join(numbers)}"
    return None


def spend(frame: Frame) -> None:
    """Counts one visit of an element. Raises CelEvaluationError when the budget has run out."""
    frame[0] -= 1
    if frame[0] < 0:
        raise CelEvaluationError("the budget of the evaluation has run out", code="limit-exceeded")


def _entries(collection: Any, null_safe: bool, two: bool) -> Iterator[tuple[Any, Any, Any]]:  # noqa: FBT001  dialect and form
    """(first variable, second variable, key in the container) of every element."""
    if isinstance(collection, dict):
        for key, value in collection.items():
            name = key.value if type(key) is BoolKey else key
            yield name, value, key
    elif isinstance(collection, list | tuple):
        for place, value in enumerate(collection):
            yield (place, value, place) if two else (value, value, place)
    elif not (collection is None and null_safe):
        raise CelEvaluationError(f"no such overload: a comprehension over {type(collection).__name__}")


def _comprehension(compiler: Compiling, node: Call, names: int, bodies: int) -> Any:
    """The range's code, the slots of the variables, and the codes of the bodies; None if it is no macro."""
    assert node.target is not None  # noqa: S101  such macros have a target
    variables = [_variable(argument) for argument in node.arguments[:names]]
    if None in variables or len(set(variables)) != names:
        raise compiler.error(node.arguments[0], "a macro's variable must be a plain name")
    target = compiler.code(node.target)
    slots = compiler.bind(*(name for name in variables if name is not None))
    codes = [compiler.code(argument) for argument in node.arguments[names : names + bodies]]
    compiler.release(names)
    return target, slots if names == 2 else (slots[0], slots[0]), codes


class Loop:
    """Visits the elements of a range with the variables bound."""

    __slots__ = ("_first", "_null_safe", "_observed", "_second", "_target", "_two")

    def __init__(self, compiler: Compiling, target: Code, slots: tuple[int, int], *, two: bool) -> None:
        self._target = target
        self._first, self._second = slots
        self._two = two
        self._null_safe = compiler.null_safe
        self._observed = compiler.observed

    def range(self, scope: Scope, frame: Frame) -> Any:
        """The collection; an Unknown is the caller's to answer for."""
        return self._target(scope, frame)

    def visit(self, collection: Any, frame: Frame) -> Iterator[tuple[Any, Any]]:
        """Binds element after element."""
        for first, second, key in _entries(collection, self._null_safe, self._two):
            spend(frame)
            if self._two:
                frame[self._first] = first
                frame[self._second] = second
            else:
                frame[self._first] = first
            if self._observed:
                frame[1](collection, key, second)
            yield first, second


def _quantifier(*, decisive: bool, names: int) -> Macro:
    """`all` (decisive false) and `exists` (decisive true)."""

    def macro(compiler: Compiling, node: Call) -> Code:
        target, slots, (test,) = _comprehension(compiler, node, names, 1)
        loop = Loop(compiler, target, slots, two=names == 2)

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.range(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            failure: CelEvaluationError | None = None
            doubts: list[Unknown] = []
            for _ in loop.visit(collection, frame):
                try:
                    value = test(scope, frame)
                except CelEvaluationError as error:
                    if error.code == "limit-exceeded":
                        raise
                    failure = failure or error
                    continue
                if value is decisive:
                    return decisive
                if isinstance(value, Unknown):
                    doubts.append(value)
                elif value is not (not decisive):
                    failure = failure or no_overload("all" if not decisive else "exists", value)
            if isinstance(collection, OpenList | OpenMap):
                doubts.append(Unknown(collection.causes))
            if doubts:
                return unknowns(*doubts)
            if failure is not None:
                raise failure
            return not decisive

        return evaluate

    return macro


def _exists_one(names: int) -> Macro:
    def macro(compiler: Compiling, node: Call) -> Code:
        target, slots, (test,) = _comprehension(compiler, node, names, 1)
        loop = Loop(compiler, target, slots, two=names == 2)

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.range(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            found = 0
            doubts: list[Unknown] = []
            for _ in loop.visit(collection, frame):
                value = _boolean(test(scope, frame), "exists_one")
                if isinstance(value, Unknown):
                    doubts.append(value)
                found += value is True
            if found > 1:
                return False
            if isinstance(collection, OpenList | OpenMap):
                doubts.append(Unknown(collection.causes))
            return unknowns(*doubts) if doubts else found == 1

        return evaluate

    return macro


def _boolean(value: Any, name: str) -> Any:
    if value is True or value is False or isinstance(value, Unknown):
        return value
    raise no_overload(name, value)


def _to_list(*, names: int, filtered: bool, transformed: bool) -> Macro:
    """`map`, `filter` and `transformList`: a list of elements or of what is made of them."""

    def macro(compiler: Compiling, node: Call) -> Code:
        count = filtered + transformed
        target, slots, codes = _comprehension(compiler, node, names, count)
        loop = Loop(compiler, target, slots, two=names == 2)
        test = codes[0] if filtered else None
        make = codes[-1] if transformed else None

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.range(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            out: list[Any] = []
            doubts: list[Unknown] = []
            for first, _ in loop.visit(collection, frame):
                if test is not None:
                    value = _boolean(test(scope, frame), "filter")
                    if isinstance(value, Unknown):
                        doubts.append(value)
                    if value is not True:
                        continue
                out.append(make(scope, frame) if make is not None else first)
            if isinstance(collection, OpenList | OpenMap):
                doubts.append(Unknown(collection.causes))
            return OpenList(out, unknowns(*doubts).causes) if doubts else out

        return evaluate

    return macro


def _to_map(*, filtered: bool, entries: bool) -> Macro:
    """`transformMap` keeps the keys; `transformMapEntry` makes entries."""

    def macro(compiler: Compiling, node: Call) -> Code:
        target, slots, codes = _comprehension(compiler, node, 2, 1 + filtered)
        loop = Loop(compiler, target, slots, two=True)
        test, make = (codes[0] if filtered else None), codes[-1]

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.range(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            out: dict[Any, Any] = {}
            doubts: list[Unknown] = []
            for first, _ in loop.visit(collection, frame):
                if test is not None:
                    value = _boolean(test(scope, frame), "transformMap")
                    if isinstance(value, Unknown):
                        doubts.append(value)
                    if value is not True:
                        continue
                made = make(scope, frame)
                if not entries:
                    out[key_of(first)] = made
                elif isinstance(made, Unknown):
                    doubts.append(made)
                else:
                    _merge(out, made)
            if isinstance(collection, OpenList | OpenMap):
                doubts.append(Unknown(collection.causes))
            return OpenMap(out, unknowns(*doubts).causes) if doubts else out

        return evaluate

    return macro


def _merge(out: dict[Any, Any], made: Any) -> None:
    if not isinstance(made, dict):
        raise no_overload("transformMapEntry", made)
    for key, value in made.items():
        if key in out:
            raise CelEvaluationError(f"insert failed: key {plain_key(key)} already exists")
        out[key] = value


def _has(compiler: Compiling, node: Call) -> Code:
    argument = node.arguments[0]
    if not isinstance(argument, Select):
        raise compiler.error(node, "has() takes a selection, as has(a.b)")
    operand, name, null_safe = compiler.code(argument.operand), argument.field, compiler.null_safe
    observed = compiler.observed

    def evaluate(scope: Scope, frame: Frame) -> Any:
        container = operand(scope, frame)
        if observed:
            held = container.value if isinstance(container, Optional) else container
            frame[1](held, name, held.get(name) if isinstance(held, dict) else None)
        return operators.has(container, name, null_safe)

    return evaluate


def _is_cel(node: Call) -> bool:
    return isinstance(node.target, Ident) and node.target.name == "cel"


def _bind(compiler: Compiling, node: Call) -> Code | None:
    name = _variable(node.arguments[0])
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
    name = _variable(node)
    slot = compiler.slot(name) if name is not None and _is_cel(node) else None
    return None if slot is None else lambda _scope, frame: frame[slot]


def _optional_map(*, flat: bool) -> Macro:
    def macro(compiler: Compiling, node: Call) -> Code:
        assert node.target is not None  # noqa: S101  such macros have a target
        name = _variable(node.arguments[0])
        if name is None:
            raise compiler.error(node.arguments[0], "a macro's variable must be a plain name")
        target = compiler.code(node.target)
        (slot,) = compiler.bind(name)
        body = compiler.code(node.arguments[1])
        compiler.release(1)

        def evaluate(scope: Scope, frame: Frame) -> Any:
            value = target(scope, frame)
            if isinstance(value, Unknown):
                return Unknown(value.causes)
            if not isinstance(value, Optional):
                raise no_overload("optMap", value)
            if not value.present:
                return NONE
            frame[slot] = value.value
            made = body(scope, frame)
            return made if flat else Optional(made)

        return evaluate

    return macro


def _sort_by(compiler: Compiling, node: Call) -> Code:
    target, slots, (key,) = _comprehension(compiler, node, 1, 1)
    loop = Loop(compiler, target, slots, two=False)

    def evaluate(scope: Scope, frame: Frame) -> Any:
        collection = loop.range(scope, frame)
        if isinstance(collection, Unknown | OpenList):
            return Unknown(collection.causes)
        return sort_pairs([(key(scope, frame), value) for value, _ in loop.visit(collection, frame)])

    return evaluate


MACROS: Final[Mapping[tuple[str, int, bool], Macro]] = {
    ("has", 1, False): _has,
    ("all", 2, True): _quantifier(decisive=False, names=1),
    ("all", 3, True): _quantifier(decisive=False, names=2),
    ("exists", 2, True): _quantifier(decisive=True, names=1),
    ("exists", 3, True): _quantifier(decisive=True, names=2),
    ("exists_one", 2, True): _exists_one(1),
    ("existsOne", 2, True): _exists_one(1),
    ("exists_one", 3, True): _exists_one(2),
    ("existsOne", 3, True): _exists_one(2),
    ("map", 2, True): _to_list(names=1, filtered=False, transformed=True),
    ("map", 3, True): _to_list(names=1, filtered=True, transformed=True),
    ("filter", 2, True): _to_list(names=1, filtered=True, transformed=False),
    ("transformList", 3, True): _to_list(names=2, filtered=False, transformed=True),
    ("transformList", 4, True): _to_list(names=2, filtered=True, transformed=True),
    ("transformMap", 3, True): _to_map(filtered=False, entries=False),
    ("transformMap", 4, True): _to_map(filtered=True, entries=False),
    ("transformMapEntry", 3, True): _to_map(filtered=False, entries=True),
    ("transformMapEntry", 4, True): _to_map(filtered=True, entries=True),
    ("optMap", 2, True): _optional_map(flat=False),
    ("optFlatMap", 2, True): _optional_map(flat=True),
    ("bind", 3, True): _bind,
    ("block", 2, True): _block,
    ("index", 1, True): _block_index,
    ("iterVar", 2, True): _iteration,
    ("accuVar", 2, True): _iteration,
    ("sortBy", 2, True): _sort_by,
}
