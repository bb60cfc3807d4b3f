"""Compiles the lines of one rule to steps: variables are slots of a frame; at each line it is known which are bound."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Body,
    Call,
    Clause,
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
    Term,
    Var,
)
from muniment.languages.rego.calls import Place, comparison_test, equality_test
from muniment.languages.rego.code import (
    FIRST_SLOT,
    Code,
    Frame,
    Loop,
    Run,
    Sink,
    Step,
    Test,
    condition,
    fail,
    joined,
    succeed,
)
from muniment.languages.rego.documents import Node
from muniment.languages.rego.heads import as_lines
from muniment.languages.rego.lines import assigned, binding, fitting, holds_for_every, matched, related, true
from muniment.languages.rego.matching import matcher
from muniment.languages.rego.modules import TRUE
from muniment.languages.rego.names import PRINT, ROOTS, written
from muniment.languages.rego.printing import print_step
from muniment.languages.rego.references import Each, Key, iterated, listed
from muniment.languages.rego.replacing import replaced_steps
from muniment.languages.rego.safety import Solution, order, solved
from muniment.languages.rego.signatures import Builtin, Builtins
from muniment.languages.rego.terms import base_of, code_of, constant_value, known_key, made_set
from muniment.languages.rego.values import UNDEFINED
from muniment.languages.rego.variables import own_names, uses
from muniment.languages.source import Span


class Setting(NamedTuple):
    """What all clauses of a policy are compiled with."""

    root: Node
    builtins: Builtins
    mockable: frozenset[Any]
    """Names of builtins and paths of functions that some `with` replaces."""
    prints: bool
    """Whether `print` does anything."""
    watched: bool
    """Whether every line is told to the query's watch."""


class Source(NamedTuple):
    """The text that a clause comes from."""

    file: str
    span: Callable[[int, int], Span]
    report: Callable[[str, str, Any], None]
    """Told the code, the message and the node of each fault."""


