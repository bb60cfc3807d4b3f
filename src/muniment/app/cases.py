"""Runs the cases beside policies, and the lint that needs them: what a policy says of itself, tried out.

A case is a file or folder below `cases/`; the first word of its name is the expected status. A comment
`expect: fail` marks the line that a violation must point at: its own line, or the next one where it stands alone.
`expect: fail above` marks the line above, for texts whose first line can hold no other comment.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from muniment.app.checking import Base, directory_intake, stream_intake
from muniment.app.intake import Intake
from muniment.app.pipeline import run
from muniment.app.plan import Plan
from muniment.app.settings import Settings
from muniment.core.formats import formats_of
from muniment.core.ports import Read
from muniment.core.select import Selection
from muniment.model.assessment import Assessment
from muniment.model.policy import Policy
from muniment.model.result import Result
from muniment.model.status import Status

_EXPECTED: Final = ("pass", "fail", "unknown", "skip", "error")
_MARK: Final = re.compile(r"(?:#|//)\s*expect:\s*fail\b")
_ALONE: Final = re.compile(r"^\s*(?:#|//)\s*expect:\s*fail\b")
_ABOVE: Final = re.compile(r"^\s*(?:#|//)\s*expect:\s*fail above\b")


class CaseResult(NamedTuple):
    """What became of one case; `problem` is empty if it did what its name says."""

    policy: str
    case: str
    problem: str = ""


def run_cases(policy: Policy, folder: Path, plan: Plan, now: datetime) -> Iterator[CaseResult]:
    """Every case of one policy, in the order of their names."""
    cases = sorted(folder.iterdir()) if folder.is_dir() else []
    own = plan._replace(selection=Selection((policy,), {}), waivers=(), baseline=None, before=None)
    for case in cases:
        expected = case.name.partition("-")[0]
        if expected not in _EXPECTED:
            yield CaseResult(policy.id, case.name, f"its name must begin with one of {', '.join(_EXPECTED)}")
            continue
        assessment = judge_case(policy, case, own, now)
        yield CaseResult(policy.id, case.name, _problem(Status[expected.upper()], assessment, case))


def judge_case(policy: Policy, case: Path, plan: Plan, now: datetime) -> Assessment:
    """The assessment of one case by one policy."""
    return run(*_with(case_intake(policy, case), plan), now=now)


def _with(opened: tuple[Intake, Read], plan: Plan) -> tuple[Intake, Plan, Read]:
    return opened[0], plan, opened[1]


def case_intake(policy: Policy, case: Path) -> tuple[Intake, Read]:
    """The documents of a case: a folder as it is, a file as if nothing lay beside it."""
    if case.is_dir():
        return directory_intake(Base(case, ("",)), Settings())
    forced = "github-actions" if formats_of(policy) == {"github-actions"} else ""
    return stream_intake(case.read_bytes(), case.name, forced)


def _problem(expected: Status, assessment: Assessment, case: Path) -> str:
    """What is wrong with the answer, in words; empty if nothing is."""
    if assessment.unread and expected is not Status.UNKNOWN:
        lost = assessment.unread[0]
        return f"{lost.location.path}:{lost.location.line} is unread: {lost.message}"
    statuses = {result.status for result in assessment.results}
    others = statuses - {expected, Status.SKIP}
    if expected in {Status.FAIL, Status.UNKNOWN, Status.ERROR}:
        others -= {Status.PASS}
    if (expected not in statuses and (expected is not Status.SKIP or statuses)) or others:
        return f"expected {expected}, got {_told(assessment.results)}"
    return _misplaced(assessment.results, case) if expected is Status.FAIL else ""


def _told(results: Iterable[Result]) -> str:
    told = [f"{result.status} at {result.address}: {result.message}".removesuffix(": ") for result in results]
    return "; ".join(told[:4]) or "no result at all"


def _misplaced(results: Iterable[Result], case: Path) -> str:
    """Compares the places of all violations with the marked lines, file by file."""
    files = sorted(path for path in case.rglob("*") if path.is_file()) if case.is_dir() else [case]
    marked = {(path.name, line) for path in files for line in marked_lines(path.read_text("utf-8", "replace"))}
    found = {
        (violation.location.path.rpartition("/")[2], violation.location.line)
        for result in results
        if result.status is Status.FAIL
        for violation in result.violations
    }
    if not marked:
        return "" if not any(_has_comments(path) for path in files) else f"mark the line: found at {_places(found)}"
    if marked != found:
        return f"marked at {_places(marked)}, found at {_places(found)}"
    return ""


def _has_comments(path: Path) -> bool:
    return path.suffix != ".json"


def _places(places: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name}:{line}" for name, line in sorted(places)) or "no place"


def marked_lines(text: str) -> Iterator[int]:
    """The lines that a case marks with `expect: fail`."""
    alone = False
    for number, line in enumerate(text.splitlines(), 1):
        if _ABOVE.match(line):
            yield number - 1
        elif _ALONE.match(line):
            alone = True
        elif alone or _MARK.search(line):
            alone = False
            yield number


def lint(policy: Policy, folder: Path, names: frozenset[str], read: frozenset[str]) -> Iterator[CaseResult]:
    """What is missing beside a policy: cases (E04), and attributes that it reads and no case has (E10).

    `names` are all keys of the resources in the cases; `read` the attribute names in the policy's expressions.
    """
    cases = [case.name.partition("-")[0] for case in folder.iterdir()] if folder.is_dir() else []
    for expected in ("pass", "fail"):
        if expected not in cases:
            yield CaseResult(policy.id, "E04", f"there is no {expected}- case")
    for name in sorted(read - names):
        yield CaseResult(policy.id, "E10", f"reads `{name}`, which no case ever sets: a typing error?")


def keys_of(value: Any) -> Iterator[str]:
    """Every key of nested mappings that has a value, those of JSON inside texts included."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict):
            yield from (key for key, member in current.items() if isinstance(key, str) and member is not None)
            stack.extend(current.values())
        elif isinstance(current, list | tuple):
            stack.extend(current)
        elif isinstance(current, str) and current.lstrip()[:1] in {"{", "["}:
            stack.append(_inside(current))
        else:
            structure = getattr(current, "structure", None)
            stack.extend(() if structure is None else (structure,))


def _inside(text: str) -> Any:
    """The value of a JSON text; None for any other."""
    import json

    try:
        return json.loads(text)
    except ValueError:
        return None


def policies_below(policies: Sequence[Policy], path: str) -> tuple[Policy, ...]:
    """The policies at or below a path of the library; all for an empty one."""
    return tuple(policy for policy in policies if not path or policy.id == path or policy.id.startswith(f"{path}/"))
