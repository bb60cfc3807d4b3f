"""Resource types as Checkov's policies write them, and the kinds that they are here."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.model.kubernetes import BUILT_IN
from muniment.model.resource import Resource

FORMATS: Final = ("terraform", "terraform-plan", "kubernetes", "cloudformation", "github-actions")
"""Formats whose resources such policies judge."""
_TERRAFORM: Final = FORMATS[:2]
_PREFIXES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"aws": ("aws_",), "azure": ("azurerm_", "azuread_", "azapi_"), "gcp": ("google_",)}
)
"""Beginnings of a provider's kinds."""
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"module": "terraform.module-call", "jobs": "github.job", "steps": "github.step"}
)
_BACK: Final[Mapping[str, str]] = MappingProxyType({kind: name for name, kind in _NAMES.items()})
_PROVIDER: Final = "terraform.provider"


class Types(NamedTuple):
    """The types that a condition is about: names, beginnings of names, or every one."""

    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    every: bool = False

    def match(self, name: str) -> bool:
        """Whether a resource of that type is meant."""
        return bool(name) and (self.every or name in self.names or name.startswith(self.prefixes or ("\0",)))

    def union(self, other: "Types") -> "Types":
        """What either is about."""
        prefixes = tuple(dict.fromkeys((*self.prefixes, *other.prefixes)))
        return Types(self.names | other.names, prefixes, self.every or other.every)

    def kinds(self) -> tuple[str, ...]:
        """The kinds here, or the formats where they cannot be told one by one; sorted."""
        if self.every:
            return FORMATS
        found = {kind for name in self.names for kind in _kinds(name)}
        return tuple(sorted(found.union(_TERRAFORM if self.prefixes else ())))


def all_types(providers: Iterable[str]) -> Types:
    """Every type of the given providers; every type there is without a known one."""
    prefixes = tuple(prefix for provider in providers for prefix in _PREFIXES.get(provider.lower(), ()))
    return Types(prefixes=prefixes, every=not prefixes)


def taggable(providers: Iterable[str]) -> Types:
    """The types of the first provider that can carry tags; those of all providers without one."""
    from muniment.engines.checkov_yaml.taggable import TAGGABLE  # noqa: PLC0415  few policies ask for it

    named = [provider.lower() for provider in providers if provider]
    chosen = [TAGGABLE.get(named[0], frozenset())] if named else list(TAGGABLE.values())
    return Types(frozenset[str]().union(*chosen))


def type_of(resource: Resource) -> str:
    """What Checkov calls a resource's type; empty for what its policies never see."""
    kind = resource.kind
    if kind == _PROVIDER:
        return f"provider.{resource.address.split('.')[1]}"
    if kind in _BACK:
        return _BACK[kind]
    if kind.startswith(("terraform.", "github.")):
        return ""
    return kind.partition(".")[0] if resource.format == "kubernetes" else kind


def _kinds(name: str) -> tuple[str, ...]:
    if name in _NAMES:
        return (_NAMES[name],)
    if name.startswith("provider."):
        return (_PROVIDER,)
    if name in BUILT_IN:
        return tuple(f"{name}.{group}" if group else name for group in BUILT_IN[name])
    return ("kubernetes",) if name[:1].isupper() and "::" not in name else (name,)
