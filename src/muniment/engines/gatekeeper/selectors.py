"""Label selectors: `matchLabels` and `matchExpressions`, compiled once."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.errors import PolicyError

Labels = Mapping[str, Any]
Selects = Callable[[Labels], bool]
_OPERATORS: Final[Mapping[str, Callable[[Labels, str, frozenset[str]], bool]]] = MappingProxyType(
    {
        "In": lambda labels, key, values: labels.get(key) in values,
        "NotIn": lambda labels, key, values: labels.get(key) not in values,
        "Exists": lambda labels, key, _values: key in labels,
        "DoesNotExist": lambda labels, key, _values: key not in labels,
    }
)


def compile_selector(selector: Mapping[str, Any], where: str) -> Selects:
    """Tells of labels whether a selector selects them; an empty one selects all. Raises PolicyError."""
    equal, rows = selector.get("matchLabels") or {}, selector.get("matchExpressions") or []
    if not isinstance(equal, dict) or not isinstance(rows, list):
        raise PolicyError(f"{where}: matchLabels must be a mapping and matchExpressions a list")
    tests = [_expression(row, where) for row in rows]

    def selects(labels: Labels) -> bool:
        return all(labels.get(key) == value for key, value in equal.items()) and all(test(labels) for test in tests)

    return selects


def _expression(row: Any, where: str) -> Selects:
    key, operator, values = (
        (row.get(name) for name in ("key", "operator", "values")) if isinstance(row, dict) else [""] * 3
    )
    test = _OPERATORS.get(operator) if isinstance(operator, str) else None
    if not isinstance(key, str) or not key or test is None:
        raise PolicyError(f"{where}: an expression needs a key and an operator out of {', '.join(_OPERATORS)}")
    wanted = frozenset(value for value in values or () if isinstance(value, str))
    if bool(wanted) != (operator in {"In", "NotIn"}):
        raise PolicyError(f"{where}: {operator} of {key} {'needs' if not wanted else 'takes no'} values")
    return lambda labels: test(labels, key, wanted)
