"""Compiles Checkov's policies and judges resources with them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.core.wording import show
from muniment.engines.checkov_yaml.answers import Answer, OperandError
from muniment.engines.checkov_yaml.attributes import Condition
from muniment.engines.checkov_yaml.connections import compile_connections
from muniment.engines.checkov_yaml.definition import (
    Allowed,
    Attribute,
    Connection,
    Node,
    joins,
    read_definition,
    walk,
)
from muniment.engines.checkov_yaml.kinds import type_of
from muniment.engines.checkov_yaml.net import Net
from muniment.engines.checkov_yaml.reader import EXACT, STRICT, traps
from muniment.engines.checkov_yaml.trees import Question, Subject, compile_tree
from muniment.errors import PolicyError
from muniment.languages.unknown import Unknown
from muniment.model.document import Location
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import Violation
from muniment.model.status import Status

Judgement = Callable[[Resource, Net], Answer | None]
"""The answer for one resource; None where a policy has nothing to say."""

_NAME: Final = "definition"
_WARNING: Final = "negated-wildcard"


class CheckovEngine:
    """The engine of Checkov's policies. What it made of a root serves every policy."""

    language = "checkov"

    def __init__(self, *, trusted: bool = False) -> None:  # noqa: ARG002  compiling is cheap: what was trusted is too
        self._net: Net | None = None

    def compile(self, policy: Policy) -> "CheckovProgram":
        """Raises PolicyError if the source is not a policy, or its `verdicts` is no known word."""
        verdicts = policy.params.get("verdicts", EXACT)
        if verdicts not in {EXACT, STRICT}:
            raise PolicyError(f"{policy.id}: verdicts is {verdicts!r}; it can be {EXACT} or {STRICT}", code="params")
        source = json.loads(policy.source)
        problems: list[str] = []
        node = read_definition(
            source["definition"], source["providers"], lambda message, _container, _key: problems.append(message)
        )
        if node is None:
            raise PolicyError(f"{policy.file}: {'; '.join(problems)}", code="definition")
        return CheckovProgram(policy, node, source["name"], self.net, strict=verdicts == STRICT)

    def net(self, graph: Graph) -> Net:
        """The root of a graph; the last one is kept."""
        if self._net is None or self._net.graph is not graph:
            self._net = Net(graph)
        return self._net


class CheckovProgram:
    """One policy, ready to judge."""

    __slots__ = ("_aliases", "_conditions", "_connections", "_judge", "_net", "_title", "_warned", "policy")

    def __init__(self, policy: Policy, node: Node, title: str, net: Callable[[Graph], Net], *, strict: bool) -> None:
        self.policy = policy
        self._title = title
        self._net = net
        self._judge = _judgement(node, strict=strict)
        self._aliases = policy.aliases
        self._warned = bool(traps(node)) and not strict
        leaves = list(walk(node))
        self._conditions = tuple(Condition(one, strict=strict) for one in leaves if isinstance(one, Attribute))
        self._connections = tuple(one for one in leaves if isinstance(one, Connection))

    def judge(self, resource: Resource, graph: Graph) -> list[Outcome]:
        """One outcome; a second one names the warning where a negated wildcard made the first a pass."""
        net = self._net(graph)
        try:
            answer = self._judge(resource, net)
            return [] if answer is None else list(self._outcomes(answer, resource, net))
        except OperandError as error:
            return [Outcome(_NAME, self._aliases, Status.ERROR, error=str(error))]

    def _outcomes(self, answer: Answer, resource: Resource, net: Net) -> Iterator[Outcome]:
        if isinstance(answer, Unknown):
            yield Outcome(_NAME, self._aliases, Status.UNKNOWN, unknown=answer.causes)
        elif not answer:
            yield Outcome(_NAME, self._aliases, Status.FAIL, violations=(self._violation(resource, net),))
        else:
            yield Outcome(_NAME, self._aliases, Status.PASS)
            if self._warned:
                yield Outcome(_WARNING, (), Status.PASS)

    def _violation(self, resource: Resource, net: Net) -> Violation:
        """What was read, and the place of the first attribute that does not hold."""
        subject = net.subject(resource)
        reads = dict(_reads(self._conditions, subject, resource.sensitive))
        reads.update(_ends(self._connections, resource, net))
        message, location = self._title, None
        for condition in self._conditions:
            if condition.types.match(subject.type) and condition.answer(subject.view) is False:
                hidden = _hidden(subject, condition.path, resource.sensitive)
                value = "(sensitive)" if hidden else show(subject.view.find(condition.path))
                message = f"{self._title}: {condition.path} is {value}"
                location = _place(resource, subject, condition.path)
                break
        return Violation(_NAME, message, location or resource.location, tuple(sorted(reads.items())))


def _judgement(node: Node, *, strict: bool) -> Judgement:
    if isinstance(node, Allowed):
        return _allowed(node)
    if not joins(node):
        return _alone(compile_tree(node, strict=strict))
    solve = compile_connections(node, strict=strict)
    solved: dict[int, tuple[Net, Mapping[int, Answer]]] = {}

    def judgement(resource: Resource, net: Net) -> Answer | None:
        if id(net) not in solved:
            solved.clear()
            solved[id(net)] = net, solve(net)
        return solved[id(net)][1].get(id(resource))

    return judgement


def _alone(question: Question) -> Judgement:
    def judgement(resource: Resource, net: Net) -> Answer | None:
        return question.ask(net.subject(resource)) if question.types.match(type_of(resource)) else None

    return judgement


def _allowed(node: Allowed) -> Judgement:
    """`exists`: no other types may be there; `not_exists`: these may not be."""

    def judgement(resource: Resource, _net: Net) -> Answer | None:
        name = type_of(resource)
        if not name:
            return None
        listed = node.types.match(name)
        return listed if node.operator == "exists" else False if listed else None

    return judgement


def _reads(conditions: Iterable[Condition], subject: Subject, sensitive: frozenset[int]) -> Iterator[tuple[str, Any]]:
    for condition in conditions:
        if condition.types.match(subject.type):
            for path, value in condition.reads(subject.view):
                hidden = _hidden(subject, path, sensitive)
                yield path, "sensitive" if hidden else _stable(value)


def _ends(connections: Iterable[Connection], resource: Resource, net: Net) -> Iterator[tuple[str, Any]]:
    """The addresses that a resource is connected to, where a policy asks for connections."""
    if any(connections):
        ends = {other.address for one, other in net.edges() if one is resource}
        ends |= {one.address for one, other in net.edges() if other is resource}
        yield "~connected", sorted(ends)


def _hidden(subject: Subject, path: str, sensitive: frozenset[int]) -> bool:
    cell = subject.view.nearest(path)
    return cell is not None and id(cell.container) in sensitive


def _place(resource: Resource, subject: Subject, path: str) -> Location | None:
    cell = subject.view.nearest(path)
    if cell is None:
        return None
    return resource.positions.locate(cell.container, cell.key) or resource.positions.locate(cell.value)


def _stable(value: Any) -> Any:
    """A value as the fingerprint keeps it: what is unknown by the sorts of its causes, no float."""
    if isinstance(value, Unknown):
        return "unknown:" + ",".join(sorted({cause.kind for cause in value.causes}))
    if isinstance(value, dict):
        return {str(key): _stable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_stable(member) for member in value]
    return str(value) if isinstance(value, float) else value
