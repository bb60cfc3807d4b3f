"""The use case of `gator verify`: suites are run case by case, each with a fresh template and constraint."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.gator.files import Manifest, objects_of
from muniment.app.gator.review import expander_of, judge, told
from muniment.app.gator.suites import Filter, Suite, pattern_of, rows_of
from muniment.engines.gatekeeper.answer import implied
from muniment.engines.gatekeeper.errors import MutationError, ReviewError, SchemaError
from muniment.engines.gatekeeper.evaluation import ConstraintSet, Judged, Options
from muniment.engines.gatekeeper.expansion import Expander
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.manifests import namespace_of, role_of, text
from muniment.engines.gatekeeper.match import GENERATED
from muniment.engines.gatekeeper.native_validation import native_environment
from muniment.engines.gatekeeper.review import Review, is_admission_review, of_admission_review, of_object
from muniment.errors import InputError, MunimentError, PolicyError

Clock = Callable[[], float]
"""Seconds; only differences count."""


class CaseResult(NamedTuple):
    """What became of a case."""

    name: str
    error: str = ""
    skipped: bool = False
    seconds: float = 0.0
    matched: bool = False
    """Whether the constraint looked at the object or at what it expands to."""
    prints: tuple[str, ...] = ()


class TestResult(NamedTuple):
    """What became of a test."""

    name: str
    error: str = ""
    skipped: bool = False
    seconds: float = 0.0
    cases: tuple[CaseResult, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the test or one of its cases failed."""
        return bool(self.error) or any(case.error for case in self.cases)


