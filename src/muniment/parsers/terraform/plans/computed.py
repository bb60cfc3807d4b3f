"""Tells what providers compute from `dynamic` blocks over a collection that is not known.

Both are known after apply in a plan, and its configuration writes neither: `dynamic` leaves nothing there. But what a
provider computes is unknown in every resource that is created without it, and what only a block can set is nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from muniment.parsers.terraform.addresses import without_keys
from muniment.parsers.terraform.plans.configuration import Configuration, Written, below
from muniment.parsers.terraform.plans.content import Entry

_CHANGED: Final = ["update"]
_NOTHING: Final[tuple[Any, ...]] = (None, [])


class Computed:
    """Compares the entries of one plan, type by type."""

    __slots__ = ("_configuration", "_created", "_known")

    def __init__(self, entries: Iterable[Entry], configuration: Configuration) -> None:
        self._configuration = configuration
        self._created: dict[str, list[Entry]] = {}
        self._known: dict[tuple[str, str], bool] = {}
        for one in entries:
            if "create" in one.change.get("actions", ()):
                self._created.setdefault(one.kind, []).append(one)

    def may_be(self, one: Entry, path: str) -> bool:
        """Whether what is unknown at a dotted path, and written nowhere, may be the provider's own.

        In a resource that is kept it is not: what a provider has computed stays unless something changes it.
        """
        if one.change.get("actions") == _CHANGED:
            return False
        key = (one.kind, path)
        if key not in self._known:
            steps = path.split(".")
            self._known[key] = any(self._tells(other, steps) for other in self._created.get(one.kind, ()))
        return not self._known[key]

    def _tells(self, one: Entry, steps: Sequence[str]) -> bool:
        """Whether a created resource is known to have nothing at a path where nobody wrote anything."""
        block = self._configuration.blocks.get(without_keys(one.block))
        written: Written = None if block is None else (block.expressions,)
        objects: list[Mapping[str, Any]] = [one.after]
        for step in steps[:-1]:
            written = below(written, step)[1]
            objects = [inner for outer in objects for inner in _objects(outer.get(step))]
        last = steps[-1]
        return not below(written, last)[0] and any(last in inner and inner[last] in _NOTHING for inner in objects)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
