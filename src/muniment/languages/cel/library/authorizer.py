"""The authorizer of admission expressions: a chain of calls describes a request, and `check` asks who may make it.

Nobody here can answer that: an answer needs the caller's decision function. Without one, asking is an error.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.values import no_overload


class Request(NamedTuple):
    """What is asked: whether the requester, or a service account, may use a verb on a path or a resource."""

    verb: str = ""
    path: str = ""
    group: str = ""
    resource: str = ""
    subresource: str = ""
    namespace: str = ""
    name: str = ""
    field_selector: str = ""
    label_selector: str = ""
    service_account: tuple[str, str] | None = None
    """Namespace and name."""


class Decision:
    """The answer to a request; `error` says why there is none."""

    __slots__ = ("allowed", "error", "reason")
    cel_type = "kubernetes.authorization.Decision"

    def __init__(self, *, allowed: bool, reason: str = "", error: str = "") -> None:
        self.allowed = allowed
        self.reason = reason
        self.error = error


Decide = Callable[[Request], Decision]


class Authorizer:
    """The value of the variable `authorizer`, and of each link of a chain that starts there."""

    __slots__ = ("cel_type", "decide", "request")

    def __init__(self, decide: Decide | None = None, request: Request = Request(), kind: str = "Authorizer") -> None:  # noqa: B008  a frozen value
        self.decide = decide
        self.request = request
        self.cel_type = f"kubernetes.authorization.{kind}"

    def to(self, kind: str, **changes: Any) -> "Authorizer":
        """The next link."""
        return Authorizer(self.decide, self.request._replace(**changes), kind)


def _link(name: str, source: str, kind: str, field: str, *, filled: bool = False) -> Function:
    def call(value: Any, text: Any) -> Authorizer:
        if not isinstance(value, Authorizer) or not value.cel_type.endswith(f".{source}") or type(text) is not str:
            raise no_overload(name, value, text)
        if filled and not text.strip():
            raise CelEvaluationError(f"{name} must not be empty")
        return value.to(kind, **{field: text})

    return Function(name, call, receiver=True, least=2, most=2)


def _service_account(value: Any, namespace: Any, name: Any) -> Authorizer:
    if not isinstance(value, Authorizer) or type(namespace) is not str or type(name) is not str:
        raise no_overload("serviceAccount", value, namespace, name)
    return value.to("Authorizer", service_account=(namespace, name))


def _check(value: Any, verb: Any) -> Decision:
    if not isinstance(value, Authorizer) or not value.cel_type.endswith("Check") or type(verb) is not str:
        raise no_overload("check", value, verb)
    if value.decide is None:
        raise CelEvaluationError("the authorizer is not available: nobody can say who may do this", code="unavailable")
    return value.decide(value.request._replace(verb=verb))


def _answer(name: str, read: Callable[[Decision], Any]) -> Function:
    def call(value: Any) -> Any:
        if not isinstance(value, Decision):
            raise no_overload(name, value)
        return read(value)

    return Function(name, call, receiver=True, least=1, most=1)


def authorizer_functions() -> tuple[Function, ...]:
    """The links of the chain, and what a decision answers."""
    return (
        _link("path", "Authorizer", "PathCheck", "path", filled=True),
        _link("group", "Authorizer", "GroupCheck", "group"),
        Function("serviceAccount", _service_account, receiver=True, least=3, most=3),
        _link("resource", "GroupCheck", "ResourceCheck", "resource", filled=True),
        *(
            _link(name, "ResourceCheck", "ResourceCheck", field)
            for name, field in (
                ("subresource", "subresource"),
                ("namespace", "namespace"),
                ("name", "name"),
                ("fieldSelector", "field_selector"),
                ("labelSelector", "label_selector"),
            )
        ),
        Function("check", _check, receiver=True, least=2, most=2),
        _answer("allowed", lambda decision: decision.allowed),
        _answer("reason", lambda decision: decision.reason),
        _answer("errored", lambda decision: bool(decision.error)),
        _answer("error", lambda decision: decision.error),
    )
