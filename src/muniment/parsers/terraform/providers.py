"""Provider configurations: which one is in force where, and what it adds to resources."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Protocol

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute, BareKey, Expression, Index, Literal, ObjectExpression, Traversal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import plain
from muniment.languages.unknown import Cause, OpenMap, Unknown
from muniment.parsers.terraform.declarations import Declared, Module
from muniment.parsers.terraform.resource_instance import ResourceInstance

_ADDED: Final[Mapping[str, tuple[str, str, str]]] = {
    "aws": ("tags", "tags_all", "default_tags"),
    "google": ("labels", "effective_labels", "default_labels"),
}
"""Provider -> the attribute of its resources, the one that holds all, and what the configuration adds."""


class Evaluator(Protocol):
    """The module instance that a provider configuration stands in."""

    def value(self, attribute: Attribute, file: File) -> Any:
        """An attribute's value. Raises HclError."""


class ProviderConfiguration(NamedTuple):
    """A provider block with the module instance that it is evaluated in."""

    declared: Declared
    instance: Evaluator

    def value(self, attribute: Attribute) -> Any:
        """An attribute of it. Raises HclError."""
        return self.instance.value(attribute, self.declared.file_of(attribute))


class Providers:
    """The provider configurations that one module instance knows, by name and alias."""

    __slots__ = ("_above", "_instance", "_module", "_passed")

    def __init__(self, module: Module, instance: Evaluator, above: "Providers | None") -> None:
        self._module = module
        self._instance = instance
        self._above = above
        self._passed: dict[str, str] = {}

    def passed(self, call: Declared) -> None:
        """Takes over what `providers = { aws = aws.eu }` of a call passes down."""
        attribute = call.block.body.attributes.get("providers")
        if attribute is not None and isinstance(attribute.expression, ObjectExpression):
            for key, value in attribute.expression.items:
                self._passed[provider_name(key)] = provider_name(value)

    def find(self, name: str) -> ProviderConfiguration | None:
        """The configuration: the module's own, one passed down, or an inherited one, which has no alias."""
        if name in self._module.providers:
            return ProviderConfiguration(self._module.providers[name], self._instance)
        if self._above is None:
            return None
        if name in self._passed:
            return self._above.find(self._passed[name])
        return None if "." in name else self._above.find(name)


def provider_name(expression: Expression) -> str:
    """`aws` or `aws.alias` as written, without an instance key; empty for anything else."""
    if isinstance(expression, BareKey):
        return provider_name(expression.traversal)
    if isinstance(expression, Index):
        return provider_name(expression.source)
    if isinstance(expression, Traversal):
        return ".".join((expression.root, *(step for step in expression.steps if isinstance(step, str))))
    return str(expression.value) if isinstance(expression, Literal) else ""


def configuration_of(one: ResourceInstance) -> str:
    """The name of the provider configuration that a resource uses."""
    attribute = one.declared.block.body.attributes.get("provider")
    named = provider_name(attribute.expression) if attribute is not None else ""
    return named or one.kind.partition("_")[0]


def add_defaults(one: ResourceInstance, attributes: dict[str, Any]) -> None:
    """`tags_all` or `effective_labels`: what the provider's configuration adds, under the resource's own."""
    names = _ADDED.get(one.kind.partition("_")[0])
    if names is None or one.mode != "managed" or names[1] in attributes:
        return
    found = one.instance.provider(configuration_of(one))
    added = _added(found, names[2]) if isinstance(found, ProviderConfiguration) else None
    if added:
        attributes[names[1]] = _merged(added, attributes.get(names[0]))


def _added(found: ProviderConfiguration, name: str) -> Any:
    body = found.declared.block.body
    written = body.attributes.get(name)
    for block in body.blocks:
        if block.type == name:
            written = block.body.attributes.get("tags")
    if written is None:
        return None
    try:
        return plain(found.value(written))
    except HclError as error:
        return Unknown((Cause("error", error.diagnostic.message),))


def _merged(added: Any, own: Any) -> Any:
    """One map over another; what an unknown one may hold leaves the result open."""
    causes = tuple(cause for part in (added, own) if isinstance(part, Unknown | OpenMap) for cause in part.causes)
    under = added if isinstance(added, dict) else {}
    over = own if isinstance(own, dict) else {}
    if isinstance(own, Unknown | OpenMap):
        under = {key: Unknown(own.causes) for key in under}
    members = {**under, **over}
    return OpenMap(members, causes) if causes else members
