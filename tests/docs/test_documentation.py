"""The documentation keeps up with the code: what a person can type, set or meet is written down, and is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from muniment import errors
from muniment.app.configuration import read_configuration
from muniment.app.registry import REPORTS
from muniment.cli.main import COMMANDS
from muniment.errors import MunimentError, UsageError

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
PAGES: Final = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))
COMMANDS_HELP: Final = tuple(sorted((ROOT / "src" / "muniment" / "cli").glob("*.py")))
LIBRARY: Final = ROOT / "src" / "muniment" / "library" / "policies"

_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_FENCE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
_READS: Final = re.compile(r"""(\w+)\.(?:text|texts|choice|mapping|items|raw)\(\s*"([\w-]+)\"""")
_SECTIONS: Final = {"policies", "gate", "terraform", "kubernetes", "render", "schema"}
_OWN: Final = "aws/sqs/no-owner-tag"
"""The example that `add-a-policy.md` makes: a reader's policy, not one of the library."""


def _page(name: str) -> str:
    return (DOCS / name).read_text()


def _settings() -> Iterator[str]:
    """Every key that the configuration's reader asks for."""
    source = (ROOT / "src" / "muniment" / "app" / "configuration.py").read_text()
    yield from (key for _, key in _READS.findall(source) if key not in _SECTIONS)


def _anchors(page: Path) -> set[str]:
    headings = _HEADING.findall(_FENCE.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_FENCE.sub("", page.read_text())):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            yield target


def test_every_setting_is_documented() -> None:
    """Each key that the configuration reads stands on the page about it, in code."""
    told = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", _FENCE.sub("", _page("configuration.md"))))))
    asked = set(_settings())
    assert {"library", "max-new", "inline-waivers", "timeout", "owner"} <= asked
    assert asked <= told, asked - told


def test_the_example_of_the_configuration_loads(tmp_path: Path) -> None:
    """The example shows only keys and values that the reader takes, and a wrong key beside them is refused."""
    example = re.search(r"```yaml\n(schema: 1.*?)```", _page("configuration.md"), re.DOTALL)
    assert example
    file = tmp_path / "muniment.yaml"
    file.write_text(example[1])
    assert read_configuration(file, None).max_new == 0
    file.write_text(example[1] + "no-such-key: 1\n")
    with pytest.raises(UsageError, match="no-such-key"):
        read_configuration(file, None)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_is_documented(command: str) -> None:
    """Each command is shown with the program's name somewhere in the documentation."""
    assert any(f"muniment {command}" in page.read_text() for page in PAGES)


def test_every_exit_code_is_documented() -> None:
    """Codes of errors, of the gate and of the entry stand in the table, and the table has no others."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MunimentError)]
    entry = (ROOT / "src" / "muniment" / "cli" / "main.py").read_text()
    used = {0, 1, *(kind.exit_code for kind in kinds), *map(int, re.findall(r"return (\d+)", entry))}
    first = _page("exit-codes.md").partition("\n## ")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", first, re.MULTILINE)} == used


def test_every_report_format_is_documented() -> None:
    """Each format that `-o` takes has a row on the page about reports."""
    assert set(REPORTS) == set(
        re.findall(r"^\| `([\w-]+)` \|", _page("reports.md").partition("\n## ")[0], re.MULTILINE)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file is to one that is there, and to a heading that it has."""
    assert not list(_broken(page))


@pytest.mark.parametrize("page", [*PAGES, *COMMANDS_HELP], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_policies_that_are_named_exist(page: Path) -> None:
    """A path that begins like a family of the library is a policy, a folder or a pattern of it, in help texts too."""
    families = "|".join(sorted(folder.name for folder in LIBRARY.iterdir() if folder.is_dir()))
    named = re.findall(rf"(?<![\w/.:-])(?:{families})/[a-z0-9/-]*[a-z0-9](?![\w.@])", page.read_text())
    assert not [name for name in named if not name.startswith(_OWN) and not (LIBRARY / name).is_dir()]


def test_readme_asks_for_two_commands() -> None:
    """A visitor needs `make demo` and `make test`, and no other target, to begin."""
    start = (ROOT / "README.md").read_text().partition("\n## Start\n")[2].partition("\n## ")[0]
    assert re.findall(r"^make \w+$", start, re.MULTILINE) == ["make demo", "make test"]
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^demo:", makefile, re.MULTILINE)
    assert re.search(r"^test:", makefile, re.MULTILINE)


def test_decisions_are_numbered_without_gaps() -> None:
    """Decisions count up from one, each under the number that its title says."""
    files = sorted((DOCS / "adr").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert all(file.read_text().startswith(f"# {number}. ") for number, file in enumerate(files, 1))
