"""What stands at the head of a failure."""

import pytest

from muniment.model.status import Severity
from muniment.reports.terminal import Pen, Style
from muniment.reports.text_failures import heading
from muniment.reports.words import Word
from tests.unit.core.estate import policy

LONG = "5907595b-5b6d-4142-b173-dbb0e73fbff8"


@pytest.mark.parametrize(
    ("aliases", "shown"),
    [((LONG, "CKV_DOCKER_1"), "docker/port  CKV_DOCKER_1"), ((LONG,), "docker/port"), ((), "docker/port")],
)
def test_the_head_names_an_id_that_people_know(aliases: tuple[str, ...], shown: str) -> None:
    """The first id of another tool that can be read aloud stands behind the policy's own."""
    (line,) = heading(Word.FAIL, Severity.LOW, "Port", policy("docker/port", aliases=aliases), Pen(Style()))
    assert line.endswith(f" {shown}")
