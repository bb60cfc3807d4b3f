"""Instances of resource, data and ephemeral blocks; their attributes are evaluated one by one, when asked for."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from muniment.languages.hcl.access import follow
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute, Key, Step
from muniment.languages.hcl.parser import File
from muniment.languages.unknown import Cause, OpenMap, Unknown
from muniment.model.document import Location
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.declarations import Declared, Module
from muniment.parsers.terraform.names import NameScope
from muniment.parsers.terraform.repetition import Repetition
from muniment.parsers.terraform.run import Run

META_ARGUMENTS: Final = frozenset({"count", "for_each", "provider", "depends_on", "providers"})
_CAUSES: Final = {"data": "data-source"}


class Home(Protocol):
    """What a block asks of the module instance that it stands in."""

    @property
    def run(self) -> Run:
        """What all instances of the root share."""

    @property
    def module(self) -> Module:
        """The declarations."""

    @property
    def prefix(self) -> str:
        """The address with a dot, empty at the root."""

    @property
    def given(self) -> Mapping[str, Location]:
        """Where the values of variables were written."""

    def scope(self, repetition: Repetition) -> NameScope:
        """The names that a block's expressions see."""

    def repetitions(self, declared: Declared) -> tuple[Repetition, ...]:
        """What `count`, `for_each` and `enabled` make of a block."""

    def value(self, attribute: Attribute, file: File, scope: NameScope | None = None) -> Any:
        """An attribute's value. Raises HclError that names file and line."""

    def provider(self, name: str) -> "Configured | None":
        """The provider configuration of that name that is in force."""


class Configured(Protocol):
    """A provider configuration in force."""

    @property
    def declared(self) -> Declared:
        """Its block."""

    def value(self, attribute: Attribute) -> Any:
        """An attribute of it. Raises HclError."""


class ResourceInstance:
    """One instance of a block, of a `mode`: `managed`, `data`, `ephemeral`, or `standing` for what is no resource."""

    __slots__ = ("_cells", "address", "block", "declared", "instance", "kind", "mode", "name", "repetition", "scope")

    def __init__(
        self,
        instance: Home,
        declared: Declared,
        block: str,
        kind: str,
        name: str,
        mode: str,
        repetition: Repetition,
    ) -> None:
        self.instance = instance
        self.declared = declared
        self.block = block
        self.address = block + repetition.suffix
        self.kind = kind
        self.name = name
        self.mode = mode
        self.repetition = repetition
        self.scope = instance.scope(repetition)
        self._cells: dict[str, Cell] = {}

    def attribute(self, name: str) -> Cell:
        """The cell of an attribute that stands in the configuration."""
        cell = self._cells.get(name)
        if cell is None:
            written = self.declared.block.body.attributes[name]
            file = self.declared.file_of(written)
            cell = Cell(f"{self.address}.{name}", lambda: self.instance.value(written, file, self.scope))
            self._cells[name] = cell
        return cell

    def at(self, steps: tuple[Step, ...]) -> Any:
        """The value behind some steps: what is configured is known, all else is known after apply."""
        tracker = self.instance.run.tracker
        if not steps:
            tracker.edge(self.address, "")
            return self.whole()
        first = steps[0]
        if not isinstance(first, str):
            return follow(self.whole(), steps)
        tracker.edge(self.address, first)
        return follow(self.member(first), steps[1:])

    def member(self, name: str) -> Any:
        """One attribute as others read it; a null one is filled in by the provider."""
        body = self.declared.block.body
        if name in body.attributes and name not in META_ARGUMENTS:
            value = self.attribute(name).read(self.instance.run.tracker)
            if value is not None:
                return value
        if self.mode == "data":
            answer = self._computed(name).read(self.instance.run.tracker)
            if answer is not None:
                return answer
        return Unknown((self._cause(f".{name}"),))

    def _computed(self, name: str) -> Cell:
        """The cell of what the arguments of a data source tell."""
        key = f"{name} computed"
        if key not in self._cells:
            self._cells[key] = Cell(f"{self.address}.{name}", lambda: self.instance.run.data_source(self, name))
        return self._cells[key]

    def whole(self) -> Any:
        """The instance as an object that may have more attributes than the configured ones."""
        tracker = self.instance.run.tracker
        known = {}
        for name in self.declared.block.body.attributes:
            if name not in META_ARGUMENTS:
                try:
                    value = self.attribute(name).read(tracker)
                except HclError as error:
                    value = Unknown((Cause("error", error.diagnostic.message),))
                if value is not None:
                    known[name] = value
        return OpenMap(known, (self._cause(""),))

    def _cause(self, rest: str) -> Cause:
        return Cause(_CAUSES.get(self.mode, "computed"), f"{self.address}{rest}", self.declared.start)


class ResourceBlock:
    """A block with all its instances."""

    __slots__ = ("address", "members", "repeated")

    def __init__(self, address: str, repeated: str, members: tuple[ResourceInstance, ...]) -> None:
        self.address = address
        self.repeated = repeated
        """`count`, `for_each`, or an empty text."""
        self.members = members

    @property
    def doubtful(self) -> ResourceInstance | None:
        """The instance that stands for all of which it cannot be told whether they are."""
        return next((one for one in self.members if one.repetition.unknown), None)

    def at(self, steps: tuple[Step, ...]) -> Any:
        """`kind.name...`: an instance, something of it, or all of them. Raises HclError."""
        if not self.repeated and len(self.members) == 1 and self.doubtful is None:
            return self.members[0].at(steps)
        if steps and isinstance(steps[0], Key):
            return self._keyed(steps[0], steps[1:])
        doubtful = self.doubtful
        if doubtful is not None:
            doubtful.instance.run.tracker.edge(f"{self.address}[*]", "")
            cause = Cause("computed", f"{self.address}[*]", doubtful.declared.start)
            return follow(Unknown((cause, *doubtful.repetition.unknown)), steps)
        for one in self.members:
            one.instance.run.tracker.edge(f"{self.address}[*]", "")
        if self.repeated == "for_each":
            return follow({str(one.repetition.key): one.whole() for one in self.members}, steps)
        return follow(tuple(one.whole() for one in self.members), steps)

    def _keyed(self, key: Key, rest: tuple[Step, ...]) -> Any:
        for one in self.members:
            if one.repetition.key == key.value and not one.repetition.unknown:
                return one.at(rest)
        doubtful = self.doubtful
        if doubtful is None:
            raise HclError(f"there is no instance {key.value!r} of {self.address}")
        return doubtful.at(rest)
