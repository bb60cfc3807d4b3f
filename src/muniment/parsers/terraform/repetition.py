"""What `count`, `for_each` and `enabled` make of a block: which instances there are, or that it cannot be told."""

from typing import Any, Final, NamedTuple

from muniment.languages.hcl.convert import as_bool, to_number
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.values import SENSITIVE, MapValue, Marked, SetValue, unmark
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.parsers.terraform.addresses import quoted_key

MOST_INSTANCES: Final = 10_000


class Repetition(NamedTuple):
    """Which instance of a block this is."""

    key: int | str | None = None
    """The instance's key; None for a block without `count` and `for_each`, and where it cannot be told."""
    value: Any = None
    """`each.value`."""
    kind: str = ""
    """`count`, `for_each`, or an empty text."""
    unknown: tuple[Cause, ...] = ()
    """Why it cannot be told which instances there are: this one then stands for all."""

    @property
    def suffix(self) -> str:
        """The key as Terraform writes it behind an address."""
        return "[*]" if self.unknown else quoted_key(self.key)


ONCE: Final = Repetition()


def counted(value: Any) -> tuple[Repetition, ...]:
    """The instances of a block with `count`. Raises HclError for what is no count."""
    number, _ = unmark(value)
    if isinstance(number, Unknown):
        return (_any("count", number.causes),)
    if number is None:
        raise HclError("count is null")
    whole = number if type(number) is int else to_number(number)
    if not isinstance(whole, int) or whole < 0:
        raise HclError(f"count is {number}: a whole number, not negative, is expected")
    _limit(whole)
    return tuple(Repetition(key, kind="count") for key in range(whole))


def for_each(value: Any) -> tuple[Repetition, ...]:
    """The instances of a block with `for_each`, by key. Raises HclError for what Terraform cannot take.

    A list of strings is taken for the set of its members, although Terraform refuses it: `is_list` tells of it.
    """
    if isinstance(value, Marked) and SENSITIVE in value.marks:
        raise HclError("for_each is sensitive: its keys would show in addresses")
    value, _ = unmark(value)
    if isinstance(value, Unknown):
        return (_any("for_each", value.causes),)
    if isinstance(value, dict):
        members, causes = value, value.causes if isinstance(value, OpenMap) else ()
    elif isinstance(value, list | tuple):
        members, causes = _strings(value)
    else:
        raise HclError("for_each must be a map, or a set of strings")
    _limit(len(members))
    known = tuple(Repetition(key, members[key], "for_each") for key in sorted(members))
    return (*known, _any("for_each", causes)) if causes or isinstance(value, OpenMap | OpenList) else known


def is_list(value: Any) -> bool:
    """Whether `for_each` was given a list or tuple, which Terraform does not take."""
    value, _ = unmark(value)
    return isinstance(value, list | tuple) and not isinstance(value, SetValue | OpenList)


def enabled(value: Any) -> tuple[Repetition, ...]:
    """OpenTofu's `lifecycle { enabled = ... }`. Raises HclError for what is no bool."""
    value, _ = unmark(value)
    if isinstance(value, Unknown):
        return (Repetition(unknown=value.causes or (Cause("existence", "enabled"),)),)
    if value is None:
        raise HclError("enabled is null")
    return (ONCE,) if as_bool(value) else ()


def _any(kind: str, causes: tuple[Cause, ...]) -> Repetition:
    """The one instance that stands for all of which nobody can tell whether they are."""
    return Repetition(kind=kind, unknown=causes or (Cause("existence", kind),))


def _strings(members: list[Any] | tuple[Any, ...]) -> tuple[dict[str, str], tuple[Cause, ...]]:
    """The members of a set of strings as keys, and why there may be others."""
    causes: dict[Cause, None] = dict.fromkeys(members.causes if isinstance(members, OpenList) else ())
    keys: dict[str, str] = MapValue()
    for member in members:
        key, _ = unmark(member)
        if isinstance(key, Unknown):
            causes.update(dict.fromkeys(key.causes or (Cause("existence", "for_each"),)))
        elif isinstance(key, str):
            keys[key] = key
        else:
            raise HclError("for_each must be a map, or a set of strings")
    return keys, tuple(causes)


def _limit(number: int) -> None:
    if number > MOST_INSTANCES:
        message = f"a block has {number} instances: {MOST_INSTANCES} are expanded at most"
        raise HclError(message, code="limit-exceeded", static=True)
