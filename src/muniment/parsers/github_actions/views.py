"""What policies see of workflows and actions: the mappings as written, and beside them what follows from them.

Added to a job: `id access accessFrom triggers call images labels combinations variables expressions steps`; to a step:
`index jobId access triggers action script variables effectiveShell expressions`; to a workflow: `triggers access
expressions jobs`. A name that the file writes is never changed, but `steps` and `jobs` hold views.
"""

from collections.abc import Mapping
from typing import Any, Final

from muniment.languages.unknown import OpenList, Unknown
from muniment.parsers.github_actions.matrix import Combination, combinations, lookup_in, unknown_context
from muniment.parsers.github_actions.places import ActionPlaces
from muniment.parsers.github_actions.texts import access, expression_views, triggers, used
from muniment.parsers.github_evaluation import interpolate

_STEPS: Final = frozenset({"steps"})
_JOBS: Final = frozenset({"jobs"})

View = dict[str, Any]


def workflow_view(raw: View, places: ActionPlaces) -> View:
    """A workflow with its jobs and their steps."""
    view: View = {
        **raw,
        "triggers": triggers(raw.get("on")),
        "access": access(raw.get("permissions")),
        "expressions": expression_views(raw, places, _JOBS),
        "jobs": {},
    }
    places.show(view, raw)
    places.show(view["jobs"], raw["jobs"])
    places.put(view["triggers"], places.locate(raw, "on"))
    places.put(view["access"], places.locate(raw, "permissions"))
    for identity, job in raw["jobs"].items():
        if isinstance(job, dict):
            view["jobs"][identity] = _job(identity, job, view, places)
    return view


def _job(identity: str, raw: View, workflow: View, places: ActionPlaces) -> View:
    own = access(raw.get("permissions"))
    made = combinations(raw.get("strategy"))
    variables = _variables(_variables({}, workflow.get("env"), "workflow"), raw.get("env"), "job")
    view: View = {
        **raw,
        "id": identity,
        "access": workflow["access"] if own is None else own,
        "accessFrom": "job" if own is not None else "workflow" if workflow["access"] is not None else "",
        "triggers": workflow["triggers"],
        "call": used(raw.get("uses")),
        "combinations": OpenList((), made.causes) if isinstance(made, Unknown) else made,
        "images": _images(raw, made, places),
        "labels": _labels(raw.get("runs-on"), made),
        "variables": variables,
        "expressions": expression_views(raw, places, _STEPS),
    }
    places.show(view, raw)
    if own is not None:
        places.put(own, places.locate(raw, "permissions"))
    places.put(view["call"], places.locate(raw, "uses"))
    places.put(view["labels"], places.locate(raw, "runs-on"))
    shell = _shell(raw) or _shell(workflow)
    view["steps"] = step_views(raw.get("steps"), view, shell, places)
    return view


def step_views(raw: Any, job: View, shell: str, places: ActionPlaces) -> list[View]:
    """The steps of a job or composite action; what is no mapping is left out, and keeps its number."""
    views: list[View] = []
    for index, step in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(step, dict):
            views.append(_step(index, step, job, shell, places))
    places.show(views, raw)
    return views


def _step(index: int, raw: View, job: View, shell: str, places: ActionPlaces) -> View:
    action = used(raw.get("uses"))
    options = raw.get("with")
    script = raw.get("run")
    if script is None and action is not None and action["repository"] == "github-script" and isinstance(options, dict):
        script = options.get("script")
    view: View = {
        **raw,
        "index": index,
        "jobId": job["id"],
        "access": job["access"],
        "triggers": job["triggers"],
        "action": action,
        "script": script,
        "variables": _variables(job["variables"], raw.get("env"), "step"),
        "effectiveShell": raw.get("shell") or shell,
        "expressions": expression_views(raw, places),
    }
    places.show(view, raw)
    places.put(action, places.locate(raw, "uses"))
    return view


def action_view(raw: View, places: ActionPlaces) -> View:
    """An action; one that is composite has steps."""
    runs = raw["runs"]
    view: View = {
        **raw,
        "using": str(runs.get("using", "")).lower(),
        "image": runs.get("image"),
        "expressions": expression_views(raw, places, frozenset({"runs"})),
    }
    places.show(view, raw)
    caller: View = {"id": "", "access": None, "triggers": {}, "variables": {}}
    view["steps"] = step_views(runs.get("steps"), caller, "", places)
    return view


def _variables(outer: Mapping[str, Any], env: Any, origin: str) -> View:
    """Environment variables with their values as written and the level that sets them; inner levels win."""
    own = env if isinstance(env, dict) else {}
    return {**outer, **{name: {"value": value, "from": origin} for name, value in own.items()}}


def _shell(view: View) -> str:
    defaults = view.get("defaults")
    run = defaults.get("run") if isinstance(defaults, dict) else None
    shell = run.get("shell") if isinstance(run, dict) else None
    return shell if isinstance(shell, str) else ""


def _images(raw: View, made: list[Combination] | Unknown, places: ActionPlaces) -> list[View]:
    """The images that a job runs in or beside it, one for each value that the matrix gives; none for an empty text."""
    views: list[View] = []
    services = raw.get("services")
    named: list[tuple[View, str]] = [(raw, "container")]
    if isinstance(services, dict):
        named += [(services, name) for name in services]
    for holder, key in named:
        value = holder.get(key)
        text = value.get("image") if isinstance(value, dict) else value
        if not isinstance(text, str):
            continue
        place = places.locate(value, "image") if isinstance(value, dict) else places.locate(holder, key)
        for image in _values(text, made):
            view = {"where": key if holder is raw else f"services.{key}", "image": image}
            places.put(view, place)
            views.append(view)
    return views


def _values(text: str, made: list[Combination] | Unknown) -> list[Any]:
    """The different texts that a text becomes, empty ones left out."""
    lookups = [unknown_context] if isinstance(made, Unknown) else [lookup_in(one) for one in made]
    values = [interpolate(text, lookup) for lookup in lookups]
    unknown = [value for value in values if isinstance(value, Unknown)]
    return [*dict.fromkeys(value for value in values if isinstance(value, str) and value), *unknown[:1]]


def _labels(runner: Any, made: list[Combination] | Unknown) -> list[Any]:
    """The labels of the runners that a job may run on."""
    labels = runner.get("labels") if isinstance(runner, dict) else runner
    texts = labels if isinstance(labels, list) else [labels]
    return [value for text in texts if isinstance(text, str) for value in _values(text, made)]
