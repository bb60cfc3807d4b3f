"""`muniment conftest`: exit codes, formats and what is never a silent success."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from muniment.cli.main import main

POLICY = """package main
deny contains "no owner" if not input.owner
warn contains {"msg": "old", "_loc": {"file": "other.txt", "line": 7}} if input.old
"""
TESTS = """package main
test_good if count(deny) == 0 with input as {"owner": "a"}
test_bad if count(deny) == 0 with input as {}
todo_test_later if true
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy, inputs that pass, warn and fail, and nothing else."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "main.rego").write_text(POLICY)
    (tmp_path / "good.json").write_text('{"owner": "a"}')
    (tmp_path / "warn.yaml").write_text("owner: a\nold: true\n")
    (tmp_path / "bad.json").write_text("[{}, {}]")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, and what went to both streams."""
    code = main(["conftest", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("good.json",), 0),
        (("warn.yaml",), 0),
        (("bad.json", "good.json"), 1),
        (("--fail-on-warn", "warn.yaml"), 1),
        (("--fail-on-warn", "warn.yaml", "bad.json"), 2),
        (("--no-fail", "bad.json"), 0),
        (("absent.json",), 1),
        (("-p", "nowhere", "good.json"), 1),
        (("--parser", "nope", "good.json"), 1),
        ((), 1),
    ],
)
def test_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int) -> None:
    """Failures end with 1, warnings only where that is asked for, and what cannot be judged with 1."""
    del folder
    assert run(capsys, "test", *arguments)[0] == code


def test_the_terminal_shows_findings_and_a_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding has a line with its file and namespace; a list is several documents."""
    del folder
    _, out, _ = run(capsys, "test", "bad.json", "warn.yaml")
    assert out.splitlines() == [
        "FAIL - bad.json - main - no owner",
        "FAIL - bad.json - main - no owner",
        "WARN - warn.yaml - main - old",
        "",
        "6 tests, 3 passed, 1 warning, 2 failures, 0 exceptions",
    ]
    assert run(capsys, "test", "--quiet", "good.json")[1] == ""


