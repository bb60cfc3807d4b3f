"""The blocks of a module that are no resources but that policies may judge: providers, variables, outputs, settings."""

from collections.abc import Iterable, Iterator

from muniment.languages.hcl.nodes import Attribute, Block, Expression, Literal, Traversal, TupleExpression
from muniment.languages.unknown import Cause, Unknown
from muniment.model.resource import Resource
from muniment.parsers.terraform.bodies import Builder
from muniment.parsers.terraform.declarations import Declared
from muniment.parsers.terraform.places import History, Places
from muniment.parsers.terraform.providers import provider_name
from muniment.parsers.terraform.resource_instance import Home, ResourceInstance

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
    )


def named(attribute: Attribute) -> object:
    """What an argument names, as written; unknown where it names nothing."""
    text = _written(attribute.expression)
    return text or Unknown((Cause("expression", attribute.name),))


def _written(node: Expression) -> str:
    if isinstance(node, Literal):
        return str(node.value)
    return str(node) if isinstance(node, Traversal) else provider_name(node)


def names_of(attribute: Attribute) -> list[str]:
    """The names that a list such as `depends_on` or `ignore_changes` holds; one word stands for itself."""
    node = attribute.expression
    items = node.items if isinstance(node, TupleExpression) else [node]
    return [text for text in map(_written, items) if text]


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
    return f"{block.type}.{_written(about.expression) if about is not None else declared.start.rpartition(':')[2]}"
