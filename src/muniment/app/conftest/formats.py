"""What Conftest reads: a parser by a file's name, and the documents of a text in the shape that its policies expect."""

import re
from collections.abc import Callable
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from muniment.errors import InputError
from muniment.languages.source import Limits

if TYPE_CHECKING:
    from muniment.app.conftest.proto_schema import Schema

LIMITS: Final = Limits(size=200 * 1024 * 1024)
"""Plans are large: a person who names one wants it read."""
Read = Callable[[str], list[Any]]
"""The documents of a text. Raises InputError."""


class Surroundings(NamedTuple):
    """What a text may draw on beside itself."""

    path: str = ""
    """Where it stands, if it is a file."""
    variable: Callable[[str], str] | None = None
    """The environment, where that may decide what a text says."""
    schema: "Callable[[], Schema] | None" = None
    """The types of textproto's messages, loaded when one is read."""


ALONE: Final = Surroundings()

_BY_NAME: Final = (
    ("dockerfile", re.compile(r"Dockerfile(\..*)?|.*\.dockerfile", re.IGNORECASE)),
    ("groovy", re.compile(r"Jenkinsfile(\..*)?")),
    ("nginx", re.compile(r"nginx\.conf")),
    ("ignore", re.compile(r"\.(?:git|docker|helm)?ignore|\.(?:gitignore|dockerignore)")),
    ("dotenv", re.compile(r"\.env(\..*)?|.*\.env")),
)
_BY_EXTENSION: Final = MappingProxyType(
    {
        **dict.fromkeys(("yml", "yaml"), "yaml"),
        **dict.fromkeys(("hcl", "tf", "tfvars"), "hcl2"),
        **dict.fromkeys(("textproto", "textpb", "pbtxt"), "textproto"),
        **{
            name: name
            for name in (
                *("cue", "edn", "hocon", "ini", "json", "jsonc", "jsonnet", "properties", "spdx", "toml", "vcl"),
                *("xml", "cyclonedx", "hcl1", "groovy"),
            )
        },
        "conf": "hocon",
        "libsonnet": "jsonnet",
    }
)

_COMMENTS_APART: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)+---[ \t]*\n")
"""Lines without a value in front of the mark that begins a document."""
_NAMES: Final = frozenset({*(name for name, _ in _BY_NAME), *_BY_EXTENSION.values()})
"""Every parser that Conftest has; some of them have no reader here."""


def parser_of(path: str) -> str:
    """The name of the parser for a path, empty if no parser is for it."""
    name = PurePath(path).name
    for parser, form in _BY_NAME:
        if form.fullmatch(name):
            return parser
    return _BY_EXTENSION.get(name.rpartition(".")[2].lower(), "")


def read_documents(parser: str, text: str, around: Surroundings = ALONE) -> list[Any]:
    """The documents of a text. Raises InputError for an unknown parser, and for what the parser does not read."""
    if parser in _DRAWING:
        return [_DRAWING[parser](text, around)]
    read = _READERS.get(parser)
    if read is None and parser in _NAMES:
        raise InputError(f"{parser} is not read here: convert it to JSON first", code="no-parser")
    if read is None:
        known = ", ".join(sorted((*_READERS, *_DRAWING)))
        raise InputError(f"unknown parser: {parser}; known are {known}", code="no-parser")
    return read(text)


def read_value(parser: str, text: str) -> Any:
    """The one document of a text, or the list of several."""
    return one_or_all(read_documents(parser, text))


def one_or_all(documents: list[Any]) -> Any:
    """The only document, or the list of several."""
    return documents[0] if len(documents) == 1 else documents


def _yaml(text: str) -> list[Any]:
    """The documents of a stream; empty ones are null, and so are comments before the first mark of a document."""
    from muniment.languages.yaml import load

    stream = load(text, limits=LIMITS)
    for diagnostic in (*stream.diagnostics, *(one for each in stream.documents for one in each.diagnostics)):
        raise InputError(f"line {diagnostic.span.line}: {diagnostic.message}", code="syntax-error")
    values = [document.value for document in stream.documents] or [None]
    return [None, *values] if _COMMENTS_APART.match(text) else values


def _json(text: str) -> list[Any]:
    return [_json_value(text, comments=False)]


def _jsonc(text: str) -> list[Any]:
    return [_json_value(text, comments=True)]


