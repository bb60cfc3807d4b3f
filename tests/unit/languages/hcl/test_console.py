"""Compares the evaluator with Terraform itself, where it is installed."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.values import plain

EXPRESSIONS = (Path(__file__).parent / "console_expressions.txt").read_text(encoding="utf-8").splitlines()


def _console(folder: Path) -> list[Any]:
    """The values of all expressions as Terraform gives them; the text "error" where it gives an error."""
    # One line, since the console prints the value of the last line only.
    text = "jsonencode([" + ", ".join(f'try([{expression}], "error")' for expression in EXPRESSIONS) + "])\n"
    command = ["terraform", f"-chdir={folder}", "console"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)
    values: list[Any] = json.loads(json.loads(done.stdout))
    return values


def _ours(expression: str) -> Any:
    parsed = parse_expression(f"[{expression}]")
    assert not parsed.diagnostics, expression
    try:
        value = compile_expression(parsed.expression, {}, Options(short_circuit=False))(Names({}))
    except HclError:
        return "error"
    return json.loads(json.dumps(plain(value)))


@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")
def test_expressions_have_the_values_that_terraform_gives_them(tmp_path: Path) -> None:
    """Each expression of the list has Terraform 1.11's value, or is an error where it is one there."""
    theirs = _console(tmp_path)
    assert len(theirs) == len(EXPRESSIONS)
    different = [
        f"{expression}: {ours!r}, not {value!r}"
        for expression, value in zip(EXPRESSIONS, theirs, strict=True)
        if json.dumps(ours := _ours(expression), sort_keys=True) != json.dumps(value, sort_keys=True)
    ]
    assert not different, "\n".join(different)
