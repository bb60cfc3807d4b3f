"""ConstraintTemplates of every version: the kind that they define, the schema of its parameters, their code."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.manifests import annotations_of, at, kind_of, name_of, sequence, text
from muniment.engines.gatekeeper.schema import malformed, preserving
from muniment.errors import PolicyError

TARGET: Final = "admission.k8s.gatekeeper.sh"
CEL: Final = "K8sNativeValidation"
REGO: Final = "Rego"
_VERSIONS: Final = ("v1", "v1beta1", "v1alpha1")
_LEGACY_VERSIONS: Final = ("v1beta1", "v1alpha1")


class RegoSource(NamedTuple):
    """Rego of a template: the module that defines `violation`, and the modules that it may import."""

    module: str
    libraries: tuple[str, ...] = ()
    version: str = "v0"
    """`v0` or `v1`; whatever else a template says means v0."""


class Template(NamedTuple):
    """A ConstraintTemplate."""

    kind: str
    """The kind of its constraints."""
    parameters: Mapping[str, Any] | None
    """Schema of `spec.parameters`; None if constraints may have none."""
    native: Mapping[str, Any] | None
    """Source of K8sNativeValidation, which decides where it is there."""
    rego: RegoSource | None
    annotations: Mapping[str, str]


def read_template(value: Mapping[str, Any]) -> Template:
    """Reads a template. Raises PolicyError for what no cluster would accept."""
    name, version = name_of(value), kind_of(value).version
    if version not in _VERSIONS:
        raise PolicyError(f"template {name}: the version {version!r} is none of {', '.join(_VERSIONS)}")
    kind = text(value, "spec", "crd", "spec", "names", "kind")
    if not kind:
        raise PolicyError(f"template {name}: spec.crd.spec.names.kind is missing")
    if name != kind.lower():
        raise PolicyError(f"template {name}: must be called {kind.lower()!r}, as its kind in lower case")
    target = _target(value, name)
    codes = _codes(target, name)
    rego = _rego(codes[REGO], name) if REGO in codes else _legacy(target)
    if CEL not in codes and rego is None:
        raise PolicyError(f"template {name}: has code neither for {REGO} nor for {CEL}")
    return Template(kind, _parameters(value, version), codes.get(CEL), rego, annotations_of(value))


def _target(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    targets = sequence(value, "spec", "targets")
    if len(targets) != 1 or not isinstance(targets[0], dict):
        raise PolicyError(f"template {name}: spec.targets must have exactly one target")
    if targets[0].get("target") != TARGET:
        raise PolicyError(f"template {name}: the target {targets[0].get('target')!r} is not {TARGET}")
    return targets[0]


def _codes(target: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The sources of `code`, by engine; the first of an engine counts."""
    out: dict[str, dict[str, Any]] = {}
    for code in sequence(target, "code"):
        source = at(code, "source")
        if not isinstance(source, dict):
            raise PolicyError(f"template {name}: code for {text(code, 'engine') or 'no engine'} has no source")
        out.setdefault(text(code, "engine"), source)
    return out


def _rego(source: Mapping[str, Any], name: str) -> RegoSource:
    module = source.get("rego")
    if not isinstance(module, str):
        raise PolicyError(f"template {name}: the source for {REGO} has no rego")
    version = "v1" if source.get("version") == "v1" else "v0"
    return RegoSource(module, tuple(lib for lib in sequence(source, "libs") if isinstance(lib, str)), version)


def _legacy(target: Mapping[str, Any]) -> RegoSource | None:
    """The code of templates that know one engine."""
    module = text(target, "rego")
    libraries = tuple(lib for lib in sequence(target, "libs") if isinstance(lib, str))
    return RegoSource(module, libraries) if module else None


def _parameters(value: Mapping[str, Any], version: str) -> dict[str, Any] | None:
    validation = at(value, "spec", "crd", "spec", "validation")
    schema = at(validation, "openAPIV3Schema")
    wrong = list(malformed({} if schema is None else schema, "openAPIV3Schema"))
    if wrong:
        raise PolicyError(f"template {name_of(value)}: {'; '.join(wrong[:10])}", code="schema")
    legacy = at(validation, "legacySchema")
    if legacy is None:
        legacy = version in _LEGACY_VERSIONS and validation is not None
    if legacy:
        return preserving(schema if isinstance(schema, dict) else {})
    return schema if isinstance(schema, dict) else None
