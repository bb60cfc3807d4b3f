"""Parses modules: package, imports and rules with their heads, bodies and annotations."""

from typing import Final, NamedTuple

from muniment.languages.rego.annotations import Block, attached, blocks
from muniment.languages.rego.ast import (
    Annotations,
    Body,
    Call,
    Import,
    Module,
    Ref,
    Rule,
    Scalar,
    Term,
    Var,
)
from muniment.languages.rego.dialect import Dialect, dialect_named
from muniment.languages.rego.errors import NOWHERE, Fault, RegoError
from muniment.languages.rego.lexer import Token
from muniment.languages.rego.parser import Parser
from muniment.languages.source import Limits

TRUE: Final = Scalar(True)


class _Head(NamedTuple):
    """A rule's head as it is written."""

    reference: tuple[Term, ...]
    parameters: tuple[Term, ...] | None
    member: Term | None
    value: Term | None
    end: int


def parse_module(
    text: str,
    name: str = "",
    dialect: str = "v1",
    *,
    limits: Limits = Limits(),  # noqa: B008  a frozen value
) -> Module:
    """The module of a text in `v0` or `v1` of the language. Raises RegoError for anything that is no module."""
    if len(text) > limits.size:
        raise RegoError([Fault("rego_parse_error", f"the text is larger than {limits.size} bytes", name, NOWHERE)])
    try:
        return _ModuleParser(name, text, dialect_named(dialect)).module()
    except RecursionError:
        raise RegoError([Fault("rego_parse_error", "nested too deep", name, NOWHERE)]) from None


def parse_query(text: str, name: str = "query", dialect: str = "v1") -> Body:
    """The expressions of a query. Raises RegoError."""
    parser = Parser(name, text, dialect_named(dialect))
    try:
        return parser.query()
    except RegoError as error:
        raise parser.furthest(error) from None
    except RecursionError:
        raise RegoError([Fault("rego_parse_error", "nested too deep", name, NOWHERE)]) from None


