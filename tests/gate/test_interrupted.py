"""A run that is ended from outside leaves everything as it was."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.gate.running import environment, program, write


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=lambda sent: sent.name)
def test_row_34_interrupted_run(tmp_path: Path, sent: signal.Signals) -> None:
    """The old report stays, nothing is left beside it, the renderer ends too, and the exit code says why."""
    started, survived = tmp_path / "started", tmp_path / "survived"
    path = program(tmp_path / "bin", "helm", f": > {started}; /bin/sleep 2; : > {survived}")
    tree = tmp_path / "tree"
    write(tree, {"chart/Chart.yaml": "name: c\n", "out/report.json": "old"})
    running = subprocess.Popen(
        [sys.executable, "-m", "muniment", "check", ".", "--base", ".", "-o", "json=out/report.json"],
        cwd=tree,
        env=environment(tmp_path, path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _wait_for(started)
    time.sleep(0.2)
    running.send_signal(sent)
    said = running.communicate(timeout=10)
    assert running.returncode == 130
    assert said == (b"", b"")
    assert (tree / "out" / "report.json").read_text("utf-8") == "old"
    assert [one.name for one in (tree / "out").iterdir()] == ["report.json"]
    time.sleep(2.2)
    assert not survived.exists()


def _wait_for(path: Path) -> None:
    """Waits until a file is there, at most ten seconds."""
    for _ in range(1000):
        if path.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{path.name} did not appear")
