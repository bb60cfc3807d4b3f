"""AWS policy documents: one normal form for JSON text, objects and evaluated documents, and what it allows.

The grammar is that of the IAM user guide, "Grammar of the IAM JSON policy language".
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any, Final

from muniment.engines.native.functions.json_text import read_json
from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.unknown import OpenList, PartialString, Unknown, merge_causes

_LISTS: Final = (
    ("actions", "Action"),
    ("notActions", "NotAction"),
    ("resources", "Resource"),
    ("notResources", "NotResource"),
)
NARROWING: Final = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpcsourceip",
        "kms:calleraccount",
        "kms:viaservice",
        "s3:dataaccesspointaccount",
        "sns:endpoint",
    }
)
"""Condition keys, lower-case, that limit who may use a grant to everybody."""


def _iam(value: Any) -> Any:
    """A policy document as `{version, statements: [...]}`; null stays null, and what is unknown stays unknown."""
    document = read_json(value, "the policy document")
    if document is None or isinstance(document, Unknown):
        return document
    if not isinstance(document, dict):
        raise CelEvaluationError("the policy document is no JSON object")
    statements = document.get("Statement")
    members = [_statement(item) for item in _items(statements)]
    return {
        "version": document.get("Version"),
        "statements": OpenList(members, statements.causes) if isinstance(statements, Unknown | OpenList) else members,
    }


def _items(value: Any) -> Iterator[Any]:
    """The members of a one-or-many value."""
    if value is None or isinstance(value, Unknown):
        return
    if isinstance(value, list | tuple):
        yield from value
    else:
        yield value


def _many(value: Any) -> list[Any]:
    """A one-or-many value as a list, open where it is unknown."""
    if isinstance(value, Unknown) and not isinstance(value, PartialString):
        return OpenList((), value.causes)
    if isinstance(value, OpenList):
        return value
    return [value] if isinstance(value, PartialString) else list(_items(value))


def _statement(item: Any) -> Any:
    if isinstance(item, Unknown):
        return item
    if not isinstance(item, dict):
        raise CelEvaluationError("a statement of the policy document is no object")
    out: dict[str, Any] = {"sid": item.get("Sid"), "effect": item.get("Effect", "Allow")}
    for name, key in _LISTS:
        values = _many(item.get(key))
        lower = [value.lower() if isinstance(value, str) else value for value in values]
        members = lower if "ction" in name else list(values)
        out[name] = OpenList(members, values.causes) if isinstance(values, OpenList) else members
    out["principals"] = _principals(item.get("Principal"))
    out["notPrincipals"] = _principals(item.get("NotPrincipal"))
    out["conditions"] = _conditions(item.get("Condition"))
    return out


def _principals(value: Any) -> list[Any]:
    if isinstance(value, Unknown):
        return OpenList((), value.causes)
    if isinstance(value, str):
        return [{"type": "*" if value == "*" else "AWS", "id": value}]
    members: list[Any] = []
    causes: list[Unknown] = []
    for kind, ids in value.items() if isinstance(value, dict) else ():
        listed = _many(ids)
        if isinstance(listed, OpenList):
            causes.append(Unknown(listed.causes))
        members.extend({"type": kind, "id": identity} for identity in listed)
    return OpenList(members, merge_causes(causes)) if causes else members


def _conditions(value: Any) -> list[Any]:
    if isinstance(value, Unknown):
        return OpenList((), value.causes)
    return [
        {"operator": operator, "key": key, "values": _many(values)}
        for operator, tests in (value.items() if isinstance(value, dict) else ())
        for key, values in (tests.items() if isinstance(tests, dict) else ())
    ]


def _is_public(statement: Any) -> Any:
    """Whether a statement allows everybody: principal `*` and no condition that narrows it."""
    if isinstance(statement, Unknown):
        return statement
    if statement["effect"] != "Allow":
        return Unknown(statement["effect"].causes) if isinstance(statement["effect"], Unknown) else False
    everybody = _any_principal(statement)
    if everybody is not True:
        return everybody
    conditions = statement["conditions"]
    if any(str(condition["key"]).lower() in NARROWING for condition in conditions):
        return False
    return Unknown(conditions.causes) if isinstance(conditions, OpenList) else True


def _any_principal(statement: Any) -> Any:
    principals = statement["principals"]
    ids = [principal["id"] for principal in principals if principal["type"] in {"*", "AWS"}]
    if any(isinstance(identity, str) and _everybody(identity) for identity in ids) or statement["notPrincipals"]:
        return True
    holes = [identity for identity in ids if isinstance(identity, Unknown) and _may_be(identity, "*")]
    if isinstance(principals, OpenList):
        holes.append(Unknown(principals.causes))
    return Unknown(merge_causes(holes)) if holes else False


def _everybody(identity: str) -> bool:
    """`*`, or an ARN of any account: who wants in takes an account of that name's like."""
    return identity == "*" or identity.split(":")[4:5] == ["*"]


def _may_be(value: Unknown, text: str) -> bool:
    """Whether a partly known text can turn out to be `text`."""
    if not isinstance(value, PartialString):
        return True
    return (
        text.startswith(value.prefix)
        and text.endswith(value.suffix)
        and not any(isinstance(part, str) and part not in text for part in value.parts)
    )


