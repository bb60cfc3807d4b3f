"""Whatever a tree holds, a language core answers or refuses: seeded mutations of texts that are almost right."""

import contextlib
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from muniment.errors import MunimentError
from muniment.languages import cel, json_source, yaml
from muniment.languages.dockerfile import parse as parse_dockerfile
from muniment.languages.dockerfile import resolve
from muniment.languages.hcl.parser import parse as parse_hcl
from muniment.languages.regex import compile as compile_regex
from muniment.languages.shell import commands
from muniment.languages.source import LanguageError
from muniment.parsers.github_expressions import ExpressionError
from muniment.parsers.github_expressions import parse as parse_github

LIBRARY: Final = Path(__file__).resolve().parents[2] / "src" / "muniment" / "library" / "policies"
ROUNDS: Final = 150
SLOWEST: Final = 5.0
"""Seconds of one text on a busy machine: a text that hangs takes for ever."""


def _dockerfile(text: str) -> object:
    return resolve(parse_dockerfile(text), inherits=True)


def _cel(text: str) -> object:
    return cel.Environment().compile(text).evaluate({})


def _regex(text: str) -> object:
    return compile_regex(text).search("aab:" * 200)


CORES: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "yaml": (yaml.load, "*.yaml"),
    "json": (json_source.load, "*.json"),
    "hcl": (parse_hcl, "*.tf"),
    "dockerfile": (_dockerfile, "*Dockerfile"),
    "shell": (commands, "*Dockerfile"),
    "cel": (_cel, ""),
    "regex": (_regex, ""),
    "github": (parse_github, ""),
}
EXPRESSIONS: Final = (
    "[1, 2].all(a, a > 0) && {'k': [1]}.k.exists(x, x in [1u, 2.5])",
    "'a'.matches('(a|b)*c') ? b\"x\" : string(1) + \"\\u00e9\"",
    r"^(?:a+|b{2,9})*[^\d\w]?(?P<n>x|y)\bz(?i:q)$",
    "(a*)*b|(?:a|aa)+$",
    "contains(github.event.issue.title, '}}') && !(matrix.os == 'x' || fromJSON('[1]')[0] >= 1e3)",
    "format('{0} {{ {1}', env['A'], hashFiles('**/*.lock'))",
)
PIECES: Final = (
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    '"',
    "'",
    "\\",
    "\n",
    "#",
    "${",
    "%{",
    "<<E\n",
    "&a ",
    "*a",
    "\0",
    "\ud800",
    "9" * 50,
)


def _seeds(pattern: str) -> list[str]:
    if not pattern:
        return list(EXPRESSIONS)
    files = sorted(path for path in LIBRARY.rglob(pattern) if path.stat().st_size < 5_000)
    return [path.read_text("utf-8") for path in files[:: max(1, len(files) // 40)]] or ['{"a": [1, {"b": null}]}']


def _mutated(text: str, chance: random.Random) -> str:
    """The text after some cuts, repetitions and insertions."""
    for _ in range(chance.randint(1, 6)):
        at, width = chance.randint(0, len(text)), chance.choice((1, 3, 20))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + width :]
        elif kind == 1:
            text = text[:at] + text[at : at + width] * chance.choice((2, 300)) + text[at + width :]
        elif kind == 2:
            text = text[:at] + chance.choice(PIECES) * chance.choice((1, 2, 400)) + text[at:]
        else:
            text = text[:at]
    return text


@pytest.mark.parametrize("name", CORES)
def test_a_core_answers_or_refuses(name: str) -> None:
    """No other exception leaves a core, and no text takes it for ever."""
    read, pattern = CORES[name]
    chance = random.Random(f"{name} 1")  # noqa: S311  the same texts each time, not secrets
    seeds = _seeds(pattern)
    for _ in range(ROUNDS):
        text = _mutated(chance.choice(seeds), chance)
        start = time.monotonic()
        with contextlib.suppress(LanguageError, MunimentError, ExpressionError, cel.CelEvaluationError):
            read(text)
        assert time.monotonic() - start < SLOWEST, text[:200]


@pytest.mark.parametrize("digits", [30, 400, 5_000])
def test_numbers_beyond_every_number_are_refused(digits: int) -> None:
    """A scalar of many digits is a float, a complaint or a text, in every reader that counts."""
    for read in (yaml.load, json_source.load, parse_hcl):
        with contextlib.suppress(LanguageError):
            read(f"a: {'9' * digits}\n")
