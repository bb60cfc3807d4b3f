"""What a function is to the compiler."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Function(NamedTuple):
    """A function by name; `call` gets evaluated arguments and raises CelEvaluationError."""

    name: str
    call: Callable[..., Any]
    receiver: bool = False
    """It may be called as `x.name()` too."""
    scoped: bool = False
    """It gets the scope as its first argument."""
    unknowns: bool = False
    """It gets unknown arguments; else any of them makes the result unknown."""
    least: int = 0
    most: int | None = None
    signature: str = ""
    """Its overloads, as `string, int -> bool; .list<A> -> A`; without them it takes and gives anything."""
    whole: bool = False
    """It reads all of a collection: open collections and unknown members make the result unknown too."""
