"""The policies and data that a Conftest command is given, compiled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.conftest.formats import Surroundings, one_or_all, parser_of, read_documents, read_value
from muniment.app.conftest.inputs import read_text
from muniment.engines.rego.configuration_builtins import ConfigurationBuiltins, Reading
from muniment.engines.rego.rules import check_heads
from muniment.errors import InputError, PolicyError, UsageError
from muniment.languages.rego.ast import Module
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import CompileOptions, Policy, compile_modules
from muniment.languages.rego.trials import Trial, trials


class Policies(NamedTuple):
    """Modules, compiled together over data."""

    modules: tuple[Module, ...]
    policy: Policy
    data: Mapping[str, Any]
    tests: tuple[Trial, ...] = ()
    """What is to be verified, if policies were loaded for that."""


class PolicySettings(NamedTuple):
    """Where policies and data are, and how they are compiled."""

    paths: tuple[str, ...] = ("policy",)
    data: tuple[str, ...] = ()
    dialect: str = "v1"
    strict: bool = False
    capabilities: str = ""
    watched: bool = False
    tests: bool = False
    """Whether to find the tests among the rules, each a rule of its own."""


def load_policies(settings: PolicySettings) -> Policies:
    """Reads and compiles everything. Raises PolicyError with all that is wrong."""
    files = [file for path in settings.paths for file in rego_files(path)]
    if not files:
        raise PolicyError(f"no policies found in [{' '.join(settings.paths)}]")
    data = load_data(settings.data)
    try:
        modules = [parse_module(read_text(Path(file)), file, settings.dialect) for file in files]
        check_heads(modules)
        builtins = ConfigurationBuiltins(registry(), _reading(settings), _allowed(settings.capabilities))
        options = CompileOptions(strict=settings.strict, prints=True, watched=settings.watched)
        if settings.tests:
            return _with_tests(modules, lambda chosen: compile_modules(chosen, builtins, data, options), data)
        return Policies(tuple(modules), compile_modules(modules, builtins, data, options), data)
    except RegoError as error:
        raise PolicyError(str(error)) from error
    except InputError as error:
        raise PolicyError(str(error)) from error


def _with_tests(
    modules: Sequence[Module], compiled: Callable[[Sequence[Module]], Policy], data: Mapping[str, Any]
) -> Policies:
    """Policies with their tests. Raises RegoError."""
    changed, tests = trials(modules)
    try:
        return Policies(tuple(modules), compiled(changed), data, tuple(tests))
    except RegoError as error:
        changed, tests = trials(modules, error.faults)
        return Policies(tuple(modules), compiled(changed), data, tuple(tests))


def rego_files(path: str) -> list[str]:
    """The modules at or below a path, in order."""
    root = Path(path)
    if root.is_file():
        return [path]
    return sorted(str(file) for file in root.rglob("*.rego")) if root.is_dir() else []


def load_data(paths: Iterable[str]) -> dict[str, Any]:
    """The documents below `data`: folders below a path are keys, the contents of files stand in them."""
    found: dict[str, Any] = {}
    for path in paths:
        root = Path(path)
        if root.is_file():
            _merge(found, (), _contents(root))
        elif root.is_dir():
            for file in sorted(root.rglob("*")):
                if file.is_file() and parser_of(file.name) in {"json", "yaml"}:
                    _merge(found, file.relative_to(root).parts[:-1], _contents(file))
        else:
            raise PolicyError(f"load data: {path}: no such file or directory")
    return found


def _contents(file: Path) -> Any:
    try:
        return read_value(parser_of(file.name) or "yaml", read_text(file))
    except InputError as error:
        raise PolicyError(f"load data: {file}: {error}") from error


def _merge(found: dict[str, Any], keys: Sequence[str], value: Any) -> None:
    for key in keys:
        inner = found.setdefault(key, {})
        if not isinstance(inner, dict):
            raise PolicyError(f"load data: the folder {key} and a file give the same key")
        found = inner
    if not isinstance(value, dict):
        raise PolicyError("load data: a file does not hold an object")
    for key, member in value.items():
        known = found.get(key)
        if isinstance(known, dict) and isinstance(member, dict):
            _merge(known, (), member)
        elif key in found and known != member:
            raise PolicyError(f"load data: two files give the key {key}")
        else:
            found[key] = member


def _allowed(path: str) -> frozenset[str] | None:
    """The names of the builtins that a capabilities file has, nothing without one."""
    if not path:
        return None
    fields = read_value("json", read_text(Path(path)))
    builtins = fields.get("builtins", []) if isinstance(fields, dict) else []
    return frozenset(one["name"] for one in builtins if isinstance(one, dict) and isinstance(one.get("name"), str))


def _reading(settings: PolicySettings) -> Reading:
    """Reading for policies: paths stand as written or below the policies' folders, and never lead out of both."""
    roots = [Path.cwd(), *(Path(path) if Path(path).is_dir() else Path(path).parent for path in settings.paths)]

    def locate(path: str) -> Path:
        inside = [root for root in roots if (root / path).resolve().is_relative_to(root.resolve())]
        if not inside:
            raise InputError(f"{path} leads out of the policies' folders", code="outside")
        return next((root / path for root in reversed(inside) if (root / path).exists()), Path(path))

    def documents(path: str) -> list[Any]:
        file = locate(path)
        return read_documents(parser_of(path) or "yaml", read_text(file), Surroundings(path=str(file)))

    return Reading(
        text=read_value,
        file=lambda path: one_or_all(documents(path)),
        files=lambda paths: [{"path": path, "contents": one} for path in paths for one in documents(path)],
    )


def fetch(source: str, folder: str) -> None:
    """Copies policies of this machine into a folder. Raises UsageError for what would need a network."""
    path = Path(source.removeprefix("file::").removeprefix("file://"))
    if not source.startswith("file:") and not path.exists():
        raise UsageError(f"update policies: {source}: policies are fetched from this machine only")
    files = [path] if path.is_file() else sorted(path.rglob("*.rego"))
    if not files:
        raise UsageError(f"update policies: {source}: no policies are there")
    for file in files:
        target = Path(folder) / (file.name if path.is_file() else file.relative_to(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(read_text(file), "utf-8")
