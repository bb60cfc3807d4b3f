"""The room that renderers run in."""

from pathlib import Path

from muniment.model.document import Document
from muniment.sources.process import Workspace, find_program


def test_programs_are_not_looked_for_in_relative_folders(tmp_path: Path) -> None:
    """A PATH entry that could lie in the scanned tree finds nothing."""
    assert find_program("sh", ".::bin:/bin") == "/bin/sh"
    assert find_program("sh", ".::bin") is None
    assert find_program("sh", str(tmp_path)) is None


def test_nothing_of_the_environment_gets_in(tmp_path: Path) -> None:
    """A program sees a private home, no PATH of the person, and only the written files."""
    with Workspace(tmp_path) as workspace:
        workspace.write([Document("a/b.txt", b"here"), Document("../c.txt", b"outside")])
        done = workspace.run(["/bin/sh", "-c", "echo $HOME $PATH; /bin/cat a/b.txt; /bin/ls .."], seconds=10)
    said = done.output.decode()
    assert done.problem == ""
    assert said.startswith(str(tmp_path))
    assert str(Path.home()) not in said.replace(str(tmp_path), "")
    assert "here" in said
    assert "c.txt" not in said
    assert list(tmp_path.iterdir()) == []


def test_every_bad_end_has_a_name(tmp_path: Path) -> None:
    """A failure tells what the program said, a long run is ended with its children, no program is no surprise."""
    with Workspace(tmp_path) as workspace:
        failed = workspace.run(["/bin/sh", "-c", f"echo broken {workspace.tree}/x >&2; exit 3"], seconds=10)
        late = workspace.run(["/bin/sh", "-c", "/bin/sleep 30 & /bin/sleep 30"], seconds=0.2)
        absent = workspace.run(["/nonexistent"], seconds=1)
    assert (failed.problem, failed.message) == ("renderer-failed", "broken x")
    assert late.problem == "renderer-timeout"
    assert absent.problem == "renderer-failed"
