"""Jsonnet and CUE are evaluated by their makers' code, which reaches no other files and ends."""

import sys
from pathlib import Path

import pytest

from muniment.app.conftest.formats import Surroundings, read_documents
from muniment.errors import InputError
from muniment.sources.process import find_program
from tests.unit.app.conftest_peer import PLACES, needs_conftest, parsed

CUE = find_program("cue", PLACES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder beside a file that is none of its business."""
    pytest.importorskip("_jsonnet", reason="the library for Jsonnet is not installed")
    (tmp_path / "secret.txt").write_text("secret")
    work = tmp_path / "work"
    (work / "lib").mkdir(parents=True)
    (work / "lib/a.libsonnet").write_text("{ a: import 'b.libsonnet' }")
    (work / "lib/b.libsonnet").write_text("2")
    (work / "out.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.chdir(work)
    return work


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("x.jsonnet", "import 'lib/a.libsonnet'", {"a": 2}),
        ("lib/x.jsonnet", "import 'a.libsonnet'", {"a": 2}),
        ("lib/x.jsonnet", "import 'lib/b.libsonnet'", 2),
        ("lib/x.jsonnet", "importstr '../lib/b.libsonnet'", "2"),
        ("", "import 'lib/b.libsonnet'", 2),
    ],
)
def test_imports_are_found_beside_the_file_and_in_the_working_folder(
    folder: Path, path: str, text: str, value: object
) -> None:
    """A file is looked for beside the one that imports it, then in the working folder."""
    del folder
    assert read_documents("jsonnet", text, Surroundings(path)) == [value]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("importstr '../secret.txt'", "outside of the folders"),
        ("importstr '/etc/hostname'", "outside of the folders"),
        ("importstr 'out.txt'", "outside of the folders"),
        ("importstr 'absent.txt'", "is not there"),
        ("{ a: error 'no\\nway' }", "RUNTIME ERROR: no way"),
        ("{ a: std.extVar('x') }", "undefined external variable"),
        ("function(x) x", "not bound"),
        ("local f(x) = f(x + 1) + 1; f(0)", "max stack frames exceeded"),
        ("std.repeat('xxxxxxxxxx', 1000000000)", "memory"),
        ("[" * 50000, "parse depth"),
        ("{", "STATIC ERROR: x.jsonnet:1:2"),
    ],
)
def test_a_text_that_reaches_too_far_is_an_error(folder: Path, text: str, why: str) -> None:
    """Files outside, what is not given, and what has no end are errors that say why."""
    del folder
    with pytest.raises(InputError, match=why):
        read_documents("jsonnet", text, Surroundings("x.jsonnet"))


@needs_conftest
def test_imports_are_those_of_conftest(folder: Path) -> None:
    """What is imported is what Conftest imports."""
    texts = ["import 'lib/a.libsonnet'", "{ b: importstr 'lib/b.libsonnet' }"]
    wanted = parsed(folder, "jsonnet", texts)
    assert [read_documents("jsonnet", text, Surroundings("0000"))[0] for text in texts] == wanted


def test_without_its_library_jsonnet_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is an error with both remedies."""
    monkeypatch.setitem(sys.modules, "_jsonnet", None)
    with pytest.raises(InputError, match=r"install muniment\[jsonnet\], or judge the output of `jsonnet FILE`"):
        read_documents("jsonnet", "{}")


def test_without_its_program_cue_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is an error with both remedies."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="install it, or judge the output of `cue export --out json FILE`"):
        read_documents("cue", "a: 1")


def test_cue_is_what_its_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of the PATH is given the text, no registry and nothing of the person's environment."""
    program = tmp_path / "cue"
    program.write_text('#!/bin/sh\nread -r line < "$4"; echo "[\\"$*\\", $line, \\"$CUE_REGISTRY$SECRET\\"]"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SECRET", "1")
    assert read_documents("cue", "5\n") == [["export --out json input.cue", 5, "none"]]
    program.write_text("#!/bin/sh\necho wrong >&2\nexit 1\n")
    with pytest.raises(InputError, match="cue: wrong"):
        read_documents("cue", "5\n")


@pytest.mark.skipif(CUE is None, reason="cue is not on this machine")
@needs_conftest
def test_cue_is_what_conftest_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Definitions, defaults, references and built-in packages come to the values that Conftest sees."""
    monkeypatch.setenv("PATH", str(Path(str(CUE)).parent))
    texts = [
        "a: 1\nb: a + 2\n#D: {x: int | *3}\nc: #D & {x: 4}\n_h: 5\nd: _h",
        'import "strings"\na: strings.ToUpper("b")\nl: [for x in [1, 2] {x * 2}]\n',
    ]
    assert [read_documents("cue", text)[0] for text in texts] == parsed(tmp_path, "cue", texts)
    for text in ("a: int", "a: 1\na: 2", 'import "example.com/x"\na: x'):
        with pytest.raises(InputError, match="cue: "):
            read_documents("cue", text)
