"""Reads policy folders: `policy.yaml` under the `defaults.yaml` files above it, by the schema of docs/policies.md."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from muniment.content.fields import Fields, read_fields, refuse
from muniment.content.kinds import expand_kinds
from muniment.model.framework import Framework
from muniment.model.policy import Assert, ControlLink, Policy
from muniment.model.status import SEVERITIES, Severity

CATEGORIES: Final = (
    "access",
    "network",
    "crypto",
    "logging",
    "change",
    "config",
    "supply-chain",
    "availability",
    "data",
    "governance",
)
_RELATIONSHIPS: Final = ("equal", "subset", "superset", "intersects")
_STRENGTHS: Final = ("direct", "supporting", "indicator")
_STATUSES: Final = ("stable", "draft", "deprecated")
_MERGED: Final = ("let",)
"""Keys that a policy adds to what it inherits; every other key replaces."""


def load_policies(folder: Path, frameworks: Iterable[Framework], *, name: str = "") -> tuple[Policy, ...]:
    """All policies below `folder`, sorted by id.

    `name` stands before file names in messages. Raises PolicyError that lists every problem found.
    """
    catalogue = {
        (framework.id, control.id): control.assessable for framework in frameworks for control in framework.controls
    }
    problems: list[str] = []
    policies = tuple(
        policy
        for path in sorted(folder.rglob("policy.yaml"))
        if (policy := _load(path, folder, name, catalogue, problems)) is not None
    )
    _check_aliases(policies, problems)
    refuse(problems, "the policy library")
    return policies


def _load(
    path: Path, folder: Path, name: str, catalogue: Mapping[tuple[str, str], bool], problems: list[str]
) -> Policy | None:
    identity = path.parent.relative_to(folder).as_posix()
    fields = _inherit(path, folder, name, problems)
    if fields is None:
        return None
    before = len(problems)
    asserts = _asserts(fields)
    policy = Policy(
        id=identity,
        title=_title(fields),
        severity=Severity(fields.choice("severity", SEVERITIES, "medium", required=True)),
        risk=fields.text("risk", required=True),
        kinds=expand_kinds(fields.texts("kinds")),
        controls=_controls(fields, catalogue),
        fix=fields.text("fix", required=True),
        category=fields.choice("category", CATEGORIES, required=True),
        owner=fields.text("owner", required=True),
        status=fields.choice("status", _STATUSES, "stable"),
        aliases=fields.texts("aliases"),
        asserts=asserts,
        applies=fields.text("applies"),
        let=fields.text_map("let"),
        params=_params(fields),
        needs=fields.text_map("needs"),
        not_a_fault_when=fields.text("not-a-fault-when"),
        superseded_by=fields.text("superseded-by"),
        waivable=fields.flag("waivable", default=True),
        references=fields.texts("references"),
        file=fields.file,
    )
    if not policy.kinds and not all(item.kinds for item in asserts):
        fields.complain("`kinds` is missing: which kinds of resources does it judge?")
    fields.finish()
    return policy._replace(digest=_digest(policy)) if len(problems) == before else None


def _inherit(path: Path, folder: Path, name: str, problems: list[str]) -> Fields | None:
    """The policy's own keys over those of each `defaults.yaml` above it, the nearest first."""
    own = read_fields(path, _shown(path, folder, name), problems)
    if own is None:
        return None
    merged = {key: own.raw(key) for key in own.names()}
    for parent in path.parents:
        defaults_path = parent / "defaults.yaml"
        if parent != path.parent and defaults_path.is_file():
            defaults = read_fields(defaults_path, _shown(defaults_path, folder, name), problems)
            for key in defaults.names() if defaults else ():
                value = defaults.raw(key) if defaults else None
                if key in _MERGED and isinstance(merged.get(key), dict) and isinstance(value, dict):
                    merged[key] = {**value, **merged[key]}
                else:
                    merged.setdefault(key, value)
        if parent == folder:
            break
    return own.over(merged)


def _title(fields: Fields) -> str:
    title = fields.text("title", required=True)
    if len(title) > 80:
        fields.complain(f"`title` has {len(title)} characters; 80 is the most", "title")
    return title


def _params(fields: Fields) -> Mapping[str, Any]:
    inner = fields.mapping("params")
    return {} if inner is None else {key: inner.raw(key) for key in inner.names()}


