"""Checkov's arguments: what acts here, what is true here without them, and what is refused, each with its reason."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.errors import UsageError

FORMATS: Final = ("cli", "csv", "github_failed_only", "gitlab_sast", "json", "junitxml", "sarif")
_NOT_WRITTEN: Final = ("cyclonedx", "cyclonedx_json", "spdx")
CONFIG_NAMES: Final = (".checkov.yaml", ".checkov.yml")


class Option(NamedTuple):
    """An argument that takes a value, or a flag."""

    name: str
    help: str
    short: str = ""
    flag: bool = False
    many: bool = False
    """Whether several values may follow at once."""
    value: str = "VALUE"


ACTING: Final = (
    Option("directory", "folder to scan; may be repeated", "-d", value="DIR"),
    Option("file", "files to scan", "-f", many=True, value="FILE"),
    Option("framework", "frameworks to scan, with commas or several", many=True, value="NAME"),
    Option("skip-framework", "frameworks to leave out", many=True, value="NAME"),
    Option("check", "ids, patterns and severities to run", "-c", value="IDS"),
    Option("skip-check", "ids, patterns and severities to leave out; ID:REGEX for some files", value="IDS"),
    Option("compliance-framework", "run what proves controls of soc2, pci-dss, hipaa ...", value="NAME"),
    Option("external-checks-dir", "folder with policies of your own in YAML", value="DIR"),
    Option("run-all-external-checks", "run these whatever --check says", flag=True),
    Option("skip-path", "regular expression of paths to leave out", value="REGEX"),
    Option("var-file", "Terraform variables", value="FILE"),
    Option("repo-root-for-plan-enrichment", "configuration that a plan was made from", value="DIR"),
    Option("output", f"report format, may be repeated: {', '.join(FORMATS)}", "-o", value="FORMAT"),
    Option("output-file-path", "folder for reports, or a file for each -o, with commas", value="PATH"),
    Option("quiet", "print failures only", flag=True),
    Option("compact", "print no lines of code", flag=True),
    Option("summary-position", "where counts stand: top or bottom", value="top|bottom"),
    Option("soft-fail", "end with 0 whatever fails", "-s", flag=True),
    Option("soft-fail-on", "ids and severities that do not fail the run", value="IDS"),
    Option("hard-fail-on", "ids and severities that do", value="IDS"),
    Option("no-fail-on-crash", "end with 0 where the answer is incomplete", flag=True),
    Option("baseline", "failures listed there are known", value="FILE"),
    Option("create-baseline", "write .checkov.baseline into the folder", flag=True),
    Option("output-baseline-as-skipped", "show known failures as skipped", flag=True),
    Option("config-file", "values for these arguments, as YAML", value="FILE"),
    Option("list", "list the checks that are judged here", "-l", flag=True),
    Option("repo-id", "owner/name, for csv", value="OWNER/NAME"),
    Option("custom-tool-name", "name of the tool in sarif", value="NAME"),
)
_TRUE_ANYWAY: Final = (
    Option("skip-download", "nothing is ever downloaded", flag=True),
    Option("skip-results-upload", "nothing is ever uploaded", flag=True),
    Option("include-all-checkov-policies", "there is no platform that leaves any out", flag=True),
    Option("skip-resources-without-violations", "reports hold results, not inventories", flag=True),
    Option("no-guide", "no guides are linked", flag=True),
    Option("no-cert-verify", "no connection is made", flag=True),
    Option("ca-certificate", "no connection is made", "-ca"),
    Option("branch", "only a platform asks for it", "-b"),
    Option("skip-cve-package", "packages are not scanned"),
    Option("external-modules-download-path", "nothing is downloaded", value="DIR"),
    Option("block-list-secret-scan", "secrets are not scanned"),
    Option("secrets-scan-file-type", "secrets are not scanned"),
    Option("secrets-history-timeout", "secrets are not scanned"),
    Option("external-checks-public-key", "no check in Python is run", value="FILE"),
)
"""Accepted: what they ask for is so here without them."""
_NOTED: Final[Mapping[str, tuple[str, str]]] = {
    "download-external-modules": (
        "true",
        "nothing is downloaded: run terraform init first; modules that it did not install are unread",
    ),
    "evaluate-variables": ("false", "variables are always evaluated"),
}
"""With this value they ask for what is not done here: a line says so."""
_REFUSED: Final = (
    Option("bc-api-key", "there is no platform behind this command"),
    Option("prisma-api-url", "there is no platform behind this command"),
    Option("use-enforcement-rules", "there is no platform behind this command: use --hard-fail-on", flag=True),
    Option("policy-metadata-filter", "there is no platform behind this command: use --check"),
    Option("policy-metadata-filter-exception", "there is no platform behind this command: use --skip-check"),
    Option("output-bc-ids", "ids of a platform are not known", flag=True),
    Option("support", "no logs are sent anywhere", flag=True),
    Option("docker-image", "images are not scanned"),
    Option("image", "images are not scanned"),
    Option("dockerfile-path", "images are not scanned; a Dockerfile is, with -f or -d"),
    Option("external-checks-git", "nothing is downloaded: clone it and use --external-checks-dir"),
    Option("add-check", "make a policy with: muniment policy new", flag=True),
    Option("enable-secret-scan-all-files", "secrets are not scanned", flag=True),
    Option("scan-secrets-history", "secrets are not scanned", flag=True),
    Option("deep-analysis", "plans are joined to configuration: use --repo-root-for-plan-enrichment", flag=True),
    Option("mask", "sensitive values are hidden by what Terraform says of them"),
    Option("create-config", "write the long names of the arguments as keys into .checkov.yaml"),
    Option("show-config", "see: muniment config show", flag=True),
)
"""What they ask for cannot be had here, and to ignore it would change the answer."""
_WORDS: Final = frozenset({"framework", "skip-framework", "output"})
"""Options whose values may stand in one text, with commas."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds every argument; those without an effect are not in the help."""
    for option in ACTING:
        _add(parser, option, option.help)
    for option in (*_TRUE_ANYWAY, *_REFUSED, *(Option(name, "") for name in _NOTED)):
        _add(parser, option, argparse.SUPPRESS)
    parser.add_argument("-v", "--version", action="store_true", help="print the version")
    parser.add_argument("--as-upstream", action="store_true", help="let pass what Checkov lets pass")


