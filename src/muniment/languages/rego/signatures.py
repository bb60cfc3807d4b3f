"""The port of builtin functions: what one is to the compiler and to the evaluator, and what it may ask of a query.

Types are written as texts: `null`, `boolean`, `number`, `string`, `any`, `array[T]`, `set[T]`, `object[K: V]` and
alternatives `T|U`; `array`, `set` and `object` alone hold anything.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.values import UNDEFINED, Value, type_name

__all__ = ("UNDEFINED", "Builtin", "BuiltinError", "Builtins", "QueryContext", "operand_error")


class BuiltinError(Exception):
    """A builtin that cannot answer for its arguments: the call is undefined, in strict mode an error of the query.

    `code` is `eval_builtin_error`, or `eval_type_error` where an operand has the wrong type or form. `halt` ends the
    query in any mode. The message has neither the builtin's name nor its place: the evaluator adds both.
    """

    def __init__(self, message: str, *, code: str = "eval_builtin_error", halt: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.halt = halt


def operand_error(position: int, wanted: str, got: Value) -> BuiltinError:
    """The error of an operand (counted from 1) that is not what the builtin wants, in OPA's words."""
    message = f"operand {position} must be {wanted} but got {type_name(got)}"
    return BuiltinError(message, code="eval_type_error")


class QueryContext:
    """What one query gives its builtins: the time, a seed, a cache that ends with the query, and its budget."""

    __slots__ = (
        "cache",
        "cancelled",
        "item_limit",
        "notes",
        "now_ns",
        "patterns",
        "runtime",
        "seed",
        "strict",
        "string_limit",
    )

    def __init__(
        self,
        *,
        now_ns: int = 0,
        seed: int = 0,
        strict: bool = False,
        runtime: Mapping[str, Value] = MappingProxyType({}),
        cancelled: Callable[[], bool] | None = None,
        string_limit: int = 10 * 1024 * 1024,
        item_limit: int = 1_000_000,
        patterns: dict[Any, Any] | None = None,
    ) -> None:
        self.now_ns = now_ns
        """The time of the whole query, nanoseconds since 1970."""
        self.seed = seed
        self.strict = strict
        self.runtime = runtime
        """What `opa.runtime` answers."""
        self.cancelled = cancelled
        """Asked by builtins that may work long."""
        self.string_limit = string_limit
        self.item_limit = item_limit
        self.cache: dict[Any, Any] = {}
        """Answers of nondeterministic builtins ...; keys begin with the builtin's name."""
        self.patterns: dict[Any, Any] = {} if patterns is None else patterns
        """Compiled patterns, which the policy keeps for its next queries; keys begin with their language."""
        self.notes: list[str] = []
        """What `trace` said."""

    def allow_items(self, count: int) -> None:
        """Refuses a collection that is larger than the budget; to be asked before it is built."""
        if count > self.item_limit:
            raise RegoEvaluationError("limit-exceeded", f"a collection of over {self.item_limit} items")

    def allow_string(self, length: int) -> None:
        """Refuses a string that is larger than the budget; to be asked before it is built."""
        if length > self.string_limit:
            raise RegoEvaluationError("limit-exceeded", f"a string of over {self.string_limit} characters")

    def check_cancelled(self) -> None:
        """Ends the query if somebody wants that."""
        if self.cancelled is not None and self.cancelled():
            raise RegoEvaluationError("eval_cancel_error", "caller cancelled query execution")


class Builtin(NamedTuple):
    """A builtin function.

    `function` gets the values of its arguments, all defined, with `context` a `QueryContext` before them; it returns a
    value, or `UNDEFINED`, or raises BuiltinError. A `relation` returns an iterable of values instead, each of them one
    solution.
    """

    name: str
    parameters: tuple[str, ...]
    """Types of the arguments."""
    result: str
    """Type of the value; of one solution for a relation."""
    function: Callable[..., Any]
    relation: bool = False
    context: bool = False
    nondeterministic: bool = False
    """It may answer otherwise in the next query: never evaluated while compiling."""
    deprecated: bool = False
    """Refused in v1 modules."""
    variadic: bool = False
    """The last parameter may be repeated or left out."""


class Builtins(Protocol):
    """A set of builtins by name; what it does not find is no builtin, and calls of it do not compile."""

    def find(self, name: str) -> Builtin | None:
        """The builtin of that name."""