def _json_value(text: str, *, comments: bool) -> Any:
    from muniment.languages.json_source import load

    document = load(text, comments=comments, limits=LIMITS)
    for diagnostic in document.diagnostics:
        raise InputError(f"line {diagnostic.span.line}: {diagnostic.message}", code="syntax-error")
    return document.value


def _toml(text: str) -> list[Any]:
    from muniment.app.conftest.toml import read_toml

    return [read_toml(text)]


def _dockerfile(text: str) -> list[Any]:
    from muniment.languages.dockerfile import conftest_shape, parse
    from muniment.languages.source import LanguageError

    try:
        dockerfile = parse(text)
    except LanguageError as error:
        raise InputError(str(error), code="syntax-error") from error
    if not dockerfile.instructions:
        raise InputError("no instruction is there", code="syntax-error")
    return [conftest_shape(dockerfile)]


def _hcl2(text: str) -> list[Any]:
    from muniment.app.conftest.hcl import hcl_json

    return [hcl_json(text)]


def _hcl1(text: str) -> list[Any]:
    from muniment.app.conftest.hcl import hcl1_json

    return [hcl1_json(text)]


def _ini(text: str) -> list[Any]:
    from muniment.app.conftest.ini import read_ini

    return [read_ini(text)]


def _edn(text: str) -> list[Any]:
    from muniment.app.conftest.edn import read_edn

    return [read_edn(text)]


def _nginx(text: str) -> list[Any]:
    from muniment.app.conftest.nginx import read_nginx

    return [read_nginx(text)]


def _vcl(text: str) -> list[Any]:
    from muniment.app.conftest.vcl import read_vcl

    return [read_vcl(text)]


def _texts(name: str) -> Read:
    """A reader of the plain formats, which load when one of them is asked for."""

    def read(text: str) -> list[Any]:
        from muniment.app.conftest import text_formats

        return [getattr(text_formats, f"read_{name}")(text)]

    return read


def _xml(text: str) -> list[Any]:
    from muniment.app.conftest.elements import read_xml

    return [read_xml(text)]


def _cyclonedx(text: str) -> list[Any]:
    if not text.lstrip("\ufeff \r\n\t").startswith("<"):
        return _json(text)
    from muniment.app.conftest.cyclonedx import read_cyclonedx_xml

    return [read_cyclonedx_xml(text)]


def _spdx(text: str) -> list[Any]:
    from muniment.app.conftest.spdx import read_spdx

    return [read_spdx(text)]


def _dotenv(text: str, around: Surroundings) -> Any:
    from muniment.app.conftest.dotenv import read_dotenv

    return read_dotenv(text, around.variable)


def _hocon(text: str, around: Surroundings) -> Any:
    from muniment.app.conftest.hocon_values import read_hocon

    return read_hocon(text, around.variable)


def _jsonnet(text: str, around: Surroundings) -> Any:
    from muniment.app.conftest.computed import read_jsonnet

    return read_jsonnet(text, around.path)


def _cue(text: str, _: Surroundings) -> Any:
    from muniment.app.conftest.computed import read_cue

    return read_cue(text)


def _textproto(text: str, around: Surroundings) -> Any:
    from muniment.app.conftest.proto_schema import Schema
    from muniment.app.conftest.textproto import read_textproto

    return read_textproto(text, around.schema() if around.schema else Schema())


_DRAWING: Final[MappingProxyType[str, Callable[[str, Surroundings], Any]]] = MappingProxyType(
    {"cue": _cue, "dotenv": _dotenv, "hocon": _hocon, "jsonnet": _jsonnet, "textproto": _textproto}
)
"""Readers of one document that may need more than its text."""
_READERS: Final[MappingProxyType[str, Read]] = MappingProxyType(
    {
        "cyclonedx": _cyclonedx,
        "dockerfile": _dockerfile,
        "edn": _edn,
        "hcl1": _hcl1,
        "hcl2": _hcl2,
        "ignore": _texts("ignore"),
        "ini": _ini,
        "json": _json,
        "jsonc": _jsonc,
        "nginx": _nginx,
        "properties": _texts("properties"),
        "spdx": _spdx,
        "toml": _toml,
        "vcl": _vcl,
        "xml": _xml,
        "yaml": _yaml,
    }
)
