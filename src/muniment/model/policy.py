"""A policy: metadata and logic in some language; its identity is its path."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from muniment.model.status import Severity


class ControlLink(NamedTuple):
    """What a policy proves about one control of one framework."""

    framework: str
    control: str
    why: str
    """One sentence that an auditor can read."""
    relationship: str = "subset"
    """`equal`, `subset`, `superset` or `intersects`: the policy's demand compared with the control's."""
    strength: str = "direct"
    """`direct`, `supporting` or `indicator`: what a result is worth."""

    @property
    def id(self) -> str:
        """`framework:control`, as people write it."""
        return f"{self.framework}:{self.control}"


class Assert(NamedTuple):
    """One thing that must be true. All texts are CEL; see docs/policies.md for the meaning of each key."""

    name: str
    that: str
    when: str = ""
    each: str = ""
    variable: str = "item"
    """Name of the element of `each`; the YAML key is `as`."""
    position: str = "index"
    """Name of the element's place; the YAML key is `index`."""
    let: Mapping[str, str] = {}
    message: str = ""
    at: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds that this item looks at instead of the policy's."""
    aliases: tuple[str, ...] = ()
    """Other tools' ids that this item answers for, where they differ from the policy's."""
    severity: Severity | None = None
    risk: str = ""


class Policy(NamedTuple):
    """One rule. What it does not say itself was inherited from `defaults.yaml` files above it."""

    id: str
    title: str
    severity: Severity
    risk: str
    kinds: tuple[str, ...]
    controls: tuple[ControlLink, ...]
    fix: str
    category: str
    owner: str
    status: str = "stable"
    """`stable`, `draft` or `deprecated`; the last two run only when named."""
    aliases: tuple[str, ...] = ()
    asserts: tuple[Assert, ...] = ()
    let: Mapping[str, str] = {}
    params: Mapping[str, Any] = {}
    needs: Mapping[str, str] = {}
    not_a_fault_when: str = ""
    superseded_by: str = ""
    waivable: bool = True
    references: tuple[str, ...] = ()
    language: str = "native"
    """The engine that compiles it."""
    digest: str = ""
    """SHA-256 of everything that can change a verdict."""
    file: str = ""
    """Where it was written, for messages."""
    applies: str = ""
    """CEL over the resource alone: where it is false the policy has nothing to say, as for a kind it does not name."""
    source: str = ""
    """The logic of a policy in another language than ours, as its engine reads it."""
    mode: str = "enforce"
    """How far its failures may go: `enforce`, `warn`, or `audit`, which only reports. No setting goes further."""

    @property
    def all_aliases(self) -> tuple[str, ...]:
        """The policy's and its asserts' ids in other tools."""
        return tuple(dict.fromkeys((*self.aliases, *(alias for item in self.asserts for alias in item.aliases))))
