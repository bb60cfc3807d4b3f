"""Checkov's arguments in the words of `muniment.yaml`, and those that have no counterpart there, with the reason."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from muniment.app.checkov.checks import Named, framework_of, ids_of, read_named, reason_unknown
from muniment.app.checkov.path_patterns import pattern_of
from muniment.content.index import Library
from muniment.model.status import RANK, Severity

Given = Mapping[str, Sequence[str]]
"""Values by argument, as they were written; of a flag that is set, `true`."""

_REPORTS: Final[Mapping[str, tuple[str, str]]] = {
    "sarif": ("sarif", "results_sarif.sarif"),
    "junitxml": ("junit", "results_junitxml.xml"),
    "gitlab_sast": ("gitlab-sast", "results_gitlab_sast.json"),
}
"""Outputs in a form that belongs to neither tool: the format here, and the file's name there."""
_ELSEWHERE: Final[Mapping[str, str]] = {
    "directory": "name the path: muniment check PATH",
    "file": "name the path: muniment check PATH",
    "framework": "every format that is found is judged: leave files out with `exclude`",
    "skip-framework": "every format that is found is judged: leave files out with `exclude`",
    "run-all-external-checks": "policies of a library are selected like all others",
    "repo-root-for-plan-enrichment": "it belongs to one plan: no setting names it",
    "quiet": "what is shown is no setting: muniment check --quiet",
    "compact": "what is shown is no setting: muniment check --quiet",
    "summary-position": "what is shown is no setting",
    "create-baseline": "is a command: muniment baseline create",
    "output-baseline-as-skipped": "known failures stay in every report, marked as known",
    "config-file": "muniment.yaml lies at the base of the tree",
    "list": "is a command: muniment policy list",
    "repo-id": "no report here asks for it",
    "custom-tool-name": "reports name the tool that made them",
}
_CARRIED: Final = frozenset(
    {
        "check",
        "skip-check",
        "compliance-framework",
        "external-checks-dir",
        "skip-path",
        "var-file",
        "soft-fail",
        "soft-fail-on",
        "hard-fail-on",
        "no-fail-on-crash",
        "output",
        "output-file-path",
        "baseline",
    }
)


class Left(NamedTuple):
    """What is not carried over, and why."""

    what: str
    why: str


class Imported(NamedTuple):
    """Settings as `muniment.yaml` has them, and what they leave out."""

    table: dict[str, Any]
    left: tuple[Left, ...]


