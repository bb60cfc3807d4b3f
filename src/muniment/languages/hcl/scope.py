"""What an expression's names mean: the port that the caller implements, and a scope of plain values."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from muniment.languages.hcl.access import follow
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.nodes import Step


class Scope(Protocol):
    """Resolves names, and lends functions what they need of the outside."""

    @property
    def context(self) -> CallContext:
        """What functions may use."""
        ...

    def traverse(self, root: str, steps: tuple[Step, ...]) -> Any:
        """The value of `root` behind `steps`: attribute names and `Key`s whose values are known.

        It may answer for any number of leading steps and hand the rest to `access.follow`. Raises HclError, a
        static one for a name that does not exist.
        """
        ...


class Names:
    """A scope in which each name has a value."""

    __slots__ = ("context", "values")

    def __init__(self, values: Mapping[str, Any], context: CallContext = CallContext()) -> None:  # noqa: B008  an immutable tuple
        self.values = values
        self.context = context

    def traverse(self, root: str, steps: tuple[Step, ...]) -> Any:
        """The value of `root` behind `steps`."""
        if root not in self.values:
            raise HclError(f'there is no "{root}"', code="undeclared-name", static=True)
        return follow(self.values[root], steps)


Frame = list[Any]
"""The values that `for` expressions and splats have bound, by slot."""
Code = Callable[[Scope, Frame], Any]
"""A compiled node."""
