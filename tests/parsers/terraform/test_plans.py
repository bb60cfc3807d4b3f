"""Compares what is read of random configurations with Terraform's own plan of them, where it is installed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from muniment.languages.unknown import OpenList, OpenMap, Unknown
from muniment.model.resource import Resource
from tests.parsers.terraform.configurations import configurations
from tests.parsers.terraform.modules import readings
from tests.parsers.terraform.oracle import needs_terraform, seed, terraform

COUNT = 80
_UNKNOWN = "(known after apply)"


def _plan(texts: Mapping[str, str], folder: Path) -> dict[str, tuple[Any, bool]]:
    """Terraform's plan: address -> input, unknown parts named, and whether any of it is sensitive."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    terraform(folder, "init", "-no-color")
    terraform(folder, "plan", "-no-color", "-lock=false", "-out=plan")
    changes = json.loads(terraform(folder, "show", "-json", "plan"))["resource_changes"]
    return {
        one["address"]: (
            _marked(one["change"]["after"].get("input"), one["change"]["after_unknown"].get("input")),
            _any(one["change"]["after_sensitive"]),
        )
        for one in changes
    }


def _marked(value: Any, unknown: Any) -> Any:
    """A planned value with a word in place of each unknown part."""
    if unknown is True:
        return _UNKNOWN
    if isinstance(unknown, dict):
        known = value if isinstance(value, dict) else {}
        return {key: _marked(known.get(key), unknown.get(key)) for key in known.keys() | unknown.keys()}
    if isinstance(unknown, list) and isinstance(value, list):
        return [_marked(member, hole) for member, hole in zip(value, unknown, strict=True)]
    return value


def _any(marks: Any) -> bool:
    if isinstance(marks, dict | list):
        return any(_any(one) for one in (marks.values() if isinstance(marks, dict) else marks))
    return marks is True


def _seen(value: Any) -> Any:
    """A value as it is judged, in the plan's form."""
    if isinstance(value, Unknown):
        return _UNKNOWN
    if isinstance(value, OpenList | OpenMap):
        return f"open: {value!r}"
    if isinstance(value, dict):
        return {key: _seen(member) for key, member in value.items()}
    return [_seen(member) for member in value] if isinstance(value, list) else value


def _hidden(resource: Resource) -> bool:
    return bool(resource.sensitive)


def _differences(planned: Mapping[str, tuple[Any, bool]], found: Mapping[str, Resource]) -> Iterator[str]:
    for address in sorted(planned.keys() ^ found.keys()):
        yield f"{address} is {'planned' if address in planned else 'read'} only"
    for address in sorted(planned.keys() & found.keys()):
        ours = (_seen(found[address].attributes.get("input")), _hidden(found[address]))
        if json.dumps(ours, sort_keys=True) != json.dumps(planned[address], sort_keys=True):
            yield f"{address}: {ours}, planned {planned[address]}"


@needs_terraform
def test_configurations_are_read_as_terraform_plans_them(tmp_path: Path) -> None:
    """Every instance is there under Terraform's address, with its value, its unknown parts and its secrets."""
    texts = {"main.tf": ""}
    for number, files in enumerate(configurations(seed(), COUNT)):
        texts["main.tf"] += f'module "c{number}" {{\n  source = "./c{number}"\n}}\n'
        texts |= {f"c{number}/{path}": text for path, text in files.items()}
    planned = _plan(texts, tmp_path)
    (reading,) = readings(texts).values()
    assert not reading.unread
    found = {one.address: one for one in reading.resources if one.kind == "terraform_data"}
    assert len(planned) > COUNT * 10
    wrong = list(_differences(planned, found))
    assert not wrong, "\n".join(wrong)
