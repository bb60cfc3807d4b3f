"""Builds what policies see of a planned resource: the view that configuration gives, with the plan's values."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from muniment.languages.json_source import Path
from muniment.languages.unknown import Cause, Unknown
from muniment.model.resource import Reference
from muniment.parsers.terraform.plans.configuration import Written, below
from muniment.parsers.terraform.plans.content import Entry

Sources = dict[int, tuple[Path, Any]]
"""Container of a view -> where it stands in the plan, and the container of the configuration's view beside it."""


class ViewBuilder:
    """Builds one resource's view. `sources` leads back to the plan, `sensitive` holds what must not be printed.

    `references` are the resource's edges: what is unknown and rests on one of them alone has that for its cause.
    `computed` tells whether what is unknown at a dotted path, and written nowhere, may be the provider's own, which is
    nothing, as in configuration.
    """

    __slots__ = ("_address", "_causes", "_computed", "sensitive", "sources")

    def __init__(self, address: str, references: Iterable[Reference], computed: Callable[[str], bool]) -> None:
        self._address = address
        self._computed = computed
        self._causes: dict[str, list[Cause]] = {}
        for path, target, attribute in references:
            kind = "data-source" if ".data." in f".{target}" else "computed"
            self._causes.setdefault(path, []).append(Cause(kind, f"{target}.{attribute}"))
        self.sources: Sources = {}
        self.sensitive: set[int] = set()

    def top(self, entry: Entry, written: Written, beside: Mapping[str, Any] | None) -> dict[str, Any]:
        """The attributes of an entry; `beside` is the configuration's own view of it, where that is at hand."""
        return self._object(entry.after, _Marks(entry.unknown, entry.sensitive), written, entry.values, beside, "")

    def _object(
        self, value: Mapping[str, Any], marks: "_Marks", written: Written, path: Path, beside: Any, name: str
    ) -> dict[str, Any]:
        out: dict[str, Any] = {}
        self.sources[id(out)] = (path, beside)
        configured: Mapping[str, Any] = beside if isinstance(beside, dict) else {}
        for key in _keys(value, marks.unknown):
            is_written, inner = below(written, key)
            inside = marks.member(key)
            here = f"{name}.{key}" if name else key
            member = self._member(value.get(key), inside, inner, (*path, key), configured.get(key), here)
            if not is_written and key not in configured and self._is_nothing(member, here):
                continue
            if member is not None:
                out[key] = member
            if inside.is_sensitive:
                self.sensitive.add(id(out))
        return out

    def _is_nothing(self, member: Any, path: str) -> bool:
        """Whether what nobody wrote is absent: an empty block, or what a provider computes."""
        return member == [] or (isinstance(member, Unknown) and self._computed(path))

    def _member(self, value: Any, marks: "_Marks", written: Written, path: Path, beside: Any, name: str) -> Any:
        if marks.unknown is True:
            return self._unknown(name) if beside is None else beside
        if isinstance(value, dict) or (value is None and isinstance(marks.unknown, dict) and marks.unknown):
            return self._object(value or {}, marks, written, path, beside, name)
        if isinstance(value, list):
            return self._list(value, marks, written, path, beside, name)
        return value

    def _unknown(self, name: str) -> Unknown:
        causes = self._causes.get(name, ())
        return Unknown((causes[0] if len(causes) == 1 else Cause("computed", f"{self._address}.{name}"),))

    def _list(
        self, value: list[Any], marks: "_Marks", written: Written, path: Path, beside: Any, name: str
    ) -> list[Any]:
        pairs = beside if isinstance(beside, list) and len(beside) == len(value) else [None] * len(value)
        out = [
            self._member(member, marks.member(place), written, (*path, place), pair, name)
            for place, (member, pair) in enumerate(zip(value, pairs, strict=True))
        ]
        self.sources[id(out)] = (path, beside)
        if any(marks.member(place).is_sensitive for place in range(len(value))):
            self.sensitive.add(id(out))
        return out


class _Marks:
    """What a plan says beside a value: which parts are unknown, and which are sensitive."""

    __slots__ = ("sensitive", "unknown")

    def __init__(self, unknown: Any, sensitive: Any) -> None:
        self.unknown = unknown
        self.sensitive = sensitive

    @property
    def is_sensitive(self) -> bool:
        """Whether the value as a whole is."""
        return self.sensitive is True

    def member(self, key: str | int) -> "_Marks":
        """The marks of a member; what is sensitive as a whole is so in all its parts."""
        return _Marks(_at(self.unknown, key), self.sensitive is True or _at(self.sensitive, key))


def _at(mark: Any, key: str | int) -> Any:
    if isinstance(mark, dict) and isinstance(key, str):
        return mark.get(key)
    if isinstance(mark, list) and isinstance(key, int) and key < len(mark):
        return mark[key]
    return None


def _keys(value: Mapping[str, Any], unknown: Any) -> Iterable[str]:
    """The members of an object, and those that only apply will know: the plan leaves them out."""
    return dict.fromkeys((*value, *unknown)) if isinstance(unknown, dict) else value
