"""A module call with the module instances that it makes, and what the caller reads of them."""

from typing import Any, Generic, Protocol, TypeVar

from muniment.languages.hcl.access import follow
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Key, Step
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.terraform.declarations import Declared, Module
from muniment.parsers.terraform.repetition import Repetition


class Called(Protocol):
    """What a caller sees of a module instance."""

    @property
    def module(self) -> Module:
        """The declarations."""

    def output(self, name: str) -> Any:
        """An output's value. Raises HclError."""


Child = TypeVar("Child", bound=Called)


class Calls(Generic[Child]):
    """The instances of one call; each is None where its module could not be read, with the `problem` that tells why."""

    __slots__ = ("address", "declared", "instances", "name", "problem")

    def __init__(
        self,
        name: str,
        address: str,
        declared: Declared,
        instances: tuple[tuple[Repetition, Child | None], ...],
        problem: tuple[Cause, ...] = (),
    ) -> None:
        self.name = name
        self.address = address
        self.declared = declared
        self.instances = instances
        self.problem = problem

    def at(self, steps: tuple[Step, ...]) -> Any:
        """`module.name...`: an output, or all of them. Raises HclError."""
        if self.problem:
            return Unknown(self.problem)
        repetition, first = self.instances[0] if self.instances else (None, None)
        if repetition is not None and not repetition.kind and not repetition.unknown:
            return _of(first, steps)
        doubt = next((one.unknown for one, _ in self.instances if one.unknown), ())
        if steps and isinstance(steps[0], Key):
            return self._keyed(steps[0], steps[1:], doubt)
        if doubt:
            return Unknown(self._causes(doubt))
        wholes = {one.key: _of(child, ()) for one, child in self.instances}
        if "for_each" in self.declared.block.body.attributes:
            return follow({str(key): value for key, value in wholes.items()}, steps)
        return follow(tuple(wholes.values()), steps)

    def _keyed(self, key: Key, rest: tuple[Step, ...], doubt: tuple[Cause, ...]) -> Any:
        for repetition, child in self.instances:
            if repetition.key == key.value and not repetition.unknown:
                return _of(child, rest)
        if doubt:
            return Unknown(self._causes(doubt))
        raise HclError(f"there is no instance {key.value!r} of {self.address}")

    def _causes(self, doubt: tuple[Cause, ...]) -> tuple[Cause, ...]:
        return (Cause("module", self.address, self.declared.start), *doubt)


def _of(child: Called | None, steps: tuple[Step, ...]) -> Any:
    """An output of one instance, or all of them as an object."""
    if child is None:
        return Unknown()
    if steps and isinstance(steps[0], str):
        return follow(child.output(steps[0]), steps[1:])
    return follow({name: child.output(name) for name in child.module.outputs}, steps)
