"""Finds Checkov's policies among the files of a library and makes ordinary policies of them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from muniment.core.ports import Collected
from muniment.engines.checkov_yaml.definition import Attribute, Node, read_definition, types_of, walk
from muniment.engines.checkov_yaml.frameworks import FRAMEWORKS
from muniment.engines.checkov_yaml.operators import OPERATORS, PATTERNS
from muniment.errors import PolicyError
from muniment.languages import yaml
from muniment.model.document import Document
from muniment.model.policy import Policy
from muniment.model.status import Severity

EXACT: Final = "exact"
STRICT: Final = "strict"
"""What a negated operator over a wildcard means: Checkov's own answer, or that no element matches."""

_CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ENCRYPTION": "crypto",
        "NETWORKING": "network",
        "LOGGING": "logging",
        "IAM": "access",
        "SECRETS": "data",
        "BACKUP_AND_RECOVERY": "availability",
        "SUPPLY_CHAIN": "supply-chain",
    }
)
_SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {"NONE": Severity.INFO, **{severity.upper(): severity for severity in Severity}}
)
_REQUIRED: Final = ("id", "name", "category")
_LONGEST_TITLE: Final = 80
_PYTHON_CHECK: Final = (b"BaseResourceCheck", b"import checkov", b"from checkov")


class CheckovReader:
    """Reads custom policies in YAML or JSON; checks in Python are named, and never run."""

    __slots__ = ()

    def claim(self, document: Document) -> bool:
        """A mapping with `metadata` and `definition`, also where it is broken; a Python module that imports Checkov."""
        if document.name.endswith(".py"):
            return any(mark in document.data for mark in _PYTHON_CHECK)
        found = yaml.load(document.data).documents
        values = [one.value for one in found if not one.empty]
        if not values or values[0] is None:
            return b"metadata" in document.data and b"definition" in document.data
        return isinstance(values[0], dict) and "definition" in values[0] and "metadata" in values[0]

    def policies(self, documents: Sequence[Document], library: str) -> Collected:
        """Raises PolicyError that lists every problem of every file."""
        problems: list[str] = []
        policies, notes = [], []
        for document in documents:
            if document.name.endswith(".py"):
                notes.append(f"{document.path}: a check in Python, which is not run: write it as YAML or as a policy")
                continue
            policy = _File(document, library, problems).policy()
            if policy is not None:
                policies.append(policy)
                notes.extend(_warnings(policy))
        if problems:
            shown = "\n  ".join(problems[:20])
            more = f"\n  and {len(problems) - 20} more" if len(problems) > 20 else ""
            raise PolicyError(f"policies of Checkov do not load:\n  {shown}{more}", code="content")
        return Collected(tuple(policies), tuple(notes))


class _File:
    """One file, with the way from what is wrong to its line."""

    __slots__ = ("_document", "_library", "_positions", "_problems")

    def __init__(self, document: Document, library: str, problems: list[str]) -> None:
        self._document = document
        self._library = library
        self._problems = problems
        self._positions: yaml.Positions | None = None

    def policy(self) -> Policy | None:
        """The policy, or None after a complaint."""
        before = len(self._problems)
        raw = self._mapping()
        if raw is None:
            return None
        metadata, providers = self._metadata(raw), _providers(raw)
        node = read_definition(raw["definition"], providers, self._complain)
        if node is None or len(self._problems) > before:
            return None
        return _policy(self._document, self._library, metadata, raw["definition"], providers, node)

    def _mapping(self) -> dict[str, Any] | None:
        stream = yaml.load(self._document.data)
        broken = [*stream.diagnostics, *(one for document in stream.documents for one in document.diagnostics)]
        self._problems += [f"{self._document.path}:{one.span.line}: {one.message}" for one in broken]
        found = [document for document in stream.documents if not document.empty]
        if broken or not found:
            return None
        self._positions = found[0].positions
        if len(found) > 1:
            self._problems.append(
                f"{self._document.path}:{found[1].span.line}: a second document: one file, one policy"
            )
            return None
        raw: dict[str, Any] = found[0].value
        return raw

    def _metadata(self, raw: dict[str, Any]) -> dict[str, Any]:
        metadata = raw["metadata"]
        if not isinstance(metadata, dict):
            self._complain("`metadata` must be a mapping", raw, "metadata")
            return {}
        for key in _REQUIRED:
            if not isinstance(metadata.get(key), str) or not metadata[key].strip():
                self._complain(f"`metadata.{key}` is missing, or not a text", metadata, key)
        severity = metadata.get("severity")
        if severity and str(severity).upper() not in _SEVERITIES:
            self._complain(f"unknown severity {severity!r}; known: {', '.join(_SEVERITIES)}", metadata, "severity")
        frameworks = metadata.get("frameworks") or []
        for name in frameworks if isinstance(frameworks, list) else [frameworks]:
            if str(name).lower() not in FRAMEWORKS:
                self._complain(f"unknown framework {name!r}", metadata, "frameworks")
        return metadata

    def _complain(self, message: str, container: Any, key: object) -> None:
        span = None
        if self._positions is not None:
            span = self._positions.key(container, key) if key is not None else None
            span = span or self._positions.of(container)
        self._problems.append(f"{self._document.path}:{span.line if span else 1}: {message}")


def _providers(raw: Mapping[str, Any]) -> tuple[str, ...]:
    scope = raw.get("scope")
    named = scope.get("provider") if isinstance(scope, dict) else None
    return (named,) if isinstance(named, str) else tuple(map(str, named)) if isinstance(named, list) else ()


def _policy(
    document: Document,
    library: str,
    metadata: Mapping[str, Any],
    definition: Any,
    providers: Sequence[str],
    node: Node,
) -> Policy:
    identity, name, guideline = metadata["id"].strip(), metadata["name"].strip(), metadata.get("guideline")
    severity = _SEVERITIES[str(metadata.get("severity") or "MEDIUM").upper()]
    source = json.dumps({"definition": definition, "providers": list(providers), "name": name}, ensure_ascii=False)
    kinds = types_of(node).kinds()
    return Policy(
        id=f"{library}/{identity}",
        title=name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…",
        severity=severity,
        risk="as its author says" if metadata.get("severity") else "imported without a severity",
        kinds=kinds,
        controls=(),
        fix=f"see {guideline}" if guideline else f"see the policy in {document.path}",
        category=_CATEGORIES.get(metadata["category"].strip().upper(), "config"),
        owner=library,
        aliases=(identity,),
        params={"verdicts": EXACT},
        references=(str(guideline),) if guideline else (),
        language="checkov",
        digest=hashlib.sha256(json.dumps([source, kinds]).encode()).hexdigest(),
        file=document.path,
        source=source,
    )


def traps(node: Node) -> tuple[Attribute, ...]:
    """Negated operators over a wildcard: they pass as soon as one element does not match."""
    return tuple(
        one
        for one in walk(node)
        if isinstance(one, Attribute)
        and one.wildcard
        and (PATTERNS.get(one.operator) or (one.operator in OPERATORS and _easily_misread(one.operator)))
    )


def _easily_misread(name: str) -> bool:
    return OPERATORS[name].negated and not OPERATORS[name].over_all


def _warnings(policy: Policy) -> Iterator[str]:
    raw = json.loads(policy.source)
    node = read_definition(raw["definition"], raw["providers"], lambda *_: None)
    for trap in traps(node) if node is not None else ():
        yield (
            f"{policy.id}: negated-wildcard: {trap.path} {trap.operator} passes when one element differs; "
            f"to ask of all: policies.params.{policy.id}.verdicts: {STRICT}"
        )