def test_formats_hold_the_same_results(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON reads back as the same results; the others show each finding."""
    _, text, _ = run(capsys, "test", "-o", "json", "warn.yaml", "bad.json")
    results: list[dict[str, Any]] = json.loads(text)
    assert results[0]["warnings"][0]["loc"] == {"file": "other.txt", "line": 7}
    assert [one["successes"] for one in results] == [1, 2]
    (folder / "results.json").write_text(text)
    for name in ("tap", "table", "junit", "github", "azuredevops", "sarif"):
        shown = run(capsys, "test", "-o", name, "warn.yaml", "bad.json")[1]
        assert shown == run(capsys, "reformat", "results.json", "-o", name)[1]
        assert shown.count("no owner") >= 2
    assert len(ET.fromstring(run(capsys, "reformat", "results.json", "-o", "junit")[1]).findall(".//failure")) == 3
    assert (
        "::warning file=warn.yaml,line=1::(ORIGINATING FROM other.txt L7) old"
        in run(capsys, "reformat", "results.json", "-o", "github")[1]
    )


def test_formats_are_laid_out_as_upstream(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines stand where those who read Conftest's output look for them."""
    (folder / "policy" / "main.rego").write_text("""package main
deny contains "a < b\\nc" if true
warn contains "odd" if true
deny_fine contains "x" if false
""")
    (folder / "one.json").write_text("{}")
    told = {name: run(capsys, "test", "one.json", "-o", name)[1] for name in ("tap", "table", "junit", "azuredevops")}
    assert told["tap"].splitlines() == [
        "1..3",
        "not ok 1 - one.json - main - a < b",
        "c",
        "# warnings",
        "not ok 2 - one.json - main - odd",
        "# successes",
        "ok 3 - one.json - main - SUCCESS",
    ]
    assert "│ RESULT  │   FILE   │ NAMESPACE │ MESSAGE │" in told["table"]
    assert "│ failure │ one.json │ main      │ a < b   │\n│         │          │           │ c       │" in told["table"]
    suite = ET.fromstring(told["junit"])[0]
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("conftest.main", "3", "2")
    assert [case.get("name") for case in suite] == ["one.json - odd", "one.json - a < b", "one.json"]
    assert "##vso[task.logissue type=error] file=one.json --> a < b c\n" in told["azuredevops"]


def test_nothing_tested_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A namespace without rules passes as it does upstream, but never without a word."""
    del folder
    code, out, err = run(capsys, "test", "-n", "absent", "good.json")
    assert (code, "0 tests" in out, "nothing was tested" in err) == (0, True, True)


def test_rules_that_say_nothing_are_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is simply true ends the run, and passes only where upstream's answer is asked for."""
    (folder / "policy" / "true.rego").write_text("package other\ndeny if true\n")
    assert run(capsys, "test", "-n", "other", "good.json")[0] == 1
    assert run(capsys, "test", "-n", "other", "--as-upstream", "good.json")[0] == 0


def test_verify_runs_the_tests_of_policies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each test passes, fails or waits; a report tells them one by one."""
    (folder / "policy" / "main_test.rego").write_text(TESTS)
    code, out, _ = run(capsys, "verify")
    assert code == 1
    assert "FAIL - policy/main_test.rego - data.main.test_bad" in out
    assert "3 tests, 1 passed, 0 warnings, 1 failure, 0 exceptions, 1 skipped" in out
    _, out, _ = run(capsys, "verify", "--report", "fails")
    assert "data.main.test_good: PASS" in out
    assert "FAIL: 1/3" in out
    assert run(capsys, "verify", "--report", "fails", "-o", "json")[0] == 1


def test_each_definition_and_case_is_a_test_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second definition hides no failure of the first, a case without a value fails, and only `true` is success."""
    (folder / "policy" / "main_test.rego").write_text("""package main_test
test_twice if false
test_twice if true
test_number := 5
test_cases[name] if { some name, wanted in {"one": 1, "two": 2}; wanted == 1 }
test_fine[name].below if { some name in ["a"] }
""")
    code, out, _ = run(capsys, "verify", "--report", "full")
    assert code == 1
    shown = out[out.index("SUMMARY") :]
    outcomes = ("test_twice: FAIL", "test_twice#01: PASS", "test_number: FAIL", "test_cases: FAIL", "test_fine: PASS")
    assert all(f"data.main_test.{one}\n" in shown for one in outcomes)
    assert "\n  one: PASS\n  two: FAIL\n" in shown
    assert "\n  a: PASS\n    below: PASS\n" in shown


def test_documents_and_successes_are_counted_as_conftest_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty documents are null; a list is several only where it is all; definitions are filled up for all rules."""
    (folder / "policy" / "main.rego").write_text("""package main
deny_each contains sprintf("%v", [one]) if some one in input.all
deny_none contains "no" if input.none
deny_none contains "nothing" if input.none
warn contains type_name(input) if not is_object(input)
violation[name] := text if some name, text in {"a": "an object says nothing"}
""")
    (folder / "several.yaml").write_text("# apart\n---\nall: [1, 2, 3]\n---\n- all: [4]\n- 5\n")
    _, out, _ = run(capsys, "test", "several.yaml", "-o", "json")
    (found,) = json.loads(out)
    assert [one["msg"] for one in found["failures"]] == ["1", "2", "3"]
    assert [one["msg"] for one in found["warnings"]] == ["null", "array"]
    assert found["successes"] == 4 + 3 + 4


def test_a_trace_names_rules_and_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line that is evaluated has its place; the rule that it belongs to is named before."""
    (folder / "policy" / "lib.rego").write_text("package lib\n\nowned if input.owner\n")
    (folder / "policy" / "main.rego").write_text(
        'package main\ndeny contains "no owner" if {\n\tnot data.lib.owned\n}\n'
    )
    _, _, said = run(capsys, "test", "--trace", "good.json")
    assert said.splitlines() == [
        "TRAC   policy/main.rego:2: in data.main.deny",
        "TRAC   policy/main.rego:3: not data.lib.owned",
        "TRAC   policy/lib.rego:3: in data.lib.owned",
        "TRAC   policy/lib.rego:3: owned if input.owner",
    ]


def test_annotations_make_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Titles and descriptions stand under their packages, or go through a template of Go."""
    text = (
        "# METADATA\n# title: Owners\npackage main\n\n# METADATA\n# title: No owner\n# description: Why.\ndeny := []\n"
    )
    (folder / "policy" / "main.rego").write_text(text)
    assert run(capsys, "doc", "policy")[0] == 0
    assert (folder / "policy.md").read_text() == "# main\n\n**Owners**\n\n## No owner\n\nWhy.\n"
    (folder / "page.tpl").write_text("{{range .}}{{.Path}}: {{.Title}};{{end}}")
    (folder / "out").mkdir()
    assert run(capsys, "doc", "-t", "page.tpl", "-o", "out", "policy")[0] == 0
    assert (folder / "out" / "policy.md").read_text() == "data.main: Owners;data.main.deny: No owner;"
    assert run(capsys, "doc", "absent")[0] == 1


def test_settings_and_data_come_from_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`conftest.toml` gives what the command line leaves out; folders of data are keys."""
    (folder / "rules").mkdir()
    (folder / "rules" / "a.rego").write_text("package a.b\ndeny contains data.words.list[_] if input.owner\n")
    (folder / "more" / "words").mkdir(parents=True)
    (folder / "more" / "words" / "x.yaml").write_text("list: [one]\n")
    (folder / "conftest.toml").write_text('policy = "rules"\nnamespace = ["a.*"]\ndata = ["more"]\n')
    code, out, _ = run(capsys, "test", "good.json")
    assert (code, "FAIL - good.json - a.b - one" in out) == (1, True)
    assert run(capsys, "test", "-p", "policy", "-n", "main", "good.json")[0] == 0


def test_standard_input_and_combined_files(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input is YAML; combined files are one document of paths and contents."""
    (folder / "policy" / "all.rego").write_text("package all\ndeny contains one.path if some one in input\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("owner: a\n"))
    assert run(capsys, "test", "-")[0] == 0
    _, out, _ = run(capsys, "test", "--combine", "-n", "all", "warn.yaml", "good.json")
    assert [line for line in out.splitlines() if line.startswith("FAIL")] == [
        "FAIL - Combined - all - good.json",
        "FAIL - Combined - all - warn.yaml",
    ]
    assert json.loads(run(capsys, "parse", "good.json", "warn.yaml")[1])["warn.yaml"] == {"owner": "a", "old": True}


def test_a_file_that_cannot_be_read_hides_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the others say is shown, the file is named, and not even `--no-fail` makes a success of it."""
    (folder / "broken.yaml").write_text("a: [")
    code, out, err = run(capsys, "test", "broken.yaml", "bad.json", "good.json", "--no-fail")
    assert code == 1
    assert "bad.json" in out
    assert "no owner" in out
    assert "broken.yaml" in err
    code, out, err = run(capsys, "test", "broken.yaml", "bad.json", "--as-upstream")
    assert (code, out) == (1, "")
    assert "broken.yaml" in err


def test_files_are_not_combined_in_part(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A judgement of all files together is none of some of them."""
    (folder / "broken.yaml").write_text("a: [")
    code, out, err = run(capsys, "test", "broken.yaml", "good.json", "--combine")
    assert (code, out) == (1, "")
    assert "broken.yaml" in err


@pytest.mark.parametrize(
    ("variable", "value", "arguments", "code"),
    [
        ("CONFTEST_NO_FAIL", "true", ("bad.json",), 0),
        ("CONFTEST_NO_FAIL", "0", ("bad.json",), 1),
        ("CONFTEST_NO_FAIL", "", ("bad.json",), 1),
        ("CONFTEST_NO_FAIL", "perhaps", ("good.json",), 1),
        ("CONFTEST_FAIL_ON_WARN", "1", ("bad.json",), 2),
        ("CONFTEST_NAMESPACE", "none,main", ("bad.json",), 1),
        ("CONFTEST_POLICY", "nowhere", ("good.json",), 1),
        ("CONFTEST_POLICY", "nowhere", ("-p", "policy", "good.json"), 0),
        ("CONFTEST_REGO_VERSION", "v9", ("good.json",), 1),
        ("CONFTEST_CONFIG_FILE", "nowhere.toml", ("good.json",), 1),
    ],
)
def test_variables_stand_for_options(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    arguments: tuple[str, ...],
    code: int,
) -> None:
    """A variable sets what the command line leaves out, over the configuration file, to what the option takes."""
    (folder / "conftest.toml").write_text('namespace = ["main"]\n')
    monkeypatch.setenv(variable, value)
    assert run(capsys, "test", *arguments)[0] == code


def test_settings_of_another_type_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value in the configuration file that no option takes is an error with the option's name."""
    for line, option in (("namespace = [1]", "namespace"), ("output = 5", "output"), ("no-fail = 3", "no-fail")):
        (folder / "conftest.toml").write_text(f"{line}\n")
        code, _, err = run(capsys, "test", "good.json")
        assert (code, f"Error: {option}:" in err) == (1, True)


def test_no_variable_makes_a_run_laxer_than_conftest_is_asked_to(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only this command has is asked for on its command line."""
    (folder / "policy" / "main.rego").write_text("package main\ndeny if true\n")
    monkeypatch.setenv("CONFTEST_AS_UPSTREAM", "true")
    assert run(capsys, "test", "good.json")[0] == 1


def test_a_run_loads_only_what_it_needs(folder: Path) -> None:
    """One file and one policy need no network, no process, no other format and no report."""
    del folder
    needless = "socket ssl email http urllib.request xml.sax subprocess hashlib random tomllib inspect dataclasses"
    program = (
        "import sys\nfrom muniment.cli.main import main\n"
        "main(['conftest', 'test', 'warn.yaml'])\n"
        f"found = [name for name in {needless.split()} if name in sys.modules]\n"
        "sys.exit(repr(found) if found else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