def _controls(fields: Fields, catalogue: Mapping[tuple[str, str], bool]) -> tuple[ControlLink, ...]:
    if "controls" not in fields:
        fields.complain("`controls` is missing; `controls: {}` says that it proves none")
    inner = fields.mapping("controls")
    links = []
    for reference in inner.names() if inner else ():
        link = _link(reference, inner, catalogue) if inner else None
        if link is not None:
            links.append(link)
    return tuple(sorted(links, key=lambda link: (link.framework, link.control)))


def _link(reference: str, inner: Fields, catalogue: Mapping[tuple[str, str], bool]) -> ControlLink | None:
    framework, colon, control = reference.partition(":")
    assessable = catalogue.get((framework, control))
    value = inner.raw(reference)
    if not colon or assessable is None:
        inner.complain(f"control {reference!r} is in no catalogue: write framework:id, as in soc2:CC6.1", reference)
        return None
    if not assessable:
        inner.complain(f"control {reference!r} is a heading that nobody assesses: link a row below it", reference)
        return None
    if isinstance(value, str) and value.strip():
        return ControlLink(framework, control, value.strip())
    if not isinstance(value, dict):
        inner.complain(f"the link to {reference} needs its why, in one sentence", reference)
        return None
    details = inner.inner(value)
    link = ControlLink(
        framework,
        control,
        details.text("why", required=True),
        details.choice("relationship", _RELATIONSHIPS, "subset"),
        details.choice("strength", _STRENGTHS, "direct"),
    )
    details.finish()
    return link


def _asserts(fields: Fields) -> tuple[Assert, ...]:
    value = fields.raw("assert")
    if isinstance(value, str):
        return (Assert(name="holds", that=value.strip(), message=_sentence(fields), at=()),)
    if isinstance(value, dict):
        return (_item(fields.inner(value), "holds", fields),)
    if not isinstance(value, list) or not value:
        fields.complain("`assert` is missing: a CEL text, a mapping, or a list of mappings", "assert")
        return ()
    items = []
    for place, entry in enumerate(value):
        if isinstance(entry, str):
            items.append(Assert(name=f"holds-{place + 1}", that=entry.strip(), message=_sentence(fields)))
        elif isinstance(entry, dict):
            items.append(_item(fields.inner(entry), "", fields))
        else:
            fields.complain("an item of `assert` is a CEL text or a mapping", "assert")
    names = [item.name for item in items]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.complain(f"two items of `assert` are called {name!r}", "assert")
    return tuple(items)


def _item(item: Fields, name: str, policy: Fields) -> Assert:
    severity = item.choice("severity", SEVERITIES)
    out = Assert(
        name=item.text("name", name, required=not name),
        that=item.text("that", required=True),
        when=item.text("when"),
        each=item.text("each"),
        variable=item.text("as", "item"),
        position=item.text("index", "index"),
        let=item.text_map("let"),
        message=item.text("message", _sentence(policy)),
        at=item.texts("at"),
        kinds=expand_kinds(item.texts("kinds")),
        aliases=item.texts("aliases"),
        severity=Severity(severity) if severity else None,
        risk=item.text("risk"),
    )
    item.finish()
    return out


def _sentence(policy: Fields) -> str:
    """The title as a message, for asserts that write none; braces are plain text there."""
    title = policy.raw("title")
    return title.replace("{", "(").replace("}", ")") if isinstance(title, str) else ""


def _check_aliases(policies: tuple[Policy, ...], problems: list[str]) -> None:
    """An alias must not be another policy's path, and within one policy each id answers for one thing."""
    paths = {policy.id for policy in policies}
    for policy in policies:
        listed = [*policy.aliases, *(alias for item in policy.asserts for alias in item.aliases)]
        for alias in sorted(set(listed)):
            if alias in paths:
                problems.append(f"{policy.file}: alias {alias!r} is the path of a policy")
            if policy.aliases.count(alias) > 1 or (alias in policy.aliases and listed.count(alias) > 1):
                problems.append(f"{policy.file}: alias {alias!r} stands twice")


def _digest(policy: Policy) -> str:
    """SHA-256 of what can change a verdict: kinds, logic, parameters."""
    material = [
        policy.kinds,
        [[item._asdict() for item in policy.asserts], policy.let, policy.params, policy.needs, policy.applies],
        policy.language,
    ]
    return hashlib.sha256(json.dumps(material, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _shown(path: Path, folder: Path, name: str) -> str:
    relative = path.relative_to(folder).as_posix()
    return f"{name}/{relative}" if name else relative
