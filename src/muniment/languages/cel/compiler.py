"""Compiles a tree to closures, once; a closure takes the scope and a frame with the values that macros bind.

A frame starts with the remaining budget and the observer; the rest are slots of macros' variables.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from muniment.languages.cel import access, logic, operators, pricing
from muniment.languages.cel.ast import Call, Ident, Index, ListNode, Literal, MapNode, MessageNode, Node, Select
from muniment.languages.cel.calls import answering, invoke, weighed
from muniment.languages.cel.code import FIRST_SLOT, Code, Frame, Toll
from muniment.languages.cel.comprehensions import Macro
from muniment.languages.cel.errors import CelError, CelEvaluationError, syntax_error
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.versions import MacroKey
from muniment.languages.cel.literals import constant, list_with_optionals, map_of, value_of
from muniment.languages.cel.names import Names, dotted
from muniment.languages.cel.values import Message, equal
from muniment.languages.unknown import Unknown

_VALIDATED: Final = frozenset({"duration", "timestamp", "matches"})
_CONVERSIONS: Final = frozenset({"int", "uint", "double", "string", "bytes", "bool", "duration", "timestamp"})
"""Functions that the API server applies to constants once, before it evaluates anything."""


class Dialect(NamedTuple):
    """What an environment's expressions may use, and how they read and pay."""

    macros: Mapping[MacroKey, Macro]
    optionals: bool
    objects: frozenset[str]
    null_safe: bool
    priced: bool


