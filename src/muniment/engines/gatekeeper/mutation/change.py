"""Walks a location through an object and changes what is there; what is missing on the way is made."""

from collections.abc import Callable
from typing import Any

from muniment.engines.gatekeeper.errors import MutationError
from muniment.engines.gatekeeper.mutation.location import Field, Item, Path, Step, shown
from muniment.engines.gatekeeper.mutation.path_tests import PathTests

Change = Callable[[dict[str, Any], str], None]
"""Changes the member of an object that the last step names."""


def cloned(value: Any) -> Any:
    """A copy of JSON data that shares nothing with it; one call a level, for data may be as deep as YAML may."""
    made: Any
    if isinstance(value, dict):
        made = {}
        for key, member in value.items():
            made[key] = cloned(member)
        return made
    if isinstance(value, list):
        made = []
        for member in value:
            made.append(cloned(member))
        return made
    return value


class Walk:
    """One location, with its tests and the change at its end.

    `item` is what stands for an item of a list where the location ends in one; None where it may not.
    """

    __slots__ = ("_change", "_item", "_path", "_tests")

    def __init__(self, path: Path, tests: PathTests, change: Change, item: dict[str, Any] | None = None) -> None:
        self._path = path
        self._tests = tests
        self._change = change
        self._item = item

    def apply(self, value: dict[str, Any]) -> bool:
        """Changes the object in place and tells whether it was touched. Raises MutationError for another shape."""
        return self._at(value, 0)

    def _at(self, current: Any, depth: int) -> bool:
        step = self._path[depth]
        if isinstance(step, Field):
            return self._field(current, step, depth)
        if not isinstance(current, list):
            raise self._misfit("a list", depth)
        return self._last_item(current, step, depth) if self._is_last(depth) else self._items(current, step, depth)

    def _field(self, current: Any, step: Field, depth: int) -> bool:
        if not isinstance(current, dict):
            raise self._misfit("an object", depth)
        if not (self._tests.may_exist if step.name in current else self._tests.may_be_missing)(depth):
            return False
        if self._is_last(depth):
            self._change(current, step.name)
            return True
        following = current[step.name] if step.name in current else self._made(step, depth)
        touched = self._at(following, depth + 1)
        if touched:
            current[step.name] = following
        return touched

    def _items(self, current: list[Any], step: Item, depth: int) -> bool:
        found = [item for item in current if step.value is None or _is_named(item, step)]
        if not self._tests.may_exist(depth) and (found or step.value is None):
            return False
        if found or step.value is None:
            return sum(self._at(item, depth + 1) for item in found) > 0
        if not self._tests.may_be_missing(depth):
            return False
        made = self._made(step, depth)
        touched = self._at(made, depth + 1)
        if touched:
            current.append(made)
        return touched

    def _last_item(self, current: list[Any], step: Item, depth: int) -> bool:
        for place, item in enumerate(current):
            if _is_named(item, step):
                if not self._tests.may_exist(depth):
                    return False
                current[place] = cloned(self._item)
                return True
        if not self._tests.may_be_missing(depth):
            return False
        current.append(cloned(self._item))
        return True

    def _made(self, step: Step, depth: int) -> Any:
        """What a missing step is made of: a list where the next step is an item, else an object with its key."""
        following = self._path[depth + 1]
        if isinstance(step, Item):
            return {step.field: step.value}
        return [] if isinstance(following, Item) else {}

    def _is_last(self, depth: int) -> bool:
        return depth == len(self._path) - 1

    def _misfit(self, wanted: str, depth: int) -> MutationError:
        return MutationError(f"{shown(self._path[:depth])} is not {wanted}, as the location {shown(self._path)} says")


def _is_named(item: Any, step: Item) -> bool:
    """Whether an item has the key's value; true is not 1."""
    value = item.get(step.field) if isinstance(item, dict) else None
    return type(value) is type(step.value) and value == step.value
