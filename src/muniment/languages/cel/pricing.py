"""What an evaluation costs in Kubernetes, where the API server refuses a policy whose expression exceeds its budget.

Facts are those of cel-go's runtime cost and of `k8s.io/apiserver/pkg/cel/library`, with constants folded as the API
server does: names and selections cost 1, lists 10, maps 30, texts a tenth of their length, `has` nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.cel.ast import Ident, Index, ListNode, Literal, MapNode, Node, Select
from muniment.languages.cel.calls import weighed
from muniment.languages.cel.code import Code, Frame, Toll
from muniment.languages.cel.errors import CelEvaluationError, exhausted
from muniment.languages.unknown import PartialString

LIST, MAP, OBJECT = 10, 30, 40
_CHECK: Final = 350_000
Price = Callable[[Sequence[Any], Any], int]
"""The cost of a call from its arguments and its result; what failed counts as None."""


STEPS: Final = Toll()
"""Where only the elements that are visited count."""
_TOLLS: Final = MappingProxyType(
    {
        "all": Toll(each=3, again=2, end=1),
        "exists": Toll(each=4, again=3, end=1),
        "exists_one": Toll(each=0, kept=2, end=2),
        "map": Toll(each=0, kept=12, end=1),
        "filter": Toll(each=0, kept=13, end=1),
        "transformMap": Toll(each=0, kept=3, end=1),
        "transformMapEntry": Toll(each=0, kept=2, end=1),
    }
)


def toll(kind: str, *, priced: bool) -> Toll:
    """The toll of a macro."""
    return _TOLLS.get(kind, STEPS) if priced else STEPS


def charge(frame: Frame, amount: int) -> None:
    """Takes an amount from the budget, which is in the first slot of a frame. Raises CelEvaluationError."""
    frame[0] -= amount
    if frame[0] < 0:
        raise exhausted()


def before(amount: int, code: Code) -> Code:
    """Charges, then evaluates."""

    def evaluate(scope: Mapping[str, Any], frame: Frame) -> Any:
        charge(frame, amount)
        return code(scope, frame)

    return evaluate


def after(amount: int, code: Code) -> Code:
    """Evaluates, then charges."""

    def evaluate(scope: Mapping[str, Any], frame: Frame) -> Any:
        value = code(scope, frame)
        charge(frame, amount)
        return value

    return evaluate


def priced_call(name: str, call: Callable[..., Any], codes: tuple[Code, ...], *, scoped: bool = False) -> Code:
    """Calls a function and charges for it. All arguments are evaluated, and paid for, even where one fails."""
    price = _PRICES.get(name, _one)

    def evaluate(scope: Mapping[str, Any], frame: Frame) -> Any:
        values: list[Any] = []
        failure: CelEvaluationError | None = None
        for code in codes:
            try:
                values.append(code(scope, frame))
            except CelEvaluationError as error:
                if error.code == "limit-exceeded":
                    raise
                failure = failure or error
                values.append(None)
        result = None
        if failure is None:
            result = weighed(frame, call(scope, *values) if scoped else call(*values))
        charge(frame, price(values, result))
        if failure is not None:
            raise failure
        return result

    return evaluate


def is_constant(node: Node) -> bool:
    """Whether the API server folds an expression before it evaluates it."""
    if isinstance(node, ListNode):
        return all(is_constant(element) and not optional for element, optional in node.elements)
    if isinstance(node, MapNode):
        return all(is_constant(key) and is_constant(value) and not optional for key, value, optional in node.entries)
    return isinstance(node, Literal)


def is_attribute(node: Node) -> bool:
    """Whether an expression is a name with selections, which pays nothing more as a key or as an arm of `?:`."""
    while isinstance(node, Select | Index):
        node = node.operand
    return isinstance(node, Ident)


def _one(_values: Sequence[Any], _result: Any) -> int:
    return 1


def _size(value: Any) -> int:
    if isinstance(value, str | bytes | list | tuple | dict):
        return len(value)
    if isinstance(value, PartialString):
        return sum(len(part) for part in value.parts if isinstance(part, str))
    measure: Callable[[], int] | None = getattr(value, "cel_size", None)
    return 1 if measure is None else measure()


def _tenth(size: int) -> int:
    return -(-size // 10)


def _traversal(factor: int) -> Price:
    return lambda values, _result: _tenth(factor * _size(values[0]))


def _equality(values: Sequence[Any], _result: Any) -> int:
    return 1 if hasattr(values[0], "cel_type") else _order(values, _result)


def _order(values: Sequence[Any], _result: Any) -> int:
    return _tenth(min(_size(values[0]), _size(values[1])))


def _sequences_order(values: Sequence[Any], _result: Any) -> int:
    return _order(values, _result) if all(isinstance(value, str | bytes) for value in values) else 1


def _sum(values: Sequence[Any], _result: Any) -> int:
    if all(isinstance(value, str | bytes) for value in values):
        return _tenth(_size(values[0]) + _size(values[1]))
    return 1


def _membership(values: Sequence[Any], _result: Any) -> int:
    return len(values[1]) if isinstance(values[1], list | tuple) else 1


def _pattern(values: Sequence[Any], _result: Any) -> int:
    return _tenth(1 + _size(values[0])) * -(-_size(values[1]) // 4)


def _containment(values: Sequence[Any], _result: Any) -> int:
    return _tenth(_size(values[0])) * _tenth(_size(values[1]))


def _join(_values: Sequence[Any], result: Any) -> int:
    return _tenth(2 * _size(result))


def _conversion(values: Sequence[Any], _result: Any) -> int:
    return _tenth(_size(values[0])) if isinstance(values[0], str | bytes) else 1


def _to_text(values: Sequence[Any], _result: Any) -> int:
    return _tenth(_size(values[0])) if isinstance(values[0], bytes) else 1


def _tree(values: Sequence[Any], _result: Any) -> int:
    return _visits(values[0], {})


def _visits(value: Any, known: dict[int, int]) -> int:
    """What a walk through a value costs; a part that is held many times is walked once and counted each time."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass")) // 10
    if isinstance(value, bytes):
        return len(value) // 10
    if not isinstance(value, list | tuple | dict):
        return 1
    if id(value) not in known:
        parts = (part for item in value.items() for part in item) if isinstance(value, dict) else value
        known[id(value)] = sum(_visits(part, known) for part in parts)
    return known[id(value)]


