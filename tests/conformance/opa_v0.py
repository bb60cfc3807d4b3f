"""OPA's evaluation and compiler cases whose modules are Rego v0."""

from pathlib import Path

from tests.conformance import opa
from tests.conformance.counts import Counts


def run(root: Path, only: str = "") -> Counts:
    """Runs them all, or a group of them."""
    return opa.run(root, only, "v0")