def _add(parser: argparse.ArgumentParser, option: Option, text: str) -> None:
    names = ([option.short] if option.short else []) + [f"--{option.name}"]
    if option.flag:
        parser.add_argument(*names, action="store_true", default=None, help=text)
    elif option.many:
        parser.add_argument(*names, action="append", nargs="+", metavar=option.value, help=text)
    else:
        parser.add_argument(*names, action="append", metavar=option.value, help=text)


class Arguments:
    """The values of the command line over those of a configuration file."""

    __slots__ = ("_own", "_under")

    def __init__(self, own: argparse.Namespace, under: argparse.Namespace | None = None) -> None:
        self._own = own
        self._under = under

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of an option, in order; empty if it is not set."""
        found = self._value(name) or []
        flat = [item for one in found for item in (one if isinstance(one, list) else [one])]
        if name in _WORDS:
            flat = [item.strip() for text in flat for item in text.split(",") if item.strip()]
        return tuple(flat)

    def last(self, name: str, default: str = "") -> str:
        """The last value of an option that means one."""
        return self.all(name)[-1] if self.all(name) else default

    def flag(self, name: str) -> bool:
        """Whether a flag is set."""
        return bool(self._value(name))

    def given(self) -> Iterator[tuple[str, str]]:
        """(argument, value) of everything that is set, as JUnit's properties repeat them."""
        for option in ACTING:
            value = self._value(option.name)
            if value is not None:
                yield option.name.replace("-", "_"), str(value)

    def _value(self, name: str) -> Any:
        key = name.replace("-", "_")
        own = getattr(self._own, key, None)
        return getattr(self._under, key, None) if own is None else own


def notes_of(arguments: Arguments) -> Iterator[str]:
    """A line for each argument that asks for what is not done. Raises UsageError for what would change the answer."""
    for option in _REFUSED:
        if arguments.flag(option.name):
            raise UsageError(f"--{option.name}: {option.help}", code="unsupported")
    for name in arguments.all("output"):
        if name in _NOT_WRITTEN:
            raise UsageError(f"--output {name}: this command writes no bill of materials", code="unsupported")
        if name not in FORMATS:
            raise UsageError(f"no output is called {name!r}", hint=f"known: {', '.join(FORMATS)}")
    for name, (value, told) in _NOTED.items():
        if arguments.last(name).lower() == value:
            yield f"--{name}: {told}"


def find_config(folders: Sequence[str]) -> Path | None:
    """The configuration of the scanned folder, else of the working folder; None if there is none."""
    places = (Path(folder, name) for folder in (*folders, ".") for name in CONFIG_NAMES)
    return next((path for path in places if path.is_file()), None)


def read_config(path: Path) -> list[str]:
    """The command line that a configuration file stands for. Raises UsageError for one that does not load."""
    from muniment.content.fields import read_fields

    problems: list[str] = []
    fields = read_fields(path, path.name, problems)
    if fields is None:
        raise UsageError("; ".join(problems), code="configuration")
    return _config_arguments({name: fields.raw(name) for name in fields.names()}, path.name)


def reasons() -> dict[str, str]:
    """Why each argument that has no effect, or that is refused, is so."""
    told = {option.name: option.help for option in (*_TRUE_ANYWAY, *_REFUSED)}
    return told | {name: text for name, (_, text) in _NOTED.items()}


def _config_arguments(values: Mapping[str, Any], name: str) -> list[str]:
    """The command line that a configuration file stands for. Raises UsageError for a key that is no argument."""
    from muniment.core.select import nearest

    known = {option.name: option for option in (*ACTING, *_TRUE_ANYWAY, *_REFUSED)}
    known |= {one: Option(one, "") for one in _NOTED}
    words: list[str] = []
    for key, value in values.items():
        option = known.get(str(key).replace("_", "-"))
        if option is None:
            near = nearest(str(key), known)
            raise UsageError(
                f"{name}: {key!r} is no argument of Checkov",
                code="configuration",
                hint=f"did you mean {near[0]}?" if near else "",
            )
        items = value if isinstance(value, list) else [value]
        if option.flag:
            words += [f"--{option.name}"] if value is True else []
        else:
            words += [f"--{option.name}={_word(item)}" for item in items if item is not None]
    return words


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
