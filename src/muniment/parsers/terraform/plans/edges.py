"""The edges between planned resources, followed through the references of the plan's configuration."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from muniment.model.resource import Reference
from muniment.parsers.terraform.addresses import quoted_key, without_keys
from muniment.parsers.terraform.plans.configuration import Configuration, expressions, references
from muniment.parsers.terraform.plans.content import Entry, mapping

_KEY: Final = r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]'
_RESOURCE: Final = re.compile(rf"((?:data\.)?[^.\[]+\.[^.\[]+)({_KEY})?(?:\.([^.\[]+))?")
_OUTPUT: Final = re.compile(rf"module\.([^.\[]+)({_KEY})?(?:\.([^.\[]+))?")
_LAST: Final = re.compile(rf"(?:^|\.)module\.([^.\[]+)({_KEY})?$")
_NOTHING: Final = frozenset({"local", "path", "terraform", "self", "count", "each", "var"})
_SAME: Final = frozenset({"each.key", "count.index"})
"""References by which a block with `for_each` or `count` meets the instance of another that has its own key."""
_DEEPEST: Final = 32
"""Steps through variables and outputs."""

Edge = tuple[str, str]
"""(address of a resource, its attribute or an empty text)."""


class _Place(NamedTuple):
    """Where an expression stands: a module instance, and the key of what repeats there."""

    module: str
    key: str
    """As written behind an address, `["a"]`; empty for what is not repeated."""
    each: tuple[str, ...]
    """What `for_each` refers to there."""
    depth: int

    @property
    def prefix(self) -> str:
        """The module's address with a dot, empty at the root."""
        return f"{self.module}." if self.module else ""


class Edges:
    """Finds what the attributes of an entry refer to."""

    __slots__ = ("_configuration", "_instances", "_modules")

    def __init__(self, configuration: Configuration, entries: Iterable[Entry]) -> None:
        self._configuration = configuration
        self._instances: dict[str, set[str]] = {}
        """Block address -> the keys of its instances, as written."""
        self._modules: dict[str, set[str]] = {}
        for one in entries:
            self._instances.setdefault(one.block, set()).add(quoted_key(one.key))
            module = one.module
            while module:
                found = _LAST.search(module)
                above = module[: found.start()] if found else ""
                self._modules.setdefault(module.removesuffix(found[2] or "") if found else module, set()).add(module)
                module = above

    def of(self, entry: Entry) -> tuple[Reference, ...]:
        """The references of an entry's attributes, sorted."""
        block = self._configuration.blocks.get(without_keys(entry.block))
        if block is None:
            return ()
        place = _Place(entry.module, quoted_key(entry.key), tuple(block.each), 0)
        found = {
            Reference(path, *edge)
            for path, node in expressions(block.expressions)
            for edge in self._edges(references(node), place)
        }
        return tuple(sorted(found))

    def _edges(self, texts: Iterable[str], place: _Place) -> Iterator[Edge]:
        if place.depth > _DEEPEST:
            return
        known = list(texts)
        same = not _SAME.isdisjoint(known)
        for text in known:
            head = text.partition(".")[0].partition("[")[0]
            if head == "module":
                yield from self._through_output(text, place, same=same)
            elif head == "var":
                yield from self._through_variable(text, place)
            elif text.startswith("each.value"):
                yield from self._through_each(text, place)
            elif head not in _NOTHING:
                yield from self._resource(text, place, same=same)

    def _resource(self, text: str, place: _Place, *, same: bool) -> Iterator[Edge]:
        found = _RESOURCE.match(text)
        if found is None:
            return
        block = place.prefix + found[1]
        keys = self._instances.get(block, {""})
        wanted = found[2] or (place.key if same else "")
        key = wanted if wanted in keys else "[*]"
        yield f"{block}{key}", found[3] or ""

    def _through_each(self, text: str, place: _Place) -> Iterator[Edge]:
        """`for_each = aws_s3_bucket.b` makes `each.value.id` the id of the bucket with the same key."""
        rest = text.removeprefix("each.value")
        inner = place._replace(each=(), depth=place.depth + 1)
        yield from self._edges([f"{each}{place.key}{rest}" for each in place.each], inner)

    def _through_variable(self, text: str, place: _Place) -> Iterator[Edge]:
        """What the call of the module gives to a variable of it."""
        found = _LAST.search(place.module)
        call = self._configuration.calls.get(without_keys(place.module))
        if found is None or call is None:
            return
        name = text.split(".")[1].partition("[")[0]
        node = mapping(call.body.get("expressions")).get(name)
        each = tuple(references(call.body.get("for_each_expression")))
        above = _Place(place.module[: found.start()], found[2] or "", each, place.depth + 1)
        for _, one in expressions(node):
            yield from self._edges(references(one), above)

    def _through_output(self, text: str, place: _Place, *, same: bool) -> Iterator[Edge]:
        """What an output of a called module refers to, in every instance that may be meant."""
        found = _OUTPUT.match(text)
        if found is None or not found[3]:
            return
        address = f"{place.prefix}module.{found[1]}"
        outputs: Mapping[str, Any] = self._configuration.outputs.get(f"{without_keys(address)}.", {})
        node = mapping(outputs.get(found[3])).get("expression")
        wanted = found[2] or (place.key if same else "")
        instances = self._modules.get(address, set())
        meant = [f"{address}{wanted}"] if f"{address}{wanted}" in instances else sorted(instances)
        for module in meant:
            yield from self._edges(references(node), _Place(module, "", (), place.depth + 1))
