"""The configuration that a plan was made from: its blocks beside the planned instances, with their comments."""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.model.resource import Resource
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.terraform.addresses import without_keys
from muniment.parsers.terraform.parser import TerraformParser
from muniment.parsers.terraform.plans.content import mapping

_CONFIGURATION: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")


class Joined:
    """Resources of the configuration by address, and by block for instances that it could not tell apart."""

    __slots__ = ("_blocks", "_exact", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._exact = {one.address: one for one in reading.resources}
        self._blocks = {without_keys(one.address): one for one in reversed(reading.resources)}

    def block(self, address: str) -> Resource | None:
        """What was written for an instance; of several instances of a block any has its lines."""
        return self._exact.get(address) or self._blocks.get(without_keys(address))

    def instance(self, address: str) -> Resource | None:
        """The very instance, where the configuration alone tells that there is one."""
        return self._exact.get(address)

    def candidates(self, root: str, addresses: Iterable[str]) -> Iterator[WaiverCandidate]:
        """The skip comments, for the planned instances of the blocks that they stand in."""
        planned: dict[str, list[str]] = {}
        for address in addresses:
            planned.setdefault(without_keys(address), []).append(address)
        for one in self.reading.candidates:
            blocks = dict.fromkeys(without_keys(address) for address in one.addresses)
            covered = tuple(address for block in blocks for address in planned.get(block, ()))
            if covered or not one.addresses:
                yield one._replace(root=root, addresses=covered)


def join(
    plan: Mapping[str, Any], folder: str, settings: Mapping[str, Any], read: Read, *, named: bool
) -> Joined | None:
    """The configuration in a folder, evaluated with the plan's variables; None if it is not what the plan is of."""
    names = [name for name in read.names(folder) if name.endswith(_CONFIGURATION)]
    documents = tuple(one for name in names if (one := read(posixpath.join(folder, name))) is not None)
    if not documents:
        return None
    given = {**settings, "vars": {**_variables(plan), **(settings.get("vars") or {})}}
    parser = TerraformParser(given)
    reading = parser.resources(Unit("terraform", folder or ".", documents), read)
    return Joined(reading) if named or _is_of(reading, plan) else None


def _variables(plan: Mapping[str, Any]) -> dict[str, str]:
    """The values of the root's variables, as the command line would give them."""
    return {
        name: _text(body["value"])
        for name, body in mapping(plan.get("variables")).items()
        if isinstance(body, dict) and body.get("value") is not None
    }


def _text(value: Any) -> str:
    """A value as an expression; a text that could be taken for one is quoted."""
    if isinstance(value, str) and value[:1] not in {"[", "{", '"'}:
        return value
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _is_of(reading: Reading, plan: Mapping[str, Any]) -> bool:
    """Whether a folder calls the modules and declares the resources of a plan's root."""
    root = mapping(mapping(plan.get("configuration")).get("root_module"))
    blocks = {str(mapping(one).get("address")) for one in root.get("resources") or ()}
    calls = {f"module.{name}" for name in mapping(root.get("module_calls"))}
    found = {without_keys(one.address) for one in reading.resources}
    made = {one.address for one in reading.resources if one.kind == "terraform.module-call"}
    return bool(blocks | calls) and blocks <= found and calls == {one for one in made if one.count(".") == 1}
