"""The adapters that the product ships, as tables: a name, and where to load it from when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

from muniment.core.ports import Engine, Parser
from muniment.errors import UsageError
from muniment.model.assessment import Assessment
from muniment.model.document import Document


class ParserEntry(NamedTuple):
    """A parser, and the file names that make it worth loading."""

    format: str
    target: str
    """`module:name` of the class."""
    suffixes: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    """Beginnings of a file's name."""
    folders: tuple[str, ...] = ()
    """Parts of the path that must be there too."""
    marks: tuple[bytes, ...] = ()
    """One of these stands in every file of the format: for other files the parser is not loaded."""

    def is_marked(self, data: bytes) -> bool:
        """Whether content has a mark; texts of wide characters are not looked into."""
        return b"\0" in data[:4] or any(mark in data for mark in self.marks)

    def may_claim(self, path: str) -> bool:
        """Whether a file's name allows that this parser reads it."""
        name = path.rpartition("/")[2].lower()
        named = name.endswith(self.suffixes) or name.startswith(self.prefixes)
        return named and (not self.folders or any(folder in f"/{path}" for folder in self.folders))


PARSERS: Final = (
    ParserEntry(
        "trivy-ignore",
        "muniment.parsers.trivy_ignore:TrivyIgnoreParser",
        prefixes=(".trivyignore",),
    ),
    ParserEntry(
        "terraform",
        "muniment.parsers.terraform:TerraformParser",
        suffixes=(".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json"),
    ),
    ParserEntry(
        "terraform-plan",
        "muniment.parsers.terraform.plans:PlanParser",
        suffixes=(".json", "tfplan", ".plan"),
    ),
    ParserEntry(
        "dockerfile",
        "muniment.parsers.dockerfile:DockerfileParser",
        suffixes=(".dockerfile", ".dockerignore"),
        prefixes=("dockerfile", "containerfile"),
    ),
    ParserEntry(
        "github-actions",
        "muniment.parsers.github_actions:GitHubActionsParser",
        suffixes=(".yml", ".yaml"),
        folders=("/.github/", "/action.y"),
    ),
    ParserEntry(
        "cloudformation",
        "muniment.parsers.cloudformation:CloudFormationParser",
        suffixes=(".yaml", ".yml", ".json", ".template"),
        marks=(b"AWSTemplateFormatVersion", b"Resources"),
    ),
    ParserEntry("kubernetes", "muniment.parsers.kubernetes:KubernetesParser", suffixes=(".yaml", ".yml", ".json")),
    ParserEntry(
        "unsupported",
        "muniment.parsers.unsupported:UnsupportedParser",
        suffixes=(".yaml", ".yml", ".json", ".bicep", ".hcl", ".template"),
    ),
)
"""In order of precedence: the first that claims a document reads it."""


class LanguageEntry(NamedTuple):
    """A language of policies: its engine and, for one of another tool, what finds its policies among files."""

    language: str
    engine: str
    """`module:name` of the class."""
    reader: str = ""
    suffixes: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()
    """One of these stands in every file of the language: no reader is loaded for other files."""

    def may_claim(self, document: Document) -> bool:
        """Whether a file may hold policies of this language."""
        return document.name.endswith(self.suffixes) and any(mark in document.data for mark in self.marks)


LANGUAGES: Final = (
    LanguageEntry("native", "muniment.engines.native.engine:NativeEngine"),
    LanguageEntry(
        "checkov",
        "muniment.engines.checkov_yaml.engine:CheckovEngine",
        "muniment.engines.checkov_yaml.reader:CheckovReader",
        suffixes=(".yaml", ".yml", ".json", ".py"),
        marks=(b"definition", b"checkov"),
    ),
    LanguageEntry(
        "gatekeeper",
        "muniment.engines.gatekeeper.engine:GatekeeperEngine",
        "muniment.engines.gatekeeper.reader:GatekeeperReader",
        suffixes=(".yaml", ".yml", ".json"),
        marks=(b"gatekeeper.sh",),
    ),
    LanguageEntry(
        "rego",
        "muniment.engines.rego.engine:RegoEngine",
        "muniment.engines.rego.reader:RegoReader",
        suffixes=(".rego", "data.json", "data.yaml", "data.yml"),
        marks=(b"package", b":"),
    ),
)
"""In order of precedence: the first whose reader claims a file of a library has it."""

REPORTS: Final = {
    "text": "muniment.reports.text:render",
    "json": "muniment.reports.json:render",
    "jsonl": "muniment.reports.jsonl:render",
    "sarif": "muniment.reports.sarif:render",
    "junit": "muniment.reports.junit:render",
    "markdown": "muniment.reports.markdown:render",
    "github": "muniment.reports.github:render",
    "gitlab": "muniment.reports.gitlab:render",
    "gitlab-sast": "muniment.reports.gitlab_sast:render",
    "csv": "muniment.reports.csv:render",
    "html": "muniment.reports.html:render",
}


def may_be_read(path: str) -> bool:
    """Whether a file's name allows that any parser reads it."""
    return any(entry.may_claim(path) for entry in PARSERS)


class Parsers:
    """Finds the parser of a document; each is loaded when a document's name first asks for it."""

    __slots__ = ("_loaded", "_settings")

    def __init__(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        self._loaded: dict[str, Parser] = {}
        self._settings = settings

    def candidates(self, document: Document) -> Iterator[Parser]:
        """The parsers that may claim a document, in order of precedence; each loaded when it is its turn."""
        return (
            self._load(entry)
            for entry in PARSERS
            if entry.may_claim(document.path) and (not entry.marks or entry.is_marked(document.data))
        )

    def named(self, format: str) -> Parser:  # noqa: A002  the field's name
        """The parser of a format. Raises UsageError for an unknown one."""
        for entry in PARSERS:
            if entry.format == format:
                return self._load(entry)
        raise UsageError(
            f"no format is called {format!r}", hint=f"known: {', '.join(entry.format for entry in PARSERS)}"
        )

    def _load(self, entry: ParserEntry) -> Parser:
        if entry.format not in self._loaded:
            own = self._settings.get(entry.format)
            parser: Parser = load(entry.target)(own) if own else load(entry.target)()
            self._loaded[entry.format] = parser
        return self._loaded[entry.format]


def engine(language: str, *, trusted: bool = False) -> Engine:
    """A new engine of a policy language; `trusted` where its policies come from an index, so have compiled before."""
    target = next(entry.engine for entry in LANGUAGES if entry.language == language)
    made: Engine = load(target)(trusted=trusted)
    return made


def report(format: str) -> Callable[[Assessment], bytes]:  # noqa: A002  the field's name
    """The report of a format. Raises UsageError, with the known ones, for an unknown format."""
    if format not in REPORTS:
        raise UsageError(f"no report format is called {format!r}", hint=f"known: {', '.join(REPORTS)}")
    render: Callable[[Assessment], bytes] = load(REPORTS[format])
    return render


def load(target: str) -> Any:
    """The object behind `module:name`."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