class SuiteResult(NamedTuple):
    """What became of a suite."""

    path: str
    error: str = ""
    seconds: float = 0.0
    tests: tuple[TestResult, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the suite or one of its tests failed."""
        return bool(self.error) or any(test.failed for test in self.tests)


class Prepared(NamedTuple):
    """The template and the constraint of a test, with what expands the objects of its cases."""

    known: ConstraintSet
    expander: Expander


class Runner:
    """Runs suites; `lenient` accepts what gator accepts though it shows nothing."""

    __slots__ = ("_clock", "_environment", "_filter", "_lenient", "_options")

    def __init__(self, options: Options, clock: Clock, *, run: str = "", lenient: bool = False) -> None:
        """Raises InputError for a filter that does not read."""
        self._options = options
        self._environment = native_environment(options.kubernetes)
        self._clock = clock
        self._filter = Filter(run) if run else None
        self._lenient = lenient

    def suite(self, suite: Suite) -> SuiteResult:
        """Runs all tests of a suite."""
        start = self._clock()
        if suite.value.get("skip") is True:
            return SuiteResult(suite.path)
        tests = tuple(self._test(test, Path(suite.path).parent) for test in rows_of(suite.value, "tests"))
        error = "" if tests or self._lenient else "the suite has no tests"
        return SuiteResult(suite.path, error, self._clock() - start, tests)

    def _test(self, test: Mapping[str, Any], folder: Path) -> TestResult:
        name, rows = str(test.get("name", "")), rows_of(test, "cases")
        chosen = self._filter is None or self._filter.test(name, [str(row.get("name", "")) for row in rows])
        if test.get("skip") is True or not chosen:
            return TestResult(name, skipped=True)
        start = self._clock()
        cases: tuple[CaseResult, ...] = ()
        try:
            error = self._invalid(test, folder) if test.get("invalid") is True else ""
            if test.get("invalid") is not True:
                prepared = self._prepared(test, folder)
                cases = tuple(self._case(row, name, prepared, folder) for row in rows)
                error = self._nothing_shown(cases)
        except (MunimentError, ReviewError, MutationError) as wrong:
            error = str(wrong)
        return TestResult(name, error, False, self._clock() - start, cases)

    def _prepared(self, test: Mapping[str, Any], folder: Path) -> Prepared:
        known = ConstraintSet(self._options, self._environment)
        known.add_template(_one(folder, test, "template", "template"))
        known.add_constraint(_one(folder, test, "constraint", "constraint"))
        path = test.get("expansion")
        expansions = [one.value for one in _objects(folder, path)] if path else []
        if any(role_of(value) != "expansion" for value in expansions):
            raise InputError(f"{path}: is no ExpansionTemplate", code="no-kind")
        return Prepared(known, expander_of(expansions))

    def _invalid(self, test: Mapping[str, Any], folder: Path) -> str:
        """What is wrong with a constraint that should not fit its schema."""
        try:
            self._prepared(test, folder)
        except SchemaError:
            return ""
        except PolicyError as error:
            return f"the constraint should have failed schema validation, and failed otherwise: {error}"
        return "the constraint should have failed schema validation, and is valid"

    def _nothing_shown(self, cases: Sequence[CaseResult]) -> str:
        if self._lenient or any(case.skipped or case.error or case.matched for case in cases):
            return ""
        return "the constraint matches no object of its cases" if cases else "the test has no cases"

    def _case(self, case: Mapping[str, Any], test: str, prepared: Prepared, folder: Path) -> CaseResult:
        name = str(case.get("name", ""))
        if case.get("skip") is True or (self._filter and not self._filter.case(test, name)):
            return CaseResult(name, skipped=True)
        start = self._clock()
        try:
            judged = _review(case, prepared, folder)
            messages = [one.message for answer in judged for one in told(answer, {})]
            assertions = rows_of(case, "assertions")
            wrong = "assertions must not be empty" if not assertions else ""
            wrong = wrong or next(filter(None, (_unmet(assertion, messages) for assertion in assertions)), "")
        except (MunimentError, ReviewError, MutationError) as error:
            return CaseResult(name, str(error), False, self._clock() - start)
        prints = tuple(line for one in judged for line in one.answer.prints)
        return CaseResult(name, wrong, False, self._clock() - start, bool(judged), prints)


def _one(folder: Path, row: Mapping[str, Any], key: str, role: str) -> dict[str, Any]:
    path = row.get(key)
    if not path:
        raise InputError(f"the test has no {key}", code="suite")
    found = _objects(folder, path)
    if role_of(found[0].value) != role:
        raise InputError(f"{path}: is no {role}", code="no-kind")
    return found[0].value


def _objects(folder: Path, path: Any) -> list[Manifest]:
    file = folder / str(path)
    try:
        found = list(objects_of(file.read_bytes(), str(path)))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", code="missing-path") from error
    if not found:
        raise InputError(f"{path}: holds no object", code="no-kind")
    return found


def _review(case: Mapping[str, Any], prepared: Prepared, folder: Path) -> list[Judged]:
    """The answers of the constraint about the object of a case and what it expands to."""
    if not case.get("object"):
        raise InputError("the case has no object", code="suite")
    found = _objects(folder, case["object"])
    if len(found) != 1:
        raise InputError(f"{case['object']}: must hold one object, and holds {len(found)}", code="suite")
    value, known = found[0].value, prepared.known
    known.inventory = Inventory()
    for path in case.get("inventory") or ():
        for one in _objects(folder, path):
            known.inventory.add(one.value)
    space = known.inventory.namespaces.get(namespace_of(value))
    if is_admission_review(value):
        return judge(_of_request(value, known), known)
    judged = judge(of_object(value, namespace_object=space), known)
    for child in prepared.expander.expanded(value, space):
        generated = of_object(child.value, namespace_object=space, source=GENERATED)
        judged += [Judged(one.constraint, implied(one.answer, child.template)) for one in judge(generated, known)]
    return judged


def _of_request(value: Mapping[str, Any], known: ConstraintSet) -> Review:
    namespace = text(value, "request", "namespace")
    return of_admission_review(value, namespace_object=known.inventory.namespaces.get(namespace))


def _unmet(assertion: Mapping[str, Any], messages: Sequence[str]) -> str:
    """What is wrong with the violations, in gator's words; empty if the assertion holds."""
    wanted, message = assertion.get("violations", "yes"), assertion.get("message")
    if wanted not in {"yes", "no"} and (not isinstance(wanted, int) or isinstance(wanted, bool) or wanted < 0):
        return f'violations must be a number, "yes" or "no", and is {wanted!r}'
    pattern = None if message is None else pattern_of(str(message))
    count = sum(pattern is None or pattern.search(one) is not None for one in messages)
    if count > 0 if wanted == "yes" else count == 0 if wanted == "no" else count == wanted:
        return ""
    containing = "" if message is None else f' containing "{message}"'
    want = {"yes": "at least 1", "no": "none"}.get(wanted) or f"exactly {wanted}"
    return (
        f"unexpected number of violations: got {count} violations{containing} but want {want}:"
        f" got messages [{' '.join(messages)}]"
    )
