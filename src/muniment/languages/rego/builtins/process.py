"""What a policy may know of the process that judges, and what it may leave behind: notes and seeded random numbers."""

import hashlib
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import QueryContext


def random_number(context: QueryContext, key: str, limit: int) -> int:
    """A number from 0 to below `limit`, the same for the same key, limit and seed."""
    if not limit:
        return 0
    text = f"{context.seed} {abs(limit)} {key}"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest, "big") % abs(limit)


def trace(context: QueryContext, note: str) -> bool:
    """Leaves a note in the trace of the query."""
    context.notes.append(note)
    return True


FUNCTIONS: Final = MappingProxyType(
    {
        "opa.runtime": lambda context: dict(context.runtime),
        "rand.intn": random_number,
        "trace": trace,
    }
)
