"""The state of one evaluation: input, data, what is already known, what `with` replaces, what may still be spent."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.signatures import QueryContext
from muniment.languages.rego.values import UNDEFINED, Value

Path = tuple[Any, ...]
_CHUNK: Final = 1024
"""Steps between two looks at the clock and at the wish to cancel."""
NOTHING: Final[Mapping[Any, Any]] = {}


class Printed(NamedTuple):
    """What one `print` said, and where it stands."""

    text: str
    file: str
    line: int


class Budget:
    """What all parts of one evaluation share; `left` counts down to the next look at the clock."""

    __slots__ = ("_cancelled", "_clock", "_deadline", "_steps", "left")

    def __init__(
        self,
        steps: int,
        clock: Callable[[], float] | None,
        deadline: float | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.left = min(_CHUNK, steps)
        self._steps = steps - self.left
        self._clock = clock
        self._deadline = deadline
        self._cancelled = cancelled

    def refill(self) -> None:
        """Looks whether the evaluation may go on. Raises RegoEvaluationError."""
        if self._cancelled is not None and self._cancelled():
            raise RegoEvaluationError("eval_cancel_error", "caller cancelled query execution")
        if self._clock is not None and self._deadline is not None and self._clock() > self._deadline:
            raise RegoEvaluationError("limit-exceeded", "the time of the evaluation is over")
        granted = min(max(_CHUNK, -self.left), self._steps)
        if self._steps <= 0:
            raise RegoEvaluationError("limit-exceeded", "the steps of the evaluation are used up")
        self._steps -= granted
        self.left += granted


class Query:
    """One evaluation under one set of replacements; `with` makes another from it."""

    __slots__ = ("budget", "cache", "context", "data", "input", "masks", "mocks", "prints", "watch")

    def __init__(
        self,
        input_value: Value,
        data: Value,
        context: QueryContext,
        budget: Budget,
        prints: list[Printed] | None,
        watch: Any = None,
    ) -> None:
        self.input = input_value
        self.data = data
        self.context = context
        self.budget = budget
        self.prints = prints
        """Where `print` goes; None when nobody listens."""
        self.watch = watch
        self.cache: dict[Any, Value] = {}
        """Values of documents."""
        self.masks: frozenset[Path] = frozenset()
        """Paths below `data` whose rules are replaced by what stands in `data`."""
        self.mocks: Mapping[Any, Any] = NOTHING
        """What stands for functions: by name of a builtin or path of a rule."""

    def spend(self, steps: int) -> None:
        """Pays for work."""
        budget = self.budget
        budget.left -= steps
        if budget.left < 0:
            budget.refill()

    def under(self) -> "Query":
        """The same evaluation, knowing nothing yet."""
        made = Query(self.input, self.data, self.context, self.budget, self.prints, self.watch)
        made.masks = self.masks
        made.mocks = self.mocks
        return made

    def masked(self, path: Path) -> bool:
        """Whether the rules at a path are replaced."""
        return any(path[: len(mask)] == mask for mask in self.masks)


def patched(document: Value, path: Path, value: Value) -> Value:
    """A document with a value under a path, along which it is copied and objects are made."""
    if not path:
        return value
    below = document.get(path[0], UNDEFINED) if document.__class__ is dict else UNDEFINED
    made = dict(document) if document.__class__ is dict else {}
    made[path[0]] = patched(below, path[1:], value)
    return made
