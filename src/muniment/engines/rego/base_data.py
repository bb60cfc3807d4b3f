"""Base documents of a library: what `data.json` and `data.yaml` hold, under the folders that they stand in."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from muniment.errors import PolicyError
from muniment.languages import json_source, yaml
from muniment.languages.rego.ast import Module
from muniment.languages.source import Diagnostic
from muniment.model.document import Document

_NAMES: Final = frozenset({"data.json", "data.yaml", "data.yml"})
"""What files of data are called in the bundles that OPA loads."""


def is_base(document: Document) -> bool:
    """Whether a file holds data for policies, by its name."""
    return document.name in _NAMES


def base_data(documents: Iterable[Document], folder: PurePosixPath) -> dict[str, Any]:
    """The documents of files below a folder, merged. Raises PolicyError for what cannot be read or stand together."""
    found: dict[str, Any] = {}
    for document in documents:
        place = PurePosixPath(document.path).relative_to(folder).parts[:-1]
        value = _value(document)
        for name in reversed(place):
            value = {name: value}
        _merge(found, value, document.path)
    return found


def _value(document: Document) -> dict[str, Any]:
    if document.name.endswith(".json"):
        read = json_source.load(document.data)
        value, wrong = read.value, read.diagnostics
    else:
        stream = yaml.load(document.data)
        wrong = (*stream.diagnostics, *(fault for one in stream.documents for fault in one.diagnostics))
        value = stream.documents[0].value if len(stream.documents) == 1 else None
    _refuse(document, wrong)
    if not isinstance(value, dict):
        raise PolicyError(f"{document.path}: data for policies is one object", code="content")
    return value


def _refuse(document: Document, wrong: Sequence[Diagnostic]) -> None:
    for one in wrong:
        raise PolicyError(f"{document.path}:{one.span.line}: {one.message}", code="content")


def _merge(found: dict[str, Any], value: Mapping[str, Any], file: str) -> None:
    for name, member in value.items():
        known = found.get(name)
        if isinstance(known, dict) and isinstance(member, dict):
            _merge(known, member, file)
        elif name in found:
            raise PolicyError(f"{file}: another file gives `{name}` too", code="content")
        else:
            found[name] = member


def check_apart(modules: Iterable[Module], data: Mapping[str, Any]) -> None:
    """Refuses data at the path of a rule, as OPA does. Raises PolicyError."""
    for module in modules:
        for rule in module.rules:
            path = (*module.package, rule.name)
            if _holds(data, path):
                raise PolicyError(f"{module.name}: data gives {'.'.join(path)}, which is a rule", code="content")


def _holds(data: Any, path: Iterable[str]) -> bool:
    for name in path:
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True


def folder_of(documents: Iterable[Document]) -> PurePosixPath:
    """The deepest folder that all of some files stand in."""
    folders = [PurePosixPath(one.path).parent for one in documents]
    first = folders[0]
    return next(one for one in (first, *first.parents) if all(other.is_relative_to(one) for other in folders))
