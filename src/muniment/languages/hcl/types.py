"""The types of HCL's values: what `type =` declares and what conversions aim at."""

from collections.abc import Mapping
from typing import Any


class Type:
    """A type; equal to another of the same kind and the same parts."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Any, ...]:
        """What makes two types of one kind differ, hashable."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and isinstance(other, Type) and self.parts == other.parts)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.parts))

    def __repr__(self) -> str:
        return describe(self)


class PrimitiveType(Type):
    """`string`, `number`, `bool`, or `any`: the type that is not known or does not matter."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def parts(self) -> tuple[Any, ...]:
        """The name."""
        return (self.name,)


class CollectionType(Type):
    """A collection whose members are all of the type `element`."""

    __slots__ = ("element",)

    def __init__(self, element: Type) -> None:
        self.element = element

    @property
    def parts(self) -> tuple[Any, ...]:
        """The type of the members."""
        return (self.element,)


class ListType(CollectionType):
    """`list(element)`."""

    __slots__ = ()


class SetType(CollectionType):
    """`set(element)`."""

    __slots__ = ()


class MapType(CollectionType):
    """`map(element)`."""

    __slots__ = ()


class TupleType(Type):
    """`tuple([...])`: a fixed number of members, each of its own type."""

    __slots__ = ("elements",)

    def __init__(self, elements: tuple[Type, ...]) -> None:
        self.elements = elements

    @property
    def parts(self) -> tuple[Any, ...]:
        """The types of the members in order."""
        return self.elements


class ObjectType(Type):
    """`object({...})`: named attributes; `optional` holds the default of each attribute that may be absent."""

    __slots__ = ("attributes", "optional")

    def __init__(self, attributes: Mapping[str, Type], optional: Mapping[str, Any] | None = None) -> None:
        self.attributes = attributes
        self.optional = optional or {}

    @property
    def parts(self) -> tuple[Any, ...]:
        """The attributes by name, then the names that are optional."""
        return (*sorted(self.attributes.items(), key=_name), *sorted(self.optional))


def _name(item: tuple[str, Type]) -> str:
    return item[0]


STRING = PrimitiveType("string")
NUMBER = PrimitiveType("number")
BOOL = PrimitiveType("bool")
ANY = PrimitiveType("any")


def describe(kind: Type) -> str:
    """The type as one would declare it, on one line."""
    if isinstance(kind, PrimitiveType):
        return kind.name
    if isinstance(kind, CollectionType):
        word = "list" if isinstance(kind, ListType) else "set" if isinstance(kind, SetType) else "map"
        return f"{word}({describe(kind.element)})"
    if isinstance(kind, TupleType):
        return f"tuple([{', '.join(map(describe, kind.elements))}])"
    if isinstance(kind, ObjectType):
        return f"object({{{', '.join(f'{name} = {_attribute(kind, name)}' for name in kind.attributes)}}})"
    return "any"


def _attribute(kind: ObjectType, name: str) -> str:
    text = describe(kind.attributes[name])
    return f"optional({text})" if name in kind.optional else text
