"""Objects that the tests are about, as short as they can be."""

from collections.abc import Mapping
from typing import Any

from muniment.engines.gatekeeper.evaluation import ConstraintSet, Options
from muniment.engines.gatekeeper.review import Review, of_object
from muniment.languages.yaml import load


def parsed(text: str) -> list[Any]:
    """The objects of a text."""
    return [one.value for one in load(text, dialect="yamlv3").documents if not one.empty]


def template(kind: str = "Rule", *, code: Any = None, schema: Any = None, **more: Any) -> dict[str, Any]:
    """A template; `code` is the source for CEL, a text is Rego in the legacy field."""
    validation = {} if schema is None else {"validation": {"openAPIV3Schema": schema}}
    target: dict[str, Any] = {"target": "admission.k8s.gatekeeper.sh"}
    if isinstance(code, str):
        target["rego"] = code
    else:
        source = code or {"validations": [{"expression": "false", "message": "refused"}]}
        target["code"] = [{"engine": "K8sNativeValidation", "source": source}]
    return {
        "apiVersion": "templates.gatekeeper.sh/v1",
        "kind": "ConstraintTemplate",
        "metadata": {"name": kind.lower(), **more},
        "spec": {"crd": {"spec": {"names": {"kind": kind}, **validation}}, "targets": [target]},
    }


def constraint(kind: str = "Rule", name: str = "one", **spec: Any) -> dict[str, Any]:
    """A constraint."""
    return {
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": kind,
        "metadata": {"name": name},
        **({"spec": spec} if spec else {}),
    }


def thing(kind: str = "Pod", name: str = "a", namespace: str = "", api: str = "v1", **more: Any) -> dict[str, Any]:
    """An object to judge."""
    metadata = {"name": name, **({"namespace": namespace} if namespace else {}), **more.pop("metadata", {})}
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **more}


def messages(
    code: Any,
    review: Review | Mapping[str, Any],
    *,
    options: Options | None = None,
    schema: Any = None,
    **spec: Any,
) -> list[str]:
    """What one constraint says about a review: findings, then errors."""
    known = ConstraintSet(options or Options())
    known.add_template(template(code=code, schema=schema))
    known.add_constraint(constraint(**spec))
    asked = review if isinstance(review, Review) else of_object(review)
    return [
        text
        for one in known.review(asked)
        for text in (*(finding.message for finding in one.answer.findings), *one.answer.errors)
    ]
