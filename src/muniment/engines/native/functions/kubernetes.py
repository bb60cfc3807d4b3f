"""Workloads, containers, selectors and role bindings of Kubernetes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from muniment.engines.native.scope import GRAPH, resource_of, show_joined
from muniment.languages.cel import Function
from muniment.languages.unknown import Cause, OpenList, Unknown, merge_causes
from muniment.model.kubernetes import WORKLOADS

Scope = Mapping[str, Any]
_SORTS: Final = (("init", "initContainers"), ("app", "containers"), ("ephemeral", "ephemeralContainers"))
_ARCHITECTURES: Final = ("amd64", "arm64", "arm", "ppc64le", "s390x")


def _template(scope: Scope, view: Any) -> Any:
    """The pod template of a workload: an object with `metadata` and `spec`; null for other kinds."""
    resource = resource_of(scope, view)
    path = WORKLOADS.get(resource.kind) if resource is not None else None
    if path is None:
        return None
    for step in path:
        if isinstance(view, Unknown):
            return view
        if not isinstance(view, dict):
            return None
        view = view.get(step)
    return view


def _pod(scope: Scope, view: Any) -> Any:
    template = _template(scope, view)
    return template.get("spec") if isinstance(template, dict) else template


def _pod_meta(scope: Scope, view: Any) -> Any:
    template = _template(scope, view)
    return template.get("metadata") if isinstance(template, dict) else template


def _containers(scope: Scope, view: Any, sort: str = "") -> Any:
    """All containers, or those of one sort: `app`, `init`, `ephemeral`, `long` (regular ones and sidecars)."""
    pod = _pod(scope, view)
    if isinstance(pod, Unknown):
        return pod
    return [container for name, container in _sorted(pod) if not sort or _is(name, container, sort)]


def _sorted(pod: Any) -> Iterator[tuple[str, Any]]:
    for name, key in _SORTS:
        members = pod.get(key) if isinstance(pod, dict) else None
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict):
                yield name, member


def _is(name: str, container: dict[str, Any], sort: str) -> bool:
    if sort == "long":
        return name == "app" or (name == "init" and container.get("restartPolicy") == "Always")
    return name == sort


def _selects(selector: Any, labels: Any) -> bool:
    """Label selector algebra; a null selector selects nothing, an empty one everything."""
    if not isinstance(selector, dict):
        return False
    held = labels if isinstance(labels, dict) else {}
    if "matchLabels" not in selector and "matchExpressions" not in selector:
        return all(held.get(key) == value for key, value in selector.items())
    wanted = selector.get("matchLabels") or {}
    expressions = selector.get("matchExpressions") or []
    return all(held.get(key) == value for key, value in wanted.items()) and all(
        _expression(expression, held) for expression in expressions if isinstance(expression, dict)
    )


def _expression(expression: dict[str, Any], labels: dict[str, Any]) -> bool:
    key, values = expression.get("key"), expression.get("values") or []
    operator = expression.get("operator")
    if operator == "In":
        return labels.get(str(key)) in values
    if operator == "NotIn":
        return labels.get(str(key)) not in values
    return (key in labels) == (operator == "Exists")


def _rules(scope: Scope, binding: Any) -> Any:
    """The rules of the role that a binding names: of the tree, or the built-in cluster-admin; else unknown."""
    reference = binding.get("roleRef") if isinstance(binding, dict) else None
    if not isinstance(reference, dict):
        return []
    own = resource_of(scope, binding)
    for role in scope[GRAPH].of_kind(f"{reference.get('kind')}.rbac.authorization.k8s.io"):
        same = role.meta.get("namespace") == own.meta.get("namespace") if own else False
        if role.name == reference.get("name") and (reference.get("kind") == "ClusterRole" or same):
            return show_joined(scope, role).get("rules") or []
    if (reference.get("kind"), reference.get("name")) == ("ClusterRole", "cluster-admin"):
        return [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]
    return Unknown((Cause("existence", f"{reference.get('kind')} {reference.get('name')}"),))


def _subjects(binding: Any) -> list[Any]:
    subjects = binding.get("subjects") if isinstance(binding, dict) else None
    return subjects if isinstance(subjects, list) else []


def _flag(container: Any, name: str) -> Any:
    """The value of `--name=value` or `--name value` in a container's command and arguments; the last one counts."""
    if not isinstance(container, dict):
        return None
    words = _command_line(container)
    value: Any = None
    for place, word in enumerate(words):
        if isinstance(word, Unknown):
            value = word
        if not isinstance(word, str):
            continue
        head, equals, tail = word.partition("=")
        if head == name:
            following = words[place + 1] if place + 1 < len(words) else ""
            bare = following if isinstance(following, str) and following and not following.startswith("-") else True
            value = tail if equals else bare
    return value


def _runs(container: Any, program: str) -> Any:
    """Whether a container runs a program: by a word of its command line, or by its image where that is the program's.

    The command of an image is not read, so an image is taken at its name, with or without its architecture.
    """
    if not isinstance(container, dict):
        return False
    words = _command_line(container)
    if any(isinstance(word, str) and word.rpartition("/")[2] == program for word in words):
        return True
    image = container.get("image")
    if isinstance(image, str) and _repository(image) in {program, *(f"{program}-{one}" for one in _ARCHITECTURES)}:
        return True
    unsure = [value for value in (*words, image) if isinstance(value, Unknown)]
    return Unknown(merge_causes(unsure)) if unsure else False


def _repository(image: str) -> str:
    """The last step of an image's name."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _command_line(container: dict[str, Any]) -> list[Any]:
    return [*_arguments(container.get("command")), *_arguments(container.get("args"))]


def _arguments(value: Any) -> list[Any]:
    """The words of a command; a shell script in one word is split at blanks."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, Unknown):
        return [value]
    out: list[Any] = [Unknown(value.causes)] if isinstance(value, OpenList) else []
    for word in value if isinstance(value, list) else ():
        out.extend(word.split() if isinstance(word, str) and "--" in word.strip()[2:] and " " in word else [word])
    return out


FUNCTIONS: Final = (
    Function("pod", _pod, scoped=True),
    Function("podMeta", _pod_meta, scoped=True),
    Function("containers", _containers, scoped=True),
    Function("selects", _selects, whole=True),
    Function("rules", _rules, scoped=True),
    Function("subjects", _subjects),
    Function("flag", _flag),
    Function("runs", _runs),
)
