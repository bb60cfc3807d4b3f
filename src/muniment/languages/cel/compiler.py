"""Compiles a tree to closures, once; a closure takes the scope and a frame with the values that macros bind."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from muniment.languages.cel import operators
from muniment.languages.cel.ast import Call, Ident, Index, ListNode, Literal, MapNode, MessageNode, Node, Select
from muniment.languages.cel.code import Code, Frame
from muniment.languages.cel.errors import CelError, CelEvaluationError, syntax_error
from muniment.languages.cel.function import Function
from muniment.languages.cel.macros import MACROS
from muniment.languages.cel.values import Optional, TypeValue, equal, key_of, no_overload, unknowns
from muniment.languages.unknown import OpenList, OpenMap, Unknown

STEPS: Final = 0
"""The slot of a frame that counts the budget down."""


class Compiler:
    """Compiles one expression. `observe`, where given, is told every read; such closures are for explaining."""

    __slots__ = (
        "_bound",
        "_checked",
        "_observed",
        "container",
        "functions",
        "null_safe",
        "slots",
        "text",
        "types",
        "variables",
    )

    def __init__(
        self,
        text: str,
        functions: Mapping[str, Function],
        variables: frozenset[str],
        types: Mapping[str, TypeValue],
        *,
        null_safe: bool,
        container: str,
        observed: bool,
        checked: bool,
    ) -> None:
        self.text = text
        self.functions = functions
        self.variables = variables
        self.types = types
        self.null_safe = null_safe
        self.container = container
        self.slots = 2
        self._bound: list[tuple[str, int]] = []
        self._observed = observed
        self._checked = checked

    def error(self, node: Node, message: str) -> CelError:
        """The error at a node."""
        return syntax_error(self.text, node.start, node.end, message, code="check")

    def code(self, node: Node) -> Code:
        """The closure of a node. Raises CelError for what is wrong without any data."""
        made: Code = _COMPILE[type(node)](self, node)
        return made

    def bind(self, *names: str) -> tuple[int, ...]:
        """New slots for names that a macro binds, until `release`."""
        slots = tuple(range(self.slots, self.slots + len(names)))
        self.slots += len(names)
        self._bound.extend(zip(names, slots, strict=True))
        return slots

    def release(self, count: int) -> None:
        """The last bound names are out of reach again."""
        del self._bound[len(self._bound) - count :]

    def slot(self, name: str) -> int | None:
        """The slot of a bound name."""
        return next((slot for bound, slot in reversed(self._bound) if bound == name), None)

    @property
    def observed(self) -> bool:
        """Whether reads are told to the observer, which is in the second slot of a frame."""
        return self._observed

    def _undeclared(self, node: Node, message: str) -> Code:
        """A name that nothing has: an error at once, or when it is evaluated where nothing is checked."""
        if self._checked:
            raise self.error(node, message)

        def fail(_scope: Mapping[str, Any], _frame: Frame) -> Any:
            raise CelEvaluationError(message)

        return fail

    def literal(self, node: Literal) -> Code:
        """A constant."""
        value = node.value
        return lambda _scope, _frame: value

    def ident(self, node: Ident) -> Code:
        """A name: what a macro bound, a variable, or a type."""
        slot = None if node.absolute else self.slot(node.name)
        if slot is not None:
            return lambda _scope, frame: frame[slot]
        return self.name(node, node.name, absolute=node.absolute)

    def name(self, node: Node, name: str, *, absolute: bool = False) -> Code:
        """A variable or type, looked for in the container and around it."""
        found = self.resolve(name, absolute=absolute)
        if found is None:
            return self._undeclared(node, f"undeclared reference to {name!r}")
        if found in self.variables:
            return _variable(found)
        kind = self.types[found]
        return lambda _scope, _frame: kind

    def resolve(self, name: str, *, absolute: bool = False) -> str | None:
        """The full name of a variable or type; None if there is none."""
        space = "" if absolute else self.container
        while True:
            full = f"{space}.{name}" if space else name
            if full in self.variables or full in self.types:
                return full
            if not space:
                return None
            space = space.rpartition(".")[0]

    def select(self, node: Select) -> Code:
        """`operand.field`, or a name with dots."""
        dotted = _dotted(node)
        if dotted is not None and (dotted[2] or self.slot(dotted[0]) is None):
            found = self.resolve(dotted[1], absolute=dotted[2])
            if found is not None:
                return self.name(node, dotted[1], absolute=dotted[2])
        operand, name, null_safe = self.code(node.operand), node.field, self.null_safe
        if node.optional:
            return self._watched(operand, name, lambda container: operators.optional_index(container, name))
        if self._observed:
            return self._watched(operand, name, lambda container: operators.select(container, name, null_safe))
        return _select(operand, name, null_safe)

    def _watched(self, operand: Code, key: Any, read: Callable[[Any], Any]) -> Code:
        if not self._observed:
            return lambda scope, frame: read(operand(scope, frame))

        def watch(scope: Mapping[str, Any], frame: Frame) -> Any:
            container = operand(scope, frame)
            value = read(container)
            frame[1](_plain(container), key, _plain(value))
            return value

        return watch

    def index(self, node: Index) -> Code:
        """`operand[key]`."""
        operand, key, null_safe = self.code(node.operand), self.code(node.key), self.null_safe
        optional, observed = node.optional, self._observed

        def at(scope: Mapping[str, Any], frame: Frame) -> Any:
            container, place = operand(scope, frame), key(scope, frame)
            if optional:
                value = operators.optional_index(container, place)
            else:
                value = operators.index(container, place, null_safe)
            if observed:
                frame[1](_plain(container), place, _plain(value))
            return value

        return at

    def call(self, node: Call) -> Code:
        """An operator, a macro or a function."""
        special = _SPECIAL.get(node.name) if node.target is None else None
        if special is not None:
            return special(self, node)
        binary = operators.BINARY.get(node.name) if node.target is None and len(node.arguments) == 2 else None
        if binary is not None:
            return _binary(binary, self.code(node.arguments[0]), self.code(node.arguments[1]))
        macro = MACROS.get((node.name, len(node.arguments), node.target is not None))
        if macro is not None:
            made = macro(self, node)
            if made is not None:
                return made
        return self._function(node)

    def _function(self, node: Call) -> Code:
        arguments = list(node.arguments)
        name = node.name
        if node.target is not None:
            dotted = _dotted(node.target)
            full = f"{dotted[1]}.{node.name}" if dotted is not None and self.slot(dotted[0]) is None else ""
            if full in self.functions:
                name = full
            else:
                arguments.insert(0, node.target)
        function = self.functions.get(name)
        if function is None or (node.target is not None and name == node.name and not function.receiver):
            return self._undeclared(node, f"undeclared function {name!r}")
        if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
            raise self.error(node, f"{name} does not take {len(arguments)} arguments")
        return _invoke(function, tuple(self.code(argument) for argument in arguments))

    def list(self, node: ListNode) -> Code:
        """`[a, ?b]`."""
        parts = tuple((self.code(element), optional) for element, optional in node.elements)
        if not any(optional for _, optional in parts):
            codes = tuple(code for code, _ in parts)
            return lambda scope, frame: [code(scope, frame) for code in codes]
        return lambda scope, frame: _optional_list(parts, scope, frame)

    def map(self, node: MapNode) -> Code:
        """`{k: v}`."""
        parts = tuple((self.code(key), self.code(value), optional) for key, value, optional in node.entries)
        return lambda scope, frame: _map(parts, scope, frame)

    def message(self, node: MessageNode) -> Code:
        """Messages are of protocol buffers, which nothing here has."""
        raise self.error(node, f"undeclared type {node.name!r}")


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Optional) else value


def _variable(name: str) -> Code:
    def read(scope: Mapping[str, Any], _frame: Frame) -> Any:
        try:
            return scope[name]
        except KeyError:
            raise CelEvaluationError(f"no value for {name!r}") from None

    return read


def _select(operand: Code, name: str, null_safe: bool) -> Code:  # noqa: FBT001  which dialect
    select = operators.select

    def read(scope: Mapping[str, Any], frame: Frame) -> Any:
        container = operand(scope, frame)
        if type(container) is dict:
            if name in container:
                return container[name]
            if null_safe:
                return None
        return select(container, name, null_safe)

    return read


def _binary(operate: Callable[[Any, Any], Any], left: Code, right: Code) -> Code:
    return lambda scope, frame: operate(left(scope, frame), right(scope, frame))


def _dotted(node: Node) -> tuple[str, str, bool] | None:
    """(first name, whole dotted name, absolute) of a chain of plain selections; None for anything else."""
    names: list[str] = []
    while isinstance(node, Select) and not node.optional:
        names.append(node.field)
        node = node.operand
    if not isinstance(node, Ident):
        return None
    return node.name, ".".join([node.name, *reversed(names)]), node.absolute


def _optional_list(parts: tuple[tuple[Code, bool], ...], scope: Mapping[str, Any], frame: Frame) -> list[Any]:
    out: list[Any] = []
    causes: list[Unknown] = []
    for code, optional in parts:
        value = code(scope, frame)
        if not optional:
            out.append(value)
        elif isinstance(value, Unknown):
            causes.append(value)
        elif not isinstance(value, Optional):
            raise no_overload("[?_]", value)
        elif value.present:
            out.append(value.value)
    return OpenList(out, unknowns(*causes).causes) if causes else out


def _map(parts: tuple[tuple[Code, Code, bool], ...], scope: Mapping[str, Any], frame: Frame) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    causes: list[Unknown] = []
    for key_code, value_code, optional in parts:
        key, value = key_code(scope, frame), value_code(scope, frame)
        if isinstance(key, Unknown) or (optional and isinstance(value, Unknown)):
            causes.append(unknowns(key, value))
            continue
        if type(key) is float:
            raise CelEvaluationError("unsupported key type: double")
        place = key_of(key)
        if place in out:
            raise CelEvaluationError(f"Failed with repeated key: {key}")
        if optional:
            if not isinstance(value, Optional):
                raise no_overload("{?_:_}", value)
            if not value.present:
                continue
            value = value.value
        out[place] = value
    return OpenMap(out, unknowns(*causes).causes) if causes else out


def _invoke(function: Function, codes: tuple[Code, ...]) -> Code:
    call, scoped, sees = function.call, function.scoped, function.unknowns
    if len(codes) == 1 and not scoped:
        only = codes[0]

        def invoke_one(scope: Mapping[str, Any], frame: Frame) -> Any:
            value = only(scope, frame)
            if not sees and isinstance(value, Unknown):
                return Unknown(value.causes)
            return _called(call, (value,), function.name)

        return invoke_one

    def invoke(scope: Mapping[str, Any], frame: Frame) -> Any:
        values = [code(scope, frame) for code in codes]
        if not sees:
            for value in values:
                if isinstance(value, Unknown):
                    return unknowns(*values)
        return _called(call, (scope, *values) if scoped else values, function.name)

    return invoke


def _called(call: Callable[..., Any], values: Any, name: str) -> Any:
    """Calls a function; values that it cannot take are an error of the judged data, never a crash."""
    try:
        return call(*values)
    except CelEvaluationError:
        raise
    except (TypeError, AttributeError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise no_overload(name, *(value for value in values if not isinstance(value, Mapping))) from error


def _and(compiler: Compiler, node: Call) -> Code:
    return _absorbing(tuple(compiler.code(argument) for argument in node.arguments), decisive=False, name="&&")


def _or(compiler: Compiler, node: Call) -> Code:
    return _absorbing(tuple(compiler.code(argument) for argument in node.arguments), decisive=True, name="||")


def _absorbing(codes: tuple[Code, ...], *, decisive: bool, name: str) -> Code:
    """`&&` and `||`: the deciding operand wins over errors and unknown ones; an unknown one over an error."""

    def evaluate(scope: Mapping[str, Any], frame: Frame) -> Any:
        failure: CelEvaluationError | None = None
        doubts: list[Unknown] | None = None
        for code in codes:
            try:
                value = code(scope, frame)
            except CelEvaluationError as error:
                if error.code == "limit-exceeded":
                    raise
                failure = failure or error
                continue
            if value is decisive:
                return decisive
            if value is not (not decisive):
                if isinstance(value, Unknown):
                    doubts = [*(doubts or ()), value]
                else:
                    failure = failure or no_overload(name, value)
        if doubts is not None:
            return unknowns(*doubts)
        if failure is not None:
            raise failure
        return not decisive

    return evaluate


def _conditional(compiler: Compiler, node: Call) -> Code:
    condition, yes, no = (compiler.code(argument) for argument in node.arguments)

    def choose(scope: Mapping[str, Any], frame: Frame) -> Any:
        value = condition(scope, frame)
        if value is True:
            return yes(scope, frame)
        if value is False:
            return no(scope, frame)
        if isinstance(value, Unknown):
            return _either(value, yes, no, scope, frame)
        raise no_overload("_?_:_", value)

    return choose


def _either(condition: Unknown, yes: Code, no: Code, scope: Mapping[str, Any], frame: Frame) -> Any:
    """An unknown condition decides nothing where both arms agree."""
    try:
        first, second = yes(scope, frame), no(scope, frame)
    except CelEvaluationError as error:
        if error.code == "limit-exceeded":
            raise
        return Unknown(condition.causes)
    if equal(first, second) is True:
        return first
    return unknowns(condition, first, second)


def _unary(operate: Callable[[Any], Any]) -> Callable[[Compiler, Call], Code]:
    def compile_unary(compiler: Compiler, node: Call) -> Code:
        operand = compiler.code(node.arguments[0])
        return lambda scope, frame: operate(operand(scope, frame))

    return compile_unary


def _in(compiler: Compiler, node: Call) -> Code:
    member, container, null_safe = (
        compiler.code(node.arguments[0]),
        compiler.code(node.arguments[1]),
        compiler.null_safe,
    )
    if not compiler.observed:
        return lambda scope, frame: operators.contains(member(scope, frame), container(scope, frame), null_safe)

    def watch(scope: Mapping[str, Any], frame: Frame) -> Any:
        wanted, held = member(scope, frame), container(scope, frame)
        if isinstance(held, dict):
            frame[1](held, wanted, held.get(wanted) if isinstance(wanted, str) else None)
        elif isinstance(held, list):
            for place, value in enumerate(held):
                frame[1](held, place, value)
        return operators.contains(wanted, held, null_safe)

    return watch


_SPECIAL: Final[dict[str, Callable[[Compiler, Call], Code]]] = {
    "&&": _and,
    "||": _or,
    "_?_:_": _conditional,
    "!_": _unary(operators.invert),
    "-_": _unary(operators.negate),
    "in": _in,
}

_COMPILE: Final[dict[type[Node], Any]] = {
    Literal: Compiler.literal,
    Ident: Compiler.ident,
    Select: Compiler.select,
    Index: Compiler.index,
    Call: Compiler.call,
    ListNode: Compiler.list,
    MapNode: Compiler.map,
    MessageNode: Compiler.message,
}
