"""Which input formats a policy can judge, told from the kinds that it looks at."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from muniment.model.policy import Policy

_PREFIXES: Final = (
    ("Dockerfile", "dockerfile"),
    ("github.", "github-actions"),
    ("gitlab.", "gitlab-ci"),
    ("AWS::", "cloudformation"),
    ("compose.", "compose"),
    ("terraform", "terraform"),
)


_SEEN_AS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"terraform": ("terraform-plan",)})
"""Formats whose resources have the kinds of another one."""


def format_of_kind(kind: str) -> str:
    """The format that has resources of that kind; the name of a format stands for itself."""
    for prefix, name in _PREFIXES:
        if kind.startswith(prefix):
            return name
    if kind[:1].islower() and "_" in kind:
        return "terraform"
    return kind if kind in {"kubernetes", "dockerfile", "terraform", "github-actions"} else "kubernetes"


def formats_of(policy: Policy) -> frozenset[str]:
    """The formats of all kinds that a policy or one of its asserts names, and those that are seen as one of them."""
    kinds = (*policy.kinds, *(kind for item in policy.asserts for kind in item.kinds))
    own = {format_of_kind(kind) for kind in kinds}
    return frozenset(own.union(*(_SEEN_AS.get(name, ()) for name in own)))
