"""What Rego v1 and the strict mode refuse in modules that would otherwise work."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from muniment.languages.rego.ast import Call, Equation, Every, Expression, Module, Ref, Rule, Some, SomeIn, Term, Var
from muniment.languages.rego.definitions import Definition, Faults
from muniment.languages.rego.names import ROOTS, Report
from muniment.languages.rego.signatures import Builtins
from muniment.languages.rego.variables import bodies, children, direct_terms, inner_names, refs_of


def check_modules(
    modules: Sequence[Module], definitions: Sequence[Definition], builtins: Builtins, faults: Faults, *, strict: bool
) -> None:
    """Reports all of it."""
    for module in modules:
        report = faults.reporter(module)
        if module.strict or strict:
            for rule in module.rules:
                _check_shadowing(rule, report)
        if strict:
            _check_imports(module, report)
    for definition in definitions:
        if definition.module.strict or strict:
            _check_deprecated(definition, builtins, faults.reporter(definition.module))


def _check_imports(module: Module, report: Report) -> None:
    """Imports that no rule uses."""
    used: set[str] = set()

    def called(one: Ref | Call) -> None:
        if isinstance(one, Call):
            used.update(inner_names(one.operator))

    for rule in module.rules:
        for part in _parts(rule):
            used.update(inner_names(part))
            refs_of(part, called)
    for one in module.imports:
        if one.path[0] in ROOTS and one.alias not in used:
            alias = "" if one.alias == one.path[-1] else f" as {one.alias}"
            report("rego_compile_error", f"import {'.'.join(one.path)}{alias} unused", one)


def _parts(rule: Rule) -> Iterator[Any]:
    """Everything in a rule in which names may occur."""
    branch: Rule | None = rule
    while branch is not None:
        yield from branch.reference[1:]
        yield from branch.parameters or ()
        yield branch.value
        if branch.member is not None:
            yield branch.member
        for one in branch.body:
            yield one.term
            for modifier in one.withs:
                yield from (modifier.target, modifier.value)
        branch = branch.alternative


def _check_shadowing(rule: Rule, report: Report) -> None:
    """Rules and variables called `input` or `data`."""
    if rule.name in ROOTS:
        report("rego_compile_error", f"rules must not shadow {rule.name} (use a different rule name)", rule)
    for parameter in rule.parameters or ():
        for name in surface_of(parameter):
            if name.name in ROOTS:
                report("rego_compile_error", f"args must not shadow {name.name} (use a different argument name)", name)
    branch: Rule | None = rule
    while branch is not None:
        for one in branch.body:
            _check_declared(one, report)
        branch = branch.alternative


def _check_declared(one: Expression, report: Report) -> None:
    for name in _declared(one):
        if name.name in ROOTS:
            message = f"variables must not shadow {name.name} (use a different variable name)"
            report("rego_compile_error", message, one)
    for inner in bodies(one.term):
        _check_declared(inner, report)


def _declared(one: Expression) -> Iterable[Var]:
    clause = one.term
    if isinstance(clause, Equation) and clause.declares:
        return surface_of(clause.left)
    if isinstance(clause, Some):
        return clause.names
    if isinstance(clause, SomeIn):
        return [*surface_of(clause.value), *(surface_of(clause.key) if clause.key else ())]
    if isinstance(clause, Every):
        return [name for name in (clause.key, clause.value) if name is not None]
    return ()


def surface_of(pattern: Term) -> Iterator[Var]:
    """Variables on the surface of a pattern, `input` and `data` among them."""
    if isinstance(pattern, Var):
        yield pattern
    for child in children(pattern):
        yield from surface_of(child)


def _check_deprecated(definition: Definition, builtins: Builtins, report: Report) -> None:
    branch: Definition | None = definition
    while branch is not None:
        for one in branch.body:
            _check_calls(one, builtins, report)
        for term in (branch.value, branch.member):
            if term is not None:
                _report_deprecated(sorted(_deprecated(term, builtins)), term, report)
        branch = branch.alternative


def _check_calls(one: Expression, builtins: Builtins, report: Report) -> None:
    names = {name for term in direct_terms(one.term) for name in _deprecated(term, builtins)}
    _report_deprecated(sorted(names), one, report)
    for inner in bodies(one.term):
        _check_calls(inner, builtins, report)


def _report_deprecated(names: Sequence[str], node: Any, report: Report) -> None:
    if names:
        message = f"deprecated built-in function calls in expression: {', '.join(names)}"
        report("rego_type_error", message, node)


def _deprecated(term: Term, builtins: Builtins) -> Iterator[str]:
    if isinstance(term, Call) and isinstance(term.operator, str):
        found = builtins.find(term.operator)
        if found is not None and found.deprecated:
            yield found.name
    for one in bodies(term):
        for inner in direct_terms(one.term):
            yield from _deprecated(inner, builtins)
    for child in children(term):
        yield from _deprecated(child, builtins)
