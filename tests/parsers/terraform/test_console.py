"""Compares expressions over variables and locals of a module with Terraform's console, where it is installed."""

import base64
import json
from pathlib import Path

from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.functions.json_text import encode_json
from muniment.languages.hcl.functions.table import functions
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.values import unmark_deep
from tests.parsers.terraform.expressions import DECLARATIONS, expressions
from tests.parsers.terraform.modules import root_instance
from tests.parsers.terraform.oracle import needs_terraform, seed, terraform

COUNT = 1200
_AT_ONCE = 100  # the console reads lines of at most 64 KiB


def _theirs(texts: list[str], folder: Path) -> list[str]:
    """Terraform's values as JSON, each with whether it is sensitive; the text "error" where it gives none."""
    tried = ", ".join(f'try(jsonencode([{text}, issensitive(jsonencode({text}))]), "error")' for text in texts)
    # The console writes a string as a literal of its own language, which Base64 keeps free of escapes.
    line = f'textencodebase64(nonsensitive(jsonencode([{tried}])), "UTF-8")\n'
    done = terraform(folder, "console", text=line)
    answers: list[str] = json.loads(base64.b64decode(done.strip().strip('"')))
    return answers


@needs_terraform
def test_random_expressions_have_the_values_and_marks_that_terraform_gives_them(tmp_path: Path) -> None:
    """Over a module's names, expressions have Terraform's value and sensitivity, or fail where it fails."""
    texts = expressions(seed(), COUNT)
    (tmp_path / "main.tf").write_text(DECLARATIONS, "utf-8")
    theirs = [one for at in range(0, COUNT, _AT_ONCE) for one in _theirs(texts[at : at + _AT_ONCE], tmp_path)]
    assert theirs.count("error") < COUNT / 3
    root, table = root_instance({"main.tf": DECLARATIONS}), functions()

    def ours(text: str) -> str:
        parsed = parse_expression(f"[{text}, issensitive(jsonencode({text}))]")
        assert not parsed.diagnostics, text
        try:
            # Terraform 1.11 evaluates both operands of `&&` and `||`.
            evaluate = compile_expression(parsed.expression, table, Options(short_circuit=False))
            return encode_json(unmark_deep(evaluate(root.names))[0])
        except HclError:
            return "error"

    wrong = [(text, value, ours(text)) for text, value in zip(texts, theirs, strict=True) if ours(text) != value]
    assert not wrong
