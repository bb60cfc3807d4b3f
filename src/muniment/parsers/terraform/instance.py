"""One instance of a module: its names, its resources' instances and its calls, evaluated when asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.hcl.access import follow
from muniment.languages.hcl.constraints import read_type
from muniment.languages.hcl.convert import convert, to_number
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import Compiled, compile_expression
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.nodes import Attribute, Expression, Key, ObjectExpression, Step, Traversal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.types import ANY, Type
from muniment.languages.hcl.values import EPHEMERAL, SENSITIVE, Marked, SetValue, mark, unmark
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.document import Location
from muniment.parsers.terraform.addresses import quoted_key
from muniment.parsers.terraform.cells import Cell
from muniment.parsers.terraform.config import Declared, Module, literal, place
from muniment.parsers.terraform.run import Run

_META: Final = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle", "providers", "source", "version"})
MOST_INSTANCES: Final = 10_000


class Repetition(NamedTuple):
    """Which instance of a block this is."""

    key: int | str | None = None
    """The instance's key; None for a block without `count` and `for_each`, and where it cannot be told."""
    value: Any = None
    """`each.value`."""
    kind: str = ""
    """`count`, `for_each`, or an empty text."""
    unknown: tuple[Cause, ...] = ()
    """Why it cannot be told which instances there are: this one then stands for all."""

    @property
    def suffix(self) -> str:
        """The key as Terraform writes it behind an address."""
        if self.unknown:
            return "[*]"
        return quoted_key(self.key)


ONCE: Final = Repetition()


