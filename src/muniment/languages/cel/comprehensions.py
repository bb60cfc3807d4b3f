"""Comprehensions over lists and maps, with one variable or two.

`all` and `exists` absorb errors and unknown elements as `&&` and `||` do; lists that are made of what is not wholly
known stay open.
"""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.cel.ast import Call, Ident, Literal, Node
from muniment.languages.cel.code import Code, Compiling, Frame, Scope
from muniment.languages.cel.errors import CelEvaluationError, exhausted
from muniment.languages.cel.logic import Doubts
from muniment.languages.cel.pricing import charge
from muniment.languages.cel.values import key_of, keys, no_overload, plain_key, sort_pairs, unknowns
from muniment.languages.unknown import OpenList, OpenMap, Unknown

Macro = Callable[[Compiling, Call], Code | None]


def variable_name(node: Node) -> str | None:
    """The name that an argument binds; also `cel.iterVar(0, 0)`, which rewritten expressions use."""
    if isinstance(node, Ident) and not node.absolute:
        return node.name
    if isinstance(node, Call) and node.name in {"iterVar", "accuVar"} and isinstance(node.target, Ident):
        numbers = [str(argument.value) for argument in node.arguments if isinstance(argument, Literal)]
        return f"@{node.name}:{':'.join(numbers)}"
    return None


def _comprehension(compiler: Compiling, node: Call, names: int, bodies: int) -> "tuple[Loop, list[Code]]":
    """The loop with its variables, and the codes of the bodies."""
    assert node.target is not None  # noqa: S101  such macros have a target
    variables = [variable_name(argument) for argument in node.arguments[:names]]
    known = [name for name in variables if name is not None]
    if len(set(known)) != names:
        raise compiler.error(node.arguments[0], "a macro's variables must be plain names, each once")
    target = compiler.code(node.target)
    slots = compiler.bind(*known)
    codes = [compiler.code(argument) for argument in node.arguments[names : names + bodies]]
    compiler.release(names)
    return Loop(compiler, target, slots, _KINDS.get(node.name, node.name)), codes


_KINDS: Final = MappingProxyType({"existsOne": "exists_one", "transformList": "map"})


class Loop:
    """What every comprehension has: a range, variables, and a price for each element."""

    __slots__ = ("_null_safe", "_observed", "_second", "first", "target", "toll")

    def __init__(self, compiler: Compiling, target: Code, slots: tuple[int, ...], kind: str) -> None:
        self.target = target
        self.first = slots[0]
        self._second = slots[1] if len(slots) == 2 else None
        self._null_safe = compiler.null_safe
        self._observed = compiler.observed
        self.toll = compiler.toll(kind)

    def elements(self, collection: Any, frame: Frame) -> Iterable[Any]:
        """What the first variable stands for, element after element; a second one is bound on the way."""
        if self._observed:
            return self._watched(collection, frame)
        if self._second is not None:
            return self._pairs(collection, frame)
        if isinstance(collection, list | tuple):
            return collection
        if isinstance(collection, dict):
            return keys(collection)
        return self._none(collection)

    def _none(self, collection: Any) -> tuple[()]:
        if collection is None and self._null_safe:
            return ()
        raise no_overload("a comprehension", collection)

    def _pairs(self, collection: Any, frame: Frame) -> Iterator[Any]:
        assert self._second is not None  # noqa: S101  the caller has looked
        if isinstance(collection, dict):
            for key, value in collection.items():
                frame[self._second] = value
                yield plain_key(key)
        elif isinstance(collection, list | tuple):
            for place, value in enumerate(collection):
                frame[self._second] = value
                yield place
        else:
            yield from self._none(collection)

    def _watched(self, collection: Any, frame: Frame) -> Iterator[Any]:
        entries: Iterable[tuple[Any, Any]]
        if isinstance(collection, dict):
            entries = collection.items()
        elif isinstance(collection, list | tuple):
            entries = enumerate(collection)
        else:
            entries = self._none(collection)
        for key, value in entries:
            frame[1](collection, key, value)
            if self._second is not None:
                frame[self._second] = value
                yield plain_key(key)
            else:
                yield plain_key(key) if isinstance(collection, dict) else value


