"""The parser of GitHub Actions: one unit a file; resources for the workflow, its jobs and its steps."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.languages.yaml import Stream, load
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.comments import Stretch, comment_candidates, hash_comments
from muniment.parsers.github_actions.places import ActionPlaces
from muniment.parsers.github_actions.views import View, action_view, workflow_view
from muniment.parsers.yaml_places import line_location, span_location

_WORKFLOW: Final = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")
_ACTION: Final = re.compile(r"(?:^|/)action\.ya?ml$")
_RUNS: Final = re.compile(rb"^runs[ \t]*:", re.MULTILINE)


class GitHubActionsParser:
    """Reads workflows and actions. Keeps nothing."""

    format = "github-actions"

    def claim(self, document: Document) -> str:
        """By place and name; an action must say what it runs."""
        if _WORKFLOW.search(document.path):
            return "judged"
        named = _ACTION.search(document.path) is not None
        return "judged" if named and _RUNS.search(document.data.replace(b"\0", b"")) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a file."""
        return [Unit(self.format, document.path, (document,)) for document in documents]

    def resources(self, unit: Unit, _read: Read) -> Reading:
        """The workflow or action with its parts."""
        document = unit.documents[0]
        stream = load(document.data, dialect="core12")
        diagnostics = (*stream.diagnostics, *(wrong for one in stream.documents for wrong in one.diagnostics))
        if diagnostics or not stream.documents:
            lost = [_lost(span_location(document, one.span), one.code, one.message, one.hint) for one in diagnostics]
            return Reading((), tuple(lost) or (_lost(Location(document.path, 1), "syntax-error", "is empty"),))
        one = stream.documents[0]
        part = "runs" if _ACTION.search(document.path) and not _WORKFLOW.search(document.path) else "jobs"
        if not isinstance(one.value, dict) or not isinstance(one.value.get(part), dict):
            return Reading((), (_lost(line_location(document, one.span.line), "syntax-error", f"has no `{part}`"),))
        places = ActionPlaces(document, one.positions, stream.text)
        made = list(
            _workflow(one.value, places, unit.root) if part == "jobs" else _action(one.value, places, unit.root)
        )
        return Reading(tuple(made), tuple(_wrong_parts(one.value, places)), tuple(_candidates(document, stream, made)))


def _lost(location: Location, reason: str, message: str, hint: str = "") -> Unread:
    return Unread(location, reason, message, hint, "github-actions")


def _wrong_parts(raw: View, places: ActionPlaces) -> Iterator[Unread]:
    """Jobs and steps that are no mappings, and so no jobs and steps."""
    jobs = raw.get("jobs")
    holders = [raw.get("runs"), *(jobs.values() if isinstance(jobs, dict) else ())]
    wrong = [(jobs, key) for key, job in (jobs.items() if isinstance(jobs, dict) else ()) if not isinstance(job, dict)]
    for holder in holders:
        steps = holder.get("steps") if isinstance(holder, dict) else None
        if isinstance(steps, list):
            wrong += [(steps, index) for index, step in enumerate(steps) if not isinstance(step, dict)]
    for container, key in wrong:
        place = places.locate(container, key) or places.locate(raw)
        if place is not None:
            yield _lost(place, "syntax-error", "must be a mapping")


def _workflow(raw: View, places: ActionPlaces, root: str) -> Iterator[Resource]:
    view = workflow_view(raw, places)
    yield _resource("github.workflow", "workflow", str(raw.get("name") or root), view, root, places)
    for identity, job in view["jobs"].items():
        address = f"jobs.{identity}"
        yield _resource("github.job", address, identity, job, root, places, places.locate(view["jobs"], identity))
        yield from _steps(job["steps"], address, root, places)


def _action(raw: View, places: ActionPlaces, root: str) -> Iterator[Resource]:
    view = action_view(raw, places)
    yield _resource("github.action", "action", str(raw.get("name") or root), view, root, places)
    yield from _steps(view["steps"], "runs", root, places)


def _steps(steps: list[View], above: str, root: str, places: ActionPlaces) -> Iterator[Resource]:
    for step in steps:
        index = step["index"]
        name = str(step.get("id") or step.get("name") or index)
        yield _resource("github.step", f"{above}.steps[{index}]", name, step, root, places)


def _resource(
    kind: str,
    address: str,
    name: str,
    view: dict[str, Any],
    root: str,
    places: ActionPlaces,
    location: Location | None = None,
) -> Resource:
    return Resource(
        kind=kind,
        address=address,
        root=root,
        name=name,
        format="github-actions",
        attributes=view,
        location=location or places.locate(view) or Location(root, 1),
        positions=places,
    )


def _candidates(document: Document, stream: Stream, made: Sequence[Resource]) -> list[WaiverCandidate]:
    """What comments ask for: in a step for the step, in a job for it and its steps, elsewhere for the workflow."""
    stretches: list[Stretch] = []
    for one in made:
        place = one.location
        inside = tuple(other.address for other in made if other.address.startswith(f"{one.address}.steps["))
        whole = one.kind in {"github.workflow", "github.action"}
        first, last = (1, stream.text.count("\n") + 1) if whole else (place.line, place.end_line)
        stretches.append(Stretch(first, last, (one.address, *inside)))
    comments = hash_comments(stream.text)
    return comment_candidates(
        comments, document.path, stretches, lambda line, column: line_location(document, line, column)
    )
