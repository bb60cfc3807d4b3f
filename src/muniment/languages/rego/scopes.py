"""Scopes: which variable a name means in a body, and which names of it are used."""

from collections.abc import Iterable


class Scope:
    """Names that one body declares, within those of the bodies around it."""

    __slots__ = ("declared", "later", "outer", "parameters", "seen", "used")

    def __init__(self, outer: "Scope | None", later: Iterable[str] = (), *, parameters: bool = False) -> None:
        self.outer = outer
        self.parameters = parameters
        self.declared: dict[str, str] = {}
        self.later = frozenset(later)
        """What some line of the body will declare."""
        self.seen: set[str] = set()
        """Of these, what was used before."""
        self.used: set[str] = set()

    def find(self, name: str) -> str | None:
        """The variable that a name means here; None if no body declares it.

        Before a body declares a name, bodies within it have a variable of their own by that name.
        """
        later = name in self.later
        scope: Scope | None = self
        while scope is not None:
            if name in scope.declared:
                scope.used.add(name)
                return scope.declared[name]
            later = later or name in scope.later
            scope = scope.outer
        if name in self.later:
            self.seen.add(name)
        return name if later else None

    def is_parameter(self, name: str) -> bool:
        """Whether this is the body of a function with a parameter of that name."""
        return self.outer is not None and self.outer.parameters and name in self.outer.declared
