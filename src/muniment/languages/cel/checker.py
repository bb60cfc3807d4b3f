"""The type checker: finds what cannot be right whatever the data, and deduces types.

Variables and functions without declared types are `dyn`, with which everything goes.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.cel.ast import Call, Ident, Index, ListNode, Literal, MapNode, MessageNode, Node, Select
from muniment.languages.cel.comprehensions import variable_name
from muniment.languages.cel.errors import CelError, syntax_error
from muniment.languages.cel.names import Names
from muniment.languages.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DYN,
    INT,
    NULL,
    STRING,
    UINT,
    Signature,
    Substitution,
    Type,
    assignable,
    list_of,
    map_of,
    more_general,
    optional_of,
    renamed,
    signatures,
    substitute,
)
from muniment.languages.cel.values import Uint

_LITERALS: Final = MappingProxyType(
    {bool: BOOL, int: INT, Uint: UINT, float: DOUBLE, str: STRING, bytes: BYTES, type(None): NULL}
)


class Declarations:
    """The types of variables and the signatures of functions of one environment."""

    __slots__ = ("_parsed", "_texts", "homogeneous", "null", "types")

    def __init__(
        self, types: Mapping[str, Type], texts: Mapping[str, str], *, null_safe: bool, homogeneous: bool
    ) -> None:
        self.types = types
        self.homogeneous = homogeneous
        self.null = DYN if null_safe else NULL
        self._texts = texts
        self._parsed: dict[str, tuple[Signature, ...]] = {}

    def extended(self, types: Mapping[str, Type], texts: Mapping[str, str]) -> "Declarations":
        """The same with more variables and functions."""
        more = Declarations(
            {**self.types, **types}, self._texts, null_safe=self.null == DYN, homogeneous=self.homogeneous
        )
        if texts:
            more._texts = {**self._texts, **texts}
        else:
            more._parsed = self._parsed
        return more

    def overloads(self, name: str) -> tuple[Signature, ...]:
        """The signatures of a function; none if it takes anything."""
        found = self._parsed.get(name)
        if found is None:
            text = self._texts.get(name, "")
            found = self._parsed[name] = signatures(text) if text else ()
        return found


class Checker:
    """Checks one expression."""

    __slots__ = ("_bound", "_count", "_declarations", "_known", "_names", "_text")

    def __init__(self, text: str, names: Names, declarations: Declarations) -> None:
        self._text = text
        self._names = names
        self._declarations = declarations
        self._bound: list[tuple[str, Type]] = []
        self._known: Substitution = {}
        self._count = 0

    def check(self, tree: Node) -> Type:
        """The type of an expression. Raises CelError."""
        found = self._type(tree)
        return substitute(self._known, found, to_dyn=True)

    def _error(self, node: Node, message: str) -> CelError:
        return syntax_error(self._text, node.start, node.end, message, code="check")

    def _type(self, node: Node) -> Type:
        found: Type = _CHECK[type(node)](self, node)
        return found

    def _fresh(self) -> Type:
        self._count += 1
        return Type(f"?{self._count}")

    def _bound_type(self, name: str) -> Type | None:
        return next((one for bound, one in reversed(self._bound) if bound == name), None)

    def literal(self, node: Literal) -> Type:
        """The type of a constant."""
        return self._declarations.null if node.value is None else _LITERALS[type(node.value)]

    def ident(self, node: Ident) -> Type:
        """The type of a name."""
        bound = None if node.absolute else self._bound_type(node.name)
        return self._named(node.name, absolute=node.absolute) if bound is None else bound

    def _named(self, name: str, *, absolute: bool) -> Type:
        found = self._names.resolve(name, absolute=absolute)
        if found is None or found in self._names.variables:
            return self._declarations.types.get(found or name, DYN)
        return Type("type", (Type(found),))

    def select(self, node: Select) -> Type:
        """The type of a field, or of a name with dots."""
        chain = self._names.selected(node)
        if chain is not None and (chain.absolute or self._bound_type(chain.first) is None):
            found = self._names.resolve(chain.whole, absolute=chain.absolute)
            if found is not None:
                return self._named(chain.whole, absolute=chain.absolute)
        return self._field(node, self._type(node.operand))

    def _field(self, node: Select, operand: Type) -> Type:
        operand = substitute(self._known, operand)
        if operand.name == "optional_type":
            return optional_of(self._field_of(node, operand.parameters[0]))
        inner = self._field_of(node, operand)
        return optional_of(inner) if node.optional else inner

    def _field_of(self, node: Select, operand: Type) -> Type:
        if operand == DYN or operand.is_parameter:
            return DYN
        if operand.name == "map":
            return operand.parameters[1]
        raise self._error(node, f"type '{operand}' does not support field selection")

    def index(self, node: Index) -> Type:
        """The type of a member."""
        return self._resolved(node, "[?]" if node.optional else "[]", [node.operand, node.key], member=False)

    def list_literal(self, node: ListNode) -> Type:
        """The type of a list: that of its elements, if they agree."""
        element: Type | None = None
        for one, optional in node.elements:
            found = self._type(one)
            element = self._joined(one, element, self._unwrapped(one, found) if optional else found)
        return list_of(self._fresh() if element is None else element)

    def map_literal(self, node: MapNode) -> Type:
        """The type of a map."""
        key: Type | None = None
        value: Type | None = None
        for one, another, optional in node.entries:
            key = self._joined(one, key, self._type(one))
            found = self._type(another)
            value = self._joined(another, value, self._unwrapped(another, found) if optional else found)
        if key is None or value is None:
            return map_of(self._fresh(), self._fresh())
        return map_of(key, value)

    def _unwrapped(self, node: Node, one: Type) -> Type:
        one = substitute(self._known, one)
        if one.name == "optional_type":
            return one.parameters[0]
        if one == DYN or one.is_parameter:
            return DYN
        raise self._error(node, f"expected type 'optional_type' but found '{one}'")

    def _joined(self, node: Node, before: Type | None, one: Type) -> Type:
        if before is None:
            return one
        if self._assign([before], [one]) or self._assign([one], [before]):
            return more_general(before, one)
        if self._declarations.homogeneous:
            raise self._error(node, f"expected type '{self._shown(before)}' but found '{self._shown(one)}'")
        return DYN

    def _shown(self, one: Type) -> Type:
        return substitute(self._known, one, to_dyn=True)

    def _assign(self, given: list[Type], wanted: list[Type]) -> bool:
        trial = dict(self._known)
        if all(assignable(trial, one, another) for one, another in zip(given, wanted, strict=True)):
            self._known = trial
            return True
        return False

    def call(self, node: Call) -> Type:
        """The type of what a call gives."""
        if node.target is None and node.name in {"&&", "||"}:
            for argument in node.arguments:
                self._boolean(argument, node.name)
            return BOOL
        macro = _MACROS.get((node.name, node.target is not None))
        found = macro(self, node) if macro is not None else None
        if found is not None:
            return found
        name, arguments = self._names.called(node, lambda bound: 0 if self._bound_type(bound) is not None else None)
        return self._resolved(node, name, arguments, member=node.target is not None and name == node.name)

    def _boolean(self, node: Node, name: str) -> None:
        found = self._type(node)
        if found not in {BOOL, DYN} and not self._assign([found], [BOOL]):
            raise self._error(node, f"found no matching overload for '{name}' applied to '{self._shown(found)}'")

    def _resolved(self, node: Node, name: str, arguments: list[Node], *, member: bool) -> Type:
        given = [self._type(argument) for argument in arguments]
        overloads = self._declarations.overloads(name)
        if not overloads:
            return DYN
        result: Type | None = None
        for overload in overloads:
            if overload.member is not member or len(overload.parameters) != len(given):
                continue
            found = self._applied(overload, given)
            if found is not None:
                result = found if result is None or result == found else DYN
                if result == DYN:
                    break
        if result is None:
            shown = ", ".join(str(self._shown(one)) for one in given)
            raise self._error(node, f"found no matching overload for '{name}' applied to '({shown})'")
        return result

    def _applied(self, overload: Signature, given: list[Type]) -> Type | None:
        """The result of an overload for arguments of some types; None if it does not take them."""
        wanted, result = overload.parameters, overload.result
        if overload.generic:
            names = {one: self._fresh() for one in overload.generic}
            wanted = tuple(renamed(one, names) for one in wanted)
            result = renamed(result, names)
        elif all(one in {DYN, another} for one, another in zip(given, wanted, strict=True)):
            return result
        return substitute(self._known, result) if self._assign(given, list(wanted)) else None

    def within(self, names: Mapping[str, Type], node: Node) -> Type:
        """The type of an expression in which a macro's variables are bound."""
        self._bound.extend(names.items())
        found = self._type(node)
        del self._bound[len(self._bound) - len(names) :]
        return found

    def _elements(self, node: Node) -> tuple[Type, Type, Type]:
        """The types of a range's keys (or places), of its values, and of what a single variable stands for."""
        found = substitute(self._known, self._type(node))
        if found.name == "list":
            return INT, found.parameters[0], found.parameters[0]
        if found.name == "map":
            return found.parameters[0], found.parameters[1], found.parameters[0]
        if found == DYN or found.is_parameter:
            return DYN, DYN, DYN
        raise self._error(node, f"expression of type '{found}' cannot be range of a comprehension")

    def comprehension(self, node: Call, names: int) -> tuple[Type, dict[str, Type]] | None:
        """What the first variable stands for, and the types of all; None if the call is no macro."""
        variables = [variable_name(argument) for argument in node.arguments[:names]]
        if node.target is None or len(node.arguments) <= names or None in variables:
            return None
        key, value, single = self._elements(node.target)
        first = key if names == 2 else single
        known = [name for name in variables if name is not None]
        return first, dict(zip(known, (first, value), strict=False))

    def test(self, names: Mapping[str, Type], node: Node, macro: str) -> None:
        """Checks that a macro's test is a boolean."""
        self._bound.extend(names.items())
        self._boolean(node, macro)
        del self._bound[len(self._bound) - len(names) :]

    def optional(self, node: Node) -> Type:
        """The type within an optional."""
        return self._unwrapped(node, self._type(node))

    def typed(self, node: Node) -> Type:
        """The type of a part."""
        return self._type(node)


