"""Functions of arrays."""

from types import MappingProxyType
from typing import Final

from muniment.languages.rego.values import Value


def flatten(array: list[Value]) -> list[Value]:
    """The array with the members of its arrays in their stead, one level deep."""
    return [inner for member in array for inner in (member if member.__class__ is list else (member,))]


def part(array: list[Value], start: int, stop: int) -> list[Value]:
    """The members from `start` to before `stop`, both moved into the array."""
    stop = min(max(stop, 0), len(array))
    return array[min(max(start, 0), stop) : stop]


FUNCTIONS: Final = MappingProxyType(
    {
        "array.concat": lambda a, b: [*a, *b],
        "array.flatten": flatten,
        "array.reverse": lambda array: array[::-1],
        "array.slice": part,
    }
)
