"""The pairs of an object as they are written: of pairs with one and the same key the last one's value stands."""

from collections.abc import Iterable
from typing import Any

from muniment.languages.rego.ast import Scalar, Term

_PLACES = frozenset(("start", "end"))


def last_of_each(pairs: Iterable[tuple[Term, Term]]) -> tuple[tuple[Term, Term], ...]:
    """The pairs, each key where it stood first, with the value that was written last for it."""
    found: dict[Any, tuple[Term, Term]] = {}
    for key, value in pairs:
        bare = _bare(key)
        found[bare] = (found[bare][0] if bare in found else key, value)
    return tuple(found.values())


def _bare(node: Any) -> Any:
    """What a term says, without where it stands; hashable, and `1`, `true` and `"1"` are different."""
    if isinstance(node, Scalar):
        return type(node.value) is bool, node.value
    if isinstance(node, tuple):
        names = getattr(node, "_fields", ())
        if names:
            return type(node), *[_bare(getattr(node, name)) for name in names if name not in _PLACES]
        return tuple(_bare(item) for item in node)
    return node
