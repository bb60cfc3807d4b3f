"""From modules to definitions: every rule with its full path and with all names resolved, and what modules do wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from muniment.languages.rego.ast import (
    ArrayTerm,
    Body,
    Equation,
    Expression,
    Import,
    Module,
    ObjectTerm,
    Ref,
    Rule,
    Scalar,
    Term,
    Var,
)
from muniment.languages.rego.errors import Fault
from muniment.languages.rego.names import Names, Report
from muniment.languages.rego.scopes import Scope
from muniment.languages.rego.signatures import Builtins
from muniment.languages.rego.variables import bodies, children, direct_terms
from muniment.languages.source import LineIndex

Path = tuple[str, ...]


class Definition(NamedTuple):
    """One rule: `path` below `data` is what no body changes of its reference, `tail` the rest of it."""

    module: Module
    rule: Rule
    path: Path
    tail: tuple[Term, ...]
    parameters: tuple[Term, ...] | None
    member: Term | None
    value: Term
    body: Body
    alternative: "Definition | None"

    @property
    def kind(self) -> str:
        """What the rule makes: see `Node`."""
        if self.parameters is not None:
            return "function"
        if self.tail:
            return "object"
        return "complete" if self.member is None else "set"


class Faults:
    """Collects what is wrong with modules."""

    __slots__ = ("_lines", "found")

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._lines: dict[int, LineIndex] = {}

    def lines(self, module: Module) -> LineIndex:
        """The lines of a module's text."""
        made = self._lines.get(id(module))
        if made is None:
            made = self._lines[id(module)] = LineIndex(module.text)
        return made

    def reporter(self, module: Module) -> Report:
        """What tells faults of one module."""

        def report(code: str, message: str, node: Any) -> None:
            fault = Fault(code, message, module.name, self.lines(module).span(node.start, node.end))
            if fault not in self.found:
                self.found.append(fault)

        return report


def ground_path(reference: Sequence[Term]) -> tuple[Path, tuple[Term, ...]]:
    """The names that a rule's reference begins with, and the terms behind them."""
    first = reference[0]
    names = [first.name if isinstance(first, Var) else ""]
    for at, part in enumerate(reference[1:], 1):
        if not (isinstance(part, Scalar) and isinstance(part.value, str)):
            return tuple(names), tuple(reference[at:])
        names.append(part.value)
    return tuple(names), ()


def define(modules: Sequence[Module], builtins: Builtins, faults: Faults, *, strict: bool = False) -> list[Definition]:
    """The definitions of all rules, in order; `strict` reports names that nothing uses."""
    names = _names_by_package(modules)
    arities = _arities(modules)
    made: list[Definition] = []
    for module in modules:
        report = faults.reporter(module)
        meanings = _meanings(module, names[module.package], report)
        for rule in module.rules:
            special = _special(module, rule, modules) if "rego.metadata." in module.text else {}
            resolver = Names(meanings, arities, builtins, report, special, inner_negation=module.inner_negation)
            made.append(_defined(module, rule, resolver))
            if strict:
                _report_unused(resolver, report)
    return made


def _report_unused(resolver: Names, report: Report) -> None:
    for how, scope, name in resolver.declarations:
        if name.name not in scope.used:
            message = f"{how} var {name.name} unused"
            if how == "argument":
                message = f"unused argument {name.name}. (hint: use _ (wildcard variable) instead)"
            report("rego_compile_error", message, name)


def _names_by_package(modules: Iterable[Module]) -> dict[Path, set[str]]:
    names: dict[Path, set[str]] = {}
    for module in modules:
        names.setdefault(module.package, set()).update(rule.name for rule in module.rules)
    return names


def _arities(modules: Iterable[Module]) -> dict[Path, int]:
    """Functions by path, with the number of their arguments."""
    found: dict[Path, int] = {}
    for module in modules:
        for rule in module.rules:
            if rule.parameters is not None:
                found.setdefault((*module.package, *ground_path(rule.reference)[0]), len(rule.parameters))
    return found


def _meanings(module: Module, names: Iterable[str], report: Report) -> dict[str, Path]:
    """What imports and the package's rules stand for."""
    meanings: dict[str, Path] = {name: ("data", *module.package, name) for name in names}
    seen: dict[str, Import] = {}
    for one in module.imports:
        earlier = seen.setdefault(one.alias if one.path[0] in {"data", "input"} else ".".join(one.path), one)
        if earlier is not one and module.strict:
            report("rego_compile_error", f"import must not shadow import {'.'.join(earlier.path)}", one)
        if one.path[0] in {"data", "input"} and (len(one.path) > 1 or one.alias != one.path[0]):
            meanings[one.alias] = one.path
            if module.strict and one.alias in {"data", "input"}:
                report("rego_compile_error", f"imports must not shadow {one.alias} (use a different alias)", one)
    return meanings


def _defined(module: Module, rule: Rule, resolver: Names) -> Definition:
    parameters, scope, extra = _parameters(rule, resolver)
    return _branch(module, rule, resolver, parameters, scope, extra)


