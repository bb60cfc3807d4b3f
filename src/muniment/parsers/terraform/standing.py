"""The blocks of a module that are no resources but that policies may judge: providers, variables, outputs, settings."""

from collections.abc import Iterable, Iterator
from typing import Any

from muniment.model.resource import Resource
from muniment.parsers.terraform.bodies import Builder
from muniment.parsers.terraform.config import Declared
from muniment.parsers.terraform.instance import ONCE, ModuleInstance, ResourceInstance
from muniment.parsers.terraform.places import Places


def standing_resources(instance: ModuleInstance, root: str) -> Iterator[Resource]:
    """They belong to a module, not to its instances: only the first instance of a module lists them."""
    if instance.module.folder in instance.run.listed:
        return
    instance.run.listed.add(instance.module.folder)
    for kind, prefix, declared in _blocks(instance):
        one = ResourceInstance(instance, declared, prefix, kind, prefix, "standing", ONCE)
        builder = Builder(one)
        attributes: dict[str, Any] = builder.top()
        yield Resource(
            kind=kind,
            address=f"{instance.prefix}{prefix}",
            root=root,
            name=prefix.rpartition(".")[2],
            format="terraform",
            attributes=attributes,
            location=declared.location,
            positions=Places(builder.made),
            sensitive=frozenset(builder.sensitive),
        )


def _blocks(instance: ModuleInstance) -> Iterable[tuple[str, str, Declared]]:
    module = instance.module
    for name, declared in module.providers.items():
        yield "terraform.provider", f"provider.{name}", declared
    for name, declared in module.outputs.items():
        yield "terraform.output", f"output.{name}", declared
    for declared in module.settings:
        yield "terraform.settings", "terraform", declared
        for block in declared.block.body.blocks:
            if block.type == "backend" and block.labels:
                yield "terraform.backend", f"backend.{block.labels[0].text}", Declared(block, declared.file)