def _has(checker: Checker, node: Call) -> Type | None:
    if len(node.arguments) != 1:
        return None
    checker.typed(node.arguments[0])
    return BOOL


def _quantifier(checker: Checker, node: Call) -> Type | None:
    names = len(node.arguments) - 1
    found = checker.comprehension(node, names) if names in {1, 2} else None
    if found is None:
        return None
    checker.test(found[1], node.arguments[-1], node.name)
    return BOOL


def _to_list(checker: Checker, node: Call) -> Type | None:
    """`map`, `filter` and `transformList`."""
    names = 2 if node.name == "transformList" else 1
    found = checker.comprehension(node, names)
    if found is None:
        return None
    first, variables = found
    bodies = node.arguments[names:]
    if node.name == "filter" or len(bodies) == 2:
        checker.test(variables, bodies[0], node.name)
    return list_of(first if node.name == "filter" else checker.within(variables, bodies[-1]))


def _to_map(checker: Checker, node: Call) -> Type | None:
    found = checker.comprehension(node, 2)
    if found is None:
        return None
    first, variables = found
    bodies = node.arguments[2:]
    if len(bodies) == 2:
        checker.test(variables, bodies[0], node.name)
    made = checker.within(variables, bodies[-1])
    return map_of(first, made) if node.name == "transformMap" else made


