"""Terms: closures that give a value or `UNDEFINED`; every variable in them is bound."""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final, Protocol

from muniment.languages.rego.ast import (
    ArrayTerm,
    Body,
    Call,
    Comprehension,
    Expression,
    ObjectTerm,
    Ref,
    Scalar,
    SetTerm,
    Template,
    Term,
    Var,
)
from muniment.languages.rego.calls import (
    Place,
    builtin_code,
    comparison_code,
    function_code,
    membership_code,
    mocked_code,
    values_of,
)
from muniment.languages.rego.code import ITEMS, Code, Frame, Run, too_many
from muniment.languages.rego.documents import Node
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.parser import MEMBER, MEMBER_WITH_KEY
from muniment.languages.rego.references import (
    Key,
    cursor_code,
    data_code,
    document_code,
    input_code,
    selected,
    stepped,
)
from muniment.languages.rego.signatures import Builtin
from muniment.languages.rego.values import UNDEFINED, Value, equal, key_of, make_object, make_set, to_text, value_of


class Compiling(Protocol):
    """The compiler of a clause, as terms see it."""

    root: Node

    def term(self, term: Term) -> Code:
        """The closure of a term whose variables are bound."""

    def read(self, name: Var) -> int:
        """The slot of a bound variable."""

    def take_slot(self) -> int:
        """A slot of its own."""

    def closure(
        self, body: Body, heads: Sequence[Term], final: Callable[[Sequence[Code]], Run], *, ordered: bool = False
    ) -> Run:
        """The closure of an inner body, with what it does with the values of its heads, `ordered` if order counts."""

    def builtin(self, call: Call) -> Builtin:
        """The builtin of a call."""

    def is_mockable(self, key: Any) -> bool:
        """Whether some `with` replaces a function."""

    def place(self, node: Any) -> Place:
        """Where a node stands."""

    def part(self, part: Expression) -> tuple[Body, Term]:
        """An expression of a template: its body, and the variable that has the value."""


def constant_value(term: Term) -> Value:
    """The value of a term that no input changes; `UNDEFINED` for others."""
    if isinstance(term, Scalar):
        return term.value
    if isinstance(term, ArrayTerm | SetTerm):
        values = [constant_value(item) for item in term.items]
        if any(value is UNDEFINED for value in values):
            return UNDEFINED
        return values if isinstance(term, ArrayTerm) else make_set(values)
    if isinstance(term, ObjectTerm):
        pairs = [(constant_value(key), constant_value(value)) for key, value in term.pairs]
        known = all(key is not UNDEFINED and value is not UNDEFINED for key, value in pairs)
        return make_object(pairs) if known else UNDEFINED
    return UNDEFINED


def code_of(compiler: Compiling, term: Term) -> Code:
    """The closure of a term."""
    value = constant_value(term)
    if value is not UNDEFINED:
        return lambda _frame: value
    made: Code = _COMPILE[type(term)](compiler, term)
    return made


def _var(compiler: Compiling, term: Var) -> Code:
    if term.name == "input":
        return input_code
    if term.name == "data":
        return document_code(compiler.root)
    slot = compiler.read(term)
    return lambda frame: frame[slot]


def _ref(compiler: Compiling, term: Ref) -> Code:
    base, path, placed = base_of(compiler, term)
    keys = [known_key(compiler, step) for step in path]
    return stepped(base, keys) if placed else selected(base, keys)


def known_key(compiler: Compiling, term: Term) -> Key:
    """A step by a term whose variables are bound."""
    return Key(compiler.term(term), constant_value(term))


def base_of(compiler: Compiling, term: Ref) -> tuple[Code, tuple[Term, ...], bool]:
    """Where a reference begins, the path from there, and whether that place has rules below it."""
    if not isinstance(term.head, Var) or term.head.name != "data":
        return compiler.term(term.head), term.path, False
    node, at = compiler.root, 0
    for one in term.path:
        name = one.value if isinstance(one, Scalar) else None
        if node.kind != "none" or not isinstance(name, str) or name not in node.children:
            break
        node, at = node.children[name], at + 1
    rest = term.path[at:]
    if node.kind != "none" or not rest:
        return document_code(node), rest, False
    if not isinstance(rest[0], Scalar):
        return (data_code(node.path), rest, False) if not node.children else (cursor_code(node), rest, True)
    known = tuple(takewhile(lambda one: isinstance(one, Scalar), rest))
    return data_code((*node.path, *map(constant_value, known))), rest[len(known) :], False


def made_set(root: Node, term: Ref) -> Node | None:
    """The set that rules make of which a reference takes members; None for any other reference."""
    if not isinstance(term.head, Var) or term.head.name != "data":
        return None
    node = root
    for one in term.path[:-1]:
        name = one.value if isinstance(one, Scalar) else None
        if not isinstance(name, str) or name not in node.children:
            return None
        node = node.children[name]
    return node if node.kind == "set" and not node.children else None


def _call(compiler: Compiling, term: Call) -> Code:
    arguments = [compiler.term(argument) for argument in term.arguments]
    operator = term.operator
    if operator.__class__ is tuple:
        node = node_of(compiler.root, operator)
        plain = function_code(node, arguments)
    else:
        plain = _builtin_call(compiler, term, arguments)
    if compiler.is_mockable(operator):
        return mocked_code(operator, plain, arguments, compiler.place(term))
    return plain


