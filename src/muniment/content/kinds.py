"""What policies may write under `kinds`: exact kinds, bare Kubernetes kinds, and named groups."""

from collections.abc import Iterable

from muniment.model.kubernetes import BUILT_IN, WORKLOADS


def expand_kinds(names: Iterable[str]) -> tuple[str, ...]:
    """The exact resource kinds behind the written ones, in order.

    `workloads` is everything that carries a pod template; a bare Kubernetes kind is the built-in one in each API
    group that ever served it; `kubernetes` and other format names stand for every resource of that format.
    """
    kinds: dict[str, None] = {}
    for name in names:
        if name == "workloads":
            kinds.update(dict.fromkeys(WORKLOADS))
        elif name in BUILT_IN:
            kinds.update(dict.fromkeys(f"{name}.{group}" if group else name for group in BUILT_IN[name]))
        else:
            kinds[name] = None
    return tuple(kinds)
