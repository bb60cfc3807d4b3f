"""`muniment config`: the effective settings under the names of the configuration file, and where each was set.

What another tool's configuration comes to here is a module of its own.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from muniment.app.checking import find_base
from muniment.app.configured import load_settings
from muniment.app.settings import Settings
from muniment.cli import config_import
from muniment.cli.table import print_table

EPILOG: Final = """\
examples:
  muniment config show
  muniment config show --origin
  muniment config import infra/           what Checkov's configuration and baseline come to here
  muniment config import . --write
"""
_NAMES: Final = (
    ("policies.select", "select"),
    ("policies.not", "remove"),
    ("policies.library", "libraries"),
    ("policies.params", "params"),
    ("exclude", "excludes"),
    ("terraform", "terraform"),
    ("kubernetes", "kubernetes"),
    ("render", "render"),
    ("gate.fail-on", "fail_on"),
    ("gate.error", "error"),
    ("gate.unknown", "unknown"),
    ("gate.unread", "unread"),
    ("gate.max-new", "max_new"),
    ("baseline", "baseline"),
    ("waivers", "waivers"),
    ("inline-waivers", "inline"),
    ("reports", "reports"),
)
"""The file's name of each setting; one that only the command line has is not there."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    showing = commands.add_parser("show", help="print every setting")
    showing.add_argument("path", nargs="?", default=".", metavar="PATH")
    showing.add_argument("--origin", action="store_true", help="tell where each value was set")
    config_import.configure(commands.add_parser("import", help="print or write what Checkov's files come to here"))


def run(arguments: argparse.Namespace) -> int:
    """Prints the settings, or those of another tool."""
    if arguments.action == "import":
        return config_import.run(arguments)
    settings = load_settings(find_base([arguments.path]).folder)
    print_table(
        (name, _shown(value), _origin(settings, name) if arguments.origin else "") for name, value in _rows(settings)
    )
    return 0


def _rows(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Every setting with its value; of a mapping, its members."""
    for name, field in _NAMES:
        value = getattr(settings, field)
        if isinstance(value, Mapping) and value:
            yield from ((f"{name}.{key if field == 'params' else key.replace('_', '-')}", value[key]) for key in value)
        else:
            yield name, value


def _shown(value: Any) -> str:
    """A text as it is, anything else as it could stand in the file."""
    if value in ((), {}, "", None):
        return "-"
    return value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: inner for key, inner in value._asdict().items() if inner}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _origin(settings: Settings, name: str) -> str:
    """The place of the key in the file, or that nobody set it."""
    return settings.origins.get(name, "built-in")
