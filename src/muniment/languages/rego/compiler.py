"""Compiles definitions to a tree of documents, in the order of OPA's stages: conflicts, recursion, safety, code."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from muniment.languages.rego.ast import Module, Term, Var
from muniment.languages.rego.clauses import ClauseCompiler, Setting, Source
from muniment.languages.rego.code import FIRST_SLOT, ITEMS, MADE, Code, Frame, Run, Test, too_many
from muniment.languages.rego.definitions import Definition, Faults
from muniment.languages.rego.documents import Clause, Node, add, node_at, put
from muniment.languages.rego.functions import Invoke, dispatching, remembering
from muniment.languages.rego.matching import matcher
from muniment.languages.rego.query import Query
from muniment.languages.rego.signatures import Builtins
from muniment.languages.rego.terms import constant_value
from muniment.languages.rego.values import UNDEFINED, Value, equal, key_of, value_of

Path = tuple[str, ...]


class Assembly:
    """Makes the tree of one set of definitions."""

    __slots__ = ("_faults", "_setting", "root")

    def __init__(
        self, builtins: Builtins, mockable: frozenset[Any], faults: Faults, *, prints: bool, watched: bool
    ) -> None:
        self.root = Node(())
        self._faults = faults
        self._setting = Setting(self.root, builtins, mockable, prints, watched)

    def source(self, module: Module, rule_suffix: Callable[[], str] = str) -> Source:
        """The text of a module for the compiler of a clause."""
        lines, report = self._faults.lines(module), self._faults.reporter(module)

        def told(code: str, message: str, node: Any) -> None:
            report(code, message + rule_suffix() if code == "rego_unsafe_var_error" else message, node)

        return Source(module.name, lines.span, told)

    def clause_compiler(self, source: Source, bound: Sequence[str] = ()) -> ClauseCompiler:
        """The compiler of one clause."""
        return ClauseCompiler(self._setting, source, bound)

    def place(self, packages: Iterable[Path], definitions: Iterable[Definition]) -> dict[Path, list[Definition]]:
        """Gives packages and definitions their nodes, with their kinds; what cannot stand together is reported."""
        for package in packages:
            node_at(self.root, package)
        by_path: dict[Path, list[Definition]] = {}
        for one in definitions:
            by_path.setdefault(one.path, []).append(one)
        for path, group in by_path.items():
            node = node_at(self.root, path)
            self._place_group(node, group)
        for path, group in by_path.items():
            self._check_children(node_at(self.root, path), group[0])
        return by_path

    def _place_group(self, node: Node, group: Sequence[Definition]) -> None:
        first = group[0]
        node.kind = "object" if any(one.kind == "object" for one in group) else first.kind
        node.file = first.module.name
        node.span = self._faults.lines(first.module).span(first.rule.start, first.rule.end)
        node.arity = len(first.parameters or ())
        report = self._faults.reporter(first.module)
        kinds = {one.kind for one in group}
        arities = {len(one.parameters or ()) for one in group}
        if len(arities) > 1 or len(kinds) > 1:
            report("rego_type_error", f"conflicting rules {node.name} found", first.rule)
        if sum(one.rule.default for one in group) > 1:
            report("rego_type_error", f"multiple default rules {node.name} found", first.rule)

    def _check_children(self, node: Node, first: Definition) -> None:
        if node.kind in {"complete", "set", "function"} and node.children:
            names = sorted(_rules_below(node))
            if names:
                message = f"rule {node.name} conflicts with [{', '.join(names)}]"
                self._faults.reporter(first.module)("rego_type_error", message, first.rule)

    def compile(self, by_path: "dict[Path, list[Definition]]", suffix: Callable[[Definition], str]) -> None:
        """Compiles all clauses."""
        for path, group in by_path.items():
            node = node_at(self.root, path)
            plain = [one for one in group if not one.rule.default]
            node.clauses = tuple(self._clause(node, one, partial(suffix, one)) for one in plain)
            node.fixed = _is_fixed(plain)
            for one in group:
                if one.rule.default:
                    node.fallback = self._clause(node, one, partial(suffix, one))
            if node.kind == "function":
                node.invoke = self._invoke(node, plain)

    def _invoke(self, node: Node, group: Sequence[Definition]) -> Invoke:
        """The quickest way to call a function."""
        invoke: Invoke = node.invoke
        if len(node.clauses) == 1 and node.fallback is None:
            invoke = _counted(node.clauses[0])
        constants = [[constant_value(parameter) for parameter in one.parameters or ()] for one in group]
        invoke = dispatching(node, constants) or invoke
        if node.arity == 1 and not (self._setting.prints or self._setting.watched):
            invoke = remembering(node, invoke)
        return invoke

    def _clause(self, node: Node, one: Definition, suffix: Callable[[], str]) -> Clause:
        made = self._branch(node, one, suffix)
        if one.alternative is None:
            return made
        other = self._clause(node, one.alternative, suffix)

        def clause(*arguments: Any) -> Value:
            found = made(*arguments)
            return other(*arguments) if found is UNDEFINED else found

        return clause

    def _branch(self, node: Node, one: Definition, suffix: Callable[[], str]) -> Clause:
        source = self.source(one.module, suffix)
        if one.kind == "function":
            return self._function(node, one, source)
        compiler = self.clause_compiler(source)
        if one.kind == "complete":
            value = constant_value(one.value)
            if not one.body and value is not UNDEFINED:
                return lambda _query: value
            run = compiler.headed(one.body, (one.value,), lambda heads: _kept(node, heads[0], one.value))
            return _complete(run, compiler)
        if one.kind == "set" and one.member is not None:
            run = compiler.headed(one.body, (one.member,), lambda heads: _member(heads[0]))
        elif one.member is not None:
            run = compiler.headed(one.body, (one.member, *one.tail), lambda heads: _added(node, heads))
        else:
            run = compiler.headed(one.body, (one.value, *one.tail), lambda heads: _put(node, heads))
        return _partial(run, compiler)

    def _function(self, node: Node, one: Definition, source: Source) -> Clause:
        parameters = one.parameters or ()
        slots = [name.name if isinstance(name, Var) else f"~p{at}" for at, name in enumerate(parameters)]
        names = [name if slots.index(name) == at else f"~p{at}" for at, name in enumerate(slots)]
        compiler = self.clause_compiler(source, names)
        steps = []
        for at, parameter in enumerate(parameters):
            if not isinstance(parameter, Var) or names[at] != parameter.name:
                match = matcher(compiler, parameter)
                steps.append(Test(_parameter(FIRST_SLOT + at, match)))
        run = compiler.headed(one.body, (one.value,), lambda heads: _kept(node, heads[0], one.value), steps)
        return _call(run, compiler, len(parameters))


def _parameter(slot: int, match: Callable[[Frame, Value], Any]) -> Run:
    return lambda frame: match(frame, frame[slot])


def _rules_below(node: Node) -> Iterable[str]:
    for child in node.children.values():
        if child.kind != "none":
            yield child.name
        yield from _rules_below(child)


def _is_fixed(group: Sequence[Definition]) -> bool:
    """Whether all rules have one value that is known: then the first that applies is enough."""
    values = []
    for one in group:
        branch: Definition | None = one
        while branch is not None:
            values.append(constant_value(branch.value))
            branch = branch.alternative
    return bool(values) and all(value is not UNDEFINED and equal(value, values[0]) for value in values)


def _complete(run: Run, compiler: ClauseCompiler) -> Clause:
    rest = [None] * (compiler.size - FIRST_SLOT)

    def clause(query: Query) -> Value:
        frame = [query, UNDEFINED, *rest]
        run(frame)
        return frame[MADE]

    return clause


def _partial(run: Run, compiler: ClauseCompiler) -> Clause:
    rest = [None] * (compiler.size - FIRST_SLOT)

    def clause(query: Query, made: Any) -> None:
        run([query, made, *rest])

    return clause


def _call(run: Run, compiler: ClauseCompiler, count: int) -> Clause:
    rest = [None] * (compiler.size - FIRST_SLOT - count)

    def clause(query: Query, arguments: list[Value]) -> Value:
        frame = [query, UNDEFINED, *arguments, *rest]
        run(frame)
        return frame[MADE]

    return clause


def _counted(clause: Clause) -> Callable[[Query, list[Value]], Value]:
    def invoke(query: Query, arguments: list[Value]) -> Value:
        query.spend(1)
        return clause(query, arguments)

    return invoke


def _kept(node: Node, head: Code, term: Term) -> Run:
    """Keeps the value of a complete rule or function; others from the same body must be equal."""
    enough = constant_value(term) is not UNDEFINED
    message = f"rule {node.name} produced conflicting values"
    if node.kind == "function":
        message = f"function {node.name} produced conflicting values for the same inputs"

    def final(frame: Frame) -> bool:
        value = head(frame)
        if value is UNDEFINED:
            return False
        earlier = frame[MADE]
        if earlier is UNDEFINED:
            frame[MADE] = value
        elif not equal(earlier, value):
            raise node.conflict(message)
        return enough

    return final


def _member(head: Code) -> Run:
    def final(frame: Frame) -> None:
        value = head(frame)
        if value is not UNDEFINED:
            made = frame[MADE]
            made.append(value)
            if len(made) > ITEMS:
                _condense(made)

    return final


def _condense(made: list[Value]) -> None:
    """Takes repeated members out of what rules put into a set."""
    made[:] = map(value_of, dict.fromkeys(map(key_of, made)))
    if len(made) > ITEMS // 2:
        raise too_many(ITEMS)


def _added(node: Node, heads: Sequence[Code]) -> Run:
    member, *tail = heads

    def final(frame: Frame) -> None:
        value, path = member(frame), [code(frame) for code in tail]
        if value is not UNDEFINED and not any(key is UNDEFINED for key in path):
            add(node, frame[MADE], [key_of(key) for key in path], key_of(value))

    return final


def _put(node: Node, heads: Sequence[Code]) -> Run:
    head, *tail = heads

    def final(frame: Frame) -> None:
        value, path = head(frame), [code(frame) for code in tail]
        if value is not UNDEFINED and not any(key is UNDEFINED for key in path):
            put(node, frame[MADE], [key_of(key) for key in path], value)

    return final
