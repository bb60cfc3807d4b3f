"""The vocabulary of the mapping tables: how an attribute of a Terraform kind is read from a template's properties."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, Union

Translation = Callable[[Any], Any]


class Read(NamedTuple):
    """An attribute whose value is written otherwise."""

    path: str
    translate: Translation


class Block(NamedTuple):
    """A nested block: from an object, from each of a list, or, with `key`, from each member of a map."""

    path: str
    entries: "Entries"
    key: str = ""
    """Attribute that takes a member's key."""
    where: Translation | None = None
    """Which objects of the list are meant."""


class Fixed(NamedTuple):
    """An attribute that always has one value."""

    value: Any


class Default(NamedTuple):
    """An attribute that the service sets where the property is left out, unlike Terraform."""

    path: str
    value: Any
    translate: Translation | None = None


Entry = Union[str, Read, Block, Default, Fixed, None]  # noqa: UP007  the text names a class that is declared below
"""A property's path from where the attributes are read; an empty text: the property of the same name; `.`: all of it;
None: nothing in a template says it, so it is not set."""
Entries = Mapping[str, Entry]
WHOLE: Final = "."


class Part(NamedTuple):
    """What a property of a resource is in Terraform: a resource of its own that points back at it."""

    kind: str
    path: str
    link: str
    """Attribute with the reference to the resource."""
    entries: Entries
    always: bool = False
    """Whether it is there without the property too."""


class Kind(NamedTuple):
    """How a resource type is seen."""

    kind: str
    entries: Entries
    parts: tuple[Part, ...] = ()
    covers: tuple[str, ...] = ()
    """Terraform kinds of which the attributes above say everything."""
    choose: Callable[[Mapping[str, Any]], "Kind | None"] | None = None
    """Tells by the properties that it is another kind."""
