"""Constraints: a template put to use, with what it looks at, its parameters, and how far it goes."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.enforcement import Enforcement, read_enforcement
from muniment.engines.gatekeeper.errors import SchemaError
from muniment.engines.gatekeeper.manifests import annotations_of, kind_of, mapping, name_of
from muniment.engines.gatekeeper.match import Match
from muniment.engines.gatekeeper.schema import Schema, misfits, undeclared, with_defaults
from muniment.engines.gatekeeper.template import Template
from muniment.errors import PolicyError

_VERSIONS: Final = ("v1beta1", "v1alpha1")
_NAME: Final = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_LONGEST_NAME: Final = 63
_TEXT: Final = MappingProxyType({"type": "string"})
_TEXTS: Final = MappingProxyType({"type": "array", "items": _TEXT})
_WILDCARD: Final = MappingProxyType({"type": "string", "pattern": r"^\*?[-:a-z0-9]*\*?$"})
_WILDCARDS: Final = MappingProxyType({"type": "array", "items": _WILDCARD})


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {key: _plain(value) for key, value in properties.items()}}


def _plain(schema: Any) -> Any:
    """A schema that `isinstance(..., dict)` knows."""
    return {key: _plain(value) for key, value in schema.items()} if isinstance(schema, Mapping) else schema


_SELECTOR: Final = {
    **_object(
        matchLabels={"type": "object", "additionalProperties": _TEXT},
        matchExpressions={
            "type": "array",
            "items": {**_object(key=_TEXT, operator=_TEXT, values=_TEXTS), "required": ["key", "operator"]},
        },
    ),
    "nullable": True,
}
MATCH_SCHEMA: Final[Schema] = _object(
    kinds={"type": "array", "items": _object(apiGroups=_TEXTS, kinds=_TEXTS)},
    namespaces=_WILDCARDS,
    excludedNamespaces=_WILDCARDS,
    scope=_TEXT,
    labelSelector=_SELECTOR,
    namespaceSelector=_SELECTOR,
    name=_WILDCARD,
    source={"type": "string", "enum": ["All", "Generated", "Original"]},
)
_ACTIONS: Final = {
    "type": "array",
    "items": _object(action=_TEXT, enforcementPoints={"type": "array", "items": _object(name=_TEXT)}),
}


class Constraint(NamedTuple):
    """A constraint that fits its template."""

    kind: str
    name: str
    match: Match
    parameters: Mapping[str, Any] | None
    """With the defaults of the schema; None where the constraint has none."""
    enforcement: Enforcement
    annotations: Mapping[str, str]
    manifest: Mapping[str, Any]
    """The object, with defaults: what outputs of gator show."""

    @property
    def key(self) -> tuple[str, str]:
        """Kind and name: constraints of two kinds may share a name."""
        return self.kind, self.name


def read_constraint(value: Mapping[str, Any], template: Template) -> Constraint:
    """Reads a constraint. Raises SchemaError if it does not fit the schema, PolicyError for all else that is wrong."""
    group, version, kind = kind_of(value)
    where = f"constraint {kind}/{name_of(value)}"
    if kind != template.kind:
        raise PolicyError(f"{where}: the template defines {template.kind}")
    if version not in _VERSIONS:
        raise PolicyError(f"{where}: the version {version!r} of {group} is none of {', '.join(_VERSIONS)}")
    if not _NAME.fullmatch(name_of(value)):
        raise PolicyError(f"{where}: the name is no DNS name")
    schema = _spec_schema(template)
    _check(value, schema, where)
    spec = with_defaults(mapping(value, "spec"), schema)
    try:
        match, enforcement = Match(spec.get("match") or {}), read_enforcement(spec)
    except PolicyError as error:
        raise PolicyError(f"{where}: {error}", code=error.code) from error
    parameters = spec.get("parameters")
    manifest = {**value, "spec": spec} if "spec" in value else value
    return Constraint(kind, name_of(value), match, parameters, enforcement, annotations_of(value), manifest)


def _check(value: Mapping[str, Any], schema: Schema, where: str) -> None:
    """Raises SchemaError or PolicyError for what the API server would not store."""
    spec = value.get("spec", {})
    wrong = list(misfits(spec, schema, "spec"))
    if len(name_of(value)) > _LONGEST_NAME:
        wrong.append(f"metadata.name: may have at most {_LONGEST_NAME} characters")
    if wrong:
        raise SchemaError(f"{where}: schema validation failed: {'; '.join(wrong[:10])}", code="schema")
    unknown = list(undeclared(spec, schema, "spec"))
    if unknown:
        raise PolicyError(f"{where}: unknown fields: {', '.join(unknown[:10])}", code="unknown-key")


def _spec_schema(template: Template) -> Schema:
    properties = {
        "match": MATCH_SCHEMA,
        "enforcementAction": {"type": "string", "default": "deny"},
        "scopedEnforcementActions": _ACTIONS,
    }
    if template.parameters is not None:
        properties["parameters"] = template.parameters
    return {"type": "object", "properties": properties}
