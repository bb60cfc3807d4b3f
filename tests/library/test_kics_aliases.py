"""The ids of KICS that policies carry: each is one query's, written as the query writes it."""

import re
from pathlib import Path
from typing import Final
from uuid import UUID

from muniment.content.library import load_library

LIBRARY: Final = Path(__file__).resolve().parents[2] / "src" / "muniment" / "library"
LIKE_KICS: Final = re.compile(r"[0-9A-Fa-f]{6,}-")


def test_ids_of_kics_are_well_formed() -> None:
    """A comment written for KICS finds its policy only if the id is the query's own."""
    policies = load_library(LIBRARY).policies
    listed = {alias for one in policies for alias in (*one.aliases, *(x for item in one.asserts for x in item.aliases))}
    ids = {alias for alias in listed if LIKE_KICS.match(alias)}
    assert ids
    assert [alias for alias in ids if str(UUID(alias)) != alias] == []
