"""The matrix of a job, expanded as the service does: the product of its lists, less `exclude`, and `include`."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, Final

from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.github_evaluation import Lookup, evaluate
from muniment.parsers.github_expressions import find_expressions

_MOST: Final = 256
"""Jobs of one matrix; the service's own limit."""

Combination = dict[str, Any]


def combinations(strategy: Any) -> list[Combination] | Unknown:
    """The values of every job that a strategy makes; one empty combination without a matrix."""
    matrix = strategy.get("matrix") if isinstance(strategy, dict) else None
    if matrix is None:
        return [{}]
    matrix = _value(matrix)
    if not isinstance(matrix, dict):
        return matrix if isinstance(matrix, Unknown) else Unknown((Cause("expression", "matrix"),))
    included, excluded = _entries(matrix.get("include")), _entries(matrix.get("exclude"))
    lists = {key: _value(value) for key, value in matrix.items() if key not in {"include", "exclude"}}
    if included is None or excluded is None:
        return Unknown((Cause("expression", "matrix"),))
    for key, value in lists.items():
        if isinstance(value, Unknown) or not isinstance(value, list):
            lists[key] = [Unknown((Cause("expression", f"matrix.{key}"),))]
    return _expand(lists, included, excluded)


def _expand(
    lists: Mapping[str, list[Any]], included: list[Combination], excluded: list[Combination]
) -> list[Combination] | Unknown:
    size = 1
    for values in lists.values():
        size *= max(len(values), 1)
    if size > _MOST:
        return Unknown((Cause("limit", "matrix"),))
    made = [dict(zip(lists, values, strict=True)) for values in product(*lists.values())] if lists else []
    kept = [one for one in made if not any(_agrees(entry, one, entry) for entry in excluded)]
    base = len(kept)
    for entry in included[:_MOST]:
        hits = [one for one in kept[:base] if _agrees(entry, one, lists)]
        for one in hits:
            one.update(entry)
        if not hits:
            kept.append(dict(entry))
    return kept


def _agrees(entry: Combination, one: Combination, keys: Iterable[str]) -> bool:
    """Whether an entry contradicts no value of a combination among `keys`."""
    return all(one.get(key) == entry[key] for key in keys if key in entry)


def _entries(value: Any) -> list[Combination] | None:
    """The entries of `include` or `exclude`; None where they cannot be told."""
    value = _value(value)
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    return None


def _value(value: Any) -> Any:
    """A value; the static one of a text that is one expression, as `fromJSON('[1, 2]')`."""
    if not isinstance(value, str):
        return value
    found = find_expressions(value)
    if len(found) == 1 and value.strip() == value[found[0].start : found[0].end]:
        return evaluate(found[0].node, unknown_context)
    return value if not found else Unknown((Cause("expression", value),))


def unknown_context(path: tuple[str, ...]) -> Any:
    """No context is known before a run."""
    return Unknown((Cause("expression", ".".join(path)),))


def lookup_in(combination: Combination) -> Lookup:
    """Knows the values of one combination, and nothing else."""
    values = {key.lower(): value for key, value in combination.items()}

    def lookup(path: tuple[str, ...]) -> Any:
        if path[0] != "matrix" or len(path) < 2:
            return unknown_context(path)
        value = _value(values.get(path[1]))
        for step in path[2:]:
            value = (
                next((one for key, one in value.items() if key.lower() == step), None)
                if isinstance(value, dict)
                else None
            )
        return value

    return lookup
