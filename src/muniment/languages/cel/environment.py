"""Environments compile expressions; programs evaluate them. Both are immutable and may be shared."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from muniment.languages.cel.ast import Call, Ident, Index, Literal, Node, Select, children
from muniment.languages.cel.code import Code, Observe
from muniment.languages.cel.compiler import Compiler
from muniment.languages.cel.errors import CelEvaluationError, syntax_error
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.kubernetes import TYPE_NAMES, kubernetes_functions
from muniment.languages.cel.library.lists import index_of, list_functions, list_index, list_last_index
from muniment.languages.cel.library.numbers import math_functions, other_functions
from muniment.languages.cel.library.standard import Patterns, standard_functions
from muniment.languages.cel.library.strings import string_functions
from muniment.languages.cel.names import Names
from muniment.languages.cel.parser import parse
from muniment.languages.cel.values import TypeValue
from muniment.languages.source import Limits

_TYPES: Final = (
    "int",
    "uint",
    "double",
    "bool",
    "string",
    "bytes",
    "list",
    "map",
    "type",
    "null_type",
    "optional_type",
    "google.protobuf.Timestamp",
    "google.protobuf.Duration",
    *TYPE_NAMES,
)
BUDGET: Final = 1_000_000
"""What one evaluation may spend: elements visited, or the limit that Kubernetes sets per expression."""


class Budget:
    """What evaluations may still spend; several may share one."""

    __slots__ = ("remaining",)

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining


class Environment:
    """Variables, functions and dialect of some expressions.

    `null_safe` reads what is absent as null, and null as an empty collection. `cost` is what a budget counts: `steps`
    are the elements that macros visit, `kubernetes` is the cost that the API server limits.
    """

    __slots__ = ("_check", "_container", "_cost", "_functions", "_limits", "_names", "_null_safe")

    def __init__(
        self,
        *,
        variables: Iterable[str] = (),
        functions: Iterable[Function] = (),
        null_safe: bool = False,
        container: str = "",
        check: bool = True,
        cost: str = "steps",
        limits: Limits = Limits(),  # noqa: B008  a frozen value
    ) -> None:
        table = _library(null_safe=null_safe)
        table.update({function.name: function for function in functions})
        self._functions: Mapping[str, Function] = table
        self._names = Names(frozenset(variables), {name: TypeValue(name) for name in _TYPES}, table, container)
        self._null_safe = null_safe
        self._check = check
        self._container = container
        self._cost = cost
        self._limits = limits

    def extend(self, *, variables: Iterable[str] = (), functions: Iterable[Function] = ()) -> "Environment":
        """The same environment with more variables and functions; cheap."""
        more = object.__new__(Environment)
        new = {function.name: function for function in functions}
        more._functions = {**self._functions, **new} if new else self._functions
        known = self._names.variables | frozenset(variables)
        more._names = Names(known, self._names.types, more._functions, self._container)
        more._limits, more._cost = self._limits, self._cost
        more._null_safe, more._container, more._check = self._null_safe, self._container, self._check
        return more

    def compile(self, text: str) -> "Program":
        """A program. Raises CelError, with the place, for what does not parse or names what is not there."""
        try:
            tree = parse(text, self._limits)
            return Program(text, tree, self, *self.closures(text, tree, observed=False))
        except RecursionError:
            raise syntax_error(text, 0, len(text), "nested too deeply", code="limit-exceeded") from None

    def closures(self, text: str, tree: Node, *, observed: bool) -> tuple[Code, int]:
        """The closure of a tree, and how many slots its frame has."""
        compiler = Compiler(
            text,
            self._functions,
            self._names,
            null_safe=self._null_safe,
            observed=observed,
            priced=self._cost == "kubernetes",
            checked=self._check,
        )
        return compiler.code(tree), compiler.slots


class Program:
    """A compiled expression."""

    __slots__ = ("_code", "_environment", "_frame", "_observed", "expression", "text")

    def __init__(self, text: str, expression: Node, environment: Environment, code: Code, slots: int) -> None:
        self.text = text
        self.expression = expression
        self._environment = environment
        self._code = code
        self._frame = (BUDGET, *[None] * (slots - 1))
        self._observed: tuple[Code, int] | None = None

    @property
    def references(self) -> frozenset[str]:
        """The names that are read and not bound by the expression itself."""
        return frozenset(path[0] for path in self.paths)

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Selections that are rooted at a name: (`resource`, `spec`, `x`); an index or element is `*`."""
        found: set[tuple[str, ...]] = set()
        _collect(self.expression, {}, found)
        return frozenset(found)

    def evaluate(self, scope: Mapping[str, Any], budget: Budget | None = None) -> Any:
        """The value in a scope, which is only asked for names. Raises CelEvaluationError."""
        frame = [*self._frame]
        if budget is None:
            try:
                return self._code(scope, frame)
            except RecursionError:
                raise CelEvaluationError("nested too deeply", code="limit-exceeded") from None
        return _spend(self._code, scope, frame, budget)

    def trace(self, scope: Mapping[str, Any], observe: Observe, budget: Budget | None = None) -> Any:
        """The value, while `observe(container, key, value)` is told of every read. Raises CelEvaluationError."""
        if self._observed is None:
            self._observed = self._environment.closures(self.text, self.expression, observed=True)
        code, slots = self._observed
        frame = [BUDGET, observe, *[None] * (slots - 2)]
        return _spend(code, scope, frame, Budget(BUDGET) if budget is None else budget)


