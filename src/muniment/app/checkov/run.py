"""Runs what Checkov would be asked for: its folders, frameworks and checks, with our policies, to its records."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.app.checking import Base, directory_intake, find_base
from muniment.app.checkov.checks import Checks, framework_of, ids_of, refuse_unknown
from muniment.app.configured import load_settings
from muniment.app.intake import Intake
from muniment.app.pipeline import Means, run
from muniment.app.plan import build_plan, load_libraries
from muniment.app.registry import PARSERS
from muniment.app.settings import Settings
from muniment.content.index import Library
from muniment.core.formats import format_of_kind
from muniment.errors import UsageError
from muniment.model.assessment import Assessment
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.reports.checkov.records import ERROR, Frame, Place, Scan, records_of, scans
from muniment.reports.words import count

FRAMEWORKS: Final[Mapping[str, str]] = {
    "terraform": "terraform",
    "terraform_plan": "terraform-plan",
    "cloudformation": "cloudformation",
    "kubernetes": "kubernetes",
    "helm": "kubernetes",
    "kustomize": "kubernetes",
    "dockerfile": "dockerfile",
    "github_actions": "github-actions",
}
"""Checkov's frameworks that are judged here, and the format of each."""
_RENDERED: Final = ("helm", "kustomize")
_BY_FORMAT: Final[Mapping[str, str]] = {
    name: framework for framework, name in FRAMEWORKS.items() if framework not in {"helm", "kustomize"}
}
_JUDGED: Final = frozenset({"read", "partly"})
_CHART: Final = "Chart.yaml"
_CUSTOM: Final = "checkov"
_SHOWN: Final = 3
_HARMLESS: Final = frozenset({"no-parser"})
"""Reasons for which a file is unread that Checkov would pass over too: the format is nobody's here."""


class Request(NamedTuple):
    """What a run is asked for, in Checkov's words."""

    checks: Checks
    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    frameworks: frozenset[str] = frozenset(FRAMEWORKS)
    libraries: tuple[str, ...] = ()
    libraries_always: bool = False
    """Whether the checks of libraries run whatever is asked for."""
    compliance: str = ""
    skip_paths: tuple[str, ...] = ()
    var_files: tuple[str, ...] = ()
    plan_source: str = ""
    """Folder of the configuration that a plan was made from."""
    lenient: bool = False
    """Whether what Checkov lets pass passes here too."""


class Answer(NamedTuple):
    """What a run found."""

    scans: tuple[Scan, ...]
    assessment: Assessment
    notes: tuple[str, ...]
    """What a person should know, and Checkov would not say."""
    incomplete: tuple[str, ...]
    """Why this is not the whole answer; empty if it is."""


def judge(request: Request, *, now: datetime, means: Means) -> Answer:
    """Judges by the policies that answer for Checkov's checks. Raises UsageError and PolicyError."""
    base = find_base([*request.folders, *request.files])
    settings = _settings(request, base)
    library = load_libraries(settings.libraries, base.folder)
    checks = request.checks
    if request.libraries_always:
        checks = checks._replace(extra=_own_ids(library))
    notes = [*library.notes, *refuse_unknown(checks, library, lenient=request.lenient)]
    selected = _selected(request.compliance, checks, library)
    settings = settings._replace(select=selected)
    intake, read = directory_intake(base, settings, strict=False)
    intake, skipped = _asked_for(intake, request, base)
    plan = build_plan(settings, base.folder, library=library)
    if request.lenient:
        plan = plan._replace(foreign=plan.foreign | {"*"})
    found = run(intake, plan, read, now=now, means=means)
    if skipped:
        notes.append(f"left out by --skip-path: {count(skipped, 'file')}")
    return _answer(found, intake, request._replace(checks=checks), base, notes)


def _answer(found: Assessment, intake: Intake, request: Request, base: Base, notes: list[str]) -> Answer:
    types = CheckTypes(found, intake)
    place = places(base, request.folders, request.files)

    def wanted(identity: str, policy: Policy, where: Place) -> bool:
        return request.checks.wanted(identity, policy.severity, where.file)

    records = records_of(found, Frame(types.of, place, wanted, lenient=request.lenient))
    lost: dict[str, dict[str, None]] = {}
    nobodys = set()
    for one in found.unread:
        kind = types.of_unread(one)
        if one.reason in _HARMLESS:
            nobodys.add(one.format)
        elif kind in request.frameworks:
            lost.setdefault(kind, {})[place(one.location.path).file] = None
    if nobodys and request.frameworks == frozenset(FRAMEWORKS):
        notes.append(f"there are files that nothing here judges: {', '.join(sorted(nobodys))}")
    told = scans([one for one in records if one.check_type in request.frameworks], lost)
    return Answer(told, found, tuple(notes), tuple(_incomplete(told)))


def _incomplete(told: tuple[Scan, ...]) -> Iterator[str]:
    """What Checkov would pass over in silence."""
    unread = [path for scan in told for path in scan.unread]
    errors = [record for scan in told for record in scan.undecided if record.result == ERROR]
    if unread:
        more = ", ..." if len(unread) > _SHOWN else ""
        yield f"{count(len(unread), 'file')} could not be read: {', '.join(unread[:_SHOWN])}{more}"
    if errors:
        first = errors[0]
        yield f"{count(len(errors), 'check')} could not be evaluated, the first {first.check_id} on {first.resource}"
    if not unread and not any(scan.records or scan.undecided for scan in told):
        yield "nothing was judged"