class ModuleInstance:
    """A module's declarations with the values of one call. `prefix` is its address with a dot, empty at the root."""

    __slots__ = (
        "_calls",
        "_expansions",
        "_locals",
        "_outputs",
        "_scope",
        "_variables",
        "context",
        "given",
        "module",
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
        self.providers: Mapping[str, tuple[ModuleInstance, str]] = {}
        self.given: Mapping[str, Location] = {}
        """Where the values of variables were written, for people."""
        self._variables = {
            name: self._variable(name, declared, variables) for name, declared in module.variables.items()
        }
        self._locals: dict[str, Cell] = {}
        self._outputs: dict[str, Cell] = {}
        self._expansions: dict[tuple[str, str, str], tuple[ResourceInstance, ...] | Unknown] = {}
        self._calls: dict[str, Calls] = {}
        self._scope = NameScope(self, ONCE)

    def _variable(self, name: str, declared: Declared, given: Mapping[str, Cell]) -> Cell:
        cell = given.get(name)
        return Cell(f"{self.prefix}var.{name}", lambda: self._input(name, declared, cell))

    def _input(self, name: str, declared: Declared, cell: Cell | None) -> Any:
        body = declared.block.body
        kind: Type = ANY
        attribute = body.attributes.get("type")
        if attribute is not None:
            kind = read_type(attribute.expression, lambda node: self.compiled(node, declared.file)(self._scope))
        value = cell.read(self.run.tracker) if cell is not None else None
        default = body.attributes.get("default")
        if cell is None or (value is None and literal(body, "nullable") is False):
            if default is None:
                return Unknown((Cause("variable", f"{self.prefix}var.{name}"),), kind)
            value = self.value(default, declared.file)
        marks = frozenset(
            name for name, word in ((SENSITIVE, "sensitive"), (EPHEMERAL, "ephemeral")) if literal(body, word) is True
        )
        return mark(convert(value, kind), marks)

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
        found = self.module.compiled.get(id(node))
        if found is None:
            options = self.run.options._replace(undeclared=_confined(file))
            found = compile_expression(node, self.run.functions, options, file.index)
            self.module.compiled[id(node)] = found
        return found

    def value(self, attribute: Attribute, file: File, scope: "NameScope | None" = None) -> Any:
        """An attribute's value. Raises HclError that names file and line."""
        try:
            return self.compiled(attribute.expression, file)(scope or self._scope)
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
        value = self.value(attribute, declared.file) if attribute is not None else None
        return mark(value, frozenset({SENSITIVE})) if literal(declared.block.body, "sensitive") is True else value

    def resources(self, mode: str, kind: str, name: str) -> "tuple[ResourceInstance, ...] | Unknown":
        """The instances of a resource or data block; `Unknown` where its `count` or `for_each` is wrong."""
        key = (mode, kind, name)
        found = self._expansions.get(key)
        if found is None:
            table = self.module.data if mode == "data" else self.module.resources
            declared = table.get((kind, name))
            if declared is None:
                raise HclError(f"there is no {mode} {kind}.{name}", code="undeclared-name", static=True)
            address = f"{self.prefix}{'data.' if mode == 'data' else ''}{kind}.{name}"
            self._expansions[key] = Unknown((Cause("error", f"cycle: {address} depends on itself"),))
            found = self._expand(declared, address, kind, name, mode)
            self._expansions[key] = found
        return found

    def _expand(
        self, declared: Declared, address: str, kind: str, name: str, mode: str
    ) -> "tuple[ResourceInstance, ...] | Unknown":
        try:
            repetitions = self.repetitions(declared)
        except HclError as error:
            repetitions = (Repetition(unknown=(Cause("error", error.diagnostic.message),)),)
        return tuple(ResourceInstance(self, declared, address, kind, name, mode, one) for one in repetitions)

    def repetitions(self, declared: Declared) -> tuple[Repetition, ...]:
        """What `count` and `for_each` of a block make of it. Raises HclError for values that they cannot take."""
        attributes = declared.block.body.attributes
        if "count" in attributes:
            return _counted(self.value(attributes["count"], declared.file))
        if "for_each" in attributes:
            return _for_each(self.value(attributes["for_each"], declared.file))
        enabled = self._enabled(declared)
        return (ONCE,) if enabled is None else enabled

    def _enabled(self, declared: Declared) -> tuple[Repetition, ...] | None:
        """OpenTofu's `lifecycle { enabled = ... }`."""
        for block in declared.block.body.blocks:
            if block.type == "lifecycle" and "enabled" in block.body.attributes:
                value, _ = unmark(self.value(block.body.attributes["enabled"], declared.file))
                if isinstance(value, Unknown):
                    return (Repetition(unknown=value.causes),)
                return (ONCE,) if convert(value, ANY) else ()
        return None

    def calls(self, name: str) -> "Calls":
        """The instances of a module call."""
        if name not in self._calls:
            declared = self.module.calls.get(name)
            if declared is None:
                raise HclError(f'there is no module call "{name}"', code="undeclared-name", static=True)
            self._calls[name] = Calls(self, name, declared)
        return self._calls[name]

    def all_resources(self) -> Iterator["ResourceInstance"]:
        """Every resource and data instance of this module instance, in the order of the files."""
        for mode, table in (("managed", self.module.resources), ("data", self.module.data)):
            for kind, name in table:
                found = self.resources(mode, kind, name)
                if not isinstance(found, Unknown):
                    yield from found

    def scope(self, repetition: Repetition) -> "NameScope":
        """The names that a block's expressions see."""
        return self._scope if repetition is ONCE else NameScope(self, repetition)


_PLACED: Final = "at "


def _confined(file: File) -> Callable[[HclError], Unknown]:
    """Keeps the error of an undeclared name to what reads it: the rest of a policy document can still be judged."""

    def undeclared(error: HclError) -> Unknown:
        line = file.index.position(error.start)[0]
        return Unknown((Cause("error", f"{_PLACED}{file.filename}:{line}: {error.diagnostic.message}"),))

    return undeclared


def _counted(value: Any) -> tuple[Repetition, ...]:
    number, _ = unmark(value)
    if isinstance(number, Unknown):
        return (Repetition(kind="count", unknown=number.causes or (Cause("existence", "count"),)),)
    if number is None:
        raise HclError("count is null")
    whole = number if type(number) is int else to_number(number)
    if not isinstance(whole, int) or whole < 0:
        raise HclError(f"count is {number}: a whole number, not negative, is expected")
    if whole > MOST_INSTANCES:
        raise HclError(f"count is {whole}: {MOST_INSTANCES} instances are expanded at most", code="limit-exceeded")
    return tuple(Repetition(key, kind="count") for key in range(whole))


def _for_each(value: Any) -> tuple[Repetition, ...]:
    if isinstance(value, Marked):
        raise HclError("for_each is sensitive: its keys would show in addresses")
    if isinstance(value, Unknown):
        return (Repetition(kind="for_each", unknown=value.causes or (Cause("existence", "for_each"),)),)
    if isinstance(value, OpenList):
        value = OpenMap({str(member): member for member in value if isinstance(member, str)}, value.causes)
    if isinstance(value, dict):
        known = tuple(Repetition(key, value[key], "for_each") for key in sorted(value))
        rest = (Repetition(kind="for_each", unknown=value.causes),) if isinstance(value, OpenMap) else ()
        return (*known, *rest)
    if isinstance(value, SetValue):
        holes = [member for member in value if isinstance(member, Unknown)]
        known = tuple(Repetition(key, key, "for_each") for key in sorted(k for k in value if isinstance(k, str)))
        rest = (Repetition(kind="for_each", unknown=holes[0].causes),) if holes else ()
        return (*known, *rest)
    raise HclError("for_each must be a map, or a set of strings")


class NameScope:
    """Answers for names: the module instance's, and `each` and `count` of one block."""

    __slots__ = ("_instance", "_repetition", "_self", "_special", "context")

    def __init__(
        self,
        instance: ModuleInstance,
        repetition: Repetition,
        special: Mapping[str, Any] | None = None,
        own: "ResourceInstance | None" = None,
    ) -> None:
        self._instance = instance
        self._repetition = repetition
        self._special = special or {}
        self._self = own
        self.context = instance.context

    def with_names(self, names: Mapping[str, Any]) -> "NameScope":
        """The same scope with more names, such as the iterator of a dynamic block."""
        return NameScope(self._instance, self._repetition, {**self._special, **names}, self._self)

    def traverse(self, root: str, steps: tuple[Step, ...]) -> Any:
        """The value of a name behind its steps. Raises HclError."""
        if root in self._special:
            return follow(self._special[root], steps)
        handler = _ROOTS.get(root)
        if handler is not None:
            return handler(self, steps)
        if not steps:
            raise HclError(f'there is no "{root}"', code="undeclared-name", static=True)
        return _resource(self._instance, "managed", root, steps)

    def named(self, steps: tuple[Step, ...], what: str) -> str:
        """The name behind `var.` and its like."""
        if not steps or not isinstance(steps[0], str):
            raise HclError(f"{what} needs a name behind it", static=True)
        return steps[0]

    def var(self, steps: tuple[Step, ...]) -> Any:
        """`var.name...`."""
        return follow(self._instance.variable(self.named(steps, "var")), steps[1:])

    def local(self, steps: tuple[Step, ...]) -> Any:
        """`local.name...`."""
        return follow(self._instance.local(self.named(steps, "local")), steps[1:])

    def each(self, steps: tuple[Step, ...]) -> Any:
        """`each.key` and `each.value`."""
        one = self._repetition
        if one.kind != "for_each":
            raise HclError("each is known only where for_each stands", static=True)
        name = self.named(steps, "each")
        if one.unknown:
            return Unknown(one.unknown)
        if name == "key":
            return follow(one.key, steps[1:])
        if name == "value":
            return follow(one.value, steps[1:])
        raise HclError(f'each has no attribute "{name}"', static=True)

    def count(self, steps: tuple[Step, ...]) -> Any:
        """`count.index`."""
        one = self._repetition
        if one.kind != "count" or steps != ("index",):
            raise HclError("count.index is known only where count stands", static=True)
        return Unknown(one.unknown) if one.unknown else one.key

    def path(self, steps: tuple[Step, ...]) -> Any:
        """`path.module`, `path.root`, `path.cwd`."""
        name = self.named(steps, "path")
        if name == "module":
            return self._instance.run.relative(self._instance.module.folder)
        if name == "root":
            return "."
        if name == "cwd":
            return Unknown((Cause("file", "path.cwd"),))
        raise HclError(f'path has no attribute "{name}"', static=True)

    def terraform(self, steps: tuple[Step, ...]) -> Any:
        """`terraform.workspace`."""
        if steps and steps[0] in {"workspace", "env"}:
            return self._instance.run.workspace
        return Unknown((Cause("workspace", "terraform"),))

    def module(self, steps: tuple[Step, ...]) -> Any:
        """`module.name...`."""
        return self._instance.calls(self.named(steps, "module")).value(steps[1:])

    def data(self, steps: tuple[Step, ...]) -> Any:
        """`data.type.name...`."""
        if len(steps) < 2 or not isinstance(steps[0], str):
            raise HclError("data needs a type and a name behind it", static=True)
        return _resource(self._instance, "data", steps[0], steps[1:])

    def itself(self, steps: tuple[Step, ...]) -> Any:
        """`self...`, in provisioners and conditions."""
        return Unknown((Cause("computed", "self"),)) if self._self is None else self._self.at(steps)

    def ephemeral(self, steps: tuple[Step, ...]) -> Any:
        """`ephemeral.type.name...`: never known."""
        return Unknown((Cause("computed", "ephemeral." + ".".join(map(str, steps[:2]))),))


_ROOTS: Final = {
    "var": NameScope.var,
    "local": NameScope.local,
    "each": NameScope.each,
    "count": NameScope.count,
    "path": NameScope.path,
    "terraform": NameScope.terraform,
    "module": NameScope.module,
    "data": NameScope.data,
    "self": NameScope.itself,
    "ephemeral": NameScope.ephemeral,
}


def _resource(instance: ModuleInstance, mode: str, kind: str, steps: tuple[Step, ...]) -> Any:
    """A resource's value, or a member of it; the edge is noted."""
    name = steps[0]
    if not isinstance(name, str):
        raise HclError(f"a name is expected behind {kind}", static=True)
    found = instance.resources(mode, kind, name)
    if isinstance(found, Unknown):
        return found
    rest = steps[1:]
    tracker = instance.run.tracker
    if len(found) == 1 and not found[0].repetition.kind and not found[0].repetition.unknown:
        return found[0].at(rest)
    repeated = next((one.repetition.kind for one in found), "") or _kind_of(instance, mode, kind, name)
    if rest and isinstance(rest[0], Key):
        for one in found:
            if one.repetition.key == rest[0].value and not one.repetition.unknown:
                return one.at(rest[1:])
        doubtful = next((one for one in found if one.repetition.unknown), None)
        if doubtful is not None:
            return doubtful.at(rest[1:])
        raise HclError(f"there is no instance {rest[0].value!r} of {kind}.{name}")
    for one in found:
        tracker.edge(f"{one.block}[*]", "")
    if any(one.repetition.unknown for one in found):
        causes = next(one.repetition.unknown for one in found if one.repetition.unknown)
        return follow(Unknown((Cause("computed", found[0].block), *causes)), rest)
    if repeated == "for_each":
        return follow({str(one.repetition.key): one.whole() for one in found}, rest)
    return follow(tuple(one.whole() for one in found), rest)


def _kind_of(instance: ModuleInstance, mode: str, kind: str, name: str) -> str:
    table = instance.module.data if mode == "data" else instance.module.resources
    return "for_each" if "for_each" in table[kind, name].block.body.attributes else "count"


class ResourceInstance:
    """One instance of a resource or data block; its attributes are evaluated one by one, when asked for."""

    __slots__ = (
        "_cells",
        "_scope",
        "address",
        "block",
        "declared",
        "instance",
        "kind",
        "mode",
        "name",
        "repetition",
    )

    def __init__(
        self,
        instance: ModuleInstance,
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
        self._cells: dict[str, Cell] = {}
        self._scope = instance.scope(repetition)

    @property
    def scope(self) -> NameScope:
        """The names that its expressions see."""
        return self._scope

    def attribute(self, name: str) -> Cell:
        """The cell of an attribute that stands in the configuration."""
        cell = self._cells.get(name)
        if cell is None:
            written = self.declared.block.body.attributes[name]
            cell = Cell(f"{self.address}.{name}", lambda: self.instance.value(written, self.declared.file, self._scope))
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
        """One attribute as others read it."""
        body = self.declared.block.body
        if name in body.attributes and name not in _META:
            value = self.attribute(name).read(self.instance.run.tracker)
            if value is not None:
                return value
        if self.mode == "data":
            answer = self.instance.run.data_source(self, name)
            if answer is not None:
                return answer
        kind = "data-source" if self.mode == "data" else "computed"
        return Unknown((Cause(kind, f"{self.address}.{name}"),))

    def whole(self) -> Any:
        """The instance as an object that may have more attributes than the configured ones."""
        tracker = self.instance.run.tracker
        known = {}
        for name in self.declared.block.body.attributes:
            if name not in _META:
                try:
                    known[name] = self.attribute(name).read(tracker)
                except HclError as error:
                    known[name] = Unknown((Cause("error", error.diagnostic.message),))
        return OpenMap(known, (Cause("data-source" if self.mode == "data" else "computed", self.address),))


class Calls:
    """A module call with its instances."""

    __slots__ = ("_instance", "declared", "instances", "name", "problem")

    def __init__(self, instance: ModuleInstance, name: str, declared: Declared) -> None:
        self._instance = instance
        self.name = name
        self.declared = declared
        self.problem: tuple[Cause, ...] = ()
        self.instances: tuple[tuple[Repetition, ModuleInstance | None], ...] = ()
        self._open()

    @property
    def address(self) -> str:
        """The call's address, without a key."""
        return f"{self._instance.prefix}module.{self.name}"

    def _open(self) -> None:
        run = self._instance.run
        module = run.called_module(self._instance.folders, self.declared, self.address)
        try:
            repetitions = self._instance.repetitions(self.declared)
        except HclError as error:
            repetitions = (Repetition(unknown=(Cause("error", error.diagnostic.message),)),)
        if isinstance(module, Cause):
            self.problem = (module,)
            self.instances = tuple((one, None) for one in repetitions)
            return
        self.instances = tuple((one, self._child(module, one)) for one in repetitions)

    def _child(self, module: Module, repetition: Repetition) -> ModuleInstance:
        parent = self._instance
        scope = parent.scope(repetition)
        inputs = {
            name: self._input(f"{self.address}{repetition.suffix}.{name}", attribute, scope)
            for name, attribute in self.declared.block.body.attributes.items()
            if name not in _META
        }
        child = ModuleInstance(parent.run, module, f"{self.address}{repetition.suffix}.", inputs, parent)
        child.providers = self._providers(parent)
        child.given = {
            name: place(self.declared.file, attribute.start, attribute.end)
            for name, attribute in self.declared.block.body.attributes.items()
        }
        parent.run.count_instance()
        return child

    def _input(self, name: str, attribute: Attribute, scope: NameScope) -> Cell:
        return Cell(name, lambda: self._instance.value(attribute, self.declared.file, scope))

    def _providers(self, parent: ModuleInstance) -> dict[str, tuple[ModuleInstance, str]]:
        """The provider configurations that the call passes down, by the name that they have below."""
        attribute = self.declared.block.body.attributes.get("providers")
        passed = dict(parent.providers)
        if attribute is None or not isinstance(attribute.expression, ObjectExpression):
            return passed
        for key, value in attribute.expression.items:
            name = str(getattr(key, "value", key))
            if isinstance(value, Traversal):
                passed[name] = (parent, str(value))
        return passed

    def value(self, steps: tuple[Step, ...]) -> Any:
        """`module.name...`: an output, or all of them."""
        if self.problem:
            return Unknown(self.problem)
        single = len(self.instances) == 1 and not self.instances[0][0].kind
        if single:
            one = self.instances[0][1]
            return Unknown(self.problem) if one is None else self._of(one, steps)
        if steps and isinstance(steps[0], Key):
            for repetition, one in self.instances:
                if repetition.key == steps[0].value and one is not None and not repetition.unknown:
                    return self._of(one, steps[1:])
        doubt = next((repetition.unknown for repetition, _ in self.instances if repetition.unknown), ())
        if doubt:
            return Unknown((Cause("module", self.address), *doubt))
        wholes = {repetition.key: self._outputs(one) for repetition, one in self.instances if one is not None}
        if "for_each" in self.declared.block.body.attributes:
            return follow({str(key): value for key, value in wholes.items()}, steps)
        return follow(tuple(wholes.values()), steps)

    def _of(self, one: ModuleInstance, steps: tuple[Step, ...]) -> Any:
        if steps and isinstance(steps[0], str):
            return follow(one.output(steps[0]), steps[1:])
        return follow(self._outputs(one), steps)

    def _outputs(self, one: ModuleInstance) -> dict[str, Any]:
        return {name: one.output(name) for name in one.module.outputs}


def provider_of(instance: ModuleInstance, name: str) -> tuple[ModuleInstance, Declared] | None:
    """The provider configuration of that name in force in a module instance: its own, passed down, or inherited."""
    current: ModuleInstance | None = instance
    while current is not None:
        if name in current.module.providers:
            return current, current.module.providers[name]
        if name in current.providers:
            current, name = current.providers[name]
            if name in current.module.providers:
                return current, current.module.providers[name]
        current = current.parent
    return None