class _Import:
    """One import: what was asked for, and what is left so far. Paths are given relative to the folder `below`."""

    __slots__ = ("_below", "_claimed", "_given", "_library", "left")

    def __init__(self, given: Given, library: Library, below: str) -> None:
        self._given = given
        self._library = library
        self._below = below
        self._claimed = sorted({identity for policy in library.policies for identity in ids_of(policy)})
        self.left: list[Left] = []

    def table(self) -> dict[str, Any]:
        """Every setting that says something."""
        settings = {
            "policies": self._policies(),
            "exclude": list(self._excludes()),
            "terraform": _without_empty({"var-files": list(self._paths("var-file"))}),
            "gate": self._gate(),
            "reports": list(self._reports()),
        }
        return {"schema": 1, **_without_empty(settings)}

    def _all(self, name: str) -> Sequence[str]:
        return self._given.get(name, ())

    def _leave(self, what: str, why: str) -> None:
        self.left.append(Left(what, why))

    def _policies(self) -> dict[str, Any]:
        select = list(dict.fromkeys(self._selectors("check", ">=", min)))
        if self._all("check") and not select:
            self._leave("check", "none of its checks is judged here: every stable policy is selected")
        for name in self._all("compliance-framework"):
            if self._all("check"):
                self._leave(f"compliance-framework: {name}", "it narrows `check` there; selectors add up here")
            else:
                known = [one.id for one in self._library.frameworks]
                select.append(f"framework:{framework_of(name, known)}")
        return _without_empty(
            {
                "select": select,
                "not": list(dict.fromkeys(self._selectors("skip-check", "<=", max))),
                "library": list(self._paths("external-checks-dir")),
            }
        )

    def _selectors(
        self, name: str, comparison: str, bound: Callable[[Iterable[int]], int], named: Named | None = None
    ) -> Iterator[str]:
        """The selectors of a list of ids and severities; of several severities one says it all."""
        listed = read_named(self._all(name)) if named is None else named
        for text in listed.ids:
            found = [text] if text in self._claimed else [one for one in self._claimed if fnmatchcase(one, text)]
            if not found:
                self._leave(f"{name}: {text}", reason_unknown(text, self._library))
            yield from found
        for identity, path in listed.paths:
            self._leave(f"{name}: {identity}:{path}", "a policy is chosen for all files: a waiver has a scope")
        if listed.severities:
            yield f"severity{comparison}{_severity(bound(RANK[one] for one in listed.severities))}"

    def _excludes(self) -> Iterator[dict[str, str]]:
        for text in self._all("skip-path"):
            pattern = pattern_of(text, self._below)
            if pattern is None:
                self._leave(f"skip-path: {text}", "no pattern of `exclude` says what this regular expression says")
            else:
                yield {"path": pattern, "reason": f"skip-path of Checkov: {text}"}

    def _paths(self, name: str) -> Iterator[str]:
        """The paths of an argument, relative to the base."""
        for text in self._all(name):
            path = below_base(text, self._below)
            if path is None:
                self._leave(f"{name}: {text}", "lies outside of the base")
            else:
                yield path

    def _gate(self) -> dict[str, Any]:
        gate: dict[str, Any] = _without_empty({"fail-on": self._fail_on()})
        if self._all("no-fail-on-crash"):
            gate |= {"error": "warn", "unread": {"default": "warn"}}
        return gate

    def _fail_on(self) -> list[str]:
        """What fails the run; nothing where every failure does. Ids that fail softly cannot be said: they fail."""
        soft, hard = (read_named(self._all(name)) for name in ("soft-fail-on", "hard-fail-on"))
        softly = bool(self._all("soft-fail"))
        for text in (*soft.ids, *(f"{identity}:{path}" for identity, path in soft.paths)):
            self._leave(f"soft-fail-on: {text}", "the gate lists what denies: accept this with a waiver or a baseline")
        out = list(self._selectors("hard-fail-on", ">=", min, hard))
        rest = not softly and (not soft.empty or hard.empty)
        highest = max((RANK[one] for one in soft.severities), default=None)
        if rest and highest is None:
            return []
        if rest and highest is not None and highest < max(RANK.values()):
            return [*out, f"severity>{_severity(highest)}"]
        if not out:
            self._leave("soft-fail", "a gate that nothing fails is none: let only new failures deny, with a baseline")
        return out

    def _reports(self) -> Iterator[dict[str, str]]:
        formats = [name.strip() for text in self._all("output") for name in text.split(",") if name.strip()]
        named = next(reversed(self._all("output-file-path")), "") if self._all("output-file-path") else ""
        files = named.split(",") if "," in named else []
        for place, name in enumerate(formats):
            if name not in _REPORTS:
                self._leave(
                    f"output: {name}", "text is shown without it; other reports have keys of their own here: -o"
                )
                continue
            form, file = _REPORTS[name]
            to = (files[place] if place < len(files) else "console") if files else named and f"{named}/{file}"
            to = posixpath.normpath(to) if to else ""
            if not to or to == "console" or to.startswith(("/", "..")):
                self._leave(f"output: {name}", f"a report of the settings has a file below the base: -o {form}")
            else:
                yield {"format": form, "to": to}


def import_settings(given: Given, library: Library, below: str, reasons: Mapping[str, str]) -> Imported:
    """The settings that arguments stand for; `below` is the folder that their paths are relative to.

    `reasons` are those for arguments that have no effect on what is judged here, or are refused. Raises UsageError for
    a compliance framework that nobody knows.
    """
    work = _Import(given, library, below)
    table = work.table()
    for name, values in given.items():
        if name not in _CARRIED:
            work.left.append(_elsewhere(name, values, reasons))
    return Imported(table, tuple(work.left))


def _elsewhere(name: str, values: Sequence[str], reasons: Mapping[str, str]) -> Left:
    """An argument that is no setting; the values of those that are refused may be secrets, and are not shown."""
    if name not in _ELSEWHERE:
        return Left(name, reasons[name])
    return Left(name if list(values) == ["true"] else f"{name}: {', '.join(values)}", _ELSEWHERE[name])


def below_base(text: str, below: str) -> str | None:
    """A path that is relative to the folder `below`, relative to the base; None for one outside of it."""
    path = posixpath.normpath(posixpath.join(below, text))
    return None if path.startswith(("/", "../")) or path == ".." else path


def _severity(rank: int) -> Severity:
    return next(one for one in Severity if RANK[one] == rank)


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value}
