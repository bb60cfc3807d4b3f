"""Evaluates a template's functions as far as the template itself tells their values.

What only a deployment knows is unknown with its cause. `AWS::NoValue` takes away what it stands for. Containers are
made anew where something in them is evaluated, and lead back to the written ones.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from muniment.languages.unknown import Cause, OpenList, Unknown
from muniment.parsers.cloudformation.conditions import Conditions
from muniment.parsers.cloudformation.template import Template, mapping, parameter_value, text
from muniment.parsers.cloudformation.texts import joined, selected, split, substituted, written_json

NO_VALUE: Final = object()
"""Stands for `AWS::NoValue`."""
_DEEPEST: Final = 100
_IDENTITIES: Final = ("arn", "name", "id")
_PSEUDO: Final = frozenset(
    {
        "AWS::AccountId",
        "AWS::NotificationARNs",
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    }
)

Edge = tuple[str, str]
"""(logical id of another resource, attribute that is read: `id` for a plain reference)."""


class Evaluation:
    """One template's evaluation. `edges` tells which resource a cause stands for, `origins` what a container was."""

    __slots__ = ("_conditions", "_depth", "_parameters", "_template", "edges", "macros", "origins", "secret", "secrets")

    def __init__(self, template: Template) -> None:
        self._template = template
        self._depth = 0
        self._parameters: dict[str, Any] = {}
        self.edges: dict[Cause, Edge] = {}
        self.macros: dict[str, None] = {}
        """Macros that are called inside of resources."""
        self.origins: dict[int, tuple[Any, Any]] = {}
        """Identity of an evaluated container -> itself, kept alive, and the container that is written."""
        self.secrets: set[int] = set()
        """Identities of containers with the value of a parameter that must not be shown."""
        self.secret = False
        """Whether such a value was read since this was last reset."""
        self._conditions = Conditions(template.conditions, self.value)

    def holds(self, name: Any) -> Any:
        """Whether a named condition holds: a boolean or unknown."""
        return self._conditions.named(name)

    def value(self, raw: Any) -> Any:
        """The value of anything that stands in a template; NO_VALUE for what is not there."""
        if not isinstance(raw, dict | list):
            return raw
        if self._depth > _DEEPEST:
            return Unknown((Cause("limit", "nested functions"),))
        self._depth += 1
        try:
            if isinstance(raw, list):
                return self._list(raw)
            if len(raw) == 1:
                (name, argument), *_ = raw.items()
                if name in _FUNCTIONS or str(name).startswith("Fn::"):
                    return self._function(str(name), argument)
            return self._map(raw)
        finally:
            self._depth -= 1

    def _list(self, raw: list[Any]) -> Any:
        members: list[Any] = []
        causes: list[Cause] = []
        outer, self.secret = self.secret, False
        for one in raw:
            member = self.value(one)
            if isinstance(member, Unknown) and isinstance(one, dict) and "Fn::If" in one:
                causes.extend(member.causes)
            elif member is not NO_VALUE:
                members.append(member)
        made = OpenList(members, tuple(dict.fromkeys(causes))) if causes else members
        return self._kept(made, raw, outer=outer)

    def _map(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        outer, self.secret = self.secret, False
        made = {key: member for key, one in raw.items() if (member := self.value(one)) is not NO_VALUE}
        self._kept(made, raw, outer=outer)
        return made

    def _kept(self, made: Any, raw: Any, *, outer: bool) -> Any:
        """Remembers what a container was made from, and whether it holds a secret."""
        self.origins[id(made)] = (made, raw)
        if self.secret:
            self.secrets.add(id(made))
        self.secret = self.secret or outer
        return made

    def _function(self, name: str, argument: Any) -> Any:
        handler = _FUNCTIONS.get(name)
        return Unknown((Cause("function", name),)) if handler is None else handler(self, argument)

    def reference(self, argument: Any) -> Any:
        """`Ref`: a parameter, a pseudo parameter, or the id of a resource."""
        name = str(argument)
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self._template.parameters:
            return self._parameter(name)
        if name in self._template.resources:
            return self._of_resource(name, "id")
        return Unknown(
            (Cause("parameter" if name in _PSEUDO else "error", name if name in _PSEUDO else _absent(name)),)
        )

    def _parameter(self, name: str) -> Any:
        if name not in self._parameters:
            self._parameters[name] = parameter_value(name, self._template.parameters[name])
        if str(mapping(self._template.parameters[name]).get("NoEcho")).lower() == "true":
            self.secret = True
        return self._parameters[name]

    def _of_resource(self, name: str, attribute: str) -> Unknown:
        cause = Cause("computed", f"{name}.{attribute}")
        self.edges[cause] = (name, attribute)
        return Unknown((cause,))

    def attribute(self, argument: Any) -> Any:
        """`Fn::GetAtt`: only a deployment knows."""
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):
            return Unknown((Cause("error", "Fn::GetAtt needs a resource and an attribute"),))
        if parts[0] not in self._template.resources:
            return Unknown((Cause("error", _absent(parts[0])),))
        return self._of_resource(parts[0], _identifying(str(parts[1]).rpartition(".")[2]))

    def substitute(self, argument: Any) -> Any:
        """`Fn::Sub`: a text with names in `${...}`, and perhaps values of its own for some."""
        own: Mapping[str, Any] = {}
        if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
            argument, own = argument[0], argument[1]
        if not isinstance(argument, str):
            return Unknown((Cause("error", "Fn::Sub needs a text"),))
        return substituted(argument, lambda name: self._named(name, own))

    def _named(self, name: str, own: Mapping[str, Any]) -> Any:
        if name in own:
            return self.value(own[name])
        return self.attribute(name) if "." in name and not name.startswith("AWS::") else self.reference(name)

    def join(self, argument: Any) -> Any:
        """`Fn::Join`."""
        found = self.value(argument)
        if not isinstance(found, list) or len(found) != 2 or not isinstance(found[0], str):
            return _unclear(found, "Fn::Join needs a separator and a list")
        return joined(found[0], found[1])

    def select(self, argument: Any) -> Any:
        """`Fn::Select`."""
        found = self.value(argument)
        return selected(found) if isinstance(found, list) else _unclear(found, "Fn::Select needs a list")

    def split(self, argument: Any) -> Any:
        """`Fn::Split`."""
        found = self.value(argument)
        return split(found) if isinstance(found, list) else _unclear(found, "Fn::Split needs a list")

    def choose(self, argument: Any) -> Any:
        """`Fn::If`: one of two values; unknown where they differ and the condition is not known."""
        if not isinstance(argument, list) or len(argument) != 3:
            return Unknown((Cause("error", "Fn::If needs a condition and two values"),))
        holds = self.holds(argument[0])
        if not isinstance(holds, Unknown):
            return self.value(argument[1] if holds else argument[2])
        either, other = self.value(argument[1]), self.value(argument[2])
        return either if _same(either, other) else Unknown(holds.causes)

    def look_up(self, argument: Any) -> Any:
        """`Fn::FindInMap`: known where the keys are, or where every value that may be meant is the same."""
        found = self.value(argument)
        if not isinstance(found, list) or len(found) < 3:
            return _unclear(found, "Fn::FindInMap needs a map and two keys")
        tables: list[Any] = [self._template.mappings]
        for key in found[:3]:
            tables = [one for table in tables for one in _members(mapping(table), key)]
        if tables and all(_same(one, tables[0]) for one in tables):
            return self.value(tables[0])
        doubts = [key for key in found[:3] if isinstance(key, Unknown)]
        if doubts:
            return Unknown(doubts[0].causes)
        default = mapping(found[3]).get("DefaultValue") if len(found) > 3 else None
        return default if default is not None else Unknown((Cause("error", "Fn::FindInMap finds nothing"),))

    def plain(self, argument: Any) -> Any:
        """`Fn::Base64`: the text itself, which is what policies look at."""
        return self.value(argument)

    def length(self, argument: Any) -> Any:
        """`Fn::Length`."""
        found = self.value(argument)
        if isinstance(found, list) and not isinstance(found, OpenList):
            return len(found)
        return _unclear(found, "Fn::Length needs a list")

    def as_json(self, argument: Any) -> Any:
        """`Fn::ToJsonString`: with unknown parts it keeps its structure beside it."""
        return written_json(self.value(argument))

    def imported(self, argument: Any) -> Unknown:
        """`Fn::ImportValue`: another stack knows."""
        found = self.value(argument)
        return Unknown((Cause("import", found if isinstance(found, str) else "Fn::ImportValue"),))

    def zones(self, _argument: Any) -> Unknown:
        """`Fn::GetAZs`: the account knows."""
        return Unknown((Cause("parameter", "Fn::GetAZs"),))

    def blocks(self, _argument: Any) -> Unknown:
        """`Fn::Cidr`: hardly a policy looks at what it gives."""
        return Unknown((Cause("function", "Fn::Cidr"),))

    def transform(self, argument: Any) -> Unknown:
        """`Fn::Transform`: a macro may make anything of it."""
        name = str(mapping(argument).get("Name") or "Fn::Transform")
        self.macros[name] = None
        return Unknown((Cause("macro", name),))


