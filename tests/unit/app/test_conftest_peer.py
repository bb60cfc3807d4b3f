"""Random texts of each format are read as Conftest reads them; MUNIMENT_SEED names another seed than the usual one."""

import random
from pathlib import Path

import pytest

from muniment.app.conftest.formats import one_or_all, read_documents
from tests.unit.app.conftest_peer import SEED, needs_conftest, parsed
from tests.unit.app.conftest_texts import TEXTS_OF

COUNT = 120
FEW = {"jsonnet": 8}
"""How many of those that need a process each."""


@needs_conftest
@pytest.mark.parametrize("parser", sorted(TEXTS_OF))
def test_policies_see_what_conftest_shows_them(parser: str, tmp_path: Path) -> None:
    """Every text is read, and read alike."""
    chance = random.Random(SEED)  # noqa: S311  cases, not secrets
    texts = [TEXTS_OF[parser](chance) for _ in range(FEW.get(parser, COUNT))]
    shown = parsed(tmp_path, parser, texts)
    for text, wanted in zip(texts, shown, strict=True):
        assert one_or_all(read_documents(parser, text)) == wanted, f"seed {SEED}:\n{text}"
