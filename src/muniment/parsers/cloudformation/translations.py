"""How values of template properties are written in Terraform. What is unknown stays so."""

from collections.abc import Callable
from typing import Any

from muniment.languages.unknown import OpenList, OpenMap, Unknown
from muniment.parsers.cloudformation import template

_ON = ("enabled", "true", "on")


def enabled(value: Any) -> Any:
    """`Enabled` is true; any other word is false."""
    return str(value).lower() in _ON


def suspended(value: Any) -> Any:
    """The other way round: `Disabled` is true."""
    return not enabled(value)


def number(value: Any) -> Any:
    """A number that may be written as a text."""
    return template.number(value)


def kebab(value: Any) -> Any:
    """`PublicRead` is `public-read`."""
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in str(value))
    return words.removeprefix("-")


def lower(value: Any) -> Any:
    """In lower case."""
    return str(value).lower()


def listed(value: Any) -> Any:
    """One value where Terraform has a list."""
    return value if isinstance(value, list) else [value]


def tags(value: Any) -> Any:
    """A list of keys and values, or a map already, as a map."""
    if not isinstance(value, list):
        return value
    found: dict[str, Any] = {}
    for one in value:
        if isinstance(one, dict) and isinstance(one.get("Key"), str):
            found[one["Key"]] = one.get("Value")
    doubts = value.causes if isinstance(value, OpenList) else ()
    doubts += tuple(cause for one in value if isinstance(one, Unknown) for cause in one.causes)
    return OpenMap(found, doubts) if doubts else found


def plucked(name: str) -> Callable[[Any], Any]:
    """One property of each object of a list."""

    def pluck(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        found = [one.get(name) if isinstance(one, dict) else one for one in value]
        return OpenList(found, value.causes) if isinstance(value, OpenList) else found

    return pluck


def first(name: str = "") -> Callable[[Any], Any]:
    """The first of a list, or a property of it."""

    def take(value: Any) -> Any:
        one = value[0] if isinstance(value, list) and value else None
        return one.get(name) if name and isinstance(one, dict) else one

    return take


def either(*names: str) -> Callable[[Any], Any]:
    """The first property of an object that is there, of those that people write for the same thing."""

    def pick(value: Any) -> Any:
        held = value if isinstance(value, dict) else {}
        return next((held[name] for name in names if held.get(name) is not None), None)

    return pick


def same(word: str) -> Callable[[Any], Any]:
    """Whether the value is that word."""
    return lambda value: value == word


def keyed(key: str) -> Callable[[Any], Any]:
    """The value of the object with that key in a list of keys and values."""

    def find(value: Any) -> Any:
        doubts = list(value.causes) if isinstance(value, OpenList) else []
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict) and one.get("Key") == key:
                return one.get("Value")
            name = one.get("Key") if isinstance(one, dict) else one
            if isinstance(name, Unknown):
                doubts.extend(name.causes)
        return Unknown(tuple(doubts)) if doubts else None

    return find
