"""Each format writes the same bytes for the same Assessment as it did when somebody last looked at them."""

import json
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from muniment.model.assessment import Assessment
from muniment.reports import text
from muniment.reports.terminal import Style
from tests.reports.estate import EMPTY, ESTATE

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("json", "jsonl", "sarif", "junit", "markdown", "github", "gitlab", "gitlab_sast", "csv", "html")
SUFFIXES = {
    "sarif": "sarif",
    "junit": "xml",
    "markdown": "md",
    "github": "txt",
    "gitlab": "json",
    "gitlab_sast": "json",
}
CANONICAL = ("json", "sarif", "gitlab", "gitlab_sast")
STYLES = {
    "text": Style(controls=True),
    "text-ascii": Style(width=60, ascii=True, everything=True),
    "text-colour": Style(width=120, colour=True, hyperlinks=True),
    "text-quiet": Style(quiet=True),
}


def renderer(name: str) -> Callable[[Assessment], bytes]:
    """The `render` of a format."""
    found: Callable[[Assessment], bytes] = import_module(f"muniment.reports.{name}").render
    return found


def dump(answer: Any, **form: Any) -> bytes:
    """JSON with sorted keys."""
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, **form)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def compare(name: str, data: bytes) -> None:
    """Compares with the golden file; with MUNIMENT_UPDATE_GOLDEN set, writes it instead."""
    path = GOLDEN / name
    if os.environ.get("MUNIMENT_UPDATE_GOLDEN"):  # noqa: TID251  tests have no settings module
        path.write_bytes(data)
    assert path.read_bytes() == data, f"{name} differs: look at it, then run with MUNIMENT_UPDATE_GOLDEN=1"


@pytest.mark.parametrize("name", FORMATS)
def test_format(name: str) -> None:
    """A format writes its golden file; set MUNIMENT_UPDATE_GOLDEN=1 to accept a change that was looked at.

    JSON is written without spaces; its golden files are indented, for those who review them.
    """
    data = renderer(name)(ESTATE)
    if name in CANONICAL:
        answer = json.loads(data)
        assert dump(answer, separators=(",", ":")) == data
        data = dump(answer, indent=1)
    compare(f"{name}.{SUFFIXES.get(name, name)}", data)


@pytest.mark.parametrize("name", STYLES)
def test_text(name: str) -> None:
    """Text output looks as it did, in 60, 80 and 120 columns, in ASCII and in colour, whole and quiet."""
    compare(f"{name}.txt", text.render(ESTATE, STYLES[name]))


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_nothing(name: str) -> None:
    """A run that saw nothing has a report too."""
    assert renderer(name)(EMPTY)
