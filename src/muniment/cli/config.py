"""`muniment config`: the effective settings, and where each was set."""

import argparse
from pathlib import Path
from typing import Final

from muniment.app.checking import find_base
from muniment.app.configured import load_settings
from muniment.app.settings import Settings
from muniment.cli.table import print_table

EPILOG: Final = """\
examples:
  muniment config show --origin
"""
_HIDDEN: Final = frozenset({"origins", "file"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    showing = commands.add_parser("show", help="print every setting")
    showing.add_argument("path", nargs="?", default=".", metavar="PATH")
    showing.add_argument("--origin", action="store_true", help="tell where each value was set")


def run(arguments: argparse.Namespace) -> int:
    """Prints the settings."""
    base = find_base([arguments.path])
    settings = load_settings(base.folder)
    rows = [
        (name, _shown(getattr(settings, name)), _origin(settings, name) if arguments.origin else "")
        for name in Settings._fields
        if name not in _HIDDEN
    ]
    print_table(rows)
    return 0


def _shown(value: object) -> str:
    if value in ((), {}, "", None):
        return "-"
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def _origin(settings: Settings, name: str) -> str:
    default = getattr(Settings(), name)
    return "built-in" if getattr(settings, name) == default else settings.file or str(Path("command line"))
