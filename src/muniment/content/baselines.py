"""Reads and writes baseline files: known failures, one line an entry, so that merges are readable."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from muniment.content.fields import Fields, read_fields, refuse
from muniment.core.baseline import BaselineEntry

SCHEMA: Final = 1
_KEYS: Final = (
    "policy",
    "root",
    "address",
    "fingerprint",
    "severity",
    "owner",
    "reason",
    "expires",
    "first-seen",
)


def load_baseline_file(path: Path, shown: str) -> tuple[BaselineEntry, ...]:
    """The entries of a file, in its order. Raises PolicyError that lists every problem."""
    problems: list[str] = []
    fields = read_fields(path, shown, problems)
    entries: tuple[BaselineEntry, ...] = ()
    if fields is not None:
        if fields.raw("schema") != SCHEMA:
            fields.complain(f"`schema: {SCHEMA}` is missing")
        fields.text("tool")
        fields.text("plan")
        fields.text("created")
        entries = tuple(_entry(item) for item in fields.items("entries"))
        fields.finish()
    refuse(problems, "the baseline")
    return entries


def _entry(item: Fields) -> BaselineEntry:
    values = [item.text(key, required=key in _KEYS[:4]) for key in _KEYS]
    expires = values[_KEYS.index("expires")]
    if expires:
        try:
            date.fromisoformat(expires)
        except ValueError:
            item.complain(f"`expires` is {expires!r}: write a day as 2026-06-30", "expires")
    item.finish()
    return BaselineEntry(*values)


def dump_baseline(entries: Iterable[BaselineEntry], *, tool: str, plan: str, created: str) -> bytes:
    """The file as bytes: sorted by identity, one entry a line, YAML that is also easy to read."""
    lines = [f"schema: {SCHEMA}", f"tool: {_quote(tool)}", f"plan: {_quote(plan)}", f"created: {_quote(created)}"]
    rows = [_line(entry) for entry in sorted(entries, key=lambda entry: entry.identity)]
    lines += ["entries:", *rows] if rows else ["entries: []"]
    return ("\n".join(lines) + "\n").encode()


def _line(entry: BaselineEntry) -> str:
    pairs = zip(_KEYS, entry, strict=True)
    return "  - {" + ", ".join(f"{key}: {_quote(value)}" for key, value in pairs if value) + "}"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
