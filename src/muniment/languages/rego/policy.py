"""The public face: modules become a policy, and a policy answers for inputs."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from muniment.languages.rego.ast import Module, Var
from muniment.languages.rego.code import MADE, Frame, Step, joined
from muniment.languages.rego.compiler import Assembly
from muniment.languages.rego.definitions import Definition, Faults, define, replaced_functions, targets
from muniment.languages.rego.documents import Cursor, Node, arrive, settle, step
from muniment.languages.rego.errors import Fault, RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_query
from muniment.languages.rego.names import Names, written
from muniment.languages.rego.operand_types import check_operands
from muniment.languages.rego.query import Budget, Printed, Query
from muniment.languages.rego.recursion import recursive_paths
from muniment.languages.rego.signatures import Builtins, QueryContext
from muniment.languages.rego.strictness import check_modules
from muniment.languages.rego.values import UNDEFINED, Value
from muniment.languages.rego.variables import own_names


class CompileOptions(NamedTuple):
    """What is compiled into the code of a policy."""

    strict: bool = False
    """Refuse unused imports and variables and deprecated builtins, whatever the version."""
    prints: bool = False
    """Let `print` speak; else it is not even evaluated."""
    watched: bool = False
    """Tell the `watch` of an evaluation about every line: for traces and coverage."""


class EvaluationOptions(NamedTuple):
    """What one evaluation may see and spend."""

    now_ns: int = 0
    """The time of the evaluation, nanoseconds since 1970."""
    seed: int = 0
    strict_builtin_errors: bool = False
    """End with an error where a builtin refuses its arguments; else such a call is undefined."""
    steps: int = 50_000_000
    clock: Callable[[], float] | None = None
    """Seconds from any beginning; without it no deadline holds."""
    seconds: float = 10.0
    cancelled: Callable[[], bool] | None = None
    """Asked every thousand steps."""
    runtime: Mapping[str, Value] = MappingProxyType({})
    """What `opa.runtime` answers."""
    watch: Callable[[str, Any, Query], None] | None = None
    """Told `eval` and `true`, where the line stands, and the query."""


DEFAULTS = EvaluationOptions()
_PATTERNS = 1000
"""Compiled patterns that a policy keeps; inputs may bring new ones without end."""


class Result(NamedTuple):
    """The value of a document; `UNDEFINED` if it has none."""

    value: Value
    prints: tuple[Printed, ...] = ()
    notes: tuple[str, ...] = ()


class Rows(NamedTuple):
    """The solutions of a query: the values of its variables by name."""

    rows: tuple[Mapping[str, Value], ...]
    prints: tuple[Printed, ...] = ()
    notes: tuple[str, ...] = ()


class Policy:
    """Compiled modules; threads may share one, for evaluations only leave compiled patterns behind."""

    __slots__ = ("_builtins", "_definitions", "_mockable", "_options", "_packages", "_patterns", "_root", "data")

    def __init__(
        self,
        packages: Sequence[tuple[str, ...]],
        definitions: Sequence[Definition],
        builtins: Builtins,
        data: Value,
        options: CompileOptions,
        faults: Faults,
        mockable: frozenset[Any] = frozenset(),
    ) -> None:
        self._packages = packages
        self._definitions = definitions
        self._builtins = builtins
        self._options = options
        self._mockable = mockable | replaced_functions(definitions)
        self.data = data
        self._patterns: dict[Any, Any] = {}
        assembly = self._assembly(faults)
        by_path = assembly.place(packages, definitions)
        if not faults.found:
            _report_recursion(assembly.root, by_path, faults)
        if not faults.found:
            assembly.compile(by_path, lambda one: _suffix(one, definitions, faults))
        if faults.found:
            raise RegoError(sorted(faults.found, key=lambda fault: (fault.file, fault.span)))
        self._root = assembly.root

    def _assembly(self, faults: Faults) -> Assembly:
        options = self._options
        return Assembly(self._builtins, self._mockable, faults, prints=options.prints, watched=options.watched)

    def evaluate(
        self,
        path: str | Sequence[str],
        input_value: Value = UNDEFINED,
        data: Value = None,
        options: EvaluationOptions = DEFAULTS,
    ) -> Result:
        """The value of the document at `data.a.b` or at the names below `data`. Raises RegoEvaluationError."""
        names = path.split(".")[1:] if isinstance(path, str) else path
        query = self._query(input_value, data, options)
        value = _guarded(lambda: _document(self._root, query, names))
        return Result(value, tuple(query.prints or ()), tuple(query.context.notes))

    def prepare(self, text: str, dialect: str = "v1") -> "PreparedQuery":
        """A query, to be run for many inputs. Raises RegoError."""
        faults = Faults()
        module = Module("query", text, (), (), (), (), strict=False, inner_negation=False)
        arities = {one.path: len(one.parameters) for one in self._definitions if one.parameters is not None}
        resolver = Names({}, arities, self._builtins, faults.reporter(module), {}, inner_negation=False)
        body, _ = resolver.body(parse_query(text, module.name, dialect), None)
        replaced = frozenset(target for one in body for target in targets(one))
        if not faults.found and not replaced <= self._mockable:
            return self._replacing(replaced).prepare(text, dialect)
        assembly = self._assembly(faults)
        assembly.root.children.update(self._root.children)
        compiler = assembly.clause_compiler(assembly.source(module))
        compiler.sorted = True
        steps = compiler.body(body)
        names = sorted({name for one in body for name in own_names(one) if name[0] not in "$~"})
        slots = tuple((written(name), compiler.read(Var(name))) for name in names)
        if faults.found:
            raise RegoError(faults.found)
        return PreparedQuery(self._query, steps, slots, compiler.size)

    def query(
        self,
        text: str,
        input_value: Value = UNDEFINED,
        data: Value = None,
        options: EvaluationOptions = DEFAULTS,
        dialect: str = "v1",
    ) -> Rows:
        """All solutions of a query. Raises RegoError and RegoEvaluationError."""
        return self.prepare(text, dialect).run(input_value, data, options)

    def _replacing(self, functions: frozenset[Any]) -> "Policy":
        """The same policy, compiled so that a query may replace further functions."""
        return Policy(
            self._packages,
            self._definitions,
            self._builtins,
            self.data,
            self._options,
            Faults(),
            self._mockable | functions,
        )

    def _query(self, input_value: Value, data: Value, options: EvaluationOptions) -> Query:
        if len(self._patterns) > _PATTERNS:
            self._patterns = {}
        context = QueryContext(
            now_ns=options.now_ns,
            seed=options.seed,
            strict=options.strict_builtin_errors,
            runtime=options.runtime,
            cancelled=options.cancelled,
            patterns=self._patterns,
        )
        deadline = options.clock() + options.seconds if options.clock else None
        budget = Budget(options.steps, options.clock, deadline, options.cancelled)
        prints: list[Printed] | None = [] if self._options.prints else None
        return Query(input_value, self.data if data is None else data, context, budget, prints, options.watch)


class PreparedQuery:
    """A compiled query of a policy."""

    __slots__ = ("_begin", "_run", "_size", "_slots")

    def __init__(
        self,
        begin: Callable[[Value, Value, EvaluationOptions], Query],
        steps: Sequence[Step],
        slots: Sequence[tuple[str, int]],
        size: int,
    ) -> None:
        self._begin = begin
        self._slots = slots
        self._run = joined(steps, self._row)
        self._size = size

    def _row(self, frame: Frame) -> None:
        frame[MADE].append({name: frame[slot] for name, slot in self._slots})

    def run(self, input_value: Value = UNDEFINED, data: Value = None, options: EvaluationOptions = DEFAULTS) -> Rows:
        """All solutions for an input. Raises RegoEvaluationError."""
        query = self._begin(input_value, data, options)
        frame: Frame = [query, [], *[None] * self._size]
        _guarded(lambda: self._run(frame))
        return Rows(tuple(frame[MADE]), tuple(query.prints or ()), tuple(query.context.notes))


def compile_modules(
    modules: Sequence[Module],
    builtins: Builtins,
    data: Value = None,
    options: CompileOptions = CompileOptions(),  # noqa: B008  a frozen value
) -> Policy:
    """The policy of modules over base documents. Raises RegoError with everything that is wrong."""
    faults = Faults()
    try:
        return _compiled(modules, builtins, {} if data is None else data, options, faults)
    except RecursionError:
        name = modules[0].name if modules else ""
        raise RegoError(
            [Fault("rego_compile_error", "nested too deep", name, faults.lines(modules[0]).span(0, 0))]
        ) from None


def _compiled(
    modules: Sequence[Module], builtins: Builtins, data: Value, options: CompileOptions, faults: Faults
) -> Policy:
    definitions = define(modules, builtins, faults, strict=options.strict)
    check_modules(modules, definitions, builtins, faults, strict=options.strict)
    packages = [module.package for module in modules]
    policy = Policy(packages, definitions, builtins, data, options, faults)
    check_operands(definitions, builtins, faults)
    if faults.found:
        raise RegoError(faults.found)
    return policy


def _report_recursion(root: Node, by_path: Mapping[Any, Sequence[Definition]], faults: Faults) -> None:
    for circle in recursive_paths(root, by_path):
        names = [".".join(("data", *path)) for path in circle]
        first = by_path[circle[0]][0]
        message = f"rule {names[0]} is recursive: {' -> '.join(names)}"
        faults.reporter(first.module)("rego_recursion_error", message, first.rule)


def _suffix(one: Definition, definitions: Sequence[Definition], faults: Faults) -> str:
    """Which rule a variable belongs to, where several rules share a line."""
    lines = faults.lines(one.module)
    line = lines.position(one.rule.start)[0]
    for other in definitions:
        if other.module is one.module and other.path != one.path:
            first, last = lines.position(other.rule.start)[0], lines.position(other.rule.end)[0]
            if first <= line <= last or line <= first <= lines.position(one.rule.end)[0]:
                return f" in rule {'.'.join(one.path[len(one.module.package) :])}"
    return ""


def _document(root: Node, query: Query, names: Sequence[str]) -> Value:
    value: Any = Cursor(root, query.data) if root.kind == "none" else arrive(query, root, query.data)
    for name in names:
        value = step(query, value, name)
        if value is UNDEFINED:
            return UNDEFINED
    return settle(query, value)


def _guarded(work: Callable[[], Any]) -> Any:
    """Runs an evaluation so that it ends with a value or with an error of our own."""
    try:
        return work()
    except RegoEvaluationError:
        raise
    except RecursionError:
        raise RegoEvaluationError("limit-exceeded", "the evaluation is nested too deep") from None
    except MemoryError:
        raise RegoEvaluationError("limit-exceeded", "the evaluation needs too much memory") from None
    except Exception as error:  # a fault of ours must not pass for an answer, nor end the run
        raise RegoEvaluationError("eval_internal_error", f"{type(error).__name__}: {error}") from error
