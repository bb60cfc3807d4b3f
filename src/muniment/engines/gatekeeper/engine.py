"""Judges resources by constraints: the engine of the language `gatekeeper`."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.gatekeeper.answer import Answer, Finding, implied, together
from muniment.engines.gatekeeper.errors import MutationError, ReviewError
from muniment.engines.gatekeeper.evaluation import ConstraintSet, Options
from muniment.engines.gatekeeper.expansion import Expander
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.manifests import name_of
from muniment.engines.gatekeeper.match import GENERATED
from muniment.engines.gatekeeper.native_validation import native_environment
from muniment.engines.gatekeeper.reader import LANGUAGE
from muniment.engines.gatekeeper.review import Review, of_object
from muniment.languages.unknown import Unknown
from muniment.model.document import Location
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import Violation
from muniment.model.status import Status

_OPTIONS: Final = Options(compare=True)
_IDENTITY: Final = frozenset({"apiVersion", "kind", "name", "namespace"})
"""Members that say which object it is: what is wrong is elsewhere."""
_CONTAINER: Final = re.compile(r"container", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_.]*")


class GatekeeperEngine:
    """Compiles constraints; those of one run share what they look at."""

    language = LANGUAGE

    def __init__(self, *, trusted: bool = False) -> None:
        """A policy out of an index is compiled like any other: its code is needed anyway."""
        del trusted
        self._environment = native_environment()
        self._situations = Situations()
        self._expanders: dict[str, Expander] = {}

    def compile(self, policy: Policy) -> "GatekeeperProgram":
        """Raises PolicyError, with the file, if the template's code does not compile."""
        source = json.loads(policy.source)
        known = ConstraintSet(_OPTIONS, self._environment)
        known.add_template(source["template"])
        known.add_constraint(source["constraint"])
        return GatekeeperProgram(policy, known, self._expander(source), self._situations)

    def _expander(self, source: Mapping[str, Any]) -> Expander:
        """The expander of a library: all of its policies bring the same one along."""
        key = json.dumps([source["expansions"], source["mutators"]])
        if key not in self._expanders:
            self._expanders[key] = Expander(source["expansions"], source["mutators"])
        return self._expanders[key]


class Situations:
    """What all policies share that judge one resource after the other: the inventory, the reviews, the children."""

    __slots__ = ("_children", "_graph", "_resource", "inventory", "review", "space")

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._resource: Resource | None = None
        self._children: dict[Expander, list[tuple[Review, str]]] = {}
        self.inventory = Inventory()
        self.review: Review = of_object({"apiVersion": "v1", "kind": "List"})
        self.space: Mapping[str, Any] | None = None

    def look_at(self, resource: Resource, graph: Graph) -> None:
        """Turns to a resource; nothing is done where the last policy was there already."""
        if graph is not self._graph:
            self._graph, self._resource, self.inventory = graph, None, _inventory(graph)
        if resource is not self._resource:
            namespace = resource.meta.get("namespace", "")
            self._resource, self._children = resource, {}
            self.space = self.inventory.namespaces.get(namespace) if isinstance(namespace, str) else None
            self.review = of_object(resource.attributes, namespace=namespace, namespace_object=self.space)

    def children(self, expander: Expander) -> list[tuple[Review, str]]:
        """(review, expansion) of everything that the resource expands to. Raises ReviewError, MutationError."""
        if expander not in self._children:
            self._children[expander] = [
                (
                    of_object(
                        child.value,
                        namespace=self.review.namespace,
                        namespace_object=self.space,
                        source=GENERATED,
                    ),
                    child.template,
                )
                for child in expander.expanded(self.review.subject, self.space)
            ]
        return self._children[expander]


def _inventory(graph: Graph) -> Inventory:
    made = Inventory(graph.open)
    for resource in graph.resources:
        if resource.format == "kubernetes":
            namespace = resource.meta.get("namespace", "")
            made.add(resource.attributes, namespace="" if isinstance(namespace, Unknown) else namespace)
    return made


class GatekeeperProgram:
    """One constraint, ready to judge."""

    __slots__ = ("_expander", "_set", "_situations", "policy")

    def __init__(self, policy: Policy, known: ConstraintSet, expander: Expander, situations: Situations) -> None:
        self.policy = policy
        self._set = known
        self._expander = expander
        self._situations = situations

    def judge(self, resource: Resource, graph: Graph) -> Sequence[Outcome]:
        """The outcome of the constraint for a resource and what it expands to; nothing where it looks at neither."""
        situation = self._situations
        situation.look_at(resource, graph)
        self._set.inventory = situation.inventory
        answers = [judged.answer for judged in self._set.review(situation.review)]
        try:
            for review, template in situation.children(self._expander):
                answers += [implied(judged.answer, template) for judged in self._set.review(review)]
        except (MutationError, ReviewError) as error:
            answers.append(Answer(errors=(f"cannot be expanded: {error}",)))
        return [self._outcome(together(answers), resource)] if answers else []

    def _outcome(self, answer: Answer, resource: Resource) -> Outcome:
        violations = tuple(self._violation(finding, resource) for finding in answer.findings)
        if violations:
            status = Status.FAIL
        elif answer.errors:
            status = Status.ERROR
        else:
            status = Status.UNKNOWN if answer.unknown else Status.PASS
        return Outcome("violation", (), status, violations, answer.unknown, "; ".join(answer.errors))

    def _violation(self, finding: Finding, resource: Resource) -> Violation:
        place = (
            _named_in(finding.message, resource) or self._last_read(finding.assertion, resource) or resource.location
        )
        return Violation(finding.assertion or "violation", finding.message, place, (("message", finding.message),))

    def _last_read(self, assertion: str, resource: Resource) -> Location | None:
        """The place of what an expression read last; of what should hold it, where nothing is there."""
        places: list[Location] = []

        def observe(container: Any, key: Any, value: Any) -> None:
            place = resource.positions.locate(container, None if value is None else key)
            if place is not None and key not in _IDENTITY:
                places.append(place)

        self._set.watch(self._situations.review, assertion, observe)
        return places[-1] if places else None


def _named_in(message: str, resource: Resource) -> Location | None:
    """The place of the item of a list that the message calls by its name.

    A name that is the object's too is taken for the object's, unless the message speaks of containers.
    """
    words = [word.rstrip(".") for word in _WORD.findall(message)]
    own = "" if _CONTAINER.search(message) else name_of(resource.attributes)
    named = ((name, item) for name, item in _named_items(resource.attributes) if name in words and name != own)
    _, item = min(named, key=lambda one: words.index(one[0]), default=("", None))
    return None if item is None else resource.positions.locate(item)


def _named_items(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict):
            stack.extend(member for member in current.values() if isinstance(member, dict | list))
        else:
            for item in current:
                if isinstance(item, dict | list):
                    stack.append(item)
                if isinstance(item, dict) and isinstance(item.get("name"), str):
                    yield item["name"], item