def _parameters(rule: Rule, resolver: Names) -> tuple[tuple[Term, ...] | None, Scope | None, Body]:
    """The parameters with the scope of their variables; terms that are no patterns become equations of the body."""
    if rule.parameters is None:
        return None, None, ()
    scope = Scope(None, parameters=True)
    extra: list[Expression] = []
    made: list[Term] = []

    def declared(name: Var) -> Term:
        if not name.generated and name.name in scope.declared:
            return name._replace(name=scope.declared[name.name])
        return resolver.declare(scope, name, "argument")

    for parameter in rule.parameters:
        if isinstance(parameter, Var | Scalar | ArrayTerm | ObjectTerm) and _is_pattern(parameter):
            made.append(resolver.pattern(parameter, scope, declared))
            continue
        variable = Var(resolver.fresh(), parameter.start, parameter.end)
        made.append(variable)
        equation = Equation(variable, parameter, False, parameter.start, parameter.end)
        extra.append(Expression(equation, start=parameter.start, end=parameter.end))
    return tuple(made), scope, tuple(extra)


def _is_pattern(term: Term) -> bool:
    if isinstance(term, ArrayTerm):
        return all(map(_is_pattern, term.items))
    if isinstance(term, ObjectTerm):
        return all(_is_pattern(part) for pair in term.pairs for part in pair)
    return isinstance(term, Var | Scalar)


def _branch(
    module: Module,
    rule: Rule,
    resolver: Names,
    parameters: tuple[Term, ...] | None,
    outer: Scope | None,
    extra: Body,
) -> Definition:
    body, scope = resolver.body((*extra, *rule.body), outer)
    reference = (rule.reference[0], *resolver.terms(rule.reference[1:], scope))
    path, tail = ground_path(reference)
    member = resolver.term(rule.member, scope) if rule.member is not None else None
    value = resolver.term(rule.value, scope)
    alternative = None
    if rule.alternative is not None:
        alternative = _branch(module, rule.alternative, resolver, parameters, outer, extra)
    return Definition(module, rule, (*module.package, *path), tail, parameters, member, value, body, alternative)


# What `rego.metadata` answers


def _special(module: Module, rule: Rule, modules: Sequence[Module]) -> Mapping[str, Any]:
    own = [one for one in rule.annotations if one.get("scope") == "rule"]
    return {
        "rego.metadata.rule": dict(own[-1]) if own else {},
        "rego.metadata.chain": list(_chain(module, rule, modules, own)),
    }


def _chain(module: Module, rule: Rule, modules: Sequence[Module], own: Sequence[Any]) -> Iterator[dict[str, Any]]:
    path = [*module.package, *ground_path(rule.reference)[0]]
    yield {"path": path, **({"annotations": dict(own[-1])} if own else {})}
    for one in _documents(rule, modules, module.package):
        yield {"path": path, "annotations": dict(one)}
    for other in modules:
        if other.package == module.package:
            yield from _entries(other, "package")
    for length in range(len(module.package), 0, -1):
        for other in modules:
            if other.package == module.package[:length]:
                yield from _entries(other, "subpackages")


def _documents(rule: Rule, modules: Sequence[Module], package: Path) -> Iterator[Mapping[str, Any]]:
    for module in modules:
        for other in module.rules if module.package == package else ():
            if other.reference[0].name == rule.name and ground_path(other.reference) == ground_path(rule.reference):  # type: ignore[union-attr]
                yield from (one for one in other.annotations if one.get("scope") == "document")


def _entries(module: Module, scope: str) -> Iterator[dict[str, Any]]:
    for one in module.annotations:
        if one.get("scope") == scope:
            yield {"path": list(module.package), "annotations": dict(one)}


def replaced_functions(definitions: Iterable[Definition]) -> frozenset[Any]:
    """Names and paths that some `with` may replace."""
    found: set[Any] = set()
    for definition in definitions:
        branch: Definition | None = definition
        while branch is not None:
            for term in (branch.value, branch.member, *branch.tail):
                if term is not None:
                    found.update(_targets_in_term(term))
            for one in branch.body:
                found.update(targets(one))
            branch = branch.alternative
    return frozenset(found)


def _targets_in_term(term: Term) -> Iterator[Any]:
    for one in bodies(term):
        yield from targets(one)
    for child in children(term):
        yield from _targets_in_term(child)


def targets(one: Expression) -> Iterator[Any]:
    """What the `with` of a line replace, at any depth: names of builtins and paths below `data`."""
    for modifier in one.withs:
        if isinstance(modifier.target, Var):
            yield modifier.target.name
        elif isinstance(modifier.target, Ref):
            yield tuple(part.value for part in modifier.target.path if isinstance(part, Scalar))
    for inner in bodies(one.term):
        yield from targets(inner)
    for term in direct_terms(one.term):
        yield from _targets_in_term(term)
