"""`conftest test` and `conftest verify`: inputs judged by namespaces, and the tests of the policies themselves."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.conftest.inputs import Input, separate
from muniment.app.conftest.policies import Policies
from muniment.engines.rego.judging import Answer, Finding, Judge
from muniment.engines.rego.rules import judging_rules, matching, namespaces
from muniment.errors import PolicyError
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions
from muniment.languages.rego.trials import Part, Trial, parts
from muniment.languages.rego.values import UNDEFINED, to_json


class FileResult(NamedTuple):
    """What a namespace says of a file; skipped are tests that are to be written."""

    path: str
    answer: Answer
    skipped: tuple[Finding, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether any rule or test had a say."""
        answer = self.answer
        return bool(answer.successes or answer.failures or answer.warnings or answer.exceptions or self.skipped)


class Tested(NamedTuple):
    """What became of a test."""

    name: str
    outcome: str
    """`PASS`, `FAIL` or `SKIPPED`."""
    file: str
    prints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What `trace` said."""
    parts: tuple[Part, ...] = ()
    """What became of its cases."""


def judge(
    policies: Policies,
    inputs: Sequence[Input],
    wanted: Sequence[str],
    options: EvaluationOptions,
    *,
    every: bool = False,
    whole: bool = False,
    lenient: bool = False,
) -> list[FileResult]:
    """The results of each file by each namespace. Raises PolicyError if an evaluation ends with an error.

    `every` asks all namespaces; `whole` takes a list for one document, as combined input is; `lenient`
    takes a rule that is simply true for one that has nothing to say.
    """
    known = namespaces(policies.modules)
    chosen = known if every else matching(known, wanted)
    judges = [
        (name, Judge(policies.policy, name, judging_rules(policies.modules, name), lenient=lenient)) for name in chosen
    ]
    return [
        FileResult(one.path, _ask(name, asked, one, policies, options, whole=whole))
        for one in inputs
        for name, asked in judges
    ]


def _ask(name: str, asked: Judge, one: Input, policies: Policies, options: EvaluationOptions, *, whole: bool) -> Answer:
    path = Path(one.path).absolute()
    data = {**policies.data, "conftest": {"file": {"name": path.name, "dir": str(path.parent)}}}
    answer = Answer(name)
    for document in one.documents if whole else separate(one.documents):
        try:
            answer = answer.plus(asked.ask(document, data, options))
        except RegoEvaluationError as error:
            raise PolicyError(f"{one.path}: {_shown(error)}") from error
    return answer


def _shown(error: RegoEvaluationError) -> str:
    return f"built-in error: {error}" if error.code == "eval_builtin_error" else str(error)


def verify(
    policies: Policies,
    wanted: Sequence[str],
    options: EvaluationOptions,
) -> list[Tested]:
    """What became of each test."""
    chosen = set(matching(namespaces(policies.modules), wanted)) if wanted else set(namespaces(policies.modules))
    return [_run_test(policies, one, options) for one in policies.tests if ".".join(one.package) in chosen]


def _run_test(policies: Policies, test: Trial, options: EvaluationOptions) -> Tested:
    """A test has passed if it is true, or if each of its cases is: nothing else will do."""
    shown = ".".join(("data", *test.path))
    if test.later:
        return Tested(shown, "SKIPPED", test.module)
    try:
        result = policies.policy.evaluate(test.path, UNDEFINED, None, options)
        cases = policies.policy.evaluate(test.cases, UNDEFINED, None, options).value if test.cases else UNDEFINED
    except RegoEvaluationError as error:
        raise PolicyError(f"running verification: {shown}: {_shown(error)}") from error
    prints = tuple(one.text for one in result.prints)
    value = None if result.value is UNDEFINED else to_json(result.value)
    found: tuple[Part, ...] = ()
    if test.cases:
        named = [] if cases is UNDEFINED else to_json(cases)
        found = tuple(parts(value, ([_name(one) for one in case] for case in named)))
    passed = all(one.passed for one in found) if test.cases and value is not None else value is True
    return Tested(shown, "PASS" if passed else "FAIL", test.module, prints, result.notes, found)


def _name(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def as_results(tests: Iterable[Tested]) -> list[FileResult]:
    """Tests as results of the files that they stand in, one for each."""
    return [_as_result(test) for test in tests]


def _as_result(test: Tested) -> FileResult:
    finding = (Finding(test.name, {}),)
    answer = Answer(
        "",
        successes=int(test.outcome == "PASS"),
        failures=finding if test.outcome == "FAIL" else (),
        prints=test.prints,
    )
    return FileResult(test.file, answer, finding if test.outcome == "SKIPPED" else ())
