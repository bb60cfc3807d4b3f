"""Parses terms, expressions and bodies; modules build on it. Places of operators that Rego writes infix are calls."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Body,
    Call,
    Clause,
    Comprehension,
    Equation,
    Every,
    Expression,
    Logical,
    ObjectTerm,
    Ref,
    Scalar,
    SetTerm,
    Some,
    SomeIn,
    Template,
    Term,
    Var,
    With,
)
from muniment.languages.rego.dialect import Dialect
from muniment.languages.rego.pairs import last_of_each
from muniment.languages.rego.reader import Reader

_OPERATORS: Final = MappingProxyType(
    {
        "==": (0, "equal"),
        "!=": (0, "neq"),
        "<": (0, "lt"),
        "<=": (0, "lte"),
        ">": (0, "gt"),
        ">=": (0, "gte"),
        "|": (1, "or"),
        "&": (2, "and"),
        "+": (3, "plus"),
        "-": (3, "minus"),
        "*": (4, "mul"),
        "/": (4, "div"),
        "%": (4, "rem"),
    }
)
"""Infix operators with how tightly they bind and the builtins that they call."""
MEMBER: Final = "internal.member_2"
MEMBER_WITH_KEY: Final = "internal.member_3"
_LITERALS: Final = MappingProxyType({"true": True, "false": False, "null": None})


class Parser(Reader):
    """Reads what modules and queries consist of."""

    __slots__ = ("_wildcards",)

    def __init__(self, name: str, text: str, dialect: Dialect) -> None:
        super().__init__(name, text, dialect)
        self._wildcards = 0

    # Bodies and expressions

    def body(self, closing: str) -> Body:
        """Expressions up to a closing sign, which is taken."""
        expressions: list[Expression] = []
        while True:
            expressions.append(self.expression())
            semicolon = False
            while self.accept(";"):
                semicolon = True
            if self.accept(closing):
                return tuple(expressions)
            if not (semicolon or self.token.fresh):
                self.unexpected(f"\\n or ; or {closing}")

    def query(self) -> Body:
        """Expressions up to the end of the text."""
        expressions: list[Expression] = []
        while self.token.kind != "end":
            expressions.append(self.expression())
            semicolon = False
            while self.accept(";"):
                semicolon = True
            if not (semicolon or self.token.fresh):
                self.unexpected("\\n or ;")
        return tuple(expressions)

    def expression(self) -> Expression:
        """One expression with the `with` behind it."""
        return self._with(self._logical("or", lambda: self._logical("and", self._unary)))

    def _with(self, one: Expression) -> Expression:
        withs: list[With] = []
        while self.is_word("with"):
            start = self.token.start
            self.at += 1
            target = self.primary()
            if not self.accept_word("as"):
                self.unexpected("as keyword")
            withs.append(With(target, self.term(), start, self.last_end))
        if not withs:
            return one
        if isinstance(one.term, Some):
            self.fail("some cannot have with", None)
        if one.withs:
            return Expression(Block((one,), one.start, one.end), withs=tuple(withs), start=one.start, end=self.last_end)
        return one._replace(withs=tuple(withs), end=self.last_end)

    def _logical(self, operator: str, operand: Callable[[], Expression]) -> Expression:
        left = operand()
        while self.is_word(operator):
            self.at += 1
            right = operand()
            term = Logical(operator, left, right, left.start, right.end)
            left = Expression(term, start=left.start, end=right.end)
        return left

    def _unary(self) -> Expression:
        start = self.token.start
        if self.accept_word("not"):
            inner = self._unary() if self.is_word("not") and self.dialect.bodies_after_not else self._operand()
            if inner.negated:
                inner = Expression(Block((inner,), inner.start, inner.end), start=inner.start, end=inner.end)
            if isinstance(inner.term, Some | SomeIn):
                self.fail("some cannot be negated")
            return inner._replace(negated=True, start=start)
        return self._operand()

    def _operand(self) -> Expression:
        """An expression without `not`; a body or a group where the dialect lets one stand."""
        start = self.token.start
        if self._groups():
            if self.is_sign("{"):
                block = self.attempt(self._block)
                if block is not None:
                    return Expression(block, start=start, end=self.last_end)
            if self.is_sign("("):
                group = self.attempt(self._group)
                if group is not None:
                    return Expression(group, start=start, end=self.last_end)
        return Expression(self._clause(), start=start, end=self.last_end)

    def _groups(self) -> bool:
        return self.dialect.bodies_after_not or not self.dialect.keywords.isdisjoint(("and", "or"))

    def _block(self) -> Block:
        """`{ body }` as an operand."""
        start = self.expect("{").start
        block = Block(self.body("}"), start, self.last_end)
        self._operand_ends()
        return block

    def _group(self) -> Block:
        """`( expression )` as an operand; a parenthesis that begins a term is none."""
        start = self.expect("(").start
        inner = self.expression()
        self.expect(")")
        self._operand_ends()
        return Block((inner,), start, self.last_end)

    def _operand_ends(self) -> None:
        token = self.token
        ends = token.fresh or token.kind == "end" or token.text in {";", "}", ")", "]"}
        if not ends and not any(self.is_word(word) for word in ("and", "or", "with", "else")):
            self.unexpected()

    def _clause(self) -> Clause:
        start = self.token.start
        if self.accept_word("some"):
            return self._some(start)
        if self.accept_word("every"):
            return self._every(start)
        left = self.term()
        if self.is_sign(":=") or self.is_sign("="):
            declares = self.accept(":=") or not self.accept("=")
            right = self.term()
            return Equation(left, right, declares, start, self.last_end)
        return left

    def _some(self, start: int) -> Some | SomeIn:
        term = self.term()
        if isinstance(term, Call) and term.operator in (MEMBER, MEMBER_WITH_KEY):
            *pattern, domain = term.arguments
            return SomeIn(pattern[0] if len(pattern) > 1 else None, pattern[-1], domain, start, self.last_end)
        names = [term]
        while self.accept(","):
            names.append(self.primary())
        if self.is_word("in"):
            self.unexpected()
        variables = tuple(name for name in names if isinstance(name, Var))
        if len(variables) < len(names):
            self.fail("expected var or `in` expression", self.tokens[self.at - 1])
        return Some(variables, start, self.last_end)

    def _every(self, start: int) -> Every:
        value, key = self._variable(), None
        if self.accept(","):
            key, value = value, self._variable()
        if not self.accept_word("in"):
            self.unexpected("`x in xs { ... }` expression")
        domain = self.infix()
        self.expect("{")
        return Every(key, value, domain, self.body("}"), start, self.last_end)

    def _variable(self) -> Var:
        term = self.primary()
        if not isinstance(term, Var):
            self.fail("expected variable", self.tokens[self.at - 1])
        return term

    # Terms

    def term(self, first: Term | None = None, *, pairs: bool = True) -> Term:
        """A term, which may have begun with `first`; with `pairs` also `key, value in collection`."""
        start = first.start if first else self.token.start
        left = self.infix(0, first)
        if pairs and self.is_sign(",") and "in" in self.dialect.keywords:
            found = self.attempt(lambda: self._pair_in(left, start))
            left = found or left
        while self.accept_word("in"):
            left = Call(MEMBER, (left, self.infix()), start, self.last_end)
        return left

    def _pair_in(self, key: Term, start: int) -> Call:
        self.expect(",")
        value = self.infix()
        if not self.accept_word("in"):
            self.unexpected("in keyword")
        return Call(MEMBER_WITH_KEY, (key, value, self.infix()), start, self.last_end)

    def infix(self, level: int = 0, first: Term | None = None) -> Term:
        """A term of infix operators that bind at least as `level`; it may have begun with `first`."""
        start = first.start if first else self.token.start
        left = first or self.primary()
        while True:
            token = self.tokens[self.at]
            found = _OPERATORS.get(token.text) if token.kind == "sign" else None
            if found is None or found[0] < level:
                return left
            self.at += 1
            right = self.infix(found[0] + 1)
            left = Call(found[1], (left, right), start, self.last_end)

    def primary(self) -> Term:
        """A term without infix operators, with everything that is selected from it."""
        token = self.token
        if token.kind == "value":
            self.at += 1
            return self._selected(Scalar(token.value, token.start, token.end))
        if token.kind == "template":
            return self._selected(self._template())
        if token.kind == "name":
            return self._selected(self._named())
        if token.kind == "sign":
            if token.text == "(":
                self.at += 1
                inner = self.term()
                self.expect(")")
                return self._selected(inner)
            if token.text == "[":
                return self._selected(self._array())
            if token.text == "{":
                return self._selected(self._braces())
            if token.text == "-":
                return self._negative()
        return self.unexpected()

    def _negative(self) -> Term:
        minus = self.expect("-")
        token = self.token
        if token.kind != "value" or not token.text[0].isdigit() or token.start != minus.end:
            self.unexpected("number")
        self.at += 1
        return Scalar(-token.value, minus.start, token.end)

    def _named(self) -> Term:
        token = self.token
        word = token.text
        if self.is_keyword(token):
            if word in _LITERALS:
                self.at += 1
                return Scalar(_LITERALS[word], token.start, token.end)
            # `contains` names a builtin too, and calls of it stand where the keyword never does.
            if not (word == "contains" and self.text[token.end : token.end + 1] == "("):
                self.unexpected()
        self.at += 1
        if word == "_":
            self._wildcards += 1
            return Var(f"${self._wildcards}", token.start, token.end)
        if word == "set" and self._empty_set(token.end):
            return SetTerm((), token.start, self.last_end)
        return Var(word, token.start, token.end)

    def _empty_set(self, end: int) -> bool:
        first, second = self.tokens[self.at : self.at + 2] if self.at + 1 < len(self.tokens) else (None, None)
        if first and second and first.text == "(" and first.start == end and second.text == ")":
            self.at += 2
            return True
        return False

    def _selected(self, head: Term, begins: int = -1) -> Term:
        """What is called or selected from a term; only signs that touch it, or that it `begins` with, belong to it."""
        path: list[Term] = []
        start = head.start
        while True:
            token = self.tokens[self.at]
            touches = token.start in {self.last_end, begins}
            if token.kind != "sign" or not touches or token.text not in {".", "[", "("}:
                return Ref(head, tuple(path), start, self.last_end) if path else head
            self.at += 1
            if token.text == ".":
                name = self.token
                if name.kind != "name" or name.start != token.end:
                    self.unexpected("ident")
                self.at += 1
                path.append(Scalar(name.text, name.start, name.end))
            elif token.text == "[":
                path.append(self.term())
                self.expect("]")
            else:
                operator = Ref(head, tuple(path), start, token.start) if path else head
                if not isinstance(operator, Var | Ref):
                    self.fail("unexpected call", token)
                head, path = Call(operator, self._list(")"), start, self.last_end), []

    def _list(self, closing: str) -> tuple[Term, ...]:
        """Terms between commas up to a closing sign, which is taken; a comma may stand behind the last."""
        terms: list[Term] = []
        while not self.accept(closing):
            terms.append(self.term(pairs=False))
            if not self.is_sign(closing):
                self.expect(",")
        return tuple(terms)

    def _rest(self, first: Term, closing: str) -> tuple[Term, ...]:
        """The same when the first term is known."""
        if not self.is_sign(closing):
            self.expect(",")
        return first, *self._list(closing)

    def _array(self) -> Term:
        start = self.expect("[").start
        if self.accept("]"):
            return ArrayTerm((), start, self.last_end)
        first = self.primary()
        body = self._comprehended("]")
        if body is not None:
            return Comprehension("array", None, first, body, start, self.last_end)
        return ArrayTerm(self._rest(self.term(first, pairs=False), "]"), start, self.last_end)

    def _braces(self) -> Term:
        start = self.expect("{").start
        if self.accept("}"):
            return ObjectTerm((), start, self.last_end)
        first = self.primary()
        body = self._comprehended("}")
        if body is not None:
            return Comprehension("set", None, first, body, start, self.last_end)
        first = self.term(first, pairs=False)
        if self.accept(":"):
            return self._object(first, start)
        return SetTerm(self._rest(first, "}"), start, self.last_end)

    def _comprehended(self, closing: str) -> Body | None:
        """The body behind `|`, if there is one: the sign may also be the operator of a union."""
        if not self.is_sign("|"):
            return None

        def parse() -> Body:
            self.expect("|")
            return self.body(closing)

        found: Body | None = self.attempt(parse)
        return found

    def _object(self, key: Term, start: int) -> Term:
        first = self.primary()
        body = self._comprehended("}")
        if body is not None:
            return Comprehension("object", key, first, body, start, self.last_end)
        pairs = [(key, self.term(first, pairs=False))]
        while not self.accept("}"):
            self.expect(",")
            if self.accept("}"):
                break
            key = self.term(pairs=False)
            self.expect(":")
            pairs.append((key, self.term(pairs=False)))
        return ObjectTerm(last_of_each(pairs), start, self.last_end)

    def _template(self) -> Term:
        start = self.token.start
        self.at += 1
        parts: list[str | Expression] = []
        while self.token.kind != "close":
            token = self.token
            if token.kind == "text":
                self.at += 1
                parts.append(token.value)
                continue
            self.expect("{")
            parts.append(self.expression())
            self.expect("}")
        self.at += 1
        return Template(tuple(parts), start, self.last_end)