class _ModuleParser(Parser):
    """Adds what only modules have to terms and bodies."""

    __slots__ = ("_annotations",)

    def __init__(self, name: str, text: str, dialect: Dialect) -> None:
        super().__init__(name, text, dialect)
        self._annotations: list[Block] = []

    def module(self) -> Module:
        """The whole text."""
        try:
            return self._module()
        except RegoError as error:
            raise self.furthest(error) from None

    def _module(self) -> Module:
        self._annotations = blocks(self.name, self.text, self.lexer.comments)
        if self.token.kind == "end":
            self.fail("empty module")
        package, annotations = self._package()
        imports: list[Import] = []
        rules: list[Rule] = []
        while self.token.kind != "end":
            self.accept(";")
            if self.is_word("import"):
                imports.append(self._import())
            elif self.is_word("package"):
                self.unexpected()
            else:
                rules.extend(self._rule())
        return Module(
            self.name,
            self.text,
            package,
            tuple(imports),
            tuple(rules),
            annotations,
            strict=self.dialect.v1,
            inner_negation=self.dialect.bodies_after_not,
        )

    def _package(self) -> tuple[tuple[str, ...], Annotations]:
        start = self.token.start
        if not self.accept_word("package"):
            self.unexpected("package keyword") if self.token.kind == "end" else self.fail("package expected")
        return self._path(), attached(self._annotations, start, "package")

    def _path(self) -> tuple[str, ...]:
        """A path of names, as packages and imports have it."""
        if self.token.kind != "name":
            self.unexpected("ident")
        first = self.token.text
        token = self.token
        self.at += 1
        term = self._selected(Var(first, token.start, token.end))
        parts = term.path if isinstance(term, Ref) else ()
        names = [part.value for part in parts if isinstance(part, Scalar) and isinstance(part.value, str)]
        if len(names) < len(parts) or not isinstance(term, Ref | Var):
            self.fail("expected a path of strings", token)
        return first, *names

    def _import(self) -> Import:
        start = self.token.start
        self.at += 1
        token = self.token
        path = self._path()
        alias = path[-1]
        if self.accept_word("as"):
            alias = self._alias()
        if path[0] in {"future", "rego"}:
            self._enable(path, alias, token)
        elif path[0] not in {"data", "input"}:
            self.fail(
                f"unexpected import path, must begin with one of: {{data, future, input, rego}}, got: {path[0]}", token
            )
        return Import(path, alias, start, self.last_end)

    def _alias(self) -> str:
        if self.token.kind != "name" or self.is_keyword(self.token):
            self.unexpected("var")
        self.at += 1
        return self.tokens[self.at - 1].text

    def _enable(self, path: tuple[str, ...], alias: str, token: Token) -> None:
        dialect = self.dialect.importing(path)
        if dialect is None:
            self.fail(f"invalid import `{'.'.join(path)}`", token)
        if alias != path[-1]:
            self.fail(f"`{path[0]}` imports cannot be aliased", token)
        self.dialect = dialect

    # Rules

    def _rule(self) -> list[Rule]:
        start = self.token.start
        annotations = attached(self._annotations, start, "rule")
        default = self.is_word("default")
        if default:
            self.at += 1
        head = self._head()
        if default:
            return [self._default(head, annotations, start)]
        by_if = self.accept_word("if")
        head = self._read(head, by_if=by_if, begins=start)
        body = self._if_body() if by_if else self._braced() if self.is_sign("{") else None
        if body is not None and not by_if and self.dialect.v1:
            self.fail("`if` keyword is required before rule body", self.tokens[self.at - 1])
        if body is None and head.value is None and head.member is None and not self._bodiless(head):
            self.fail("var cannot be used for rule name", self.tokens[self.at - 1])
        alternative = self._else(head)
        rule = self._made(head, body, start, annotations, alternative)
        return [rule, *self._chained(head, rule)]

    def _bodiless(self, head: _Head) -> bool:
        return head.parameters is not None or len(head.reference) > 1

    def _made(
        self, head: _Head, body: Body | None, start: int, annotations: Annotations, alternative: Rule | None
    ) -> Rule:
        return Rule(
            head.reference,
            head.parameters,
            head.member,
            head.value or TRUE,
            body or (),
            alternative,
            bare=body is None,
            annotations=annotations,
            start=start,
            end=self.last_end,
            head_end=head.end,
        )

    def _chained(self, head: _Head, first: Rule) -> list[Rule]:
        """The further bodies of `p { ... } { ... }`."""
        rules: list[Rule] = []
        while self.is_sign("{") and not self.dialect.v1 and not first.bare:
            start = self.token.start
            if first.alternative is not None:
                self.unexpected("else keyword")
            rules.append(self._made(head, self._braced(), start, first.annotations, None))
        return rules

    def _head(self) -> _Head:
        token = self.token
        if token.kind != "name" or self.is_keyword(token):
            if token.kind == "name" and not (token.text == "contains" and self.is_keyword(token)):
                self.unexpected()
            if token.kind != "name":
                self.unexpected()
        self.at += 1
        # The first part behind a rule's name may stand apart from it: `f (x)`.
        term = self._selected(Var(token.text, token.start, token.end), self.token.start)
        parameters = None
        if isinstance(term, Call):
            # A function of nothing is a rule like any other.
            parameters = term.arguments or None
            term = term.operator if isinstance(term.operator, Var | Ref) else term
        if not isinstance(term, Var | Ref) or (isinstance(term, Ref) and not isinstance(term.head, Var)):
            self.fail("rule head must be a reference", token)
        reference = (term,) if isinstance(term, Var) else (term.head, *term.path)
        member = value = None
        if self.is_word("contains"):
            self.at += 1
            member = self.term()
        elif self.accept(":=") or self.accept("="):
            value = self.term()
        return _Head(reference, parameters, member, value, self.last_end)

    def _read(self, head: _Head, *, by_if: bool, begins: int) -> _Head:
        """The head with what its form means in this version of the language."""
        single = head.parameters is None and head.member is None and head.value is None
        if not single or by_if or len(head.reference) != 2:
            return head
        if not self.dialect.v1:
            return head._replace(reference=head.reference[:1], member=head.reference[1])
        if (
            isinstance(head.reference[1], Scalar)
            and self.text[head.reference[0].end : head.reference[0].end + 1] == "."
        ):
            return head
        place = next(token for token in self.tokens if token.start >= begins)
        return self.fail("`contains` keyword is required for partial set rules", place)

    def _default(self, head: _Head, annotations: Annotations, start: int) -> Rule:
        if head.value is None:
            self.fail("default rules must have a value", self.tokens[self.at - 1])
        if self.is_word("if") or (self.is_sign("{") and not self.token.fresh):
            self.unexpected()
        return Rule(
            head.reference,
            head.parameters,
            None,
            head.value,
            (),
            default=True,
            bare=True,
            annotations=annotations,
            start=start,
            end=self.last_end,
            head_end=head.end,
        )

    def _braced(self) -> Body:
        self.expect("{")
        return self.body("}")

    def _if_body(self) -> Body:
        """What stands behind `if`: a body between braces, or one expression."""
        if self.is_sign("{"):
            body = self.attempt(self._whole_body)
            if body is not None:
                found: Body = body
                return found
        return (self.expression(),)

    def _whole_body(self) -> Body:
        """A body that nothing follows on its line which would make it the beginning of an expression."""
        body = self._braced()
        token = self.token
        if not (token.fresh or token.kind in {"end", "name"} or token.text in {";", "{"}) or self._operand_follows():
            self.unexpected()
        return body

    def _operand_follows(self) -> bool:
        return any(self.is_word(word) for word in ("and", "or", "in", "with"))

    def _else(self, head: _Head) -> Rule | None:
        """The branches behind a rule."""
        if not self.is_word("else"):
            return None
        start = self.token.start
        self.at += 1
        if head.member is not None:
            self.fail("else keyword cannot be used on multi-value rules", self.tokens[self.at - 1])
        value = self.term() if self.accept(":=") or self.accept("=") else None
        end = self.last_end
        by_if = self.accept_word("if")
        body = self._if_body() if by_if else self._braced() if self.is_sign("{") else None
        if body is None and value is None:
            self.unexpected("else value term or rule body")
        if body is not None and not by_if and self.dialect.v1:
            self.fail("`if` keyword is required before rule body", self.tokens[self.at - 1])
        branch = head._replace(value=value, end=end)
        return self._made(branch, body, start, (), self._else(branch))
