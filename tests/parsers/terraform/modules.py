"""Root modules made of texts: read as a whole, or as an instance whose names can be asked."""

from collections.abc import Mapping
from typing import Any

from muniment.core.ports import Reading
from muniment.languages.hcl.functions.table import functions
from muniment.model.document import Document
from muniment.model.resource import Resource
from muniment.parsers.terraform import TerraformParser
from muniment.parsers.terraform.config import build_module, parse_document
from muniment.parsers.terraform.data_sources import computed
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.run import Run
from tests.parsers.files import Files


def documents(texts: Mapping[str, str]) -> list[Document]:
    """The documents of a tree."""
    return [Document(path, text.encode()) for path, text in texts.items()]


def root_instance(texts: Mapping[str, str]) -> ModuleInstance:
    """The root module of a folder, without values for its variables."""
    files = documents(texts)
    module = build_module("", [parse_document(one) for one in files])
    run = Run(module, lambda _path: None, Files(*files), functions(), {}, computed)
    return ModuleInstance(run, module, "", {})


def readings(texts: Mapping[str, str], settings: Mapping[str, Any] | None = None) -> dict[str, Reading]:
    """What the parser makes of each root of a tree."""
    parser, files = TerraformParser(settings), documents(texts)
    judged = [one for one in files if parser.claim(one) == "judged"]
    support = [one for one in files if parser.claim(one) == "support"]
    return {unit.root: parser.resources(unit, Files(*files)) for unit in parser.units(judged, support)}


def read(texts: Mapping[str, str] | str, settings: Mapping[str, Any] | None = None) -> Reading:
    """What the parser makes of the one root of a tree; a text is its `main.tf`."""
    (reading,) = readings({"main.tf": texts} if isinstance(texts, str) else texts, settings).values()
    return reading


def resources(texts: Mapping[str, str] | str, settings: Mapping[str, Any] | None = None) -> dict[str, Resource]:
    """The resources of the one root of a tree by address."""
    return {one.address: one for one in read(texts, settings).resources}
