"""Which input formats a policy can judge, told from the kinds that it looks at."""

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


def format_of_kind(kind: str) -> str:
    """The format that has resources of that kind; the name of a format stands for itself."""
    for prefix, name in _PREFIXES:
        if kind.startswith(prefix):
            return name
    if kind[:1].islower() and "_" in kind:
        return "terraform"
    return kind if kind in {"kubernetes", "dockerfile", "terraform", "github-actions"} else "kubernetes"


def formats_of(policy: Policy) -> frozenset[str]:
    """The formats of all kinds that a policy or one of its asserts names, and those that are seen as one of these."""
    kinds = (*policy.kinds, *(kind for item in policy.asserts for kind in item.kinds))
    own = {format_of_kind(kind) for kind in kinds}
    if "terraform" in own:
        own.add("terraform-plan")
    if any(kind.startswith("aws_") for kind in kinds):
        own.add("cloudformation")
    return frozenset(own)
