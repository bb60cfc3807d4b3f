"""Data sources that only compute: their results are known where their arguments are.

`aws_iam_policy_document` follows the provider's documentation: Allow and version 2012-10-17 by default, `&{` for
`${`, documents of `source_policy_documents` first and of `override_policy_documents` by statement id last.
`google_iam_policy` and `template_file` likewise only put together what they are given.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from muniment.languages.hcl.functions.json_text import json_encode
from muniment.languages.hcl.types import STRING
from muniment.languages.hcl.values import members, rebuild, unknown
from muniment.languages.unknown import OpenList, PartialString, Unknown, merge_causes
from muniment.parsers.terraform.bodies import blocks_of, value_of
from muniment.parsers.terraform.resource_instance import ResourceInstance

_NAMES: Final = (
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
)


def computed(resource: ResourceInstance, name: str) -> Any:
    """An attribute that a data source's arguments tell; None if they do not."""
    compute = _COMPUTED.get((resource.kind, name))
    return compute(resource) if compute is not None else None


def result_of(kind: str) -> str:
    """The attribute that a data source of a kind computes; empty for one that asks somebody."""
    return next((name for one, name in _COMPUTED if one == kind), "")


def _encoded(document: dict[str, Any]) -> Any:
    """A document as JSON text; unknown parts keep its structure beside it."""
    return json_encode(_exact(document))


def _exact(value: Any) -> Any:
    """A value as policies read it back in the language's own numbers."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict | list):
        return rebuild(value, [_exact(member) for member in members(value)])
    return value


def policy_document(resource: ResourceInstance) -> Any:
    """The JSON text of an `aws_iam_policy_document`; with unknown parts it keeps its structure beside it."""
    statements: list[Any] = []
    for text in _texts(value_of(resource, "source_policy_documents")):
        statements.extend(_statements(text))
    own = blocks_of(resource, "statement")
    statements.extend(_statement(block) for block in own)
    if isinstance(own, OpenList):
        statements.append(Unknown(own.causes))
    for text in _texts(value_of(resource, "override_policy_documents")):
        statements = _overridden(statements, _statements(text))
    document = {"Version": value_of(resource, "version") or "2012-10-17", "Statement": statements}
    identity = value_of(resource, "policy_id")
    return _encoded({"Id": identity, **document} if identity else document)


def iam_policy(resource: ResourceInstance) -> Any:
    """The JSON text of a `google_iam_policy`: its bindings with role, members and condition."""
    bindings = blocks_of(resource, "binding")
    rows = [
        {
            **{name: block[name] for name in ("role", "members") if name in block},
            **({"condition": block["condition"][0]} if block.get("condition") else {}),
        }
        for block in bindings
    ]
    return _encoded({"bindings": OpenList(rows, bindings.causes) if isinstance(bindings, OpenList) else rows})


def template(resource: ResourceInstance) -> Any:
    """The text that a `template_file` makes of its template and its variables."""
    names = resource.declared.block.body.attributes
    context, tracker = resource.instance.run.context, resource.instance.run.tracker
    text = resource.attribute("template").read(tracker) if "template" in names else None
    values = resource.attribute("vars").read(tracker) if "vars" in names else {}
    if not isinstance(text, str) or not isinstance(values, dict) or context.render is None:
        return unknown((text, values), STRING) if unknown((text, values)).causes else None
    return context.render(text, dict(values))


def _texts(value: Any) -> list[Any]:
    if isinstance(value, Unknown):
        return [value]
    return list(value) if isinstance(value, list | tuple) else []


def _statements(text: Any) -> list[Any]:
    structure = getattr(text, "structure", None)
    if isinstance(structure, dict):
        text = structure
    elif isinstance(text, Unknown):
        return [text]
    elif isinstance(text, str):
        try:
            text = json.loads(text)
        except ValueError:
            return []
    found = text.get("Statement", []) if isinstance(text, dict) else []
    return list(found) if isinstance(found, list | tuple) else [found]


def _overridden(statements: list[Any], over: list[Any]) -> list[Any]:
    named = {one["Sid"]: one for one in over if isinstance(one, dict) and one.get("Sid")}
    kept = [named.pop(one.get("Sid"), one) if isinstance(one, dict) and one.get("Sid") else one for one in statements]
    return [*kept, *named.values(), *(one for one in over if not (isinstance(one, dict) and one.get("Sid")))]


def _statement(block: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if block.get("sid"):
        out["Sid"] = block["sid"]
    out["Effect"] = block.get("effect") or "Allow"
    for name, key in _NAMES:
        if block.get(name) is not None:
            out[key] = _one_or_many(block[name])
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if block.get(name):
            out[key] = _principals(block[name])
    if block.get("condition"):
        out["Condition"] = _conditions(block["condition"])
    return out


def _one_or_many(value: Any) -> Any:
    if isinstance(value, list | tuple) and not isinstance(value, OpenList):
        members = [_variables(member) for member in value]
        return members[0] if len(members) == 1 else members
    return _variables(value)


def _variables(text: Any) -> Any:
    """`&{aws:username}` is how the provider lets one write `${aws:username}`."""
    return text.replace("&{", "${") if isinstance(text, str) else text


def _principals(blocks: list[dict[str, Any]]) -> Any:
    out: dict[str, Any] = {}
    for block in blocks:
        kind, ids = block.get("type"), block.get("identifiers")
        if isinstance(kind, Unknown) or (isinstance(ids, Unknown) and not isinstance(ids, PartialString)):
            return Unknown(merge_causes(one for one in (kind, ids) if isinstance(one, Unknown)))
        members = [*_many(out.get(str(kind))), *_many(ids)]
        out[str(kind)] = members[0] if len(members) == 1 else members
    return "*" if out == {"*": "*"} else out


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _conditions(blocks: list[dict[str, Any]]) -> Any:
    out: dict[str, dict[str, Any]] = {}
    for block in blocks:
        test, variable = block.get("test"), block.get("variable")
        if isinstance(test, Unknown) or isinstance(variable, Unknown):
            return Unknown(merge_causes(one for one in (test, variable) if isinstance(one, Unknown)))
        out.setdefault(str(test), {})[str(variable)] = _one_or_many(block.get("values"))
    return out


_COMPUTED: Final[Mapping[tuple[str, str], Callable[[ResourceInstance], Any]]] = {
    ("aws_iam_policy_document", "json"): policy_document,
    ("aws_iam_policy_document", "minified_json"): policy_document,
    ("google_iam_policy", "policy_data"): iam_policy,
    ("template_file", "rendered"): template,
}