class Compiler:
    """Compiles one expression; `observed` closures tell every read, `priced` ones pay as in Kubernetes."""

    __slots__ = (
        "_bound",
        "_checked",
        "_dialect",
        "_text",
        "functions",
        "names",
        "null_safe",
        "observed",
        "priced",
        "slots",
    )

    def __init__(
        self,
        text: str,
        functions: Mapping[str, Function],
        names: Names,
        dialect: Dialect,
        *,
        observed: bool,
        checked: bool,
    ) -> None:
        self._text = text
        self._bound: list[tuple[str, int]] = []
        self._checked = checked
        self.functions = functions
        self.names = names
        self.null_safe = dialect.null_safe
        self.observed = observed
        self.priced = dialect.priced
        self._dialect = dialect
        self.slots = FIRST_SLOT

    def error(self, node: Node, message: str) -> CelError:
        """The error at a node."""
        return syntax_error(self._text, node.start, node.end, message, code="check")

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
        """Ends the life of the last names that were bound."""
        del self._bound[len(self._bound) - count :]

    def slot(self, name: str) -> int | None:
        """The slot of a bound name."""
        return next((slot for bound, slot in reversed(self._bound) if bound == name), None)

    def toll(self, kind: str) -> Toll:
        """What a comprehension costs besides its bodies."""
        return pricing.toll(kind, priced=self.priced)

    def _undeclared(self, node: Node, message: str) -> Code:
        """A name that nothing has: an error at once, or when it is evaluated where nothing is checked."""
        if self._checked:
            raise self.error(node, message)

        def fail(_scope: Mapping[str, Any], _frame: Frame) -> Any:
            raise CelEvaluationError(message)

        return fail

    def _optional(self, node: Node, *, used: bool) -> None:
        if used and not self._dialect.optionals:
            raise self.error(node, "optionals are not part of this environment")

    def literal(self, node: Literal) -> Code:
        """A constant."""
        return constant(node.value)

    def ident(self, node: Ident) -> Code:
        """A name: what a macro bound, a variable, or a type."""
        return self._path(node, node, ())

    def select(self, node: Select) -> Code:
        """`operand.field`, or a name with dots."""
        fields: list[str] = []
        root: Node = node
        while isinstance(root, Select) and not root.optional and self._whole_name(root) is None:
            fields.insert(0, root.field)
            root = root.operand
        if isinstance(root, Ident) or (isinstance(root, Select) and not root.optional):
            return self._path(node, root, tuple(fields))
        if isinstance(root, Select):
            base = self._optional_select(root)
            return self._members(base, tuple(fields)) if fields else base
        return self._members(self.code(root), tuple(fields))

    def _optional_select(self, node: Select) -> Code:
        self._optional(node, used=True)
        name = node.field
        operand = self._paid(self.code(node.operand))
        read = partial(_optional_field, name)
        if self.observed:
            return access.watched(operand, name, read)
        return lambda scope, frame: read(operand(scope, frame))

    def _whole_name(self, node: Select) -> str | None:
        """The full name of a chain of selections that is one name with dots."""
        chain = self.names.selected(node)
        if chain is None or (not chain.absolute and self.slot(chain.first) is not None):
            return None
        return self.names.resolve(chain.whole, absolute=chain.absolute)

    def _path(self, node: Node, root: Node, fields: tuple[str, ...]) -> Code:
        """A name and selections from it, in one closure where nobody watches or charges."""
        slot = self.slot(root.name) if isinstance(root, Ident) and not root.absolute else None
        together = () if self.observed or self.priced else fields
        if slot is not None:
            code = access.bound(slot, together, null_safe=self.null_safe)
        else:
            chain = dotted(root)
            found = self.names.resolve(chain.whole, absolute=chain.absolute) if chain is not None else None
            if found is None:
                name = chain.whole if chain is not None else ""
                return self._undeclared(node, f"undeclared reference to {name!r}")
            if found not in self.names.variables:
                kind = constant(self.names.types[found])
                return self._members(kind, fields) if fields else kind
            code = access.variable(found, together, null_safe=self.null_safe)
        if together or not fields:
            return pricing.before(1, code) if self.priced else code
        return self._members(pricing.before(1, code) if self.priced else code, fields)

    def _members(self, operand: Code, fields: tuple[str, ...]) -> Code:
        if not self.observed and not self.priced:
            return access.member(operand, fields, null_safe=self.null_safe)
        for field in fields:
            operand = self._paid(operand)
            if self.observed:
                read = partial(_field, field, null_safe=self.null_safe)
                operand = access.watched(operand, field, read)
            else:
                operand = access.member(operand, (field,), null_safe=self.null_safe)
        return operand

    def _paid(self, operand: Code) -> Code:
        """An operand, and the price of the step that follows it."""
        return pricing.after(1, operand) if self.priced else operand

    def index(self, node: Index) -> Code:
        """`operand[key]`."""
        self._optional(node, used=node.optional)
        operand, key, null_safe = self.code(node.operand), self.code(node.key), self.null_safe
        if self.priced and not pricing.is_attribute(node.key):
            key = pricing.after(1, key)
        optional, observed = node.optional, self.observed

        def at(scope: Mapping[str, Any], frame: Frame) -> Any:
            container, place = operand(scope, frame), key(scope, frame)
            if optional:
                value = operators.optional_index(container, place)
            else:
                value = operators.index(container, place, null_safe=null_safe)
            if observed:
                frame[1](access.plain(container), place, access.plain(value))
            return value

        return at

    def call(self, node: Call) -> Code:
        """An operator, a macro or a function."""
        if node.target is None:
            special = _SPECIAL.get(node.name)
            if special is not None:
                return special(self, node)
            binary = operators.BINARY.get(node.name)
            if binary is not None and len(node.arguments) == 2:
                return self._binary(node, binary)
        macro = self._dialect.macros.get((node.name, len(node.arguments), node.target is not None))
        made = macro(self, node) if macro is not None else None
        return self._function(node) if made is None else made

    def operate(self, name: str, operate: Callable[..., Any], *codes: Code) -> Code:
        """An operator of one or two operands."""
        if self.priced:
            return pricing.priced_call(name, operate, codes)
        if len(codes) == 1:
            only = codes[0]
            return lambda scope, frame: operate(only(scope, frame))
        left, right = codes
        if name == "+":
            return lambda scope, frame: weighed(frame, operate(left(scope, frame), right(scope, frame)))
        return lambda scope, frame: operate(left(scope, frame), right(scope, frame))

    def _binary(self, node: Call, operate: Callable[[Any, Any], Any]) -> Code:
        left, right = node.arguments
        if self.null_safe and node.name == "+":
            operate = operators.add_or_null
        if node.name in {"==", "!="} and isinstance(right, Literal) and not self.priced:
            return _compared(self.code(left), right.value, wanted=node.name == "==")
        return self.operate(node.name, operate, self.code(left), self.code(right))

    def _function(self, node: Call) -> Code:
        name, arguments = self.names.called(node, self.slot)
        function = self.functions.get(name)
        if function is None or (node.target is not None and name == node.name and not function.receiver):
            return self._undeclared(node, f"undeclared function {name!r}")
        if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
            return self._undeclared(node, f"{name} does not take {len(arguments)} arguments")
        found = self._literals(node, function, arguments)
        if found is not None:
            return found
        codes = tuple(self.code(argument) for argument in arguments)
        if self.priced:
            return pricing.priced_call(name, answering(function), codes, scoped=function.scoped)
        return invoke(function, codes)

    def _literals(self, node: Call, function: Function, arguments: Sequence[Node]) -> Code | None:
        """The constant that a conversion of a literal is; checks the literals of times and of patterns."""
        last = arguments[-1] if arguments else None
        converts = function.name in _CONVERSIONS and len(arguments) == 1
        if function.scoped or not isinstance(last, Literal) or not (converts or function.name == "matches"):
            return None
        try:
            value = answering(function)(*([last.value] if converts else ["", last.value]))
        except CelEvaluationError as error:
            if self._checked and function.name in _VALIDATED:
                raise self.error(node, str(error)) from None
            return None
        return constant(value) if converts else None

    def list(self, node: ListNode) -> Code:
        """`[a, ?b]`; one of constants is a constant."""
        if pricing.is_constant(node):
            return constant(value_of(node))
        parts = tuple((self.code(element), optional) for element, optional in node.elements)
        made: Code
        if any(optional for _, optional in parts):
            self._optional(node, used=True)
            made = partial(list_with_optionals, parts)
        else:
            codes = tuple(code for code, _ in parts)
            made = lambda scope, frame: [code(scope, frame) for code in codes]  # noqa: E731  a closure as all others
        return pricing.after(pricing.LIST, made) if self.priced else made

    def map(self, node: MapNode) -> Code:
        """`{k: v}`."""
        self._optional(node, used=any(optional for _, _, optional in node.entries))
        parts = tuple((self.code(key), self.code(value), optional) for key, value, optional in node.entries)
        made: Code = partial(map_of, parts)
        return pricing.after(pricing.MAP, made) if self.priced and not pricing.is_constant(node) else made

    def message(self, node: MessageNode) -> Code:
        """`Object.spec{field: value}`, where the caller has such objects; nothing here has protocol buffers."""
        name = node.name.removeprefix(".")
        if name.partition(".")[0] not in self._dialect.objects:
            raise self.error(node, f"undeclared type {name!r}")
        parts = tuple((constant(field), self.code(value), optional) for field, value, optional in node.fields)
        self._optional(node, used=any(optional for _, _, optional in parts))
        made: Code = lambda scope, frame: Message(name, map_of(parts, scope, frame))  # noqa: E731  a closure as all others
        return pricing.after(pricing.OBJECT, made) if self.priced else made


