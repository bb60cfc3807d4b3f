"""What compiled code is, and what macros may ask of the compiler."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, Protocol

from muniment.languages.cel.ast import Node
from muniment.languages.cel.errors import CelError

Frame = list[Any]
"""What may still be spent, the observer, what may still be built, and the values that macros bind, by slot."""
FIRST_SLOT: Final = 3
Scope = Mapping[str, Any]
Code = Callable[[Scope, Frame], Any]
Observe = Callable[[Any, Any, Any], None]


class Toll(NamedTuple):
    """What a comprehension costs besides its bodies."""

    each: int = 1
    """For each element that is visited."""
    kept: int = 0
    """For each element that passes the test or is made into something."""
    again: int = 0
    """For stopping before the last element."""
    end: int = 0


class Compiling(Protocol):
    """The compiler, as a macro sees it."""

    null_safe: bool
    observed: bool
    """Whether reads are told to the observer."""
    priced: bool
    """Whether the budget counts what Kubernetes counts."""

    def code(self, node: Node) -> Code:
        """The closure of a node."""

    def bind(self, *names: str) -> tuple[int, ...]:
        """New slots for names, until `release`."""

    def release(self, count: int) -> None:
        """The last bound names are out of reach again."""

    def slot(self, name: str) -> int | None:
        """The slot of a bound name."""

    def toll(self, kind: str) -> Toll:
        """What a comprehension costs besides its bodies."""

    def error(self, node: Node, message: str) -> CelError:
        """The error at a node."""