def _settings(request: Request, base: Base) -> Settings:
    """The settings of the tree, with what the request says over them; its own selection and gate have no part here."""
    own = load_settings(base.folder)
    terraform: dict[str, Any] = dict(own.terraform)
    if request.var_files:
        terraform["var_files"] = (
            *own.terraform.get("var_files", ()),
            *(_below(one, base) for one in request.var_files),
        )
    if request.plan_source:
        folder = _below(request.plan_source, base)
        terraform["directory"] = "" if folder == "." else folder
    render = dict(own.render) | {name: "off" for name in _RENDERED if name not in request.frameworks}
    return own._replace(
        select=(),
        remove=(),
        libraries=(*own.libraries, *(_below(one, base) for one in request.libraries)),
        terraform=terraform,
        render=render,
        fail_on=(),
        max_new=None,
        baseline="",
        reports=(),
    )


def _below(path: str, base: Base) -> str:
    """A path of the command line, relative to the base."""
    if not Path(path).exists():
        raise UsageError(f"{path} does not exist", code="missing-path")
    return os.path.relpath(Path(path).resolve(), base.folder)


def _own_ids(library: Library) -> frozenset[str]:
    """The ids of policies that are not the shipped ones."""
    return frozenset(one for policy in library.policies if policy.language == _CUSTOM for one in ids_of(policy))


def _selected(compliance: str, checks: Checks, library: Library) -> tuple[str, ...]:
    """The paths of the policies to run: those with a wanted id or, for a compliance framework, all that it links.

    Raises UsageError if there are none.
    """
    framework = framework_of(compliance, [one.id for one in library.frameworks]) if compliance else ""

    def chosen(policy: Policy) -> bool:
        if policy.status != "stable":
            return False
        if framework and not any(one.framework == framework and one.strength == "direct" for one in policy.controls):
            return False
        ids = ids_of(policy) or ((policy.id,) if framework else ())
        return any(checks.wanted(identity, policy.severity) for identity in ids)

    found = tuple(policy.id for policy in library.policies if chosen(policy))
    if not found:
        raise UsageError("no check is left to run", code="empty-selection", hint="see: muniment checkov --list")
    return found


def _asked_for(intake: Intake, request: Request, base: Base) -> tuple[Intake, int]:
    """The documents of the frameworks that were asked for, and how many files were left out by their path.

    Paths are matched as Checkov does: relative to the working folder, anywhere in the text.
    """
    left_out = _left_out(request, base)
    documents = tuple(one for one in intake.documents if not left_out(one.path))
    skipped = len(intake.documents) - len(documents)
    if request.frameworks.isdisjoint(_RENDERED):
        formats = {FRAMEWORKS[name] for name in request.frameworks}
        entries = [entry for entry in PARSERS if entry.format in formats]
        documents = tuple(one for one in documents if any(entry.may_claim(one.path) for entry in entries))
    return intake._replace(
        documents=documents,
        unread=tuple(one for one in intake.unread if not left_out(one.location.path)),
        renderings=tuple(one for one in intake.renderings if not left_out(one.root)),
    ), skipped


def _left_out(request: Request, base: Base) -> Callable[[str], bool]:
    try:
        patterns = [re.compile(text) for text in request.skip_paths]
    except re.error as error:
        raise UsageError(f"--skip-path: not a regular expression: {error}") from error
    if not patterns:
        return lambda _path: False
    here = Path.cwd()

    def left_out(path: str) -> bool:
        shown = os.path.relpath(base.folder / path, here)
        return any(pattern.search(shown) for pattern in patterns)

    return left_out


def places(base: Base, folders: Sequence[str], files: Sequence[str] = ()) -> Callable[[str], Place]:
    """How files are called: below the folder that was asked for, or by their names where single files were."""
    here = Path.cwd()
    tops = [Path(folder).resolve() for folder in folders]
    named = {Path(file).resolve() for file in files}

    def place(path: str) -> Place:
        absolute = base.folder / path
        above = next((folder for folder in tops if absolute.is_relative_to(folder)), None)
        if above is None and absolute.resolve() in named:
            above = absolute.parent
        shown = absolute.relative_to(above or base.folder).as_posix()
        repository = f"/{Path(os.path.relpath(absolute, here)).as_posix()}".replace("/..", "")
        return Place(f"/{shown}", repository, absolute.as_posix())

    return place


class CheckTypes:
    """Tells which of Checkov's kinds of scan a result or an unread file belongs to."""

    __slots__ = ("_formats", "_rendered")

    def __init__(self, assessment: Assessment, intake: Intake) -> None:
        self._formats = {line.path: line.format for line in assessment.coverage.lines if line.state in _JUDGED}
        self._rendered: dict[str, str] = {}
        for rendering in intake.renderings:
            chart = any(path.endswith(_CHART) for path in rendering.consumed)
            kind = "helm" if chart else "kustomize"
            self._rendered |= dict.fromkeys((rendering.root, *rendering.consumed), kind)

    def of(self, result: Result) -> str:
        """The kind of scan of a result."""
        if result.root in self._rendered:
            return self._rendered[result.root]
        name = self._formats.get(result.root) or self._formats.get(result.resource_location.path)
        return _BY_FORMAT.get(name or "") or _BY_FORMAT.get(format_of_kind(result.kind), "")

    def of_unread(self, unread: Unread) -> str:
        """The kind of scan that misses an unread file."""
        path = unread.location.path
        if path in self._rendered:
            return self._rendered[path]
        name = unread.format or next((entry.format for entry in PARSERS if entry.may_claim(path)), "")
        return _BY_FORMAT.get(name, "")
