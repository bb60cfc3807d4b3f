"""Several processes give the answer of one; one that ends early is never a missing answer."""

import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from muniment.app.evaluation import Answer, Court, Group
from muniment.app.workers import Workers
from muniment.core.ports import Read, Reading, Unit
from muniment.errors import PolicyError
from muniment.model.document import Document
from tests.gate.running import BUCKET, check

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers need a system that can fork")
ROOTS = {f"root{number}/main.tf": BUCKET for number in range(5)}


class Asked:
    """Stands for the judges: what each group's name says happens."""

    def answer(self, group: Group, _read: Read) -> Answer:
        """Answers, or ends the process that was asked."""
        if group.scope == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if group.scope == "refused":
            raise PolicyError("does not compile", code="expression", hint="mend it")
        return Answer((), counts={group.scope: os.getpid()})


class Nobody:
    """A parser that is never asked."""

    format = "terraform"

    def claim(self, _document: Document) -> str:
        """Nothing."""
        return ""

    def units(self, _documents: Sequence[Document], _support: Sequence[Document]) -> Sequence[Unit]:
        """None."""
        return ()

    def resources(self, _unit: Unit, _read: Read) -> Reading:
        """None."""
        return Reading(())


def answers(*scopes: str, workers: int = 2) -> list[Answer]:
    """What workers answer for groups of these names."""
    groups = [
        Group(scope, ((Nobody(), Unit("terraform", scope, (Document(f"{scope}.tf", b"x" * place),))),))
        for place, scope in enumerate(scopes)
    ]
    court: Court = Asked()  # type: ignore[assignment]
    return list(Workers(workers).answers(court, groups, lambda _path: None, lambda *_progress: None))  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [2, 8])
def test_the_same_report_whatever_the_workers(tmp_path: Path, workers: int) -> None:
    """Bytes of the report do not tell how many processes made it."""
    words = ("--no-cache", "--now", "2026-01-01")
    tree = tmp_path / "tree"
    tree.mkdir()
    alone = check(tree, *words, "--workers", "1", files=ROOTS)
    shared = check(tree, *words, "--workers", str(workers))
    assert json.dumps(shared.report) == json.dumps(alone.report)
    assert shared.code == alone.code == 1


def test_answers_come_in_the_order_of_the_groups() -> None:
    """Whoever answers first; and more than one process did."""
    found = answers("a", "b", "c", "d", "e")
    assert [next(iter(answer.counts)) for answer in found] == ["a", "b", "c", "d", "e"]
    assert len({process for answer in found for process in answer.counts.values()} - {os.getpid()}) == 2


def test_row_35_worker_killed() -> None:
    """Each group that a killed worker had and did not answer for is unread, and that is never kept for later."""
    found = dict(zip(("a", "killed", "b", "c"), answers("a", "killed", "b", "c"), strict=True))
    lost = found["killed"]
    assert [(one.location.path, one.reason) for one in lost.unread] == [("killed.tf", "worker-lost")]
    assert "signal 9" in lost.unread[0].message
    assert not lost.lasting
    assert found["a"].counts or found["a"].unread
    assert sum(bool(answer.unread) for answer in found.values()) <= 2


def test_an_error_of_a_worker_is_the_run_s() -> None:
    """A policy that does not compile stops the run with its code and hint, wherever it was found."""
    with pytest.raises(PolicyError, match="does not compile") as raised:
        answers("a", "refused", "b")
    assert (raised.value.code, raised.value.hint) == ("expression", "mend it")
