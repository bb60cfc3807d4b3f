"""Keys of AWS KMS by the texts that name them: whose they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.engines.native.functions.nulls import is_set
from muniment.engines.native.scope import GRAPH, RESOURCE
from muniment.languages.cel import Function
from muniment.languages.unknown import Cause, PartialString, Unknown

_OF_AWS: Final = re.compile(r"(?:^|alias/)aws/")
"""Names that AWS keeps for the keys of its services: nobody can give one to a key of their own."""
_LOOKED_UP: Final[Mapping[str, str]] = {"data.aws_kms_alias": "name", "data.aws_kms_key": "key_id"}
"""Data sources that find a key, and the attribute with the name that they look for."""


def _own_key(scope: Mapping[str, Any], value: Any) -> Any:
    """Whether a text names a key, and not one that AWS manages for a service.

    The policy of such a key cannot be changed, so nobody can cut off or limit its use. A key that a data source finds
    is told by the name that is looked for.
    """
    if any(_OF_AWS.search(name) for name in _names(scope, value)):
        return False
    return is_set(value)


def _names(scope: Mapping[str, Any], value: Any) -> Iterator[str]:
    """The names of a key that are written out, here or where it is looked up."""
    if isinstance(value, str):
        yield value
    if isinstance(value, PartialString):
        yield from (part for part in value.parts if isinstance(part, str))
    if isinstance(value, Unknown):
        yield from _searched(scope, value.causes)


def _searched(scope: Mapping[str, Any], causes: Iterable[Cause]) -> Iterator[str]:
    """The names by which data sources look for the keys that an unknown value of the judged resource comes from."""
    graph: Graph = scope[GRAPH]
    read = {cause.reference.rpartition(".")[0] for cause in causes if cause.kind == "data-source"}
    for reference in scope[RESOURCE].references:
        for found in graph.at(reference.target):
            name = found.attributes.get(_LOOKED_UP.get(found.kind, ""))
            if isinstance(name, str) and any(found.address.endswith(address) for address in read):
                yield name


FUNCTIONS: Final = (Function("ownKey", _own_key, unknowns=True, scoped=True),)
