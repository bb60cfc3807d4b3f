"""Which objects a finding is about: those that it holds, else those that its message names, else the first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from muniment.engines.rego.judging import Finding
from muniment.model.resource import Resource

_WORD: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_.]*")
_ASIDE: Final = frozenset({"relatedObjects"})
"""Fields that hold what else a finding has to do with."""
_Name = tuple[str, str, str]
"""Kind, namespace and name."""


def subjects(finding: Finding, resources: Sequence[Resource]) -> list[Resource]:
    """The resources that a finding is about; none only if there are no resources."""
    named = set(_held(finding.metadata))
    words = {word.rstrip(".") for word in _WORD.findall(finding.message)}
    held = [one for one in resources if _name_of(one.attributes) in named]
    return held or [one for one in resources if one.name in words] or list(resources[:1])


def _held(value: Any) -> Iterator[_Name]:
    """The names of the outermost objects within a value."""
    name = _name_of(value)
    if name is not None:
        yield name
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if key not in _ASIDE:
                yield from _held(member)
    elif isinstance(value, list):
        for member in value:
            yield from _held(member)


def _name_of(value: Any) -> _Name | None:
    """What an object is called, in its metadata or, where a policy made it anew, beside its kind."""
    if not isinstance(value, Mapping) or not isinstance(value.get("kind"), str):
        return None
    metadata = value.get("metadata")
    about = metadata if isinstance(metadata, Mapping) else value
    name, space = about.get("name"), about.get("namespace")
    return (value["kind"], space if isinstance(space, str) else "", name) if isinstance(name, str) else None
