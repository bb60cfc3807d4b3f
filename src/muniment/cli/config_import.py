"""`muniment config import`: Checkov's configuration and baseline as ours, and what of them has no counterpart."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from muniment.app.checking import Base, find_base
from muniment.cli.checkov_arguments import CONFIG_NAMES, read_config, reasons
from muniment.errors import UsageError

if TYPE_CHECKING:
    from muniment.app.checkov.importing import Imported, Left

_OURS: Final = "muniment.yaml"
_BASELINE: Final = ".muniment/baseline.yaml"
_THEIRS: Final = ".checkov.baseline"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument(
        "path", nargs="?", default=".", metavar="DIR", help="folder with .checkov.yaml, .checkov.baseline"
    )
    parser.add_argument("--write", action="store_true", help=f"write {_OURS} and {_BASELINE}; replaces neither")


def run(arguments: argparse.Namespace) -> int:
    """Prints or writes the files, and tells on standard error what they leave out."""
    folder = Path(arguments.path)
    base = find_base([arguments.path])
    config = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
    given = _given(config) if config else {}
    known = folder / next(iter(given.get("baseline", ())), _THEIRS)
    if not known.is_file() and "baseline" in given:
        raise UsageError(f"the baseline {known} does not exist", code="missing-path")
    if config is None and not known.is_file():
        raise UsageError(f"{arguments.path} has neither {CONFIG_NAMES[0]} nor {_THEIRS}", code="missing-path")
    imported = _settings(given, base)
    files: dict[str, str] = {}
    left = list(imported.left)
    if known.is_file():
        files |= _baseline(known, base, imported.table, left)
    table = imported.table | ({"baseline": _BASELINE} if files else {})
    files = {_OURS: "\n".join(_lines(table)) + "\n", **files}
    _write(base.folder, files) if arguments.write else _print(files)
    for what, why in left:
        print(f"not imported: {what} ({why})", file=sys.stderr)
    return 0


def _given(config: Path) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for word in read_config(config):
        name, mark, value = word.removeprefix("--").partition("=")
        given.setdefault(name, []).append(value if mark else "true")
    return given


def _settings(given: Mapping[str, list[str]], base: Base) -> "Imported":
    """The settings, without rules that match nothing: our own reader refuses those."""
    from muniment.app.checkov.importing import Left, below_base, import_settings
    from muniment.app.plan import load_libraries
    from muniment.sources.directory import Directory
    from muniment.sources.exclusion import Exclude

    named = (below_base(text, base.paths[0]) for text in given.get("external-checks-dir", ()))
    library = load_libraries(tuple(path for path in named if path), base.folder)
    imported = import_settings(given, library, base.paths[0], reasons())
    rules = {Exclude(one["path"], one["reason"]): one for one in imported.table.get("exclude", ())}
    unused = Directory(base.folder, ("",), tuple(rules)).find().unused if rules else ()
    left = [
        Left(rule.reason.replace(" of Checkov", ""), "matches nothing, and a rule that matches nothing is an error")
        for rule in unused
    ]
    kept = [one for rule, one in rules.items() if rule not in unused]
    table = {key: value for key, value in imported.table.items() if key != "exclude"}
    return imported._replace(table=table | ({"exclude": kept} if kept else {}), left=(*imported.left, *left))


def _baseline(known: Path, base: Base, table: dict[str, Any], left: "list[Left]") -> dict[str, str]:
    """The file of known failures; none where nothing that is known fails. Adds to `left`."""
    from muniment.app.checkov.baseline import read_checkov_baseline
    from muniment.app.checkov.known import import_baseline
    from muniment.app.configuration import read_configuration
    from muniment.app.pipeline import Means
    from muniment.app.settings import cache_folder
    from muniment.content.baselines import dump_baseline

    found = import_baseline(
        read_checkov_baseline(known),
        base,
        read_configuration(None, table)._replace(reports=()),
        now=datetime.now(UTC),  # noqa: TID251  a door: here the clock is read
        means=Means(cache=cache_folder() / "results"),
    )
    left += found.left
    run = found.assessment
    tool = f"{run.tool} {run.version}"
    text = dump_baseline(found.entries, tool=tool, plan=run.plan_digest, created=run.as_of).decode()
    return {_BASELINE: text} if found.entries else {}


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    """YAML with a line for each setting; a value is written as JSON, which YAML is a superset of."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield f"{key}:"
            yield from (f"  {name}: {_value(inner)}" for name, inner in value.items())
        elif isinstance(value, list):
            yield f"{key}:"
            yield from (f"  - {_value(item)}" for item in value)
        else:
            yield f"{key}: {_value(value)}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _print(files: Mapping[str, str]) -> None:
    for number, (name, text) in enumerate(files.items()):
        print(("---\n" if number else "") + f"# {name}\n{text}", end="")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes all files or none. Raises UsageError for one that is there."""
    for name in files:
        if (folder / name).exists():
            raise UsageError(f"{name} is there already", hint="without --write the new settings are printed")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(f"wrote {name}")
