"""The option `--library` of the commands that judge, and paths that people type."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from muniment.app.settings import Settings


def add_library(parser: "argparse.ArgumentParser | argparse._ArgumentGroup") -> None:
    """Adds `--library`."""
    parser.add_argument(
        "--library", action="append", default=[], metavar="DIR", help="judge by the policies in DIR too"
    )


def with_libraries(settings: Settings, paths: Sequence[str], base: Path) -> Settings:
    """The settings with the libraries of the command line."""
    return settings._replace(libraries=(*settings.libraries, *(from_here(path, base) for path in paths)))


def from_here(path: str, base: Path) -> str:
    """A path of the command line, relative to the base."""
    return os.path.relpath(Path(path).resolve(), base)
