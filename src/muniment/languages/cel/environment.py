"""Environments compile expressions; programs evaluate them. Both are immutable and may be shared."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from muniment.languages.cel.ast import Node
from muniment.languages.cel.checker import Checker, Declarations
from muniment.languages.cel.code import FIRST_SLOT, Code, Observe
from muniment.languages.cel.compiler import Compiler, Dialect
from muniment.languages.cel.comprehensions import Macro
from muniment.languages.cel.errors import CelEvaluationError, syntax_error
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.table import TYPES, function_table
from muniment.languages.cel.library.versions import LIBRARIES, OPTIONALS, Library, MacroKey
from muniment.languages.cel.macros import MACROS
from muniment.languages.cel.names import Names
from muniment.languages.cel.parser import parse
from muniment.languages.cel.paths import SOMEWHERE, paths_of
from muniment.languages.cel.signatures import SIGNATURES
from muniment.languages.cel.types import DYN, Type
from muniment.languages.cel.values import TypeValue
from muniment.languages.source import Limits

BUDGET: Final = 1_000_000
"""What one evaluation may spend: elements visited, or the limit that Kubernetes sets per expression."""
WEIGHT: Final = 50_000_000
"""Characters and elements that one evaluation may build with functions and `+`."""


def _macros(libraries: tuple[Library, ...]) -> Mapping[MacroKey, Macro]:
    missing = frozenset().union(*(library.macros for library in LIBRARIES if library not in libraries))
    return {key: macro for key, macro in MACROS.items() if key not in missing}


def _types(variables: Mapping[str, Type] | Iterable[str]) -> Mapping[str, Type]:
    return variables if isinstance(variables, Mapping) else {}


class Budget:
    """What evaluations may still spend; several may share one."""

    __slots__ = ("remaining",)

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining


class Environment:
    """Variables, functions and dialect of some expressions.

    `null_safe` reads what is absent as null, and null as an empty collection. `cost` is what a budget counts: `steps`
    are the elements that macros visit, `kubernetes` is the cost that the API server limits. `homogeneous` refuses lists
    and maps of mixed types. `objects` are the first names of types that an expression may make, as `Object` in
    `Object.spec{a: 1}`.
    """

    __slots__ = ("_check", "_container", "_declarations", "_dialect", "_functions", "_limits", "_names")

    def __init__(  # noqa: PLR0913  each names one choice, all by keyword
        self,
        *,
        libraries: Iterable[Library] = LIBRARIES,
        variables: Mapping[str, Type] | Iterable[str] = (),
        functions: Iterable[Function] = (),
        null_safe: bool = False,
        homogeneous: bool = False,
        objects: Iterable[str] = (),
        container: str = "",
        check: bool = True,
        cost: str = "steps",
        limits: Limits = Limits(),  # noqa: B008  a frozen value
    ) -> None:
        libraries = tuple(libraries)
        table = function_table(libraries, null_safe=null_safe)
        new = {function.name: function for function in functions}
        table.update(new)
        texts = {**SIGNATURES, **{name: function.signature for name, function in new.items()}}
        self._declarations = Declarations(_types(variables), texts, null_safe=null_safe, homogeneous=homogeneous)
        self._functions: Mapping[str, Function] = table
        self._names = Names(frozenset(variables), {name: TypeValue(name) for name in TYPES}, table, container)
        self._dialect = Dialect(
            macros=_macros(libraries),
            optionals=OPTIONALS in libraries,
            objects=frozenset(objects),
            null_safe=null_safe,
            priced=cost == "kubernetes",
        )
        self._check = check
        self._container = container
        self._limits = limits

    def extend(
        self, *, variables: Mapping[str, Type] | Iterable[str] = (), functions: Iterable[Function] = ()
    ) -> "Environment":
        """The same environment with more variables and functions; cheap."""
        more = object.__new__(Environment)
        new = {function.name: function for function in functions}
        more._functions = {**self._functions, **new} if new else self._functions
        known = self._names.variables | frozenset(variables)
        more._names = Names(known, self._names.types, more._functions, self._container)
        more._declarations = self._declarations.extended(
            _types(variables), {name: function.signature for name, function in new.items()}
        )
        more._limits, more._dialect = self._limits, self._dialect
        more._container, more._check = self._container, self._check
        return more

    def compile(self, text: str) -> "Program":
        """A program. Raises CelError, with the place, for what does not parse or names what is not there.

        Without checks that is found out when the program is first used.
        """
        if not self._check:
            return Program(text, self)
        try:
            tree = parse(text, self._limits)
            closures = self.closures(text, tree, observed=False)
            kind = Checker(text, self._names, self._declarations).check(tree)
            return Program(text, self, tree, kind, closures)
        except RecursionError:
            raise syntax_error(text, 0, len(text), "nested too deeply", code="limit-exceeded") from None

    def parsed(self, text: str) -> Node:
        """The tree of a text. Raises CelError."""
        return parse(text, self._limits)

    def paths(self, tree: Node) -> frozenset[tuple[str, ...]]:
        """Selections in a tree that are rooted at a name."""
        return paths_of(tree, self._names)

    def closures(self, text: str, tree: Node, *, observed: bool) -> tuple[Code, int]:
        """The closure of a tree, and how many slots its frame has."""
        compiler = Compiler(
            text,
            self._functions,
            self._names,
            self._dialect,
            observed=observed,
            checked=self._check,
        )
        return compiler.code(tree), compiler.slots


class Program:
    """A compiled expression."""

    __slots__ = ("_environment", "_expression", "_observed", "_plain", "text", "type")

    def __init__(
        self,
        text: str,
        environment: Environment,
        expression: Node | None = None,
        kind: Type = DYN,
        closures: tuple[Code, int] | None = None,
    ) -> None:
        self.text = text
        self.type = kind
        self._expression = expression
        self._environment = environment
        self._plain = None if closures is None else _framed(*closures)
        self._observed: tuple[Code, int] | None = None

    def _compiled(self) -> tuple[Code, tuple[Any, ...]]:
        self._plain = _framed(*self._environment.closures(self.text, self.expression, observed=False))
        return self._plain

    @property
    def expression(self) -> Node:
        """The tree of the text. Raises CelError where nothing was checked and it does not parse."""
        if self._expression is None:
            self._expression = self._environment.parsed(self.text)
        return self._expression

    @property
    def references(self) -> frozenset[str]:
        """The names that are read and not bound by the expression itself."""
        return frozenset(path[0] for path in self.paths) - {SOMEWHERE}

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Selections that are rooted at a name: (`resource`, `spec`, `x`); an index or element is `*`."""
        return self._environment.paths(self.expression)

    def evaluate(self, scope: Mapping[str, Any], budget: Budget | None = None) -> Any:
        """The value in a scope, which is only asked for names. Raises CelEvaluationError."""
        code, fresh = self._plain or self._compiled()
        frame = [*fresh]
        if budget is None:
            try:
                return code(scope, frame)
            except RecursionError:
                raise CelEvaluationError("nested too deeply", code="limit-exceeded") from None
        return _spend(code, scope, frame, budget)

    def trace(self, scope: Mapping[str, Any], observe: Observe, budget: Budget | None = None) -> Any:
        """The value, while `observe(container, key, value)` is told of every read. Raises CelEvaluationError."""
        if self._observed is None:
            self._observed = self._environment.closures(self.text, self.expression, observed=True)
        code, slots = self._observed
        frame = [BUDGET, observe, WEIGHT, *[None] * (slots - FIRST_SLOT)]
        return _spend(code, scope, frame, Budget(BUDGET) if budget is None else budget)


def _framed(code: Code, slots: int) -> tuple[Code, tuple[Any, ...]]:
    """A closure with the frame that each evaluation begins with."""
    return code, (BUDGET, None, WEIGHT, *[None] * (slots - FIRST_SLOT))


def _spend(code: Code, scope: Mapping[str, Any], frame: list[Any], budget: Budget) -> Any:
    frame[0] = budget.remaining
    try:
        return code(scope, frame)
    except RecursionError:
        raise CelEvaluationError("nested too deeply", code="limit-exceeded") from None
    finally:
        budget.remaining = max(frame[0], 0)
