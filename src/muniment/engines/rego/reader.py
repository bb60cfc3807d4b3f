"""Finds Conftest's policies among the files of a library: each judging rule of a package is one policy."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from muniment.core.ports import Collected
from muniment.engines.rego.base_data import base_data, check_apart, folder_of, is_base
from muniment.engines.rego.configuration_builtins import NOTHING_TO_READ, ConfigurationBuiltins
from muniment.engines.rego.metadata import read_metadata
from muniment.engines.rego.rules import JudgingRule, check_heads, judging_rules, namespaces
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import compile_modules
from muniment.model.document import Document
from muniment.model.policy import Policy

LANGUAGE: Final = "rego"
_KINDS: Final = ("kubernetes",)
"""Every kind of the format; a Conftest policy chooses by itself."""
_PACKAGE: Final = re.compile(r"^[ \t]*package[ \t]", re.MULTILINE)
_REVIEW: Final = re.compile(r"\binput\.(?:review|parameters)\b")
_JUDGES: Final = re.compile(r"^[ \t]*(?:violation|deny|warn)(?![a-zA-Z0-9])", re.MULTILINE)


class RegoReader:
    """Reads the modules of one library folder."""

    def claim(self, document: Document) -> bool:
        """Whether a file is a module, or data for modules; a broken one is too, where it names a package.

        Tests of policies are not, and the sources of Gatekeeper's templates, which judge reviews, are not either;
        functions for both, which only know what a review is, are.
        """
        if is_base(document):
            return True
        text = document.data.decode("utf-8", "replace")
        review = _REVIEW.search(text) is not None and _JUDGES.search(text) is not None
        foreign = document.name.endswith("_test.rego") or review
        return document.name.endswith(".rego") and not foreign and _PACKAGE.search(text) is not None

    def policies(self, documents: Sequence[Document], library: str) -> Collected:
        """One policy a rule: `library/package.rule`. Raises PolicyError that lists every fault."""
        base = [document for document in documents if is_base(document)]
        texts = {one.path: one.data.decode("utf-8", "replace") for one in documents if one not in base}
        if not texts:
            return Collected((), (f"{library}: no rule in Rego reads {base[0].path}",))
        data = base_data(base, folder_of(documents))
        dialect, modules = _parsed(texts)
        try:
            check_heads(modules)
            compile_modules(modules, ConfigurationBuiltins(registry(), NOTHING_TO_READ), data)
        except RegoError as error:
            raise PolicyError(f"policies in Rego do not load:\n{error}", code="content") from error
        check_apart(modules, data)
        source = json.dumps({"dialect": dialect, "modules": texts, "data": data})
        digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
        found = [
            _policy(rule, modules, source, library)._replace(digest=_digest(digest, rule))
            for namespace in namespaces(modules)
            for rule in judging_rules(modules, namespace)
        ]
        return Collected(
            tuple(found), () if found else (f"{library}: no rule in Rego judges: deny, violation or warn",)
        )


def _parsed(texts: Mapping[str, str]) -> tuple[str, list[Module]]:
    """The modules in Rego v1, else all of them in v0. Raises PolicyError with the faults of v1."""
    try:
        return "v1", parse_all(texts, "v1")
    except RegoError as error:
        try:
            return "v0", parse_all(texts, "v0")
        except RegoError:
            raise PolicyError(f"policies in Rego do not load:\n{error}", code="content") from error


def parse_all(texts: Mapping[str, str], dialect: str) -> list[Module]:
    """The modules of texts by their files. Raises RegoError."""
    return [parse_module(text, name, dialect) for name, text in sorted(texts.items())]


def _policy(rule: JudgingRule, modules: Iterable[Module], source: str, library: str) -> Policy:
    """One rule as a policy; all of a library have one and the same `source`, which is kept once."""
    said = read_metadata(rule, modules)
    return Policy(
        id=f"{library}/{rule.namespace}.{rule.name}",
        title=said.title,
        severity=said.severity,
        risk=said.risk,
        kinds=_KINDS,
        controls=said.controls,
        fix=said.fix or f"Change what the message names, or ask the owner of {rule.namespace}.",
        category="governance",
        owner=said.owner,
        language=LANGUAGE,
        mode="enforce" if rule.fails else "warn",
        source=source,
        file=next(_files(rule, modules), ""),
    )


def _digest(source: str, rule: JudgingRule) -> str:
    return hashlib.sha256(f"{source} {rule.query}".encode("utf-8", "surrogatepass")).hexdigest()


def _files(rule: JudgingRule, modules: Iterable[Module]) -> Iterator[str]:
    for module in modules:
        if ".".join(module.package) == rule.namespace and any(one.name == rule.name for one in module.rules):
            yield module.name
