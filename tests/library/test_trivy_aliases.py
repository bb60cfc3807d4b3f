"""The ids of Trivy that policies carry."""

import re
from pathlib import Path
from typing import Final

from muniment.content.library import load_library

LIBRARY: Final = Path(__file__).resolve().parents[2] / "src" / "muniment" / "library"
LIKE_TRIVY: Final = re.compile(r"AVD|AWS-|AZU|GCP-|KSV|KCV|DS-?\d")
WELL_FORMED: Final = re.compile(r"AVD-(?:AWS|AZU|GCP)-\d{4}|(?:KSV|KCV|DS)-\d{4}")


def test_ids_of_trivy_are_well_formed() -> None:
    """A waiver written for Trivy finds its policy only if the id has Trivy's own spelling."""
    policies = load_library(LIBRARY).policies
    ids = {alias for policy in policies for alias in policy.all_aliases if LIKE_TRIVY.match(alias)}
    assert ids
    assert [alias for alias in ids if not WELL_FORMED.fullmatch(alias)] == []