class ClauseCompiler:
    """Compiles one clause; `size` is the length of the frames that its code needs."""

    __slots__ = ("_bound", "_fresh", "_setting", "_slots", "_source", "builtins", "outer", "root", "size", "sorted")

    def __init__(self, setting: Setting, source: Source, bound: Sequence[str] = ()) -> None:
        self._setting = setting
        self._source = source
        self.root = setting.root
        self.builtins = setting.builtins
        self._slots = {name: FIRST_SLOT + at for at, name in enumerate(bound)}
        self._bound = frozenset(bound)
        self.outer = self._bound
        """Variables of the bodies around the line that is compiled."""
        self.size = FIRST_SLOT + len(self._slots)
        self.sorted = setting.prints or setting.watched
        """Whether the order of solutions shows in what is made of them."""
        self._fresh = 0

    # What terms and patterns ask for

    def term(self, term: Term) -> Code:
        """The closure of a term whose variables are bound."""
        return code_of(self, term)

    def is_bound(self, name: str) -> bool:
        """Whether a variable has a value here."""
        return name in self._bound

    def bind(self, name: str) -> int:
        """The slot of a variable that gets its value now."""
        self._bound |= {name}
        if name not in self._slots:
            self._slots[name] = self.take_slot()
        return self._slots[name]

    def read(self, name: Var) -> int:
        """The slot of a bound variable; one that is not bound is reported."""
        if name.name not in self._bound:
            self._unsafe(name.name, name)
            return self.bind(name.name)
        return self._slots[name.name]

    def take_slot(self) -> int:
        """A slot of its own."""
        self.size += 1
        return self.size - 1

    def fresh(self) -> Var:
        """A variable that nothing else has."""
        self._fresh += 1
        return Var(f"~~{self._fresh}")

    def builtin(self, call: Call) -> Builtin:
        """The builtin of a call."""
        found = self.builtins.find(call.operator)
        if found is not None:
            return found
        return Builtin(call.operator, (), "any", lambda *_: UNDEFINED)

    def is_mockable(self, key: Any) -> bool:
        """Whether some `with` replaces a function."""
        return key in self._setting.mockable

    def is_function(self, path: Any) -> bool:
        """Whether a path below `data` is that of a function."""
        node: Node | None = self.root
        for name in path:
            node = node.children.get(name) if node else None
        return node is not None and node.kind == "function"

    def place(self, node: Any) -> Place:
        """Where a node stands."""
        file, span, start, end = self._source.file, self._source.span, node.start, node.end
        return lambda: (file, span(start, end))

    def report(self, code: str, message: str, node: Any) -> None:
        """Notes a fault."""
        self._source.report(code, message, node)

    def _unsafe(self, name: str, node: Any) -> None:
        self.report("rego_unsafe_var_error", f"var {written(name)} is unsafe", node)

    def part(self, part: Expression) -> tuple[Body, Term]:
        """An expression of a template: its body, and the variable that has the value."""
        return (part,), part.term.left if isinstance(part.term, Equation) else TRUE

    # Bodies

    def body(self, body: Body) -> list[Step]:
        """The steps of a body in a safe order; what they bind stays bound."""
        kept = body if self._setting.prints else tuple(one for one in body if not _is_print(one))
        self.outer = self._bound.union(*[own_names(one) for one in kept]) | self._bound
        made = order(kept, self._bound)
        for name, one in made.unsafe:
            if _is_print(one):
                node = next((term for term in one.term.arguments if term == Var(name, term.start, term.end)), one)  # type: ignore[union-attr]
                self.report("rego_compile_error", f"var {written(name)} is undeclared", node)
            else:
                self._unsafe(name, one)
        if made.unsafe:
            self._bound |= self.outer
            for name in self.outer:
                self.bind(name)
        steps: list[Step] = []
        for one in made.body:
            if self._setting.watched or not _istrue(one):
                steps.extend(self.expression(one))
        return steps

    def closure(
        self, body: Body, heads: Sequence[Term], final: Callable[[Sequence[Code]], Run], *, ordered: bool = False
    ) -> Run:
        """The closure of an inner body, with what it does with the values of its heads, `ordered` if order counts."""
        bound, outer, order = self._bound, self.outer, self.sorted
        self.sorted = ordered or self._setting.prints or self._setting.watched
        run = self.headed(body, heads, final)
        self._bound, self.outer, self.sorted = bound, outer, order
        return run

    def headed(
        self, body: Body, heads: Sequence[Term], final: Callable[[Sequence[Code]], Run], before: Sequence[Step] = ()
    ) -> Run:
        """The closure of a body, the steps `before` it and its heads: what these iterate over binds variables of it."""
        lines, heads = as_lines(heads, self._bound, self.fresh)
        steps = [*before, *self.body((*body, *lines))]
        terms = [self.hoisted(head, steps) for head in heads]
        return joined(steps, final([self.term(term) for term in terms]))

    def expression(self, one: Expression) -> list[Step]:
        """The steps of one line."""
        if one.withs:
            return self._watched(one, replaced_steps(self, one))
        return self._watched(one, self.plain(one))

    def _watched(self, one: Expression, steps: list[Step]) -> list[Step]:
        if not self._setting.watched:
            return steps
        place = self.place(one)

        def told(event: str) -> Test:
            def tell(frame: Frame) -> bool:
                query = frame[0]
                if query.watch is not None:
                    query.watch(event, place, query)
                return True

            return Test(tell)

        return [told("eval"), *steps, told("true")]

    def plain(self, one: Expression) -> list[Step]:
        """The steps of a line without its `with`."""
        clause = one.term
        if one.negated:
            return self._negated(clause)
        if isinstance(clause, Equation):
            return self._equation(clause.left, clause.right)
        if isinstance(clause, Every):
            return self._every(clause)
        if isinstance(clause, Block | Logical):
            return [Test(self._condition(clause))]
        if isinstance(clause, Some | SomeIn):
            return []
        if _is_print(one):
            return [print_step(self, clause)]  # type: ignore[arg-type]
        return self._truth(clause)

    # Lines

    def _truth(self, term: Term) -> list[Step]:
        """A term as a line: true for every value but false."""
        steps: list[Step] = []
        if self._iterates(term):
            term = self._inner_hoisted(term, steps)
            return [*steps, self._loop(term, lambda rest: lambda frame, value: value is not False and rest(frame))]
        if isinstance(term, Call):
            term = self._inner_hoisted(term, steps)
            return [*steps, Test(self._call_test(term))]  # type: ignore[arg-type]
        term = self.hoisted(term, steps)
        return [*steps, Test(true(self.term(term)))]

    def _call_test(self, call: Call) -> Run:
        operator = call.operator
        if len(call.arguments) == 2 and not self.is_mockable(operator) and isinstance(operator, str):
            first, second = call.arguments
            if operator == "equal":
                known = constant_value(first)
                if known is not UNDEFINED:
                    first, second = second, first
                return equality_test(self.term(first), self.term(second), constant_value(second))
            made = comparison_test(operator, self.term(first), self.term(second))
            if made is not None:
                return made
        return true(self.term(call))

    def _equation(self, left: Term, right: Term) -> list[Step]:
        made = solved(left, right, self._bound, self.outer)
        if made is None:
            made = Solution(((left, right),), frozenset())
        steps: list[Step] = []
        for pattern, value in made.parts:
            steps.extend(self._part_of_equation(pattern, value))
        return steps if made.possible else [*steps, Test(fail)]

    def _part_of_equation(self, pattern: Term, value: Term) -> list[Step]:
        computed = not isinstance(pattern, Var | ArrayTerm | ObjectTerm)
        if computed and self._iterates(pattern) and not self._iterates(value):
            pattern, value = value, pattern
        steps: list[Step] = []
        loops = self._iterates(value)
        if isinstance(pattern, Var) and not self.is_bound(pattern.name) and pattern.name not in ROOTS:
            if loops:
                return [*steps, *self._each_bound(pattern, value)]
            code = self.term(self.hoisted(value, steps))
            return [*steps, Test(assigned(code, self.bind(pattern.name)))]
        pattern = self.hoisted(pattern, steps)
        if loops:
            value = self._inner_hoisted(value, steps)

            loop = self._loop(value, lambda rest: fitting(match, rest))
            match = matcher(self, pattern)
            return [*steps, loop]
        code = self.term(self.hoisted(value, steps))
        known = constant_value(pattern)
        if known is not UNDEFINED or not isinstance(pattern, Var | ArrayTerm | ObjectTerm) or self._is_ground(pattern):
            return [*steps, Test(equality_test(code, self.term(pattern), known))]
        return [*steps, Test(matched(code, matcher(self, pattern)))]

    def _is_ground(self, term: Term) -> bool:
        return uses(term, self.outer).needs <= self._bound

    def _negated(self, clause: Clause) -> list[Step]:
        """`not`: what nested calls and references in arguments need is evaluated outside of it."""
        steps: list[Step] = []
        if isinstance(clause, Call) and clause.operator == "equal" and len(clause.arguments) == 2:
            clause = Equation(*clause.arguments, False, clause.start, clause.end)
        if isinstance(clause, Equation):
            left, right = self._outside(clause.left, steps), self._outside(clause.right, steps)
            return [*steps, Test(self._none(self._equation(left, right)))]
        if isinstance(clause, Call):
            arguments = tuple(self._evaluated(argument, steps) for argument in clause.arguments)
            return [*steps, Test(self._none(self._truth(clause._replace(arguments=arguments))))]
        if isinstance(clause, Every):
            return [Test(self._none(self._every(clause)))]
        if isinstance(clause, Block | Logical):
            condition = self._condition(clause)
            return [Test(lambda frame: not condition(frame))]
        if isinstance(clause, Some | SomeIn):
            return []
        inner = self._none(self._truth(self._outside(clause, steps)))
        return [*steps, Test(inner)]

    def _none(self, steps: list[Step]) -> Run:
        run = condition(steps)
        return lambda frame: not run(frame)

    def _outside(self, term: Term, steps: list[Step]) -> Term:
        """A term of a negated line with what is evaluated before it: all but a reference itself."""
        if isinstance(term, Ref):
            head = term.head if isinstance(term.head, Var) else self._evaluated(term.head, steps)
            path = tuple(self._evaluated(step, steps) for step in term.path)
            return term._replace(head=head, path=path)
        return self._evaluated(term, steps)

    def _evaluated(self, term: Term, steps: list[Step]) -> Term:
        """A term as a variable that has its value."""
        if isinstance(term, Var | Scalar) or constant_value(term) is not UNDEFINED:
            return term
        variable = self.fresh()
        steps.extend(self._part_of_equation(variable, term))
        return variable

    def _condition(self, clause: Clause) -> Run:
        """A body, or bodies with `and` and `or` between them, as a test."""
        if isinstance(clause, Block):
            return self.closure(clause.body, (), lambda _: succeed)
        if isinstance(clause, Logical):
            first, second = (self._side(side) for side in (clause.left, clause.right))
            if clause.operator == "and":
                return lambda frame: first(frame) and second(frame)
            return lambda frame: first(frame) or second(frame)
        return self.closure((Expression(clause),), (), lambda _: succeed)

    def _side(self, side: Expression) -> Run:
        if isinstance(side.term, Logical) and not side.negated and not side.withs:
            return self._condition(side.term)
        return self.closure((side,), (), lambda _: succeed)

    def _every(self, clause: Every) -> list[Step]:
        steps: list[Step] = []
        domain = self.term(self.hoisted(clause.domain, steps))
        bound = self._bound
        key = self.bind(clause.key.name) if clause.key else self.take_slot()
        value = self.bind(clause.value.name)
        run = self.closure(clause.body, (), lambda _: succeed)
        self._bound = bound

        return [*steps, Test(holds_for_every(domain, key, value, run))]

    # Terms with several values

    def _iterates(self, term: Term) -> bool:
        """Whether a term itself, not one within it, has several values."""
        if isinstance(term, Call) and isinstance(term.operator, str):
            return self.builtin(term).relation
        return isinstance(term, Ref) and not all(self._is_ground(step) for step in term.path if _binds(step))

    def hoisted(self, term: Term, steps: list[Step]) -> Term:
        """A term in which variables stand for all that has several values; `steps` give them these values."""
        term = self._inner_hoisted(term, steps)
        if not self._iterates(term):
            return term
        variable = self.fresh()
        steps.extend(self._each_bound(variable, term))
        return variable

    def _each_bound(self, variable: Var, term: Term) -> list[Step]:
        """The loop that binds a variable to every value of a term."""
        steps: list[Step] = []
        term = self._inner_hoisted(term, steps)

        loop = self._loop(term, lambda rest: fitting(match, rest) if kept else binding(slot, rest))
        # The path itself may have bound the variable: `x = xs[x]`. A wildcard has no slot that a value could go to.
        kept = variable.name[0] == "$" or self.is_bound(variable.name)
        match = matcher(self, variable)
        slot = self._slots.get(variable.name, 0)
        return [*steps, loop]

    def _inner_hoisted(self, term: Term, steps: list[Step]) -> Term:
        if isinstance(term, Ref):
            head = self.hoisted(term.head, steps) if not isinstance(term.head, Var) else term.head
            path = tuple(step if _binds(step) else self.hoisted(step, steps) for step in term.path)
            return term._replace(head=head, path=path)
        if isinstance(term, Call):
            return term._replace(arguments=tuple(self.hoisted(argument, steps) for argument in term.arguments))
        if isinstance(term, ArrayTerm | SetTerm):
            return term._replace(items=tuple(self.hoisted(item, steps) for item in term.items))
        if isinstance(term, ObjectTerm):
            pairs = tuple((self.hoisted(key, steps), self.hoisted(value, steps)) for key, value in term.pairs)
            return term._replace(pairs=pairs)
        return term

    def _loop(self, term: Term, around: Callable[[Run], Sink]) -> Loop:
        """The loop over the values of a term; what it binds is bound behind it."""
        if isinstance(term, Call):
            codes = [self.term(argument) for argument in term.arguments]
            return related(self.builtin(term), codes, around, self.place(term))
        if not isinstance(term, Ref):
            return Loop(lambda rest: rest)
        base, rest_of_path, placed = base_of(self, term)
        path = [self._step(one) for one in rest_of_path]
        node = made_set(self.root, term)
        each = path[0] if len(path) == 1 else None
        if node is not None and isinstance(each, Each) and not self.sorted:
            return Loop(lambda rest: listed(node, each.slot, each.match, around(rest)))
        return Loop(lambda rest: iterated(base, path, around(rest), placed=placed))

    def _step(self, one: Term) -> Key | Each:
        if isinstance(one, Var) and one.name not in ROOTS and not self.is_bound(one.name):
            slot = None if one.name[0] == "$" else self.bind(one.name)
            return Each(slot=slot, sorted=self.sorted)
        if _binds(one) and not self._is_ground(one):
            return Each(match=matcher(self, one))
        return known_key(self, one)


def _is_print(one: Expression) -> bool:
    return isinstance(one.term, Call) and one.term.operator == PRINT


def _istrue(one: Expression) -> bool:
    """Whether a line says nothing, such as `true`."""
    return not one.negated and not one.withs and isinstance(one.term, Scalar) and one.term.value is not False


def _binds(step: Term) -> bool:
    """Whether a step of a path may bind variables by what keys there are."""
    return isinstance(step, Var | ArrayTerm | ObjectTerm)
