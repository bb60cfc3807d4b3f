"""The tests within modules: rules named `test_...`, each definition of which is a test of its own, as in `opa test`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from muniment.languages.rego.ast import ArrayTerm, Module, Rule, Scalar, Var
from muniment.languages.rego.definitions import Path, ground_path
from muniment.languages.rego.errors import Fault
from muniment.languages.rego.variables import inner_names, names_of_expression
from muniment.languages.source import LineIndex

_TEST: Final = "test_"
_LATER: Final = "todo_test_"


class Trial(NamedTuple):
    """A test: `path` below `data` is where its value stands."""

    module: str
    package: Path
    path: Path
    later: bool
    """Whether it is still to be written, and never run."""
    cases: Path | None = None
    """Where the names of its cases stand, all that a body comes to: for tests like `test_split[name]`."""


def trials(modules: Sequence[Module], unordered: Sequence[Fault] = ()) -> tuple[list[Module], list[Trial]]:
    """The modules with tests of one name told apart (`test_a`, `test_a#01`), and with rules for the names of cases.

    What a body comes to is what its lines before the names are bound have in common, unless the lines stand in an
    order of their own, as the faults of compiling that tell.
    """
    seen: dict[Path, int] = {}
    made: list[Module] = []
    found: list[Trial] = []
    for module in modules:
        rules: list[Rule] = []
        for rule in module.rules:
            size = _test_size(rule)
            if not size:
                rules.append(rule)
                continue
            rule = _apart(module, rule, size, seen)  # noqa: PLW2901  the same rule under the name that it is run by
            names = _case_names(rule, size, whole=_has_fault(module, rule, unordered))
            rules += (rule, names) if names else (rule,)
            path = (*module.package, *ground_path(rule.reference[:size])[0])
            named = (*module.package, names.name) if names else None
            found.append(Trial(module.name, module.package, path, _is_later(path[-1]), named))
        made.append(module._replace(rules=tuple(rules)))
    return made, found


def _test_size(rule: Rule) -> int:
    """How many parts of a rule's reference name a test; 0 where it is none."""
    names = ground_path(rule.reference)[0]
    sizes = (at for at, name in enumerate(names, 1) if name.startswith((_TEST, _LATER)))
    return next(sizes, 0) if rule.parameters is None and not rule.default else 0


def _is_later(name: str) -> bool:
    return name.startswith(_LATER)


def _apart(module: Module, rule: Rule, size: int, seen: dict[Path, int]) -> Rule:
    """A definition under a name of its own, if an earlier one has its name."""
    path = (*module.package, *ground_path(rule.reference[:size])[0])
    earlier = seen[path] = seen.get(path, -1) + 1
    if not earlier or _is_later(path[-1]):
        return rule
    name = f"{path[-1]}#{earlier:02}"
    place = rule.reference[size - 1]
    changed = Var(name, place.start, place.end) if size == 1 else Scalar(name, place.start, place.end)
    return rule._replace(reference=(*rule.reference[: size - 1], changed, *rule.reference[size:]))


def _has_fault(module: Module, rule: Rule, faults: Sequence[Fault]) -> bool:
    own = [fault.span.line for fault in faults if fault.file == module.name]
    if not own:
        return False
    lines = LineIndex(module.text)
    first, last = lines.position(rule.start)[0], lines.position(rule.end)[0]
    return any(first <= line <= last for line in own)


def _case_names(rule: Rule, size: int, *, whole: bool) -> Rule | None:
    """The rule whose members are the names of a test's cases: what the body's lines come to that bind them."""
    tail = rule.reference[size:]
    wanted = {name for term in tail for name in inner_names(term)}
    if not wanted:
        return None
    mentions = [set(names_of_expression(line)) for line in rule.body]
    firsts = [next((at for at, names in enumerate(mentions) if one in names), 0) for one in wanted]
    reference = (Var(f"{'.'.join(ground_path(rule.reference[:size])[0])}#cases", rule.start, rule.end),)
    member = ArrayTerm(tail, rule.start, rule.end)
    body = rule.body if whole else rule.body[: max(firsts) + 1]
    return rule._replace(reference=reference, member=member, body=body, alternative=None)


class Part(NamedTuple):
    """What became of one case of a test; cases may have cases of their own."""

    names: tuple[str, ...]
    passed: bool


def parts(value: Any, cases: Iterable[Sequence[str]]) -> list[Part]:
    """The cases of a test out of its value, and those that a body came to and that have none: they have failed."""
    found = {one.names: one for one in _parts(value, ())}
    for case in cases:
        for size in range(1, len(case) + 1):
            names = tuple(case[:size])
            found.setdefault(names, Part(names, passed=False))
    missing = {one.names for one in found.values() if not one.passed}
    above = {names[:size] for names in missing for size in range(1, len(names))}
    return [one._replace(passed=one.passed and one.names not in above) for _, one in sorted(found.items())]


def _parts(value: Any, names: tuple[str, ...]) -> Iterator[Part]:
    for name, member in value.items() if isinstance(value, dict) else ():
        below = list(_parts(member, (*names, name)))
        passed = all(one.passed for one in below) if isinstance(member, dict) else member is True or member is None
        yield Part((*names, name), passed)
        yield from below
