"""`with`: runs the steps of a line in a query of its own, in which documents and functions are replaced."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from muniment.languages.rego.ast import Expression, FunctionName, Ref, Scalar, Term, Var, With
from muniment.languages.rego.calls import Constant
from muniment.languages.rego.code import Code, Frame, Loop, Run, Step, Test, joined, succeed
from muniment.languages.rego.documents import Node
from muniment.languages.rego.query import Query, patched
from muniment.languages.rego.signatures import Builtins
from muniment.languages.rego.terms import node_of
from muniment.languages.rego.values import UNDEFINED, key_of

Change = Callable[[Frame, Query], bool]
"""Changes a new query; false when the value is undefined."""


class Replacing(Protocol):
    """The compiler, as `with` sees it."""

    root: Node
    builtins: Builtins

    def term(self, term: Term) -> Code:
        """The closure of a term whose variables are bound."""

    def hoisted(self, term: Term, steps: list[Step]) -> Term:
        """A term in which variables stand for all that has several values."""

    def plain(self, one: Expression) -> list[Step]:
        """The steps of a line without its `with`."""

    def take_slot(self) -> int:
        """A slot of its own."""

    def is_function(self, path: Any) -> bool:
        """Whether a path below `data` is that of a function."""

    def report(self, code: str, message: str, node: Any) -> None:
        """Notes a fault."""


def replaced_steps(compiler: Replacing, one: Expression) -> list[Step]:
    """The steps of a line under its `with`."""
    before: list[Step] = []
    changes = [_change(compiler, modifier, before) for modifier in one.withs]
    inner = compiler.plain(one._replace(withs=()))
    if all(isinstance(step, Test) for step in inner):
        return [*before, Test(_around_tests(changes, joined(inner, succeed)))]
    return [*before, _around_loops(changes, inner, compiler.take_slot())]


def _changed(changes: Sequence[Change], frame: Frame) -> Query | None:
    query = frame[0].under()
    return query if all(change(frame, query) for change in changes) else None


def _around_tests(changes: Sequence[Change], run: Run) -> Run:
    def test(frame: Frame) -> Any:
        outer, inner = frame[0], _changed(changes, frame)
        if inner is None:
            return False
        frame[0] = inner
        try:
            return run(frame)
        finally:
            frame[0] = outer

    return test


def _around_loops(changes: Sequence[Change], steps: list[Step], slot: int) -> Loop:
    """The same for a line with several solutions: what follows each of them runs in the outer query."""

    def around(rest: Run) -> Run:
        def resume(frame: Frame) -> Any:
            inner = frame[0]
            frame[0] = frame[slot]
            try:
                return rest(frame)
            finally:
                frame[slot], frame[0] = frame[0], inner

        run = joined(steps, resume)

        def enter(frame: Frame) -> Any:
            outer, inner = frame[0], _changed(changes, frame)
            if inner is None:
                return False
            frame[slot], frame[0] = outer, inner
            try:
                return run(frame)
            finally:
                frame[0] = outer

        return enter

    return Loop(around)


def _change(compiler: Replacing, one: With, before: list[Step]) -> Change:
    if isinstance(one.target, Var):
        return _mock(compiler, one.target.name, one, before)
    path = tuple(part.value if isinstance(part, Scalar) else UNDEFINED for part in _path(one.target))
    if UNDEFINED in path:
        compiler.report("rego_type_error", "with keyword target must be a path of constants", one)
    head = one.target.head if isinstance(one.target, Ref) else one.target
    if isinstance(head, Var) and head.name == "data" and compiler.is_function(path):
        return _mock(compiler, path, one, before)
    code = compiler.term(compiler.hoisted(one.value, before))
    keys = tuple(map(key_of, path))
    if isinstance(head, Var) and head.name == "input":
        return _input_change(keys, code)
    _check_whole(compiler, path, one)
    return _data_change(keys, code)


def _path(target: Term) -> tuple[Term, ...]:
    return target.path if isinstance(target, Ref) else ()


def _check_whole(compiler: Replacing, path: tuple[Any, ...], one: With) -> None:
    """Refuses to replace a part of what a rule makes."""
    node: Node | None = compiler.root
    for name in path:
        if node is not None and node.kind in {"complete", "set", "function"}:
            compiler.report("rego_type_error", "with keyword cannot partially replace virtual document(s)", one)
        node = node.children.get(name) if node else None


def _input_change(path: tuple[Any, ...], code: Code) -> Change:
    def change(frame: Frame, query: Query) -> bool:
        value = code(frame)
        query.input = patched(query.input, path, value)
        return value is not UNDEFINED

    return change


def _data_change(path: tuple[Any, ...], code: Code) -> Change:
    def change(frame: Frame, query: Query) -> bool:
        value = code(frame)
        query.data = patched(query.data, path, value)
        query.masks |= {path}
        return value is not UNDEFINED

    return change


def _mock(compiler: Replacing, key: Any, one: With, before: list[Step]) -> Change:
    """Puts something in the place of a function: a function, a builtin, or a value."""
    value = one.value
    if isinstance(value, FunctionName):
        return _set_mock(key, compiler.builtins.find(value.name))
    if isinstance(value, Ref) and isinstance(value.head, Var) and value.head.name == "data":
        path = tuple(str(part.value) if isinstance(part, Scalar) else "" for part in value.path)
        if compiler.is_function(path):
            return _set_mock(key, node_of(compiler.root, path))
    code = compiler.term(compiler.hoisted(value, before))

    def change(frame: Frame, query: Query) -> bool:
        found = code(frame)
        query.mocks = {**query.mocks, key: Constant(found)}
        return found is not UNDEFINED

    return change


def _set_mock(key: Any, mock: Any) -> Change:
    def change(_frame: Frame, query: Query) -> bool:
        query.mocks = {**query.mocks, key: mock}
        return True

    return change
