"""Runs the suites of a library folder, for those who test all that a library holds at once."""

import time
from collections.abc import Iterator
from pathlib import Path

from muniment.app.cases import CaseResult
from muniment.app.gator.suites import read_suites
from muniment.app.gator.verify import Runner, SuiteResult
from muniment.engines.gatekeeper.evaluation import Options


def test_suites(folder: Path, now_ns: int) -> tuple[int, int, tuple[CaseResult, ...]]:
    """How many suites and cases are below a folder, and what is wrong. Raises InputError for a suite that is broken."""
    suites = read_suites(f"{folder}/...")
    runner = Runner(Options(now_ns=now_ns), time.monotonic)
    results = [runner.suite(suite) for suite in suites]
    cases = sum(not case.skipped for result in results for test in result.tests for case in test.cases)
    return len(results), cases, tuple(problem for result in results for problem in _problems(result))


def _problems(result: SuiteResult) -> Iterator[CaseResult]:
    if result.error:
        yield CaseResult(result.path, "", result.error)
    for test in result.tests:
        if test.error:
            yield CaseResult(result.path, test.name, test.error)
        for case in test.cases:
            if case.error:
                yield CaseResult(result.path, f"{test.name}/{case.name}", case.error)