def _grants(document: Any, action: str, resource: str) -> Any:
    """Whether a document, or a statement, allows `action` on `resource`; Deny statements take nothing away here."""
    if document is None or isinstance(document, Unknown):
        return False if document is None else document
    statements = document.get("statements", [document])
    answers = [_statement_grants(item, action.lower(), resource) for item in statements]
    if any(answer is True for answer in answers):
        return True
    causes = [answer for answer in answers if isinstance(answer, Unknown)]
    if isinstance(statements, OpenList):
        causes.append(Unknown(statements.causes))
    return Unknown(merge_causes(causes)) if causes else False


def _statement_grants(statement: Any, action: str, resource: str) -> Any:
    if isinstance(statement, Unknown):
        return statement
    if statement["effect"] != "Allow":
        return False
    acts = _listed(statement["actions"], statement["notActions"], action)
    return _both(acts, _listed(statement["resources"], statement["notResources"], resource))


def _listed(names: Any, others: Any, wanted: str) -> Any:
    if _stated(others):
        inside = _any_matches(others, wanted)
        return inside if isinstance(inside, Unknown) else not inside
    return _any_matches(names, wanted)


def _stated(values: Any) -> bool:
    """Whether a statement has the element: a list that is not known yet is one."""
    return bool(values) or isinstance(values, OpenList)


def _any_matches(patterns: Iterable[Any], wanted: str) -> Any:
    holes = []
    for pattern in patterns:
        if isinstance(pattern, Unknown):
            if _may_be(pattern, wanted):
                holes.append(pattern)
        elif isinstance(pattern, str) and _wild(pattern, wanted):
            return True
    if isinstance(patterns, OpenList):
        holes.append(Unknown(patterns.causes))
    return Unknown(merge_causes(holes)) if holes else False


def _wild(pattern: str, text: str) -> bool:
    """`*` and `?` of IAM; a wanted `*` is reached by `*` only."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _denies(document: Any, action: str, resource: str) -> bool:
    """Whether a document takes `action` on `resource` away without a condition; what is not known takes nothing."""
    statements = document["statements"] if isinstance(document, dict) else ()
    return any(_takes(item, action.lower(), resource) for item in statements if isinstance(item, dict))


def _takes(statement: dict[str, Any], action: str, resource: str) -> bool:
    conditions = statement["conditions"]
    return (
        statement["effect"] == "Deny"
        and not _stated(conditions)
        and _listed(statement["actions"], statement["notActions"], action) is True
        and _listed(statement["resources"], statement["notResources"], resource) is True
    )


def _grants_level(statement: Any, levels: list[str]) -> Any:
    """Whether a statement allows, on every resource, an action of these access levels that could name some."""
    if isinstance(statement, Unknown):
        return statement
    if statement["effect"] != "Allow":
        return False
    everywhere = _listed(statement["resources"], statement["notResources"], "*")
    return everywhere and _both(_reaches_level(statement, frozenset(levels)), everywhere)


def _reaches_level(statement: Any, levels: frozenset[str]) -> Any:
    """Whether what a statement names, or leaves by NotAction, has an action of these levels that takes a resource."""
    from muniment.engines.native.functions import aws_actions  # noqa: PLC0415  most estates have no such statement

    if not levels <= aws_actions.LEVELS:
        raise CelEvaluationError(f"access levels are {', '.join(sorted(aws_actions.LEVELS))}")
    others, actions = statement["notActions"], statement["actions"]
    if _stated(others):
        holes = [other for other in others if isinstance(other, Unknown)]
        return _open(others, holes) or aws_actions.leaves(others, levels)
    if any(isinstance(action, str) and aws_actions.covers(action, levels) for action in actions):
        return True
    holes = [action for action in actions if isinstance(action, Unknown)]
    return _open(actions, [hole for hole in holes if aws_actions.covers(_widest(hole), levels)]) or False


def _widest(pattern: Unknown) -> str:
    """A pattern with a star for every part that is not known."""
    parts = pattern.parts if isinstance(pattern, PartialString) else ("*",)
    return "".join(part.lower() if isinstance(part, str) else "*" for part in parts)


def _open(values: Any, holes: list[Unknown]) -> Unknown | None:
    """What is not known about a list: its holes, and whether it holds more; none where it is known whole."""
    found = [*holes, Unknown(values.causes)] if isinstance(values, OpenList) else holes
    return Unknown(merge_causes(found)) if found else None


def _both(one: Any, other: Any) -> Any:
    """Whether two answers hold, each true, false or unknown."""
    if one is False or other is False:
        return False
    unknown = [answer for answer in (one, other) if isinstance(answer, Unknown)]
    return Unknown(merge_causes(unknown)) if unknown else True


FUNCTIONS: Final = (
    Function("iam", _iam, unknowns=True),
    Function("isPublic", _is_public, unknowns=True),
    Function("grants", _grants, unknowns=True),
    Function("denies", _denies, unknowns=True),
    Function("grantsLevel", _grants_level, unknowns=True),
)
