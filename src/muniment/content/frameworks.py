"""Reads framework folders: `framework.json` in the catalogue's own form, or the same keys as YAML."""

import json
from pathlib import Path
from typing import Any

from muniment.content.fields import refuse
from muniment.languages import yaml
from muniment.model.framework import Control, Framework


def load_frameworks(folder: Path, *, name: str = "") -> tuple[Framework, ...]:
    """All frameworks below `folder`, sorted by id and version. Raises PolicyError that lists every problem."""
    problems: list[str] = []
    files = sorted((*folder.glob("*/framework.json"), *folder.glob("*/framework.yaml")))
    found = [
        framework
        for path in files
        if (framework := _load(path, f"{name or folder.name}/{path.relative_to(folder).as_posix()}", problems))
    ]
    refuse(problems, "the framework library")
    return tuple(sorted(found, key=lambda framework: (framework.id, framework.version)))


def _load(path: Path, shown: str, problems: list[str]) -> Framework | None:
    data = _read(path, shown, problems)
    if not isinstance(data, dict) or not isinstance(data.get("controls"), list):
        problems.append(f"{shown}: must be a mapping with `framework`, `version`, `name`, `owner`, `controls`")
        return None
    missing = [key for key in ("framework", "version", "name", "owner") if not isinstance(data.get(key), str)]
    if missing:
        problems.append(f"{shown}: {', '.join(missing)} must be texts")
        return None
    before = len(problems)
    controls = tuple(control for row in data["controls"] if (control := _control(row, shown, problems)))
    _check(controls, shown, problems)
    if len(problems) > before:
        return None
    return Framework(
        data["framework"], data["version"], data["name"], data["owner"], data.get("tier", "ids-only"), controls
    )


def _read(path: Path, shown: str, problems: list[str]) -> Any:
    try:
        if path.suffix == ".json":
            return json.loads(path.read_bytes(), object_pairs_hook=_unique_keys)
        stream = yaml.load(path.read_bytes(), dialect="core12")
        problems.extend(f"{shown}:{found.span.line}: {found.message}" for found in stream.diagnostics)
        return stream.documents[0].value if stream.documents else None
    except (OSError, ValueError) as error:
        problems.append(f"{shown}: {error}")
        return None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        twice = sorted({key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1})
        raise ValueError(f"the key {twice[0]!r} stands twice in one object")
    return out


def _control(row: Any, shown: str, problems: list[str]) -> Control | None:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("title"), str):
        problems.append(f"{shown}: a control needs `id` and `title` as quoted texts (1.10 is not 1.1): {row!r:.80}")
        return None
    level = row.get("level") or ""
    return Control(
        id=row["id"],
        title=row["title"],
        parent=row.get("parent") or "",
        leaf=bool(row.get("leaf", True)),
        assessable=bool(row.get("assessable", True)),
        kind=row.get("kind") or "",
        category=row.get("category") or "",
        applies_to=row.get("applies_to") or "all",
        level=int(level[-1]) if level[-1:].isdigit() else 0,
        assessment=row.get("assessment") or "",
        superseded_by=row.get("superseded_by") or "",
        superseded_from=row.get("superseded_from") or "",
        specifications=tuple(row.get("specifications") or ()),
    )


def _check(controls: tuple[Control, ...], shown: str, problems: list[str]) -> None:
    """Ids and titles are unique, also after case folding, and every parent exists."""
    seen: set[str] = set()
    titles: set[str] = set()
    for control in controls:
        if control.id.casefold() in seen:
            problems.append(f"{shown}: control {control.id!r} stands twice")
        seen.add(control.id.casefold())
        if not control.title or len(control.title) > 80 or control.title in titles:
            problems.append(f"{shown}: the title of {control.id!r} is empty, over 80 characters or another one's")
        titles.add(control.title)
    ids = {control.id for control in controls}
    problems.extend(
        f"{shown}: {control.id!r} names {parent!r}, which is not there"
        for control in controls
        for parent in (control.parent, *control.specifications)
        if parent and parent not in ids
    )
