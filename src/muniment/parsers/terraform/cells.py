"""Values that are computed once, when first asked for, with the edges of the graph that they rest on."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.hcl.errors import HclError

Edge = tuple[str, str]
"""(address of the resource that is referred to, attribute that is read or an empty text)."""

_EMPTY: Final[dict[Edge, None]] = {}


class Tracker:
    """Collects the edges of whatever is being evaluated, and knows what that is, to name the members of a cycle."""

    __slots__ = ("current", "open")

    def __init__(self) -> None:
        self.current: dict[Edge, None] = {}
        self.open: list[str] = []

    def edge(self, address: str, attribute: str) -> None:
        """Notes that the value being evaluated refers to a resource."""
        self.current[address, attribute] = None


class Cell:
    """One value: evaluated on the first read, then kept with its edges; an error is kept and raised again."""

    __slots__ = ("_compute", "_edges", "_error", "_name", "_state", "_value")

    def __init__(self, name: str, compute: Callable[[], Any]) -> None:
        self._name = name
        self._compute = compute
        self._state = 0
        self._value: Any = None
        self._error: HclError | None = None
        self._edges: dict[Edge, None] = _EMPTY

    def read(self, tracker: Tracker) -> Any:
        """The value; its edges are passed on to what reads it. Raises HclError, also for a cycle."""
        if self._state == 1:
            members = tracker.open[tracker.open.index(self._name) :] if self._name in tracker.open else [self._name]
            raise HclError(f"cycle: {', '.join(members)}", code="cycle", static=True)
        if self._state == 0:
            self._evaluate(tracker)
        if self._edges:
            tracker.current.update(self._edges)
        if self._error is not None:
            found = self._error.diagnostic
            raise HclError(found.message, code=found.code, hint=found.hint, static=self._error.static)
        return self._value

    def apart(self, tracker: Tracker) -> Any:
        """The value for a reader that does not depend on what it rests on. Raises HclError as `read` does."""
        outer, tracker.current = tracker.current, {}
        try:
            return self.read(tracker)
        finally:
            tracker.current = outer

    def edges(self, tracker: Tracker) -> dict[Edge, None]:
        """The edges of the value, evaluated if need be."""
        if self._state == 0:
            self._evaluate(tracker)
        return self._edges

    def _evaluate(self, tracker: Tracker) -> None:
        outer = tracker.current
        tracker.current = {}
        tracker.open.append(self._name)
        self._state = 1
        try:
            self._value = self._compute()
        except HclError as error:
            self._error = error
        finally:
            self._edges = tracker.current or _EMPTY
            self._state = 2
            tracker.open.pop()
            tracker.current = outer
