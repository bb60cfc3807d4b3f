"""Override files: blocks whose arguments are put over those of the block that they name."""

from collections.abc import Iterator
from typing import Final

from muniment.languages.hcl.nodes import Attribute, Block, Body
from muniment.parsers.terraform.declarations import Declared

_BY_ARGUMENT: Final = frozenset({"lifecycle", "required_providers"})
"""Nested blocks of which an override replaces single arguments; of all others it replaces every one of its type."""
_EXCLUSIVE: Final = frozenset({"backend", "cloud"})
"""Nested blocks of which there is one at most: one takes the place of the other."""


def overridden(base: Declared, over: Declared) -> Declared:
    """An override merged into a block: arguments one by one, nested blocks by type."""
    block = _merged(base.block, over.block)
    foreign = {**base.foreign, **{id(node): over.file for node in _nodes(over.block)}}
    return Declared(block, base.file, foreign)


def _merged(base: Block, over: Block) -> Block:
    body = Body(base.body.start)
    body.end = base.body.end
    body.attributes = {**base.body.attributes, **over.body.attributes}
    body.blocks = list(_blocks(base.body.blocks, over.body.blocks))
    return Block(base.type, base.labels, body, base.start, base.header_end)


def _blocks(base: list[Block], over: list[Block]) -> Iterator[Block]:
    replaced = {kind for block in over for kind in _kinds(block)}
    merged: set[str] = set()
    for block in base:
        if block.type in _BY_ARGUMENT and block.type in replaced:
            merged.add(block.type)
            yield _merged(block, next(one for one in over if one.type == block.type))
        elif not _kinds(block) & replaced:
            yield block
    yield from (block for block in over if block.type not in merged)


def _kinds(block: Block) -> frozenset[str]:
    """The type of a nested block, that of its content where it is dynamic."""
    if block.type in _EXCLUSIVE:
        return _EXCLUSIVE
    return frozenset({block.labels[0].text if block.type == "dynamic" and block.labels else block.type})


def _nodes(block: Block) -> Iterator[Attribute | Block]:
    """The arguments and nested blocks of a block, those of blocks that are merged by argument included."""
    yield from block.body.attributes.values()
    for inner in block.body.blocks:
        yield inner
        if inner.type in _BY_ARGUMENT:
            yield from inner.body.attributes.values()
