"""Data sources that only compute: their results are known where their arguments are.

`aws_iam_policy_document` follows the provider's documentation: Allow and version 2012-10-17 by default, `&{` for
`${`, documents of `source_policy_documents` first and of `override_policy_documents` by statement id last.
"""

import json
from typing import Any, Final

from muniment.languages.hcl.functions.json_text import json_encode
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
    if resource.kind == "aws_iam_policy_document" and name in {"json", "minified_json"}:
        return policy_document(resource)
    return None


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
    return json_encode({"Id": identity, **document} if identity else document)


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
