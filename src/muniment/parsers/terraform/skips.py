"""Skip comments of Terraform files, bound to the resources whose blocks they stand in."""

from collections.abc import Sequence

from muniment.model.resource import Resource
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.terraform.config import Module


def skip_candidates(_modules: Sequence[Module], _resources: Sequence[Resource], _root: str) -> list[WaiverCandidate]:
    """Candidates for waivers."""
    return []