def _field(name: str, container: Any, *, null_safe: bool) -> Any:
    return operators.select(container, name, null_safe=null_safe)


def _optional_field(name: str, container: Any) -> Any:
    return operators.optional_index(container, name)


def _compared(operand: Code, constant: Any, *, wanted: bool) -> Code:
    """`operand == constant` and `operand != constant`."""
    kind = type(constant)

    def compare(scope: Mapping[str, Any], frame: Frame) -> Any:
        value = operand(scope, frame)
        if type(value) is kind:
            return (value == constant) is wanted
        answer = equal(value, constant)
        return answer if isinstance(answer, Unknown) else answer is wanted

    return compare


def _absorbing(compiler: Compiler, node: Call) -> Code:
    codes = tuple(compiler.code(argument) for argument in node.arguments)
    return logic.absorbing(node.name, codes, decisive=node.name == "||")


def _conditional(compiler: Compiler, node: Call) -> Code:
    condition, *arms = (compiler.code(argument) for argument in node.arguments)
    if compiler.priced:
        arms = [
            pricing.before(-1, arm) if pricing.is_attribute(argument) else arm
            for arm, argument in zip(arms, node.arguments[1:], strict=True)
        ]
    return logic.conditional(condition, *arms)


def _unary(operate: Callable[[Any], Any]) -> Callable[[Compiler, Call], Code]:
    def compile_unary(compiler: Compiler, node: Call) -> Code:
        return compiler.operate(node.name, operate, compiler.code(node.arguments[0]))

    return compile_unary


def _in(compiler: Compiler, node: Call) -> Code:
    first, second = node.arguments
    null_safe = compiler.null_safe
    wanted, container = compiler.code(first), compiler.code(second)
    if compiler.observed:
        return _watched_in(wanted, container, null_safe=null_safe)
    if compiler.priced and not (isinstance(second, ListNode) and pricing.is_constant(second)):
        return compiler.operate("in", partial(operators.contains, null_safe=null_safe), wanted, container)

    def within(scope: Mapping[str, Any], frame: Frame) -> Any:
        member, held = wanted(scope, frame), container(scope, frame)
        if type(held) is dict and type(member) is str:
            return member in held
        return operators.contains(member, held, null_safe=null_safe)

    return within


def _watched_in(wanted: Code, container: Code, *, null_safe: bool) -> Code:
    def watch(scope: Mapping[str, Any], frame: Frame) -> Any:
        member, held = wanted(scope, frame), container(scope, frame)
        if isinstance(held, dict):
            frame[1](held, member, held.get(member) if isinstance(member, str) else None)
        elif isinstance(held, list):
            for place, value in enumerate(held):
                frame[1](held, place, value)
        return operators.contains(member, held, null_safe=null_safe)

    return watch


_SPECIAL: Final[dict[str, Callable[[Compiler, Call], Code]]] = {
    "&&": _absorbing,
    "||": _absorbing,
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
