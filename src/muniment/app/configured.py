"""Finds and loads the configuration of a base folder."""

from pathlib import Path
from typing import Any

from muniment.app.settings import Settings
from muniment.errors import UsageError


def load_settings(base: Path) -> Settings:
    """The settings of a base folder: `muniment.yaml`, or the table in `pyproject.toml`; both is an error.

    Raises UsageError that lists every problem, with lines.
    """
    own = base / "muniment.yaml"
    table = _pyproject(base)
    if own.is_file() and table is not None:
        raise UsageError("muniment.yaml and [tool.muniment] in pyproject.toml are both there", hint="keep one of them")
    if not own.is_file() and table is None:
        return Settings()
    from muniment.app.configuration import read_configuration

    return read_configuration(own if own.is_file() else None, table)


def _pyproject(base: Path) -> dict[str, Any] | None:
    path = base / "pyproject.toml"
    if not path.is_file():
        return None
    data = path.read_bytes()
    if b"tool.muniment" not in data:
        return None
    import tomllib

    try:
        table = tomllib.loads(data.decode()).get("tool", {}).get("muniment")
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"pyproject.toml: {error}", code="configuration") from error
    return table if isinstance(table, dict) else None
