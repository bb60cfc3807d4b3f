"""The review: what a template is asked about. An object of files has no operation and no user, an AdmissionReview has.

`input.review` of Rego and the variables of CEL are views of it.
"""

from collections.abc import Mapping
from typing import Any, Final

from muniment.engines.gatekeeper.errors import ReviewError
from muniment.engines.gatekeeper.manifests import kind_of, mapping, name_of, namespace_of, text
from muniment.engines.gatekeeper.match import ORIGINAL, Match, Subject
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown, merge_causes

ADMISSION: Final = "admission.k8s.io"
_EMPTY_KIND: Final = ("group", "version", "kind")
_FIELDS: Final = frozenset(
    {
        *("uid", "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource"),
        *("name", "namespace", "operation", "userInfo", "object", "oldObject", "dryRun", "options"),
    }
)


class Review:
    """What is judged. Views of it are made when a template first asks, and kept for the next one."""

    __slots__ = ("_rego", "_unknown", "namespace", "namespace_object", "request", "source")

    def __init__(
        self,
        request: Mapping[str, Any],
        namespace: str | Unknown,
        namespace_object: Mapping[str, Any] | None,
        source: str,
    ) -> None:
        self.request = request
        """The AdmissionRequest, with `object` and `oldObject`."""
        self.namespace = namespace
        self.namespace_object = namespace_object
        self.source = source
        self._rego: dict[str, Any] | None = None
        self._unknown: tuple[Cause, ...] | None = None

    @property
    def deletes(self) -> bool:
        """Whether the object is on its way out."""
        return bool(self.request["operation"] == "DELETE")

    @property
    def subject(self) -> Mapping[str, Any]:
        """The object, or the old one where there is no other."""
        found: Mapping[str, Any] = self.request["object"] or self.request["oldObject"]
        return found

    @property
    def for_rego(self) -> dict[str, Any]:
        """`input.review`."""
        if self._rego is None:
            self._rego = {**self.request, "namespaceObject": self.namespace_object or {}}
        return self._rego

    @property
    def unknown(self) -> tuple[Cause, ...]:
        """The causes of everything in the object that is not known."""
        if self._unknown is None:
            self._unknown = causes_in(self.subject)
        return self._unknown

    def matches(self, match: Match) -> bool:
        """Whether the object or the old one is what a match looks for. Raises NamespaceMissingError."""
        objects = [one for one in (self.request["object"], self.request["oldObject"]) if one is not None]
        return any(match(Subject(one, self.namespace, self.namespace_object, self.source)) for one in objects)


def causes_in(value: Any) -> tuple[Cause, ...]:
    """The causes of everything unknown at any depth."""
    found: list[Unknown] = []
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Unknown):
            found.append(current)
        elif isinstance(current, dict | list):
            if isinstance(current, OpenMap | OpenList):
                found.append(Unknown(current.causes))
            stack.extend(current.values() if isinstance(current, dict) else current)
    return merge_causes(found)


def of_object(
    value: Mapping[str, Any],
    *,
    namespace: str | Unknown | None = None,
    namespace_object: Mapping[str, Any] | None = None,
    source: str = ORIGINAL,
) -> Review:
    """The review of an object from a file; `namespace` where it is known better than the object says."""
    kind = kind_of(value)
    if not kind.version or not kind.kind:
        raise ReviewError(f"the object {name_of(value)!r} has no version or no kind")
    request = {
        "uid": "",
        "kind": kind._asdict(),
        "resource": {"group": "", "version": "", "resource": ""},
        **({"name": name_of(value)} if name_of(value) else {}),
        **({"namespace": namespace_of(value)} if namespace_of(value) else {}),
        "operation": "",
        "userInfo": {},
        "object": value,
        "oldObject": None,
        "options": None,
    }
    known = namespace_of(value) if namespace is None else namespace
    return Review(request, known, namespace_object, source)


def is_admission_review(value: Mapping[str, Any]) -> bool:
    """Whether an object is a request of the API server."""
    group, _, kind = kind_of(value)
    return kind == "AdmissionReview" and group == ADMISSION


def of_admission_review(value: Mapping[str, Any], *, namespace_object: Mapping[str, Any] | None = None) -> Review:
    """The review that an AdmissionReview asks for. Raises ReviewError if the API server could not have sent it."""
    request = value.get("request")
    if not isinstance(request, dict):
        raise ReviewError("the AdmissionReview has no request")
    unknown = sorted(request.keys() - _FIELDS)
    if unknown:
        raise ReviewError(f"the AdmissionRequest has unknown fields: {', '.join(unknown)}")
    objects = {key: request.get(key) for key in ("object", "oldObject")}
    for key, one in objects.items():
        if one is not None and not (isinstance(one, dict) and text(one, "kind")):
            raise ReviewError(f"{key} of the AdmissionRequest has no kind")
    if objects["object"] is None and objects["oldObject"] is None:
        raise ReviewError("the AdmissionRequest has neither object nor oldObject")
    operation = text(request, "operation")
    if operation == "DELETE":
        if objects["oldObject"] is None:
            raise ReviewError("oldObject cannot be null where the operation is DELETE")
        objects["object"] = objects["oldObject"]
    empty = dict.fromkeys(_EMPTY_KIND, "")
    filled = {"uid": "", "kind": empty, "resource": {}, "options": None, **request, **objects}
    filled |= {"operation": operation, "userInfo": mapping(request, "userInfo")}
    return Review(filled, text(request, "namespace"), namespace_object, ORIGINAL)
