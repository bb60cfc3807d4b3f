"""One instance of a module: its names, its resources' instances and its calls, evaluated when asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import Compiled
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.nodes import Attribute, Expression, Step
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import mark
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Location
from muniment.parsers.terraform import repetition as repeated
from muniment.parsers.terraform.calls import Calls
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.declarations import Declared, Module, marks_of, place
from muniment.parsers.terraform.inputs import input_value
from muniment.parsers.terraform.names import NameScope
from muniment.parsers.terraform.providers import ProviderConfiguration, Providers
from muniment.parsers.terraform.repetition import ONCE, Repetition
from muniment.parsers.terraform.resource_instance import META_ARGUMENTS, ResourceBlock, ResourceInstance
from muniment.parsers.terraform.run import Run

_CALL_ARGUMENTS: Final = META_ARGUMENTS | {"source", "version"}
_PLACED: Final = "at "


class ModuleInstance:
    """A module's declarations with the values of one call. `prefix` is its address with a dot, empty at the root."""

    __slots__ = (
        "_blocks",
        "_calls",
        "_compiled",
        "_locals",
        "_outputs",
        "_variables",
        "context",
        "given",
        "module",
        "names",
        "parent",
        "prefix",
        "providers",
        "run",
    )

    def __init__(
        self,
        run: Run,
        module: Module,
        prefix: str,
        variables: Mapping[str, Cell],
        parent: "ModuleInstance | None" = None,
    ) -> None:
        self.run = run
        self.module = module
        self.prefix = prefix
        self.parent = parent
        self.context: CallContext = run.context
        self.given: Mapping[str, Location] = {}
        """Where the values of variables were written, for people."""
        self.names = NameScope(self, ONCE)
        """What expressions see that stand in no repeated block."""
        self.providers: Providers = Providers(module, self, parent.providers if parent else None)
        self._compiled = module.compiled.setdefault(run.dialect, {})
        self._variables = {
            name: self._variable(name, declared, variables.get(name)) for name, declared in module.variables.items()
        }
        self._locals: dict[str, Cell] = {}
        self._outputs: dict[str, Cell] = {}
        self._blocks: dict[tuple[str, str, str], Cell] = {}
        self._calls: dict[str, Calls[ModuleInstance]] = {}

    def _variable(self, name: str, declared: Declared, given: Cell | None) -> Cell:
        return Cell(f"{self.prefix}var.{name}", lambda: input_value(self, name, declared, given))

    @property
    def workspace(self) -> str:
        """`terraform.workspace`."""
        return self.run.workspace

    @property
    def path(self) -> str:
        """`path.module`."""
        return self.run.relative(self.module.folder)

    @property
    def folders(self) -> list[str]:
        """The folders of this module and of those that call it, the nearest first."""
        found: list[str] = []
        current: ModuleInstance | None = self
        while current is not None:
            found.append(current.module.folder)
            current = current.parent
        return found

    def compiled(self, node: Expression, file: File) -> Compiled:
        """An expression's function; compiled once for all instances of the module."""
        found = self._compiled.get(id(node))
        if found is None:
            found = self._compiled[id(node)] = self.run.compile(node, file, _confined(file))
        return found

    def value(self, attribute: Attribute, file: File, scope: NameScope | None = None) -> Any:
        """An attribute's value. Raises HclError that names file and line."""
        try:
            return self.compiled(attribute.expression, file)(scope or self.names)
        except HclError as error:
            if error.diagnostic.message.startswith(_PLACED):
                raise
            line = file.index.position(max(error.start, attribute.start))[0]
            raise HclError(
                f"{_PLACED}{file.filename}:{line}: {error.diagnostic.message}",
                code=error.diagnostic.code,
                hint=error.diagnostic.hint,
                static=error.static,
            ) from error

    def variable(self, name: str) -> Any:
        """`var.name`."""
        cell = self._variables.get(name)
        if cell is None:
            raise HclError(f'there is no variable "{name}"', code="undeclared-name", static=True)
        return cell.read(self.run.tracker)

    def local(self, name: str) -> Any:
        """`local.name`."""
        cell = self._locals.get(name)
        if cell is None:
            found = self.module.locals.get(name)
            if found is None:
                raise HclError(f'there is no local value "{name}"', code="undeclared-name", static=True)
            cell = Cell(f"{self.prefix}local.{name}", lambda: self.value(found.attribute, found.file))
            self._locals[name] = cell
        return cell.read(self.run.tracker)

    def output(self, name: str) -> Any:
        """An output's value as the caller sees it."""
        cell = self._outputs.get(name)
        if cell is None:
            declared = self.module.outputs.get(name)
            if declared is None:
                raise HclError(f'the module has no output "{name}"', code="undeclared-name", static=True)
            cell = Cell(f"{self.prefix}output.{name}", lambda: self._output(declared))
            self._outputs[name] = cell
        return cell.read(self.run.tracker)

    def _output(self, declared: Declared) -> Any:
        attribute = declared.block.body.attributes.get("value")
        value = self.value(attribute, declared.file_of(attribute)) if attribute is not None else None
        return mark(value, marks_of(declared.block))

    def block(self, mode: str, kind: str, name: str) -> ResourceBlock:
        """A resource, data or ephemeral block with its instances. Raises HclError, also where it needs itself."""
        key = (mode, kind, name)
        cell = self._blocks.get(key)
        if cell is None:
            declared = self.module.blocks[mode].get((kind, name))
            if declared is None:
                raise HclError(f"there is no {mode} {kind}.{name}", code="undeclared-name", static=True)
            address = f"{self.prefix}{'' if mode == 'managed' else f'{mode}.'}{kind}.{name}"
            cell = Cell(address, lambda: self._block(declared, address, key))
            self._blocks[key] = cell
        block: ResourceBlock = cell.apart(self.run.tracker)
        return block

    def _block(self, declared: Declared, address: str, key: tuple[str, str, str]) -> ResourceBlock:
        mode, kind, name = key
        attributes = declared.block.body.attributes
        members = tuple(
            ResourceInstance(self, declared, address, kind, name, mode, one) for one in self.repetitions(declared)
        )
        return ResourceBlock(address, next((word for word in ("count", "for_each") if word in attributes), ""), members)

    def resource(self, mode: str, kind: str, steps: tuple[Step, ...]) -> Any:
        """`kind.name...`."""
        name = steps[0]
        if not isinstance(name, str):
            raise HclError(f"a name is expected behind {kind}", static=True)
        return self.block(mode, kind, name).at(steps[1:])

    def repetitions(self, declared: Declared) -> tuple[Repetition, ...]:
        """What `count`, `for_each` and `enabled` make of a block; where they are wrong, one that stands for all."""
        try:
            return self._repetitions(declared)
        except HclError as error:
            if error.diagnostic.code == "limit-exceeded":
                self.run.refuse(declared.location, error.diagnostic.message, "limit-exceeded")
            return (Repetition(unknown=(Cause("error", error.diagnostic.message, declared.start),)),)

    def _repetitions(self, declared: Declared) -> tuple[Repetition, ...]:
        attributes = declared.block.body.attributes
        if "count" in attributes:
            return repeated.counted(self.value(attributes["count"], declared.file_of(attributes["count"])))
        if "for_each" in attributes:
            written = attributes["for_each"]
            value = self.value(written, declared.file_of(written))
            if repeated.is_list(value):
                where = place(declared.file_of(written), written.start, written.end)
                self.run.note(where, "for_each is a list, which Terraform refuses: judged as the set of its members")
            return repeated.for_each(value)
        for block in declared.block.body.blocks:
            if block.type == "lifecycle" and "enabled" in block.body.attributes:
                written = block.body.attributes["enabled"]
                return repeated.enabled(self.value(written, declared.file_of(written)))
        return (ONCE,)

    def all_resources(self) -> Iterator[ResourceInstance]:
        """Every resource, data and ephemeral instance of this module instance, in the order of the files."""
        for mode, table in self.module.blocks.items():
            for kind, name in table:
                yield from self.block(mode, kind, name).members

    def scope(self, repetition: Repetition) -> NameScope:
        """The names that a block's expressions see."""
        return self.names if repetition is ONCE else NameScope(self, repetition)

    def provider(self, name: str) -> ProviderConfiguration | None:
        """The provider configuration of that name that is in force."""
        return self.providers.find(name)

    def called(self, name: str, steps: tuple[Step, ...]) -> Any:
        """`module.name...`."""
        return self.calls(name).at(steps)

    def calls(self, name: str) -> "Calls[ModuleInstance]":
        """The instances of a module call."""
        if name not in self._calls:
            declared = self.module.calls.get(name)
            if declared is None:
                raise HclError(f'there is no module call "{name}"', code="undeclared-name", static=True)
            self._calls[name] = self._open(name, declared)
        return self._calls[name]

    def _open(self, name: str, declared: Declared) -> "Calls[ModuleInstance]":
        address = f"{self.prefix}module.{name}"
        module = self.run.called_module(self.folders, declared, address, self._constant)
        repetitions = self.run.admitted(self.repetitions(declared), declared, address)
        if isinstance(module, Cause):
            return Calls(name, address, declared, tuple((one, None) for one in repetitions), (module,))
        for wrong in declared.block.body.attributes.keys() - _CALL_ARGUMENTS - module.variables.keys():
            attribute = declared.block.body.attributes[wrong]
            where = place(declared.file_of(attribute), attribute.start, attribute.end)
            self.run.refuse(where, f'{address}: the module has no variable "{wrong}"')
        instances = tuple((one, self._child(module, address, declared, one)) for one in repetitions)
        return Calls(name, address, declared, instances)

    def _constant(self, attribute: Attribute, file: File) -> Any:
        """A module source or version that OpenTofu evaluates early; None where it has no value yet."""
        try:
            return self.value(attribute, file)
        except HclError:
            return None

    def _child(self, module: Module, address: str, declared: Declared, repetition: Repetition) -> "ModuleInstance":
        scope = self.scope(repetition)
        prefix = f"{address}{repetition.suffix}"
        arguments = {
            name: attribute for name, attribute in declared.block.body.attributes.items() if name not in _CALL_ARGUMENTS
        }
        inputs = {
            name: self._argument(f"{prefix}.{name}", attribute, declared.file_of(attribute), scope)
            for name, attribute in arguments.items()
        }
        child = ModuleInstance(self.run, module, f"{prefix}.", inputs, self)
        child.providers.passed(declared)
        child.given = {
            name: place(declared.file_of(attribute), attribute.start, attribute.end)
            for name, attribute in arguments.items()
        }
        return child

    def _argument(self, name: str, attribute: Attribute, file: File, scope: NameScope) -> Cell:
        return Cell(name, lambda: self.value(attribute, file, scope))


def _confined(file: File) -> Callable[[HclError], Unknown]:
    """Keeps the error of an undeclared name to what reads it: the rest of a policy document can still be judged."""

    def undeclared(error: HclError) -> Unknown:
        line = file.index.position(error.start)[0]
        return Unknown((Cause("error", f"{_PLACED}{file.filename}:{line}: {error.diagnostic.message}"),))

    return undeclared
