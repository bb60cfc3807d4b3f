"""Finds templates and constraints among the files of a library: each constraint is one policy."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from muniment.core.ports import Collected
from muniment.engines.gatekeeper.constraint import Constraint, read_constraint
from muniment.engines.gatekeeper.enforcement import AUDIT
from muniment.engines.gatekeeper.evaluation import CompiledTemplate, Options
from muniment.engines.gatekeeper.expansion import read_expansion
from muniment.engines.gatekeeper.lint import mismatches
from muniment.engines.gatekeeper.manifests import (
    annotations_of,
    at,
    kind_of,
    mapping,
    name_of,
    role_of,
    sequence,
    text,
    texts,
)
from muniment.engines.gatekeeper.metadata import read_metadata
from muniment.engines.gatekeeper.mutation.mutators import read_mutator
from muniment.engines.gatekeeper.native_validation import native_environment
from muniment.engines.gatekeeper.template import REGO, Template, read_template
from muniment.errors import PolicyError
from muniment.languages.source import Diagnostic
from muniment.languages.yaml import Positions, load
from muniment.model.document import Document
from muniment.model.kubernetes import BUILT_IN
from muniment.model.policy import Policy

LANGUAGE: Final = "gatekeeper"
_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], object]]] = MappingProxyType(
    {"expansion": read_expansion, "mutator": read_mutator}
)
_IN_MODULE: Final = re.compile(r"(?:template|libs\[(?P<library>[0-9]+)\]):(?P<line>[0-9]+):")
_EVERYTHING: Final = "kubernetes"
"""The kind that stands for all kinds of the format."""


Read = TypeVar("Read")


class Manifest(NamedTuple):
    """One object of a file, with its place for messages."""

    role: str
    value: dict[str, Any]
    place: str
    """`file:line`."""
    positions: Positions


class GatekeeperReader:
    """Reads the files of one library folder."""

    def claim(self, document: Document) -> bool:
        """Whether one of its objects is Gatekeeper's. A file that is broken is, where it names Gatekeeper's groups."""
        stream = load(document.data)
        broken = stream.diagnostics or any(one.diagnostics for one in stream.documents)
        return bool(broken) or any(role_of(value) for one in stream.documents for value in _unpacked(one.value))

    def policies(self, documents: Sequence[Document], library: str) -> Collected:
        """One policy a constraint: `library/Template/constraint`. Raises PolicyError that lists every problem."""
        problems: list[str] = []
        manifests = [one for document in documents for one in _manifests(document, problems)]
        templates = dict(_templates(manifests, problems))
        known = tuple(one for one in manifests if one.role in _READERS)
        for one in known:
            _try(one, _READERS[one.role], problems)
        problems += _code_problems(templates.values())
        policies = [
            policy
            for one in manifests
            if one.role == "constraint" and (policy := _policy(one, templates, known, library, problems)) is not None
        ]
        if problems:
            raise PolicyError("Gatekeeper's policies do not load:\n  " + "\n  ".join(problems[:20]), code="content")
        notes = [*_notes(templates, policies), *_mismatches(manifests, templates)]
        return Collected(tuple(policies), tuple(notes))


def _manifests(document: Document, problems: list[str]) -> Iterator[Manifest]:
    stream = load(document.data)
    problems += _wrong(document, stream.diagnostics)
    for one in stream.documents:
        problems += _wrong(document, one.diagnostics)
        problems += [f"{document.path}:{again.line}: the key {key!r} stands twice" for key, _, again in one.duplicates]
        for value in _unpacked(one.value):
            span = one.positions.of(value) or one.span
            if role_of(value):
                yield Manifest(role_of(value), value, f"{document.path}:{span.line}", one.positions)


def _wrong(document: Document, diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [f"{document.path}:{diagnostic.span.line}: {diagnostic.message}" for diagnostic in diagnostics]


def _unpacked(value: Any) -> Iterable[dict[str, Any]]:
    """The object, or the items of a list of objects."""
    if not isinstance(value, dict):
        return ()
    items = value.get("items")
    listed = text(value, "kind").endswith("List") and isinstance(items, list)
    return [item for item in items if isinstance(item, dict)] if listed and isinstance(items, list) else [value]


def _templates(manifests: Iterable[Manifest], problems: list[str]) -> Iterator[tuple[str, tuple[Manifest, Template]]]:
    for one in manifests:
        template = _try(one, read_template, problems) if one.role == "template" else None
        if template is not None:
            yield template.kind, (one, template)


def _try(one: Manifest, read: Callable[[dict[str, Any]], Read], problems: list[str]) -> Read | None:
    """What an object says; what is wrong with it is a problem at its place."""
    try:
        return read(one.value)
    except PolicyError as error:
        problems.append(f"{one.place}: {error}")
    except RecursionError:
        problems.append(f"{one.place}: is nested too deeply")
    return None


def _code_problems(templates: Iterable[tuple[Manifest, Template]]) -> Iterator[str]:
    """What is wrong with the code of templates; faults of Rego at their lines in the file."""
    environment = native_environment()
    for one, template in templates:
        try:
            CompiledTemplate(template, environment, Options(compare=True))
        except PolicyError as error:
            yield f"{one.place}: {_IN_MODULE.sub(partial(_in_file, one), str(error))}"


def _in_file(one: Manifest, found: "re.Match[str]") -> str:
    """`file:line:` for a line of one of the modules that stand in a template."""
    target = sequence(one.value, "spec", "targets")[0]
    codes = [at(code, "source") for code in sequence(target, "code") if text(code, "engine") == REGO]
    holder = codes[0] if codes else target
    container, key = (holder, "rego") if found["library"] is None else (at(holder, "libs"), int(found["library"]))
    line = one.positions.text_line(container, key, int(found["line"]))
    return found[0] if line is None else f"{one.place.rpartition(':')[0]}:{line}:"


def _policy(
    one: Manifest,
    templates: Mapping[str, tuple[Manifest, Template]],
    known: Sequence[Manifest],
    library: str,
    problems: list[str],
) -> Policy | None:
    kind, name = kind_of(one.value).kind, name_of(one.value)
    if kind not in templates:
        problems.append(f"{one.place}: constraint {kind}/{name}: no template defines {kind}")
        return None
    manifest, template = templates[kind]
    constraint = _try(one, lambda value: read_constraint(value, template), problems)
    own = annotations_of(one.value)
    said = _try(one, lambda _: read_metadata(template.annotations, own, f"{kind} {name}"), problems)
    if constraint is None or said is None:
        return None
    source = _source(manifest, one, known)
    return Policy(
        id=f"{library}/{kind}/{name}",
        title=said.title,
        severity=said.severity,
        risk=said.risk,
        kinds=_kinds(constraint, known),
        controls=said.controls,
        fix=said.fix or f"Change what the message names, or ask the owner of {kind}/{name}.",
        category="governance",
        owner=said.owner,
        language=LANGUAGE,
        mode=constraint.enforcement.mode(AUDIT),
        source=source,
        digest=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        file=one.place.rpartition(":")[0],
    )


def _source(template: Manifest, constraint: Manifest, known: Sequence[Manifest]) -> str:
    """Everything that the engine needs, as one text."""
    whole = {
        "template": template.value,
        "constraint": constraint.value,
        "expansions": [one.value for one in known if one.role == "expansion"],
        "mutators": [one.value for one in known if one.role == "mutator"],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _kinds(constraint: Constraint, known: Sequence[Manifest]) -> tuple[str, ...]:
    """The kinds that a constraint looks at, as resources are called; those that become one of them included."""
    wanted: set[str] = set()
    for groups, kinds in constraint.match.kinds:
        if not kinds:
            return (_EVERYTHING,)
        for kind in kinds:
            found = groups or frozenset(BUILT_IN.get(kind, ()))
            if not found:
                return (_EVERYTHING,)
            wanted.update(_called(group, kind) for group in found)
    if not wanted:
        return (_EVERYTHING,)
    return tuple(sorted(_with_generators(wanted, [one.value for one in known if one.role == "expansion"])))


def _with_generators(wanted: set[str], expansions: Sequence[Mapping[str, Any]]) -> set[str]:
    """The kinds, and those from which an expansion makes one of them, directly or through others."""
    before = -1
    while before != len(wanted):
        before = len(wanted)
        for expansion in expansions:
            made = mapping(expansion, "spec", "generatedGVK")
            if _called(text(made, "group"), text(made, "kind")) in wanted:
                wanted |= {
                    _called(group, kind)
                    for entry in sequence(expansion, "spec", "applyTo")
                    for group in texts(entry, "groups")
                    for kind in texts(entry, "kinds")
                }
    return wanted


def _called(group: str, kind: str) -> str:
    return f"{kind}.{group}" if group else kind


def _mismatches(manifests: Iterable[Manifest], templates: Mapping[str, tuple[Manifest, Template]]) -> Iterator[str]:
    for one in manifests:
        if one.role == "constraint":
            constraint = read_constraint(one.value, templates[kind_of(one.value).kind][1])
            yield from (f"{one.place}: {'/'.join(constraint.key)}: {wrong}" for wrong in mismatches(constraint))


def _notes(templates: Iterable[str], policies: Sequence[Policy]) -> Iterator[str]:
    used = {policy.id.split("/")[1] for policy in policies}
    for kind in sorted(set(templates) - used):
        yield f"the template {kind} has no constraint: it judges nothing"
