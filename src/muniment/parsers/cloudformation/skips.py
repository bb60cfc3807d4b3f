"""Skip comments of templates, and the requests that stand in the metadata of resources."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from muniment.model.document import Location
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.cloudformation.template import mapping


def metadata_candidates(
    body: Mapping[str, Any], root: str, addresses: tuple[str, ...], place: Callable[[object, object], Location]
) -> Iterator[WaiverCandidate]:
    """`Metadata: {checkov: {skip: [{id, comment}]}}`, and the same under the peer's older name."""
    metadata = mapping(body.get("Metadata"))
    for tool in ("checkov", "bridgecrew"):
        for one in _entries(mapping(metadata.get(tool)).get("skip")):
            identity = one.get("id") or one.get("bc_id")
            if isinstance(identity, str):
                reason = str(one.get("comment") or "")
                yield WaiverCandidate("checkov", (identity,), reason, place(one, None), root, addresses)


def _entries(value: Any) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield one
