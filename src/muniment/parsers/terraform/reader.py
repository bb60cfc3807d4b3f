"""Turns what a root's module instances make into resources, with everything else that people must know of it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.ports import Reading
from muniment.languages.hcl.errors import HclError
from muniment.languages.unknown import Cause, Unknown
from muniment.model.assessment import LedgerLine
from muniment.model.document import Location
from muniment.model.resource import Resource
from muniment.model.result import Unread
from muniment.parsers.terraform.bodies import Builder
from muniment.parsers.terraform.calls import Calls
from muniment.parsers.terraform.conditions import failed_conditions
from muniment.parsers.terraform.data_sources import result_of
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.meta import meta_of
from muniment.parsers.terraform.moves import Moves, has_moves
from muniment.parsers.terraform.objects import see_object
from muniment.parsers.terraform.places import History, Places
from muniment.parsers.terraform.providers import add_defaults
from muniment.parsers.terraform.repetition import ONCE
from muniment.parsers.terraform.resource_instance import ResourceInstance
from muniment.parsers.terraform.run import Run
from muniment.parsers.terraform.skips import skip_candidates
from muniment.parsers.terraform.standing import standing_resources
from muniment.parsers.terraform.variables import Given

_PINNING: Final = frozenset({"source", "version"})
"""What of a call is read where it makes no instance."""
_MOST_RESOURCES: Final = 100_000


class RootReader:
    """Collects the resources of one root."""

    __slots__ = ("_given", "_resources", "_root", "_run")

    def __init__(self, root: str, run: Run, given: Given) -> None:
        self._root = root
        self._run = run
        self._given = given
        self._resources: list[Resource] = []

    def instance(self, instance: ModuleInstance) -> None:
        """A module instance, and those that it calls."""
        for resource in instance.all_resources():
            if len(self._resources) >= _MOST_RESOURCES:
                message = f"the root has more than {_MOST_RESOURCES} resources"
                self._run.refuse(resource.declared.location, message, "limit-exceeded")
                return
            self._resources.append(self._resource(resource))
        self._resources.extend(standing_resources(instance, self._root))
        failed_conditions(instance)
        for name in instance.module.calls:
            calls = instance.calls(name)
            self._call(instance, calls)
            for repetition, child in calls.instances:
                if child is not None and not repetition.unknown:
                    self.instance(child)
                elif child is not None:
                    self._doubtful(child, repetition.unknown)

    def name_former(self, top: ModuleInstance) -> None:
        """Gives what was renamed the addresses by which it went before; `top` is the root's own instance."""
        if any(map(has_moves, self._run.used.values())):
            moves = Moves(top)
            for resource in self._resources:
                resource.former = moves.former(resource.address)

    def _doubtful(self, child: ModuleInstance, causes: tuple[Cause, ...]) -> None:
        """A module of which it cannot be told whether it will exist: neither can its resources."""
        before = len(self._resources)
        self.instance(child)
        for resource in self._resources[before:]:
            resource.existence = tuple(dict.fromkeys((*resource.existence, *causes)))

    def _resource(self, one: ResourceInstance) -> Resource:
        builder = Builder(one)
        attributes = builder.top()
        add_defaults(one, attributes)
        if one.mode == "data":
            _add_computed(one, attributes)
        return see_object(
            Resource(
                kind=one.kind if one.mode == "managed" else f"{one.mode}.{one.kind}",
                address=one.address,
                block=one.block,
                root=self._root,
                name=one.name,
                format="terraform",
                attributes=attributes,
                location=one.declared.location,
                positions=Places(builder.made),
                meta=meta_of(one),
                references=tuple(sorted(builder.references)),
                existence=one.repetition.unknown,
                sensitive=frozenset(builder.sensitive),
                origins=History(builder.made, one.instance),
            )
        )

    def _call(self, instance: ModuleInstance, calls: Calls[ModuleInstance]) -> None:
        """The call itself: judged for its pinning, and a stand-in where its module could not be read."""
        one = ResourceInstance(
            instance,
            calls.declared,
            calls.address,
            "module",
            calls.name,
            "call",
            calls.instances[0][0] if calls.instances else ONCE,
        )
        builder = Builder(one)
        attributes = builder.top(None if calls.instances else _PINNING)
        self._resources.append(
            Resource(
                kind="terraform.module-call",
                address=calls.address,
                root=self._root,
                name=calls.name,
                format="terraform",
                attributes=attributes,
                location=calls.declared.location,
                positions=Places(builder.made),
                meta={"stands_for": "terraform"} if calls.problem else {},
                references=tuple(sorted(builder.references)) if calls.problem else (),
                existence=calls.problem,
            )
        )

    def reading(self, own: Iterable[Unread], lost: Mapping[str, Unread]) -> Reading:
        """Everything together: `own` are the root's unread documents, `lost` those of all folders by path."""
        run, modules = self._run, tuple(self._run.used.values())
        problems = [
            Unread(
                Location(file.filename, found.span.line, found.span.column, found.span.end_line, found.span.end_column),
                found.code if found.code in {"limit-exceeded", "too-large"} else "syntax-error",
                found.message,
                found.hint,
                "terraform",
            )
            for module in modules
            for file, found in module.problems
        ]
        folders = {module.folder for module in modules}
        elsewhere = [one for path, one in lost.items() if posixpath.dirname(path) in folders]
        broken = {one.location.path for one in (*problems, *elsewhere)}
        return Reading(
            resources=tuple(self._resources),
            unread=tuple(sorted({*own, *self._given.unread, *problems, *elsewhere, *run.unread.values()})),
            candidates=tuple(skip_candidates(modules, self._resources, self._root)),
            ledger=tuple(self._ledger()),
            open=tuple(Cause("syntax-error", path) for path in sorted(broken)),
            folders=tuple(sorted(folders)),
            notes=(*self._given.notes, *run.notes),
        )

    def _ledger(self) -> Iterator[LedgerLine]:
        """Documents that are read for others' sake, or that others stand in the place of."""
        for one in (*self._run.support.values(), *self._given.documents):
            yield LedgerLine(one.path, "support", "terraform", "read by a function or for variables")
        for module in self._run.used.values():
            for path in module.replaced:
                yield LedgerLine(path, "excluded", "terraform", "OpenTofu reads the .tofu file of its name instead")


def _add_computed(one: ResourceInstance, attributes: dict[str, Any]) -> None:
    """What a data source that only computes gives."""
    name = result_of(one.kind)
    if name and name not in attributes:
        try:
            attributes[name] = one.member(name)
        except HclError as error:
            attributes[name] = Unknown((Cause("error", error.diagnostic.message),))
