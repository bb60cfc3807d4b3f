"""What is judged: `Resource`, with the way back from every value to its place in the source."""

from typing import Any, NamedTuple, Protocol

from muniment.languages.unknown import Cause
from muniment.model.document import Location


class Positions(Protocol):
    """Finds where the members of a resource's containers stand. Containers are told apart by identity, not equality."""

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of `key` in `container`, or of the whole container without one; None if it has no place."""


class Reference(NamedTuple):
    """An edge to another resource of the same root, found in an expression."""

    path: str
    """The attribute of this resource that holds it, dotted, without list positions: `rule.target`."""
    target: str
    """Local address of the other resource; `name[*]` where the instance cannot be told."""
    attribute: str
    """The attribute of the other resource that is read, such as `id`; empty for the whole."""


class Resource:
    """One thing that policies judge, of a `kind`, at an `address` that is unique within its `root`.

    `attributes` is the view that policies read: plain values and the unknown ones of `languages.unknown`, never
    changed after it was built. `meta` holds what the format adds beside the attributes. `existence` has the causes
    why it cannot be told whether the resource will exist at all.
    """

    __slots__ = (
        "address",
        "attributes",
        "block",
        "existence",
        "format",
        "former",
        "kind",
        "location",
        "meta",
        "name",
        "origins",
        "positions",
        "references",
        "root",
        "sensitive",
    )

    def __init__(  # noqa: PLR0913  a frozen noun with keyword-only fields
        self,
        *,
        kind: str,
        address: str,
        root: str,
        name: str,
        format: str,  # noqa: A002  the field's name
        attributes: dict[str, Any],
        location: Location,
        positions: Positions,
        meta: dict[str, Any] | None = None,
        references: tuple[Reference, ...] = (),
        existence: tuple[Cause, ...] = (),
        sensitive: frozenset[int] = frozenset(),
        origins: "Origins | None" = None,
        block: str = "",
        former: tuple[str, ...] = (),
    ) -> None:
        self.kind = kind
        self.address = address
        self.block = block or address
        """The address without its own instance key: what `count` and `for_each` expanded."""
        self.root = root
        self.name = name
        self.format = format
        self.attributes = attributes
        self.location = location
        self.positions = positions
        self.meta = {} if meta is None else meta
        self.references = references
        self.existence = existence
        self.sensitive = sensitive
        """Identities of containers whose scalar members must never be printed."""
        self.origins = origins
        """Tells where a value came from, such as a variable and the file that set it; None where it stands in place."""
        self.former = former
        """Local addresses by which it went before it was renamed, the latest first; nothing else goes by them now."""

    def __repr__(self) -> str:
        return f"Resource({self.root}:{self.address})"


class Origins(Protocol):
    """Tells the history of a value, for people."""

    def trace(self, container: object, key: object) -> tuple[tuple[str, Location | None], ...]:
        """Steps from the attribute back to where the value was written: (`var.acl`, place), ..."""