def _within_network(values: Sequence[Any], _result: Any) -> int:
    return _tenth(2 * _size(values[0])) + (_tenth(len(values[1])) if isinstance(values[1], str) else 0)


def _subnet(values: Sequence[Any], _result: Any) -> int:
    return _within_network(values, _result) + _tenth(_size(values[0])) + 1


def _validation(values: Sequence[Any], _result: Any) -> int:
    pattern = getattr(values[0], "pattern_size", 0)
    return _tenth(1 + _size(values[1])) * -(-pattern // 4)


def _address(values: Sequence[Any], _result: Any) -> int:
    return _tenth(len(values[0])) if isinstance(values[0], str) else 1


def _sets(values: Sequence[Any], _result: Any) -> int:
    return 1 + _size(values[0]) * _size(values[1])


def _equivalence(values: Sequence[Any], _result: Any) -> int:
    return 1 + 2 * _size(values[0]) * _size(values[1])


def _selector(values: Sequence[Any], _result: Any) -> int:
    size = _size(values[1])
    return LIST + _tenth(size) + -(-size // 2) * (LIST + OBJECT)


_PRICES: Final[Mapping[str, Price]] = MappingProxyType(
    {
        "==": _equality,
        "!=": _order,
        **dict.fromkeys(("<", "<=", ">", ">="), _sequences_order),
        "+": _sum,
        "in": _membership,
        "matches": _pattern,
        **dict.fromkeys(("find", "findAll"), _pattern),
        "contains": _containment,
        "bytes": _conversion,
        "string": _to_text,
        **dict.fromkeys(
            (
                *("startsWith", "endsWith", "strings.quote", "format", "lowerAscii", "upperAscii", "substring"),
                *("trim", "url", "jsonpatch.escapeKey", "cidr", "isIP", "isCIDR", "quantity", "isQuantity"),
                *("semver", "isSemver"),
            ),
            _traversal(1),
        ),
        **dict.fromkeys(("replace", "split", "ip.isCanonical"), _traversal(2)),
        "join": _join,
        **dict.fromkeys(("isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"), _tree),
        "ip": _address,
        "containsIP": _within_network,
        "containsCIDR": _subnet,
        "validate": _validation,
        **dict.fromkeys(("sets.contains", "sets.intersects"), _sets),
        "sets.equivalent": _equivalence,
        "check": lambda _values, _result: _CHECK,
        **dict.fromkeys(("fieldSelector", "labelSelector"), _selector),
    }
)
