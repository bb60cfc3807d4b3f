"""Gatekeeper's policy library: each template with its constraint, judged in every language that it is written in."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from muniment.engines.gatekeeper import review as reviews
from muniment.engines.gatekeeper.answer import Answer
from muniment.engines.gatekeeper.evaluation import ConstraintSet, Options
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.errors import PolicyError
from muniment.languages import regex
from muniment.languages.yaml import load
from tests.conformance.counts import Counts

LANGUAGES = {"K8sNativeValidation": "native", "Rego": "rego", "Rego(legacy field)": "rego"}


def run(root: Path, only: str = "") -> Counts:
    """Judges every assertion once for each language of its template; notes have the numbers of each."""
    manifest = json.loads((root / "manifest.json").read_text("utf-8"))
    tests = [test for test in manifest["tests"] if only in test["id"]]
    verdicts = [(language, *verdict) for test in tests for language, verdict in _of_test(root / "files", test)]
    details = tuple(f"{where} ({language}): {wrong}" for language, where, wrong in verdicts if wrong)
    notes = tuple(
        _note(language, [wrong for one, _, wrong in verdicts if one == language]) for language in _known(verdicts)
    )
    return Counts(len(verdicts) - len(details), len(details), 0, len(verdicts), details, notes)


def _known(verdicts: list[tuple[str, str, str]]) -> list[str]:
    return sorted({language for language, _, _ in verdicts})


def _note(language: str, wrong: list[str]) -> str:
    return f"{language}: agree {sum(not one for one in wrong)}, of {len(wrong)}"


def _of_test(files: Path, test: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for language in sorted({LANGUAGES[engine] for engine in test["engines"]}):
        known = ConstraintSet(Options(engines=(language,), now_ns=0))
        problem = ""
        try:
            known.add_template(objects(files / test["template"])[0])
            known.add_constraint(objects(files / test["constraint"])[0])
        except PolicyError as error:
            problem = str(error)
        for case in test["cases"]:
            where, found = f"{test['id']}/{case['name']}", messages_of(files, case, known)
            for assertion in case["assertions"]:
                yield language, (where, problem or _wrong(found, assertion))


def messages_of(files: Path, case: Mapping[str, Any], known: ConstraintSet) -> list[str]:
    """What the constraint says about the object of a case; an error is a violation, as in a cluster."""
    known.inventory = Inventory()
    for path in case.get("inventory") or ():
        for value in objects(files / path):
            known.inventory.add(value)
    (value,) = objects(files / case["object"])
    space = known.inventory.namespaces.get(value.get("metadata", {}).get("namespace", ""))
    is_request = reviews.is_admission_review(value)
    review = reviews.of_admission_review(value) if is_request else reviews.of_object(value, namespace_object=space)
    return [message for one in known.review(review) for message in _messages(one.answer)]


def _messages(answer: Answer) -> list[str]:
    doubts = [f"cannot be told: {cause.kind} {cause.reference}" for cause in answer.unknown]
    return [*(finding.message for finding in answer.findings), *answer.errors, *doubts]


def _wrong(found: list[str], assertion: Mapping[str, Any]) -> str:
    pattern = regex.compile(assertion["message"]) if assertion["message"] is not None else None
    count = sum(pattern is None or pattern.search(message) is not None for message in found)
    wanted = assertion["violations"]
    holds = {"yes": count > 0, "no": count == 0}.get(wanted, count == wanted)
    return "" if holds else f"wanted {wanted} of {assertion['message']!r}, got {found}"


def objects(path: Path) -> list[Any]:
    """The objects of a file."""
    return [one.value for one in load(path.read_bytes(), dialect="yamlv3").documents if not one.empty]
