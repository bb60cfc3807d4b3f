"""Jsonnet and CUE, whose texts are programs: evaluated by their own makers' code, in a process that can be ended."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from muniment.app.rendering import scratch
from muniment.app.settings import search_path
from muniment.errors import InputError
from muniment.languages.json_source import load
from muniment.sources.process import Workspace, find_program

_SECONDS: Final = 20
_EVALUATOR: Final = Path(__file__).with_name("jsonnet_evaluator.py")
_NO_REGISTRY: Final = {"CUE_REGISTRY": "none"}


def read_jsonnet(text: str, path: str) -> Any:
    """What a text comes to; it imports from the folder of its path and from the working folder. Raises InputError."""
    if find_spec("_jsonnet") is None:
        remedy = "install muniment[jsonnet], or judge the output of `jsonnet FILE`"
        raise InputError(f"jsonnet is read by its library, which is not there: {remedy}", code="missing-renderer")
    command = [sys.executable, "-I", str(_EVALUATOR), path or "-", os.getcwd()]  # noqa: PTH109  a text is passed on
    return _value(command, "jsonnet", text, {})


def read_cue(text: str) -> Any:
    """What a text comes to by itself: of packages it imports only those that CUE has built in. Raises InputError."""
    program = find_program("cue", search_path())
    if program is None:
        remedy = "install it, or judge the output of `cue export --out json FILE`"
        raise InputError(f"cue is read by its program, which is not on the PATH: {remedy}", code="missing-renderer")
    return _value([program, "export", "--out", "json", "input.cue"], "cue", text, _NO_REGISTRY)


def _value(command: Sequence[str], language: str, text: str, environment: Mapping[str, str]) -> Any:
    """The JSON that a command makes of a text."""
    with Workspace(scratch()) as workspace:
        (workspace.tree / f"input.{language}").write_text(text, "utf-8")
        done = workspace.run(command, seconds=_SECONDS, environment=environment)
    if done.problem:
        raise InputError(f"{language}: {done.message}", code=done.problem)
    document = load(done.output.decode("utf-8", "replace"))
    for diagnostic in document.diagnostics:
        raise InputError(f"the output of {language}: {diagnostic.message}", code="renderer-failed")
    return document.value
