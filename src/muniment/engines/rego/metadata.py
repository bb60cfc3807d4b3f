"""What `# METADATA` annotations say of a rule for people: title, severity, the controls that it proves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.metadata import Metadata, control_links, short_title
from muniment.engines.rego.rules import JudgingRule
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module
from muniment.model.policy import ControlLink
from muniment.model.status import Severity

_CONTROLS: Final = "custom.controls"
_FIXES: Final = ("fix", "recommended_action", "remediation")


def read_metadata(rule: JudgingRule, modules: Iterable[Module]) -> Metadata:
    """The metadata of a rule: its own annotations, then those of its document, its package and the packages above.

    Below `custom`, each key is the nearest's that has it. Raises PolicyError for a control that cannot be read.
    """
    nearest = [one for _, one in sorted(_annotations(rule, modules), key=lambda one: one[0])]
    custom: dict[str, Any] = {}
    for one in reversed(nearest):
        custom |= one["custom"] if isinstance(one.get("custom"), Mapping) else {}
    title = _first(nearest, "title") or rule.query.removeprefix("data.")
    risk = " ".join(_first(nearest, "description").split())
    return Metadata(
        short_title(title),
        _severity(custom.get("severity")),
        risk,
        next((str(custom[name]) for name in _FIXES if custom.get(name)), ""),
        tuple(_controls(custom.get("controls"), risk or title, f"{rule.query}: {_CONTROLS}")),
        str(custom.get("owner") or ""),
    )


def _annotations(rule: JudgingRule, modules: Iterable[Module]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The annotations that hold for a rule, each with how far away it stands."""
    package = tuple(rule.namespace.split("."))
    for module in modules:
        distance = len(package) - len(module.package)
        if package[: len(module.package)] != tuple(module.package):
            continue
        for one in module.annotations:
            if distance == 0 or one.get("scope") == "subpackages":
                yield 2 + distance, one
        for definition in module.rules if distance == 0 else ():
            if definition.name == rule.name:
                yield from ((int(one.get("scope") == "document"), one) for one in definition.annotations)


def _first(annotations: Iterable[Mapping[str, Any]], key: str) -> str:
    return next((str(one[key]).strip() for one in annotations if one.get(key)), "")


def _severity(value: object) -> Severity:
    """The severity of an annotation, medium where it names none."""
    try:
        return Severity(str(value).lower())
    except ValueError:
        return Severity("medium")


def _controls(value: Any, why: str, where: str) -> Iterator[ControlLink]:
    """Controls in a text, in a list of texts, or by framework."""
    if value is None:
        return
    if isinstance(value, Mapping):
        value = [f"{framework}:{one}" for framework, found in value.items() for one in _texts(found, where)]
    for text in _texts(value, where):
        yield from control_links(text, why, where)


def _texts(value: Any, where: str) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int | float) and not isinstance(one, bool) for one in texts):
        raise PolicyError(f"{where}: a list of texts is expected, as [SOC2 CC6.1, pci-dss:2.2.1]")
    return [str(one) for one in texts]
