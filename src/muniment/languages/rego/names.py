"""Gives every name of a module its meaning: a document under `data` or `input`, a builtin, or a variable of one scope.

Variables that a body declares get names of their own (`x#2`), so that shadowing is over behind this stage; calls carry
the name of their builtin or the path of their rule.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

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
    FunctionName,
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
from muniment.languages.rego.scopes import Scope
from muniment.languages.rego.signatures import Builtins

PRINT: Final = "print"
"""A function of the language rather than a builtin: undefined arguments do not stop it."""
ROOTS: Final = frozenset({"data", "input"})
Report = Callable[[str, str, Any], None]
"""Told the code, the message and the node of each fault."""


def written(name: str) -> str:
    """A variable's name as its author wrote it."""
    return "_" if name[0] == "$" else name.partition("#")[0]


class Names:
    """Resolves the terms of one rule; what it makes has only unique variables."""

    __slots__ = (
        "_arities",
        "_builtins",
        "_count",
        "_globals",
        "_inner_negation",
        "_report",
        "_special",
        "declarations",
    )

    def __init__(
        self,
        meanings: Mapping[str, tuple[str, ...]],
        arities: Mapping[tuple[str, ...], int],
        builtins: Builtins,
        report: Report,
        special: Mapping[str, Any],
        *,
        inner_negation: bool,
    ) -> None:
        self._globals = meanings
        """What imports and the package's rules stand for, as paths from a root."""
        self._arities = arities
        """Functions among the rules, by path below `data`."""
        self._builtins = builtins
        self._report = report
        self._special = special
        """Values of builtins that answer for the place where they are called, by name."""
        self._inner_negation = inner_negation
        self._count = 0
        self.declarations: list[tuple[str, Scope, Var]] = []
        """Names that are `assigned`, `declared` or an `argument`, and the scopes that know which of them are used."""

    def fresh(self, name: str = "~") -> str:
        """A variable's name that nothing else has."""
        self._count += 1
        return f"{name}#{self._count}" if name != "~" else f"~{self._count}"

    def declare(self, scope: Scope, name: Var, how: str = "assigned") -> Var:
        """A new variable of a scope."""
        if name.generated:
            return name
        if name.name in scope.declared:
            self._report("rego_compile_error", f"var {name.name} assigned above", name)
        elif name.name in scope.seen:
            self._report("rego_compile_error", f"var {name.name} referenced above", name)
        elif scope.is_parameter(name.name):
            self._report("rego_compile_error", f"arg {name.name} redeclared", name)
        elif how:
            self.declarations.append((how, scope, name))
        scope.declared[name.name] = self.fresh(name.name)
        return name._replace(name=scope.declared[name.name])

    def pattern(self, term: Term, scope: Scope, declared: Callable[[Var], Term]) -> Term:
        """A term whose variables `declared` makes; other parts are resolved as they stand."""
        if isinstance(term, Var):
            return declared(term)
        if isinstance(term, ArrayTerm):
            return term._replace(items=tuple(self.pattern(item, scope, declared) for item in term.items))
        if isinstance(term, ObjectTerm):
            pairs = ((self.term(key, scope), self.pattern(value, scope, declared)) for key, value in term.pairs)
            return term._replace(pairs=tuple(pairs))
        return self.term(term, scope)

    # Bodies

    def body(self, body: Body, outer: Scope | None, before: Scope | None = None) -> tuple[Body, Scope]:
        """A body with the scope that it opens; `before` is one that already has names."""
        scope = before or Scope(outer, _declared(body))
        made: list[Expression] = []
        for expression in body:
            made.extend(self.expression(expression, scope))
        return tuple(made), scope

    def expression(self, one: Expression, scope: Scope) -> Iterable[Expression]:
        """One line; a bare `some` leaves nothing behind."""
        withs = tuple(self._with(modifier, scope) for modifier in one.withs)
        clause = one.term
        if isinstance(clause, Some):
            for name in clause.names:
                self._declare_some(scope, name)
            return ()
        if one.negated and self._inner_negation and not isinstance(clause, Block):
            body, _ = self.body((Expression(clause, start=one.start, end=one.end),), scope)
            return (one._replace(term=Block(body, one.start, one.end), withs=withs),)
        return (one._replace(term=self._clause(clause, scope), withs=withs),)

    def _declare_some(self, scope: Scope, name: Var) -> None:
        if name.name in scope.declared:
            self._report("rego_compile_error", f"var {name.name} declared above", name)
        elif name.name in scope.seen:
            self._report("rego_compile_error", f"var {name.name} referenced above", name)
        scope.declared[name.name] = self.fresh(name.name)
        self.declarations.append(("declared", scope, name))

    def _clause(self, clause: Clause, scope: Scope) -> Clause:
        if isinstance(clause, Equation):
            return self._equation(clause, scope)
        if isinstance(clause, SomeIn):
            return self._some_in(clause, scope)
        if isinstance(clause, Every):
            return self._every(clause, scope)
        if isinstance(clause, Block):
            return clause._replace(body=self.body(clause.body, scope)[0])
        if isinstance(clause, Logical):
            left, right = self._side(clause.left, scope), self._side(clause.right, scope)
            return clause._replace(left=left, right=right)
        if isinstance(clause, Some):
            return clause
        term = self.term(clause, scope, top=True)
        if not isinstance(term, Call):
            return term
        made = self._with_output(term)
        if isinstance(made, Call):
            self._check_nested(made)
        return made

    def _side(self, one: Expression, scope: Scope) -> Expression:
        body, _ = self.body((one,), scope)
        return body[0] if body else one

    def _with_output(self, call: Call) -> Clause:
        """A call with one argument more than the function takes: the last is what its value must equal."""
        arity = self.arity(call)
        if arity is None or len(call.arguments) != arity + 1:
            return call
        value = call._replace(arguments=call.arguments[:-1])
        return Equation(call.arguments[-1], value, False, call.start, call.end)

    def arity(self, call: Call) -> int | None:
        """How many arguments a function takes; None for any number and for what is no function."""
        if call.operator.__class__ is tuple:
            return self._arities.get(call.operator)
        builtin = self._builtins.find(call.operator) if isinstance(call.operator, str) else None
        return None if builtin is None or builtin.variadic else len(builtin.parameters)

    def _equation(self, one: Equation, scope: Scope) -> Equation:
        if not one.declares:
            return one._replace(left=self.term(one.left, scope), right=self.term(one.right, scope))
        right = self.term(one.right, scope)
        if not isinstance(one.left, Var | ArrayTerm | ObjectTerm | Scalar):
            kind = "call" if isinstance(one.left, Call) else type(one.left).__name__.lower().removesuffix("term")
            self._report("rego_compile_error", f"cannot assign to {kind}", one)
        left = self.pattern(one.left, scope, lambda name: self.declare(scope, name))
        return one._replace(left=left, right=right)

    def _some_in(self, one: SomeIn, scope: Scope) -> Equation:
        """`some k, v in xs` is `v = xs[k]` with new variables."""
        domain = self.term(one.domain, scope)
        declared: dict[str, Var] = {}

        def new(name: Var) -> Term:
            if name.generated:
                return name
            if name.name not in declared:
                declared[name.name] = self.declare(scope, name, "")
            return declared[name.name]

        key = self.pattern(one.key, scope, new) if one.key else Var(self.fresh(), one.start, one.end)
        value = self.pattern(one.value, scope, new)
        found = Ref(domain, (key,), one.start, one.end)
        if isinstance(domain, Ref):
            found = domain._replace(path=(*domain.path, key))
        return Equation(value, found, False, one.start, one.end)

    def _every(self, one: Every, scope: Scope) -> Every:
        domain = self.term(one.domain, scope)
        inner = Scope(scope)
        key = self.declare(inner, one.key, "declared") if one.key else None
        value = self.declare(inner, one.value, "declared")
        body, _ = self.body(one.body, inner)
        return one._replace(key=key, value=value, domain=domain, body=body)

    def _with(self, one: With, scope: Scope) -> With:
        target = self.term(one.target, scope)
        name = _dotted(one.target)
        if not isinstance(target, Ref) or not _is_root(target.head):
            if name is None or self._builtins.find(name) is None:
                message = "with keyword target must reference existing input, data, or a function"
                self._report("rego_type_error", message, one)
            target = Var(name or "", one.target.start, one.target.end)
        value = self.term(one.value, scope)
        other = _dotted(one.value)
        unresolved = not (isinstance(value, Ref) and _is_root(value.head))
        if other and unresolved and scope.find(other) is None and self._builtins.find(other):
            value = FunctionName(other, one.value.start, one.value.end)
        return one._replace(target=target, value=value)

    # Terms

    def term(self, term: Term, scope: Scope, *, top: bool = False) -> Term:
        """A term with its names resolved; `top` where it is a line of its own."""
        made = self._resolved(term, scope)
        if isinstance(made, Call) and not top:
            self._check_nested(made)
        return made

    def _resolved(self, term: Term, scope: Scope) -> Term:
        match term:
            case Var():
                return self._var(term, scope)
            case Ref():
                return self._ref(term, scope)
            case Call():
                return self._call(term, scope)
            case ArrayTerm() | SetTerm():
                return term._replace(items=self.terms(term.items, scope))
            case ObjectTerm():
                return term._replace(pairs=tuple((self.term(a, scope), self.term(b, scope)) for a, b in term.pairs))
            case Comprehension():
                return self._comprehension(term, scope)
            case Template():
                return self._template(term, scope)
            case _:
                return term

    def _check_nested(self, call: Call) -> None:
        arity = self.arity(call)
        if arity is not None and len(call.arguments) != arity:
            self.wrong_arity(call, arity)

    def wrong_arity(self, call: Call, arity: int) -> None:
        """Reports a call with too many or too few arguments."""
        name = call.operator if isinstance(call.operator, str) else ".".join(("data", *call.operator))
        kind = "many" if len(call.arguments) > arity else "few"
        message = f"{name}: too {kind} arguments\n\thave: {len(call.arguments)}\n\twant: {arity}"
        self._report("rego_type_error", message, call)

    def terms(self, terms: Sequence[Term], scope: Scope) -> tuple[Term, ...]:
        """Several terms."""
        return tuple([self.term(term, scope) for term in terms])

    def _var(self, term: Var, scope: Scope) -> Term:
        name = term.name
        if term.generated:
            return term
        found = scope.find(name)
        if found is not None:
            return term._replace(name=found)
        path = self._globals.get(name, (name,) if name in ROOTS else None)
        if path is None:
            return term
        return _global(path, (), term.start, term.end)

    def _ref(self, term: Ref, scope: Scope) -> Term:
        head, path = self.term(term.head, scope), self.terms(term.path, scope)
        if isinstance(head, Ref):
            return Ref(head.head, (*head.path, *path), term.start, term.end)
        return Ref(head, path, term.start, term.end)

    def _call(self, term: Call, scope: Scope) -> Term:
        arguments = self.terms(term.arguments, scope)
        operator = term.operator
        if isinstance(operator, str):
            return term._replace(arguments=arguments)
        if not isinstance(operator, Ref | Var):
            return term._replace(operator="?", arguments=arguments)
        name = _dotted(operator)
        meaning = self.term(operator, scope)
        if isinstance(meaning, Ref) and isinstance(meaning.head, Var) and meaning.head.name == "data":
            path = tuple(part.value if isinstance(part, Scalar) else "" for part in meaning.path)
            if path not in self._arities and not arguments:
                return meaning
            if path not in self._arities:
                self._report("rego_type_error", f"undefined function {'.'.join(('data', *map(str, path)))}", term)
            return term._replace(operator=path, arguments=arguments)
        if name == PRINT:
            return term._replace(operator=PRINT, arguments=arguments)
        if name in self._special:
            return Scalar(self._special[name or ""], term.start, term.end)
        if name is None or (isinstance(meaning, Var) and "#" in meaning.name) or self._builtins.find(name) is None:
            self._report("rego_type_error", f"undefined function {name or '?'}", term)
        return term._replace(operator=name or "?", arguments=arguments)

    def _comprehension(self, term: Comprehension, scope: Scope) -> Term:
        body, inner = self.body(term.body, scope)
        key = self.term(term.key, inner) if term.key is not None else None
        return term._replace(body=body, key=key, value=self.term(term.value, inner))

    def _template(self, term: Template, scope: Scope) -> Term:
        parts = tuple(part if isinstance(part, str) else self._part(part, scope) for part in term.parts)
        return term._replace(parts=parts)

    def _part(self, part: Expression, scope: Scope) -> Expression:
        """An expression of a template as the equation of its value with a variable of its own."""
        if part.negated or isinstance(part.term, Equation | Some | SomeIn | Every | Block | Logical):
            self._report("rego_compile_error", "a template expression must be a term", part)
            return part._replace(term=Scalar(None))
        value = Equation(Var(self.fresh(), part.start, part.end), part.term, False, part.start, part.end)
        body, _ = self.body((part._replace(term=value),), scope)
        return body[0]