def quantifier(*, decisive: bool, names: int) -> Macro:
    """`all` (decisive false) and `exists` (decisive true)."""
    neutral = not decisive

    def macro(compiler: Compiling, node: Call) -> Code:
        loop, (test,) = _comprehension(compiler, node, names, 1)
        target, elements, slot, each = loop.target, loop.elements, loop.first, loop.toll.each

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = target(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            doubts = None
            visited = 0
            for element in elements(collection, frame):
                frame[slot] = element
                visited += 1
                frame[0] -= each
                if frame[0] < 0:
                    raise exhausted()
                try:
                    value = test(scope, frame)
                except CelEvaluationError as error:
                    doubts = doubts or Doubts(node.name)
                    doubts.fail(error)
                    continue
                if value is neutral:
                    continue
                if value is decisive:
                    _leave(loop, frame, more=visited < len(collection))
                    return value
                doubts = doubts or Doubts(node.name)
                doubts.add(value)
            _leave(loop, frame, more=False)
            return _undecided(doubts, collection, node.name, otherwise=neutral)

        return evaluate

    return macro


def _leave(loop: Loop, frame: Frame, *, more: bool) -> None:
    if loop.toll.end:
        charge(frame, loop.toll.end + (loop.toll.again if more else 0))


def _undecided(doubts: Doubts | None, collection: Any, name: str, *, otherwise: Any) -> Any:
    """The answer where no element decided: that of all elements, if all are known."""
    if isinstance(collection, OpenList | OpenMap):
        doubts = doubts or Doubts(name)
        doubts.add(Unknown(collection.causes))
    return otherwise if doubts is None else doubts.answer(otherwise)


def exists_one(names: int) -> Macro:
    """`exists_one`: absorbs no errors."""

    def macro(compiler: Compiling, node: Call) -> Code:
        loop, (test,) = _comprehension(compiler, node, names, 1)

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.target(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            found = 0
            doubts = Doubts(node.name)
            for element in loop.elements(collection, frame):
                frame[loop.first] = element
                charge(frame, loop.toll.each)
                value = _boolean(test(scope, frame), node.name)
                if value is True:
                    found += 1
                    charge(frame, loop.toll.kept)
                elif value is not False:
                    doubts.add(value)
            _leave(loop, frame, more=False)
            return found == 1 if found > 1 else _undecided(doubts, collection, node.name, otherwise=found == 1)

        return evaluate

    return macro


def _boolean(value: Any, name: str) -> Any:
    if value is True or value is False or isinstance(value, Unknown):
        return value
    raise no_overload(name, value)


class Collector:
    """The elements that pass a loop's test, and what is unknown about them."""

    __slots__ = ("_loop", "_name", "_test", "doubts")

    def __init__(self, loop: Loop, test: Code | None, name: str) -> None:
        self._loop = loop
        self._test = test
        self._name = name
        self.doubts: list[Unknown] = []

    def passing(self, collection: Any, scope: Scope, frame: Frame) -> Iterator[Any]:
        """What the first variable stands for where the test passes."""
        loop, test = self._loop, self._test
        for element in loop.elements(collection, frame):
            frame[loop.first] = element
            charge(frame, loop.toll.each)
            value = True if test is None else _boolean(test(scope, frame), self._name)
            if value is True:
                charge(frame, loop.toll.kept)
                yield element
            elif value is not False:
                self.doubts.append(value)
        _leave(loop, frame, more=False)
        if isinstance(collection, OpenList | OpenMap):
            self.doubts.append(Unknown(collection.causes))


def to_list(*, names: int, filtered: bool, transformed: bool) -> Macro:
    """`map`, `filter` and `transformList`: a list of elements or of what is made of them."""

    def macro(compiler: Compiling, node: Call) -> Code:
        loop, codes = _comprehension(compiler, node, names, filtered + transformed)
        test = codes[0] if filtered else None
        make = codes[-1] if transformed else None

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.target(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            collector = Collector(loop, test, node.name)
            passing = collector.passing(collection, scope, frame)
            out = list(passing) if make is None else [make(scope, frame) for _ in passing]
            return OpenList(out, unknowns(*collector.doubts).causes) if collector.doubts else out

        return evaluate

    return macro


def to_map(*, filtered: bool, entries: bool) -> Macro:
    """`transformMap` keeps the keys; `transformMapEntry` makes entries."""

    def macro(compiler: Compiling, node: Call) -> Code:
        loop, codes = _comprehension(compiler, node, 2, 1 + filtered)
        test, make = (codes[0] if filtered else None), codes[-1]

        def evaluate(scope: Scope, frame: Frame) -> Any:
            collection = loop.target(scope, frame)
            if isinstance(collection, Unknown):
                return Unknown(collection.causes)
            out: dict[Any, Any] = {}
            collector = Collector(loop, test, node.name)
            for first in collector.passing(collection, scope, frame):
                made = make(scope, frame)
                if not entries:
                    out[key_of(first)] = made
                elif isinstance(made, Unknown):
                    collector.doubts.append(made)
                else:
                    _merge(out, made)
            return OpenMap(out, unknowns(*collector.doubts).causes) if collector.doubts else out

        return evaluate

    return macro


def _merge(out: dict[Any, Any], made: Any) -> None:
    if not isinstance(made, dict):
        raise no_overload("transformMapEntry", made)
    for key, value in made.items():
        if key in out:
            raise CelEvaluationError(f"insert failed: key {plain_key(key)} already exists")
        out[key] = value


def sort_by(compiler: Compiling, node: Call) -> Code:
    """`sortBy`: the elements in the order of what is made of them."""
    loop, (key,) = _comprehension(compiler, node, 1, 1)

    def evaluate(scope: Scope, frame: Frame) -> Any:
        collection = loop.target(scope, frame)
        if isinstance(collection, Unknown | OpenList):
            return Unknown(collection.causes)
        pairs = []
        for element in loop.elements(collection, frame):
            frame[loop.first] = element
            charge(frame, loop.toll.each)
            pairs.append((key(scope, frame), element))
        doubts = [one for one, _ in pairs if isinstance(one, Unknown)]
        return unknowns(*doubts) if doubts else sort_pairs(pairs)

    return evaluate
