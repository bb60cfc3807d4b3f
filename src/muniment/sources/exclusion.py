"""What a source leaves out: folders that hold no work of people, and the rules of the configuration."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

FOLDERS: Final = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".terraform",
        ".terragrunt-cache",
        "node_modules",
        ".venv",
        "venv",
        ".tox",
        "__pycache__",
    }
)
"""Names of folders that are never looked into."""
_WILD: Final = "*?["


class Exclude(NamedTuple):
    """A rule of the configuration that leaves files out, with its reason and owner."""

    path: str
    reason: str
    owner: str = ""

    @property
    def why(self) -> str:
        """The reason as the ledger tells it."""
        return f"{self.reason} ({self.owner})" if self.owner else self.reason


def excluding(path: str, rules: Sequence[Exclude], *, folder: bool) -> Exclude | None:
    """The first rule that leaves out the file or folder at `path`."""
    return next((rule for rule in rules if any(fnmatchcase(path, one) for one in _patterns(rule.path, folder))), None)


def excluding_within(path: str, rules: Sequence[Exclude]) -> Exclude | None:
    """The first rule that leaves out a file, or a folder on the way to it: for sources that know files only."""
    parts = path.split("/")
    folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    found = (excluding(folder, rules, folder=True) for folder in folders)
    return next((rule for rule in found if rule), None) or excluding(path, rules, folder=False)


def searched(rule: Exclude, roots: Sequence[str]) -> bool:
    """Whether all that a rule can match lies below the `roots`: only then is it known to match nothing."""
    wild = next((place for place, character in enumerate(rule.path) if character in _WILD), len(rule.path))
    fixed = rule.path[:wild]
    return any(not root or fixed == root or fixed.startswith(f"{root}/") for root in roots)


def _patterns(pattern: str, folder: bool) -> Iterator[str]:  # noqa: FBT001  one caller, in this module
    """`**/x/**` excludes the folder x itself too, at every depth including the top."""
    for text in (pattern, pattern.removeprefix("**/")):
        yield text
        if folder and text.endswith("/**"):
            yield text.removesuffix("/**")