def node_of(root: Node, path: Sequence[str]) -> Node:
    """The node of a path that exists."""
    for name in path:
        root = root.children[name]
    return root


def _builtin_call(compiler: Compiling, term: Call, arguments: Sequence[Code]) -> Code:
    if len(arguments) == 2:
        made = comparison_code(term.operator, *arguments)
        if made is not None:
            return made
        if term.operator == MEMBER:
            return membership_code(arguments[1], arguments[0], None)
    if term.operator == MEMBER_WITH_KEY:
        return membership_code(arguments[2], arguments[1], arguments[0])
    return builtin_code(compiler.builtin(term), arguments, compiler.place(term))


def _array(compiler: Compiling, term: ArrayTerm) -> Code:
    items = tuple(compiler.term(item) for item in term.items)

    def code(frame: Frame) -> Value:
        values = values_of(items, frame)
        return UNDEFINED if values is None else values

    return code


def _set(compiler: Compiling, term: SetTerm) -> Code:
    items = tuple(compiler.term(item) for item in term.items)

    def code(frame: Frame) -> Value:
        values = values_of(items, frame)
        return UNDEFINED if values is None else make_set(values)

    return code


def _object(compiler: Compiling, term: ObjectTerm) -> Code:
    names = tuple(constant_value(key) for key, _ in term.pairs)
    values = tuple(compiler.term(value) for _, value in term.pairs)
    if all(name.__class__ is str for name in names):
        return _record(names, values)
    keys = tuple(compiler.term(key) for key, _ in term.pairs)

    def code(frame: Frame) -> Value:
        names, members = values_of(keys, frame), values_of(values, frame)
        if names is None or members is None:
            return UNDEFINED
        return make_object(zip(names, members, strict=True))

    return code


def _record(names: Sequence[str], codes: Sequence[Code]) -> Code:
    """An object whose keys are known strings."""
    members = tuple(zip(names, codes, strict=True))

    def code(frame: Frame) -> Value:
        made = {}
        for name, member in members:
            value = member(frame)
            if value is UNDEFINED:
                return UNDEFINED
            made[name] = value
        return made

    return code


def _comprehension(compiler: Compiling, term: Comprehension) -> Code:
    slot = compiler.take_slot()
    if term.kind == "object" and term.key is not None:
        run = compiler.closure(term.body, (term.key, term.value), lambda heads: _member_kept(slot, *heads))
        return _collected(slot, dict, run)
    if term.kind == "set":
        run = compiler.closure(term.body, (term.value,), lambda heads: _key_kept(slot, heads[0]))
        made = _collected(slot, set, run)
        return lambda frame: frozenset(made(frame))
    run = compiler.closure(term.body, (term.value,), lambda heads: _item_kept(slot, heads[0]), ordered=True)
    return _collected(slot, list, run)


def _collected(slot: int, kind: type, run: Run) -> Code:
    def code(frame: Frame) -> Value:
        frame[slot] = kind()
        run(frame)
        return frame[slot]

    return code


def _item_kept(slot: int, head: Code) -> Run:
    def final(frame: Frame) -> None:
        value = head(frame)
        if value is not UNDEFINED:
            made = frame[slot]
            made.append(value)
            if len(made) > ITEMS:
                raise too_many(ITEMS)

    return final


def _key_kept(slot: int, head: Code) -> Run:
    def final(frame: Frame) -> None:
        value = head(frame)
        if value is not UNDEFINED:
            made = frame[slot]
            made.add(value if value.__class__ is str else key_of(value))
            if len(made) > ITEMS:
                raise too_many(ITEMS)

    return final


def _member_kept(slot: int, key_head: Code, value_head: Code) -> Run:
    def final(frame: Frame) -> None:
        key, value = key_head(frame), value_head(frame)
        if key is UNDEFINED or value is UNDEFINED:
            return
        made, name = frame[slot], key_of(key)
        if name in made and not equal(made[name], value):
            raise RegoEvaluationError("eval_conflict_error", "object keys must be unique")
        made[name] = value
        if len(made) > ITEMS:
            raise too_many(ITEMS)

    return final


def _template(compiler: Compiling, term: Template) -> Code:
    codes: list[Code] = []
    for part in term.parts:
        if isinstance(part, str):
            codes.append(lambda _frame, text=part: text)  # type: ignore[misc]
            continue
        body, value = compiler.part(part)
        values = _comprehension(compiler, Comprehension("set", None, value, body, part.start, part.end))
        codes.append(_shown(values, compiler.place(part)))
    parts = tuple(codes)
    return lambda frame: "".join([part(frame) for part in parts])


def _shown(values: Code, place: Place) -> Code:
    def code(frame: Frame) -> str:
        found = values(frame)
        if not found:
            return "<undefined>"
        if len(found) > 1:
            file, span = place()
            message = "template-strings must not produce multiple outputs"
            raise RegoEvaluationError("eval_conflict_error", message, file=file, span=span)
        (key,) = found
        return key if key.__class__ is str else to_text(value_of(key))

    return code


_COMPILE: Final[Mapping[type, Callable[..., Code]]] = MappingProxyType(
    {
        Var: _var,
        Ref: _ref,
        Call: _call,
        ArrayTerm: _array,
        SetTerm: _set,
        ObjectTerm: _object,
        Comprehension: _comprehension,
        Template: _template,
    }
)