def _is_root(head: Term) -> bool:
    return isinstance(head, Var) and head.name in ROOTS


def _global(path: tuple[str, ...], rest: tuple[Term, ...], start: int, end: int) -> Ref:
    steps = tuple(Scalar(name, start, end) for name in path[1:])
    return Ref(Var(path[0], start, end), (*steps, *rest), start, end)


def _dotted(term: Term) -> str | None:
    """`a.b.c` of a reference that consists of names."""
    if isinstance(term, Var):
        return term.name
    if isinstance(term, Ref) and isinstance(term.head, Var):
        names = [part.value for part in term.path if isinstance(part, Scalar) and isinstance(part.value, str)]
        if len(names) == len(term.path):
            return ".".join((term.head.name, *names))
    return None


def _declared(body: Body) -> Iterable[str]:
    """Names that lines of a body declare."""
    for expression in body:
        clause = expression.term
        if isinstance(clause, Some):
            yield from (name.name for name in clause.names)
        elif isinstance(clause, SomeIn):
            yield from _variables(clause.value)
            yield from _variables(clause.key) if clause.key else ()
        elif isinstance(clause, Equation) and clause.declares:
            yield from _variables(clause.left)


def _variables(pattern: Term) -> Iterable[str]:
    if isinstance(pattern, Var):
        if not pattern.generated:
            yield pattern.name
    elif isinstance(pattern, ArrayTerm):
        for item in pattern.items:
            yield from _variables(item)
    elif isinstance(pattern, ObjectTerm):
        for _, value in pattern.pairs:
            yield from _variables(value)
