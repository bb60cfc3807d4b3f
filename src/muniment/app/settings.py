"""What a run is told: the configuration file, the command line over it, and the built-in defaults under both.

The environment is read here and nowhere else.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from muniment.sources.exclusion import Exclude


class ReportSpec(NamedTuple):
    """A report to write: its format and, unless it goes to standard output, its file."""

    format: str
    to: str = ""


class Settings(NamedTuple):
    """The effective configuration; `origins` tells where the file sets each of its keys, as `gate.fail-on`."""

    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    params: Mapping[str, Mapping[str, Any]] = {}
    excludes: tuple[Exclude, ...] = ()
    terraform: Mapping[str, Any] = {}
    kubernetes: Mapping[str, Any] = {}
    render: Mapping[str, Any] = {}
    fail_on: tuple[str, ...] = ()
    error: str = "incomplete"
    unknown: str = "warn"
    unread: Mapping[str, str] = {"default": "incomplete", "no-parser": "warn"}
    max_new: int | None = None
    empty: str = "incomplete"
    inline: str = "warn"
    baseline: str = ""
    waivers: tuple[str, ...] = (".muniment/waivers",)
    reports: tuple[ReportSpec, ...] = ()
    file: str = ""
    origins: Mapping[str, str] = {}


def cache_folder() -> Path:
    """Where indexes are kept: MUNIMENT_CACHE, else the user's cache folder by the XDG rules."""
    named = os.environ.get("MUNIMENT_CACHE")  # noqa: TID251  this module is where the environment is read
    if named:
        return Path(named)
    xdg = os.environ.get("XDG_CACHE_HOME")  # noqa: TID251
    return (Path(xdg) if xdg else Path.home() / ".cache") / "muniment"


def environment(name: str) -> str:
    """A variable of the environment, empty if unset."""
    return os.environ.get(name, "")  # noqa: TID251


def terraform_variables() -> dict[str, str]:
    """The variables that Terraform would take from the environment, by their own names."""
    start = "TF_VAR_"
    values = os.environ.items()  # noqa: TID251
    return {name.removeprefix(start): value for name, value in sorted(values) if name.startswith(start)}


def search_path() -> str:
    """Where programs such as helm are looked for."""
    return environment("PATH")