def _sort_by(checker: Checker, node: Call) -> Type | None:
    found = checker.comprehension(node, 1)
    if found is None:
        return None
    checker.within(found[1], node.arguments[1])
    return list_of(found[0])


def _optional_map(checker: Checker, node: Call) -> Type | None:
    if node.target is None or len(node.arguments) != 2:
        return None
    name = variable_name(node.arguments[0])
    if name is None:
        return None
    made = checker.within({name: checker.optional(node.target)}, node.arguments[1])
    return made if node.name == "optFlatMap" else optional_of(made)


def _of_cel(checker: Checker, node: Call) -> Type | None:
    """`cel.bind` has the type of its result; what `cel.block` rewrites is not followed."""
    if not isinstance(node.target, Ident) or node.target.name != "cel":
        return None
    name = variable_name(node.arguments[0]) if node.arguments else None
    if node.name == "bind" and len(node.arguments) == 3 and name is not None:
        return checker.within({name: checker.typed(node.arguments[1])}, node.arguments[2])
    return DYN


_CHECK: Final[dict[type[Node], Any]] = {
    Literal: Checker.literal,
    Ident: Checker.ident,
    Select: Checker.select,
    Index: Checker.index,
    Call: Checker.call,
    ListNode: Checker.list_literal,
    MapNode: Checker.map_literal,
    MessageNode: lambda _checker, _node: DYN,
}
_MACROS: Final[Mapping[tuple[str, bool], Callable[[Checker, Call], Type | None]]] = MappingProxyType(
    {
        ("has", False): _has,
        **dict.fromkeys(((name, True) for name in ("all", "exists", "exists_one", "existsOne")), _quantifier),
        **dict.fromkeys(((name, True) for name in ("map", "filter", "transformList")), _to_list),
        **dict.fromkeys(((name, True) for name in ("transformMap", "transformMapEntry")), _to_map),
        ("sortBy", True): _sort_by,
        **dict.fromkeys(((name, True) for name in ("optMap", "optFlatMap")), _optional_map),
        **dict.fromkeys(((name, True) for name in ("bind", "block", "index", "iterVar", "accuVar")), _of_cel),
    }
)