_FUNCTIONS: Final[Mapping[str, Callable[[Evaluation, Any], Any]]] = {
    "Ref": Evaluation.reference,
    "Fn::GetAtt": Evaluation.attribute,
    "Fn::Sub": Evaluation.substitute,
    "Fn::Join": Evaluation.join,
    "Fn::Select": Evaluation.select,
    "Fn::Split": Evaluation.split,
    "Fn::If": Evaluation.choose,
    "Fn::FindInMap": Evaluation.look_up,
    "Fn::Base64": Evaluation.plain,
    "Fn::Length": Evaluation.length,
    "Fn::ToJsonString": Evaluation.as_json,
    "Fn::ImportValue": Evaluation.imported,
    "Fn::GetAZs": Evaluation.zones,
    "Fn::Cidr": Evaluation.blocks,
    "Fn::Transform": Evaluation.transform,
}


def _identifying(attribute: str) -> str:
    """An attribute as Terraform calls it, as far as it identifies the resource: `TopicName` is its name."""
    lower = attribute.lower()
    return next((word for word in _IDENTITIES if lower.endswith(word)), lower)


def _absent(name: str) -> str:
    return f"there is no parameter or resource {name[:80]!r}"


def _unclear(found: Any, message: str) -> Unknown:
    """Unknown as the argument is, or because it is wrong."""
    return Unknown(found.causes) if isinstance(found, Unknown) else Unknown((Cause("error", message),))


def _members(table: Mapping[str, Any], key: Any) -> Iterable[Any]:
    if isinstance(key, Unknown):
        return table.values()
    name = text(key)
    return (table[name],) if isinstance(name, str) and name in table else ()


def _same(a: Any, b: Any) -> bool:
    """Equal, and known at every depth: unknown values are told apart by identity."""
    return type(a) is type(b) and bool(a == b)
