"""Answers for names in expressions: the module instance's own, and `each`, `count` and `self` of one block."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

from muniment.languages.hcl.access import follow
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.nodes import Step
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.terraform.repetition import Repetition

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Surroundings(Protocol):
    """What a scope asks of the module instance that its block stands in."""

    @property
    def context(self) -> CallContext:
        """What functions may use."""

    @property
    def workspace(self) -> str:
        """`terraform.workspace`."""

    @property
    def path(self) -> str:
        """`path.module`."""

    def variable(self, name: str) -> Any:
        """`var.name`. Raises HclError."""

    def local(self, name: str) -> Any:
        """`local.name`. Raises HclError."""

    def called(self, name: str, steps: tuple[Step, ...]) -> Any:
        """`module.name...`. Raises HclError."""

    def resource(self, mode: str, kind: str, steps: tuple[Step, ...]) -> Any:
        """`kind.name...`, with `data` or `ephemeral` in front for other modes than `managed`. Raises HclError."""


class Valued(Protocol):
    """What `self` stands for."""

    def at(self, steps: tuple[Step, ...]) -> Any:
        """The value behind some steps. Raises HclError."""


class NameScope:
    """The names that the expressions of one block see."""

    __slots__ = ("_around", "_repetition", "_self", "_special", "_variables", "context")

    def __init__(
        self,
        around: Surroundings,
        repetition: Repetition,
        special: Mapping[str, Any] = _NOTHING,
        variables: Mapping[str, Any] = _NOTHING,
        own: Valued | None = None,
    ) -> None:
        self._around = around
        self._repetition = repetition
        self._special = special
        self._variables = variables
        self._self = own
        self.context = around.context

    def with_names(self, names: Mapping[str, Any]) -> "NameScope":
        """The same scope with more names, such as the iterator of a dynamic block."""
        return NameScope(self._around, self._repetition, {**self._special, **names}, self._variables, self._self)

    def with_variable(self, name: str, value: Any) -> "NameScope":
        """The same scope in which a variable has the value that its own validation looks at."""
        return NameScope(self._around, self._repetition, self._special, {name: value}, self._self)

    def with_self(self, own: Valued) -> "NameScope":
        """The same scope with `self`, which only conditions, provisioners and connections know."""
        return NameScope(self._around, self._repetition, self._special, self._variables, own)

    def traverse(self, root: str, steps: tuple[Step, ...]) -> Any:
        """The value of a name behind its steps. Raises HclError."""
        if root in self._special:
            return follow(self._special[root], steps)
        handler = _ROOTS.get(root)
        if handler is not None:
            return handler(self, steps)
        if not steps:
            raise HclError(f'there is no "{root}"', code="undeclared-name", static=True)
        return self._around.resource("managed", root, steps)

    def var(self, steps: tuple[Step, ...]) -> Any:
        """`var.name...`."""
        name = _name(steps, "var")
        value = self._variables[name] if name in self._variables else self._around.variable(name)
        return follow(value, steps[1:])

    def local(self, steps: tuple[Step, ...]) -> Any:
        """`local.name...`."""
        return follow(self._around.local(_name(steps, "local")), steps[1:])

    def each(self, steps: tuple[Step, ...]) -> Any:
        """`each.key` and `each.value`."""
        one = self._repetition
        if one.kind != "for_each":
            raise HclError("each is known only where for_each stands", static=True)
        name = _name(steps, "each")
        if name not in {"key", "value"}:
            raise HclError(f'each has no attribute "{name}"', static=True)
        if one.unknown:
            return Unknown(one.unknown)
        return follow(one.key if name == "key" else one.value, steps[1:])

    def count(self, steps: tuple[Step, ...]) -> Any:
        """`count.index`."""
        one = self._repetition
        if one.kind != "count" or steps != ("index",):
            raise HclError("count.index is known only where count stands", static=True)
        return Unknown(one.unknown) if one.unknown else one.key

    def path(self, steps: tuple[Step, ...]) -> Any:
        """`path.module`, `path.root`, `path.cwd`."""
        name = _name(steps, "path")
        if name == "module":
            return self._around.path
        if name == "root":
            return "."
        if name == "cwd":
            return Unknown((Cause("file", "path.cwd"),))
        raise HclError(f'path has no attribute "{name}"', static=True)

    def terraform(self, steps: tuple[Step, ...]) -> Any:
        """`terraform.workspace`, which OpenTofu also knows as `tofu.workspace`."""
        if steps and steps[0] in {"workspace", "env"}:
            return self._around.workspace
        return Unknown((Cause("workspace", "terraform"),))

    def module(self, steps: tuple[Step, ...]) -> Any:
        """`module.name...`."""
        return self._around.called(_name(steps, "module"), steps[1:])

    def data(self, steps: tuple[Step, ...]) -> Any:
        """`data.type.name...`."""
        return self._of_mode("data", steps)

    def ephemeral(self, steps: tuple[Step, ...]) -> Any:
        """`ephemeral.type.name...`."""
        return self._of_mode("ephemeral", steps)

    def _of_mode(self, mode: str, steps: tuple[Step, ...]) -> Any:
        kind = _name(steps, mode)
        if len(steps) < 2:
            raise HclError(f"{mode} needs a type and a name behind it", static=True)
        return self._around.resource(mode, kind, steps[1:])

    def itself(self, steps: tuple[Step, ...]) -> Any:
        """`self...`."""
        if self._self is None:
            raise HclError("self is known only in conditions, provisioners and connections", static=True)
        return self._self.at(steps)


def _name(steps: tuple[Step, ...], what: str) -> str:
    """The name behind `var.` and its like."""
    if not steps or not isinstance(steps[0], str):
        raise HclError(f"{what} needs a name behind it", static=True)
    return steps[0]


_ROOTS: Final = {
    "var": NameScope.var,
    "local": NameScope.local,
    "each": NameScope.each,
    "count": NameScope.count,
    "path": NameScope.path,
    "terraform": NameScope.terraform,
    "tofu": NameScope.terraform,
    "module": NameScope.module,
    "data": NameScope.data,
    "ephemeral": NameScope.ephemeral,
    "self": NameScope.itself,
}
