"""Reads a whole library folder: the slow way, taken where no index is at hand."""

from pathlib import Path

from muniment.content.frameworks import load_frameworks
from muniment.content.index import Library
from muniment.content.policies import load_policies
from muniment.model.framework import Framework


def load_library(folder: Path, *, name: str = "", known: tuple[Framework, ...] = ()) -> Library:
    """Reads a library folder: `policies/` and `frameworks/` in it, or policy folders directly.

    `known` are frameworks that its policies may link beside its own. Raises PolicyError.
    """
    frameworks = load_frameworks(folder / "frameworks", name=f"{name}/frameworks" if name else "frameworks")
    below = folder / "policies"
    policies = load_policies(below if below.is_dir() else folder, (*known, *frameworks), name=name)
    ids = folder / "foreign-ids.txt"
    foreign = frozenset(ids.read_text("utf-8").split()) if ids.is_file() else frozenset()
    return Library(policies, frameworks, foreign)
