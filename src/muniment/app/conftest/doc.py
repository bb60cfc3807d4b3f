"""`conftest doc`: a page about policies, made of their annotations."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.conftest.inputs import read_text
from muniment.app.conftest.policies import rego_files
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module
from muniment.languages.rego.builtins.templates import render
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.signatures import BuiltinError, QueryContext


class Section(NamedTuple):
    """A package or a rule with what its annotations say."""

    package: str
    rule: str
    """Empty for a package."""
    said: Mapping[str, Any]

    def as_value(self) -> dict[str, Any]:
        """The section as a template sees it."""
        return {
            "RegoPackageName": f"data.{self.package}",
            "Depth": 2 if self.rule else 1,
            "Path": ".".join(filter(None, ("data", self.package, self.rule))),
            "Title": str(self.said.get("title", "")),
            "Description": str(self.said.get("description", "")),
            "Annotations": dict(self.said),
        }


def sections(path: str) -> list[Section]:
    """What the policies below a path say of themselves, package by package. Raises PolicyError."""
    files = [file for file in rego_files(path) if not file.endswith("_test.rego")]
    if not files:
        raise PolicyError(f"no policies found in [{path}]")
    try:
        modules = [parse_module(read_text(Path(file)), file) for file in files]
    except RegoError as error:
        raise PolicyError(str(error)) from error
    return [one for module in sorted(modules, key=lambda module: module.package) for one in _of_module(module)]


def _of_module(module: Module) -> Iterator[Section]:
    package = ".".join(module.package)
    for said in module.annotations[:1]:
        yield Section(package, "", said)
    for rule in module.rules:
        for said in rule.annotations[:1]:
            yield Section(package, rule.name, said)


def page(found: list[Section], template: str = "") -> str:
    """The page of sections, in Markdown or by a template of Go. Raises PolicyError for a broken template."""
    if not template:
        return "\n".join(_markdown(found))
    try:
        return render(QueryContext(), template, [section.as_value() for section in found])
    except (BuiltinError, RegoEvaluationError) as error:
        raise PolicyError(str(error)) from error


def _markdown(found: list[Section]) -> Iterator[str]:
    package = None
    for section in found:
        if section.package != package:
            package = section.package
            yield f"# {section.package}\n"
        title = str(section.said.get("title") or section.rule)
        if section.rule:
            yield f"## {title}\n"
        elif title:
            yield f"**{title}**\n"
        if description := str(section.said.get("description", "")):
            yield f"{description}\n"
        for related in section.said.get("related_resources") or ():
            reference = related.get("ref", "") if isinstance(related, dict) else related
            yield f"* <{reference}>"
