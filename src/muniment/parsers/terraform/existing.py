"""Whether a root still declares what an address names: a module call, a resource, or one instance of either."""

from collections.abc import Iterable
from typing import NamedTuple

from muniment.parsers.terraform.addresses import MODULE, Step, Steps
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.repetition import Repetition


class _Instances(NamedTuple):
    """The instances of a block; `open` is what repeats it (`count`, `for_each`) where not all of them can be told."""

    keys: frozenset[str]
    open: str | None

    def has(self, key: str) -> bool | None:
        """Whether there is one of that key; None where that cannot be told."""
        if key in self.keys:
            return True
        kind = "for_each" if key.startswith('["') else "count" if key else ""
        return None if kind == self.open else False


class Existing:
    """The blocks of a root, with their instances listed once."""

    __slots__ = ("_children", "_instances", "_top")

    def __init__(self, top: ModuleInstance) -> None:
        self._top = top
        self._instances: dict[tuple[str, str, str], _Instances | None] = {}
        self._children: dict[tuple[str, str], dict[str, ModuleInstance | None]] = {}

    def has(self, address: Steps, *, whole: bool) -> bool | None:
        """Whether a module or resource is declared, as a `whole` or that instance; None where that cannot be told."""
        here = self._top
        for step in address[:-1]:
            calls = self._of(here, step)
            found = calls is not None and calls.has(step.key)
            inner = self._called(here, step.name).get(step.key) if found else None
            if inner is None:
                return None if found else found
            here = inner
        instances = self._of(here, address[-1])
        return instances is not None and (whole or instances.has(address[-1].key))

    def _of(self, here: ModuleInstance, step: Step) -> _Instances | None:
        """The instances of what a step names in a module instance; None where nothing of it is declared."""
        place = (here.prefix, step.kind, step.name)
        if place not in self._instances:
            self._instances[place] = _found(here, step)
        return self._instances[place]

    def _called(self, here: ModuleInstance, name: str) -> dict[str, ModuleInstance | None]:
        """The module instances of a call by their keys; None for those whose module could not be read."""
        place = (here.prefix, name)
        if place not in self._children:
            self._children[place] = {one.suffix: child for one, child in here.calls(name).instances}
        return self._children[place]


def _found(here: ModuleInstance, step: Step) -> _Instances | None:
    if step.kind == MODULE:
        return _listed(one for one, _ in here.calls(step.name).instances) if step.name in here.module.calls else None
    mode, _, kind = step.kind.rpartition(".")
    mode = mode or "managed"
    if (kind, step.name) not in here.module.blocks[mode]:
        return None
    return _listed(one.repetition for one in here.block(mode, kind, step.name).members)


def _listed(repetitions: Iterable[Repetition]) -> _Instances:
    found = tuple(repetitions)
    return _Instances(frozenset(one.suffix for one in found), next((one.kind for one in found if one.unknown), None))