def _spend(code: Code, scope: Mapping[str, Any], frame: list[Any], budget: Budget) -> Any:
    frame[0] = budget.remaining
    try:
        return code(scope, frame)
    except RecursionError:
        raise CelEvaluationError("nested too deeply", code="limit-exceeded") from None
    finally:
        budget.remaining = max(frame[0], 0)


_BINDERS: Final = frozenset(
    {
        "all",
        "exists",
        "exists_one",
        "existsOne",
        "map",
        "filter",
        "transformList",
        "transformMap",
        "transformMapEntry",
        "sortBy",
        "optMap",
        "optFlatMap",
    }
)


def _collect(node: Node, bound: Mapping[str, tuple[str, ...]], found: set[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Adds the paths of a tree; the path of the node itself, if it is one."""
    if isinstance(node, Ident):
        path = bound.get(node.name, (node.name,))
        if node.name not in bound:
            found.add(path)
        return path
    if isinstance(node, Select | Index):
        above = _collect(node.operand, bound, found)
        if isinstance(node, Index):
            _collect(node.key, bound, found)
        if above is None:
            step = node.field if isinstance(node, Select) else "*"
            found.add(("~", step))
            return ("~", step)
        literal = isinstance(node, Index) and isinstance(node.key, Literal) and isinstance(node.key.value, str)
        step = node.field if isinstance(node, Select) else str(node.key.value) if literal else "*"  # type: ignore[attr-defined]  # a literal key
        path = (*above, step)
        found.add(path)
        return path
    if isinstance(node, Call) and node.target is not None and node.name in _BINDERS:
        return _collect_macro(node, bound, found)
    for child in children(node):
        _collect(child, bound, found)
    return None


def _collect_macro(
    node: Call, bound: Mapping[str, tuple[str, ...]], found: set[tuple[str, ...]]
) -> tuple[str, ...] | None:
    assert node.target is not None  # noqa: S101  the caller has looked
    above = _collect(node.target, bound, found)
    element = (*above, "*") if above is not None else ("~", "*")
    names = [argument.name for argument in node.arguments if isinstance(argument, Ident)]
    count = 1 if len(node.arguments) == 2 or node.name == "map" else 2
    inner = {**bound, **dict.fromkeys(names[:count], element)}
    for argument in node.arguments[count if len(node.arguments) > count else 0 :]:
        _collect(argument, inner, found)
    return above if node.name == "filter" else None


def _library(*, null_safe: bool) -> dict[str, Function]:
    """Every shipped function by name; where texts and lists share one, it takes both."""
    patterns = Patterns()
    groups = (
        standard_functions(patterns, null_safe=null_safe),
        list_functions(),
        string_functions(),
        math_functions(),
        other_functions(),
        kubernetes_functions(patterns),
    )
    table = {function.name: function for group in groups for function in group}
    for name, of_lists in (("indexOf", list_index), ("lastIndexOf", list_last_index)):
        table[name] = table[name]._replace(call=index_of(table[name].call, of_lists))
    return table
