"""All mutators together: no two may see the same place differently, and their rounds must come to rest."""

from collections.abc import Iterable, Mapping
from itertools import combinations, zip_longest
from typing import Any

from muniment.engines.gatekeeper.errors import MutationError
from muniment.engines.gatekeeper.manifests import kind_of, name_of, namespace_of
from muniment.engines.gatekeeper.match import NamespaceMissingError, Subject
from muniment.engines.gatekeeper.mutation.change import cloned
from muniment.engines.gatekeeper.mutation.location import Item, Path, shown
from muniment.engines.gatekeeper.mutation.mutators import Mutator, read_mutator
from muniment.errors import PolicyError
from muniment.languages.unknown import Unknown


class Mutations:
    """The mutators of a run, in their order."""

    __slots__ = ("_mutators",)

    def __init__(self, values: Iterable[Mapping[str, Any]]) -> None:
        """Raises PolicyError for a mutator that is wrong, and for two that contradict each other."""
        self._mutators = sorted((read_mutator(value) for value in values), key=lambda mutator: mutator.id)
        for one, other in combinations(self._mutators, 2):
            if one.kinds & other.kinds and contradict(one, other):
                raise PolicyError(
                    f"{' '.join(filter(None, one.id))} and {' '.join(filter(None, other.id))} contradict each other:"
                    f" {shown(one.path)} and {shown(other.path)}",
                    code="conflict",
                )

    def mutated(
        self,
        value: dict[str, Any],
        *,
        namespace: str | Unknown | None = None,
        namespace_object: Mapping[str, Any] | None = None,
        source: str,
    ) -> dict[str, Any]:
        """The object after all rounds; the same one if nobody changes it. Raises MutationError."""
        space = namespace_of(value) if namespace is None else namespace
        current = value
        for _ in range(len(self._mutators) + 1):
            before, current = current, cloned(current)
            touched = [one for one in self._mutators if self._apply(one, current, space, namespace_object, source)]
            if not touched or before == current:
                return before
        raise MutationError(f"the mutation of {kind_of(value).kind} {name_of(value)} does not come to rest")

    def _apply(
        self,
        mutator: Mutator,
        current: dict[str, Any],
        namespace: str | Unknown,
        namespace_object: Mapping[str, Any] | None,
        source: str,
    ) -> bool:
        try:
            concerned = mutator.concerns(Subject(current, namespace, namespace_object, source))
            return concerned and mutator.mutate(current)
        except (MutationError, NamespaceMissingError) as error:
            missing = isinstance(error, NamespaceMissingError)
            told = f"the Namespace {error} is not given" if missing else str(error)
            raise MutationError(f"{mutator.id[0]} {mutator.id[2]} on {name_of(current)}: {told}") from error


def contradict(one: Mutator, other: Mutator) -> bool:
    """Whether two mutators take one place for different things, or one goes on where the other must end."""
    for depth, (a, b) in enumerate(zip_longest(one.path, other.path)):
        if a is None or b is None:
            return False
        if a.key != b.key:
            # Two items of one list that are told apart by different members.
            return isinstance(a, Item) and isinstance(b, Item)
        kinds = {_taken_for(one, depth), _taken_for(other, depth)}
        if len(kinds - {"unknown"}) > 1 or _goes_past(one, other.path, depth) or _goes_past(other, one.path, depth):
            return True
        if len(kinds) > 1:
            return False
    return False


def _taken_for(mutator: Mutator, depth: int) -> str:
    """What the path says of the value at a step, which the next step tells."""
    if depth + 1 == len(mutator.path):
        return mutator.ending
    return "list" if isinstance(mutator.path[depth + 1], Item) else "object"


def _goes_past(mutator: Mutator, other: Path, depth: int) -> bool:
    return mutator.last and depth + 1 == len(mutator.path) and len(other) > len(mutator.path)
