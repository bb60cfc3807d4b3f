"""`conftest test` and `conftest verify`: inputs judged by namespaces, and the tests of the policies themselves."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from muniment.app.conftest.inputs import Input, separate
from muniment.app.conftest.policies import Policies
from muniment.engines.rego.judging import Answer, Finding, Judge
from muniment.engines.rego.rules import judging_rules, matching, namespaces
from muniment.errors import PolicyError
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions
from muniment.languages.rego.values import UNDEFINED

_TEST: Final = "test_"
_LATER: Final = "todo_test_"


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
    path = PurePath(one.path)
    data = {**policies.data, "conftest": {"file": {"name": path.name, "dir": str(path.parent)}}}
    answer = Answer(name)
    documents = [part for each in one.documents for part in ((each,) if whole else separate(each))]
    for document in documents:
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
    results: list[Tested] = []
    for module in policies.modules:
        package = ".".join(module.package)
        if package not in chosen:
            continue
        names = dict.fromkeys(rule.name for rule in module.rules if rule.name.startswith((_TEST, _LATER)))
        results += (_run_test(policies, package, name, module.name, options) for name in names)
    return results


def _run_test(policies: Policies, package: str, name: str, file: str, options: EvaluationOptions) -> Tested:
    shown = f"data.{package}.{name}"
    if name.startswith(_LATER):
        return Tested(shown, "SKIPPED", file)
    try:
        result = policies.policy.evaluate([*package.split("."), name], UNDEFINED, None, options)
    except RegoEvaluationError as error:
        raise PolicyError(f"running verification: {shown}: {_shown(error)}") from error
    passed = result.value is not UNDEFINED and result.value is not False
    return Tested(shown, "PASS" if passed else "FAIL", file, result.prints, result.notes)


def as_results(tests: Iterable[Tested]) -> list[FileResult]:
    """Tests as results of the files that they stand in."""
    by_file: dict[str, list[Tested]] = {}
    for test in tests:
        by_file.setdefault(test.file, []).append(test)
    return [_of_file(file, each) for file, each in by_file.items()]


def _of_file(file: str, tests: Sequence[Tested]) -> FileResult:
    def named(outcome: str) -> tuple[Finding, ...]:
        return tuple(_finding(test) for test in tests if test.outcome == outcome)

    answer = Answer(
        "",
        successes=len(named("PASS")),
        failures=named("FAIL"),
        prints=tuple(line for test in tests for line in test.prints),
    )
    return FileResult(file, answer, named("SKIPPED"))


def _finding(test: Tested) -> Finding:
    metadata: dict[str, Any] = {"query": test.name}
    return Finding(test.name, metadata)
