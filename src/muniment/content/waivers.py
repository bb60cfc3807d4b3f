"""Reads waivers: one YAML file each, nine keys; what is malformed stops the run, it is never an ignored entry."""

from datetime import date
from pathlib import Path
from typing import Final

from muniment.content.fields import Fields, read_fields, refuse
from muniment.model.waiver import Waiver

CATEGORIES: Final = (
    "false-positive",
    "risk-accepted",
    "compensating-control",
    "operational-requirement",
    "migration",
)


def load_waivers(folder: Path, *, name: str = "") -> tuple[Waiver, ...]:
    """The waivers of a folder, sorted by id, which is the file's name. Raises PolicyError that lists every problem."""
    problems: list[str] = []
    waivers = [
        waiver
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))
        if (fields := read_fields(path, f"{name or folder.name}/{path.name}", problems)) is not None
        and (waiver := _waiver(path.stem, fields)) is not None
    ]
    refuse(problems, "a waiver")
    return tuple(sorted(waivers, key=lambda waiver: waiver.id))


def _waiver(identity: str, fields: Fields) -> Waiver | None:
    before = len(fields.problems)
    waiver = Waiver(
        id=identity,
        policies=fields.texts("policies"),
        scope=fields.texts("scope"),
        reason=fields.text("reason", required=True),
        category=fields.choice("category", CATEGORIES, required=True),
        requester=fields.text("requester", required=True),
        approvers=fields.texts("approvers"),
        expires=_day(fields, "expires"),
        ticket=fields.text("ticket"),
        compensating=fields.text("compensating"),
        file=fields.file,
    )
    for key in ("policies", "scope"):
        if not getattr(waiver, key):
            fields.complain(f"`{key}` is missing")
    if waiver.reason and len(waiver.reason) < 20:
        fields.complain("`reason` must say it in at least 20 characters", "reason")
    fields.finish()
    return waiver if len(fields.problems) == before else None


def _day(fields: Fields, key: str) -> date:
    text = fields.text(key, required=True)
    try:
        return date.fromisoformat(text) if text else date.min
    except ValueError:
        fields.complain(f"`{key}` is {text!r}: write a day as 2026-06-30", key)
        return date.min
