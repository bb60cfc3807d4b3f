"""CycloneDX's XML in the form that the same bill has as JSON (CycloneDX 1.0 to 1.6); other elements are refused."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.app.conftest.elements import Element, root_element
from muniment.errors import InputError

_NAMESPACE: Final = re.compile(r"http://cyclonedx\.org/schema/bom/(1\.[0-9])")
_LISTS: Final = MappingProxyType(
    {
        "affects": "target",
        "advisories": "advisory",
        "assemblies": "assembly",
        "authors": "author",
        "components": "component",
        "compositions": "composition",
        "cwes": "cwe",
        "dependencies": "dependency",
        "endpoints": "endpoint",
        "externalReferences": "reference",
        "hashes": "hash",
        "licenses": "license",
        "properties": "property",
        "ratings": "rating",
        "services": "service",
        "tools": "tool",
        "vulnerabilities": "vulnerability",
    }
)
"""Elements that are lists, and what stands in them."""
_OBJECTS: Final = frozenset(
    {
        *("bom", "metadata", "component", "service", "tool", "supplier", "manufacture", "manufacturer"),
        *("provider", "contact", "reference", "license", "composition", "vulnerability", "source", "rating", "target"),
        *("advisory", "analysis"),
    }
)
_ORGANIZATIONS: Final = frozenset({"supplier", "manufacture", "manufacturer", "provider"})
_REPEATED: Final = frozenset({"contact", "url"})
"""What may stand several times in an organization without a list of its own."""


def read_cyclonedx_xml(text: str) -> dict[str, Any]:
    """The bill of a text. Raises InputError for what is none, and for parts whose JSON form is not known here."""
    root = root_element(text)
    version = _NAMESPACE.fullmatch(root.attributes.get("xmlns", ""))
    if root.name != "bom" or version is None:
        raise InputError("is no bill of CycloneDX: its root is no `bom` of a known version", code="syntax-error")
    attributes = {name: value for name, value in root.attributes.items() if not re.match("xmlns|.*:", name)}
    found = _object(root, attributes)
    return {
        **found,
        "bomFormat": "CycloneDX",
        "specVersion": version[1],
        "version": _integer(attributes.get("version", "1")),
    }


def _object(element: Element, attributes: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = dict(attributes)
    for child in element.children:
        value = _value(child)
        if element.name in _ORGANIZATIONS and child.name in _REPEATED:
            found.setdefault(child.name, []).append(value)
        elif child.name in found:
            raise _unknown(f"a second {child.name}")
        elif value != []:
            found[child.name] = value
    return found


def _value(element: Element) -> Any:
    """A list, an object, or what a text stands for."""
    if element.name in _LISTS:
        return [_member(child, _LISTS[element.name]) for child in element.children]
    if element.name in _OBJECTS:
        return _object(element, element.attributes)
    if element.children:
        raise _unknown(element.name)
    if element.name == "text":
        kinds = {"content-type": "contentType", "encoding": "encoding"}
        return {**{kinds.get(name, name): value for name, value in element.attributes.items()}, "content": element.text}
    if element.attributes:
        raise _unknown(f"{element.name} with attributes")
    return _SCALARS.get(element.name, str)(element.text)


def _member(element: Element, wanted: str) -> Any:
    if element.name == "expression" and wanted == "license":
        return {"expression": element.text}
    if element.name != wanted:
        raise _unknown(element.name)
    if wanted == "license":
        return {"license": _value(element)}
    if wanted == "author":
        return _object(element, element.attributes)
    if wanted in {"hash", "property"}:
        return {**element.attributes, "content" if wanted == "hash" else "value": element.text}
    if wanted == "assembly":
        return element.attributes.get("ref", "")
    if wanted == "dependency":
        needed = [child.attributes.get("ref", "") for child in element.children]
        return {**element.attributes, **({"dependsOn": needed} if needed else {})}
    return _value(element)


def _integer(text: str) -> int:
    if not re.fullmatch("[0-9]{1,18}", text):
        raise InputError(f"{text[:40]!r} is no whole number", code="syntax-error")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        raise InputError(f"{text[:40]!r} is no number", code="syntax-error")
    return float(text)


def _truth(text: str) -> bool:
    return text in {"true", "1"}


_SCALARS: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    {"authenticated": _truth, "cwe": _integer, "modified": _truth, "score": _number, "x-trust-boundary": _truth}
)


def _unknown(what: str) -> InputError:
    return InputError(
        f"{what} of CycloneDX's XML is not read here: convert the bill to JSON first", code="not-supported"
    )
