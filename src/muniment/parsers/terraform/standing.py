"""The blocks of a module that are no resources but that policies may judge: providers, variables, outputs, settings."""

from collections.abc import Iterable, Iterator
from typing import Final

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute, Block, Expression, GetAttribute, Index
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import plain
from muniment.model.resource import Resource
from muniment.parsers.terraform.addresses import quoted_key
from muniment.parsers.terraform.bodies import Builder
from muniment.parsers.terraform.declarations import Declared
from muniment.parsers.terraform.meta import lifecycle_of
from muniment.parsers.terraform.places import History, Places
from muniment.parsers.terraform.resource_instance import Home, ResourceInstance
from muniment.parsers.terraform.written import name_of, named

_IMPORT: Final = "terraform.import"
_NAMING = frozenset({"from", "to", "provider", "type"})
"""Arguments of such blocks that name something and have no value."""


def standing_resources(instance: Home, root: str) -> Iterator[Resource]:
    """They belong to a module, not to its instances: only the first instance of a module lists them.

    Variables and outputs are listed for the root alone: a called module's are what its callers say and read.
    """
    if instance.module.folder in instance.run.listed:
        return
    instance.run.listed.add(instance.module.folder)
    for kind, prefix, declared in _blocks(instance):
        for repetition in instance.repetitions(declared):
            yield _standing(ResourceInstance(instance, declared, prefix, kind, prefix, "standing", repetition), root)


def _standing(one: ResourceInstance, root: str) -> Resource:
    written = one.declared.block.body.attributes
    builder = Builder(one)
    attributes = builder.top(frozenset(written) - _NAMING)
    attributes.update((name, named(written[name])) for name in sorted(_NAMING & written.keys()))
    if one.kind == _IMPORT and "to" in written:
        attributes["to"] = _target(one, written["to"].expression, one.declared.file_of(written["to"]))
    lifecycle = lifecycle_of(one)
    return Resource(
        kind=one.kind,
        address=f"{one.instance.prefix}{one.address}",
        root=root,
        name=one.name.rpartition(".")[2],
        format="terraform",
        attributes=attributes,
        location=one.declared.location,
        positions=Places(builder.made),
        sensitive=frozenset(builder.sensitive),
        origins=History(builder.made, one.instance),
        meta={} if lifecycle is None else {"lifecycle": lifecycle},
    )


def _target(one: ResourceInstance, node: Expression, file: File) -> str:
    """The address that an `import` is for, with the key that its `for_each` gives; `[*]` for one that is not known."""
    if isinstance(node, GetAttribute):
        return f"{_target(one, node.source, file)}.{node.name}"
    if isinstance(node, Index):
        written = Attribute("to", node.key, node.start, node.end)
        try:
            key = plain(one.instance.value(written, file, one.scope))
        except HclError:
            key = None
        return _target(one, node.source, file) + (quoted_key(key) if type(key) in {str, int} else "[*]")
    return name_of(node)


def _blocks(instance: Home) -> Iterable[tuple[str, str, Declared]]:
    module = instance.module
    for name, declared in module.providers.items():
        yield "terraform.provider", f"provider.{name}", declared
    if not instance.prefix:
        for name, declared in module.variables.items():
            yield "terraform.variable", f"var.{name}", declared
        for name, declared in module.outputs.items():
            yield "terraform.output", f"output.{name}", declared
    for declared in module.settings:
        yield "terraform.settings", "terraform", declared
        for block in declared.block.body.blocks:
            if block.type == "backend" and block.labels:
                yield "terraform.backend", f"backend.{block.labels[0].text}", _inner(declared, block)
            elif block.type == "cloud":
                yield "terraform.cloud", "cloud", _inner(declared, block)
    for declared in module.notices:
        yield f"terraform.{declared.block.type}", _notice(declared), declared


def _inner(declared: Declared, block: Block) -> Declared:
    return Declared(block, declared.file_of(block))


def _notice(declared: Declared) -> str:
    """An address for what has none: the label of a check, or what a block is about and its line."""
    block = declared.block
    if block.labels:
        return f"{block.type}.{block.labels[0].text}"
    about = block.body.attributes.get("to" if block.type == "import" else "from")
    return f"{block.type}.{name_of(about.expression) if about is not None else declared.start.rpartition(':')[2]}"
