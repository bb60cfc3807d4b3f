"""What `gator` commands print: violations, suites and objects, in gator's own forms."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from muniment.app.gator.review import Violation
from muniment.app.gator.verify import CaseResult, SuiteResult, TestResult
from muniment.engines.gatekeeper.manifests import name_of, namespace_of, text
from muniment.engines.gatekeeper.template import TARGET
from muniment.languages.goformat.quoting import quote

_FOR_HTML: Final = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""What Go's JSON escapes."""


def as_text(violations: Iterable[Violation]) -> str:
    """One line a violation."""
    return "".join(
        f'{_named(one.value)}: ["{one.constraint.name}"] Message: {quote(one.message)}\n' for one in violations
    )


def _named(value: Any) -> str:
    namespace = namespace_of(value)
    name = f"{namespace}/{name_of(value)}" if namespace else name_of(value)
    return f"{text(value, 'apiVersion')}/{text(value, 'kind')} {name}"


def as_json(violations: Sequence[Violation]) -> str:
    """A list of results, or null without any."""
    rows = [{**_result(one), "violatingObject": _sorted(one.value), "trace": None} for one in violations]
    return json_text(rows or None)


def as_yaml(violations: Sequence[Violation]) -> str:
    """The same as YAML, with the names that gator's YAML has."""
    rows = [
        {
            "result": {
                "target": TARGET,
                "msg": one.message,
                "metadata": {} if one.details is None else {"details": one.details},
                "constraint": {"object": _sorted(one.constraint.manifest)},
                "enforcementaction": one.action,
                "scopedenforcementactions": list(one.scoped),
            },
            "violatingObject": _sorted(one.value),
            "trace": None,
        }
        for one in violations
    ]
    return yaml_text(rows)


def _result(one: Violation) -> dict[str, Any]:
    return {
        "target": TARGET,
        "msg": one.message,
        **({} if one.details is None else {"metadata": {"details": _sorted(one.details)}}),
        "constraint": _sorted(one.constraint.manifest),
        "enforcementAction": one.action,
        **({"scopedActions": list(one.scoped)} if one.scoped else {}),
    }


def json_text(value: Any) -> str:
    """JSON as Go writes it with four blanks."""
    out = json.dumps(value, indent=4, ensure_ascii=False)
    for character, escaped in _FOR_HTML:
        out = out.replace(character, escaped)
    return out


def yaml_text(value: Any) -> str:
    """YAML in blocks, in the order of the value."""
    import yaml

    return yaml.safe_dump(value, default_flow_style=False, sort_keys=False, allow_unicode=True, width=10**6)


def objects_text(values: Sequence[Any], form: str) -> str:
    """Several objects, with `---` between them."""
    write = json_text if form == "json" else yaml_text
    return "---\n".join(write(_sorted(value)) for value in values)


def _sorted(value: Any) -> Any:
    """The value with the members of every mapping in the order of their names."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(member) for member in value] if isinstance(value, list) else value


def suites_text(results: Sequence[SuiteResult], *, verbose: bool) -> str:
    """The results of suites in the form of Go's tests."""
    lines = [line for result in results for line in _suite(result, verbose=verbose)]
    return "\n".join([*lines, "FAIL" if any(result.failed for result in results) else "PASS"]) + "\n"


def _suite(result: SuiteResult, *, verbose: bool) -> Iterator[str]:
    for test in result.tests:
        yield from _test(test, verbose=verbose)
    yield f"{'FAIL' if result.failed else 'ok'}\t{result.path}\t{result.seconds:.3f}s"
    if result.error:
        yield f"  {result.error}"


def _test(test: TestResult, *, verbose: bool) -> Iterator[str]:
    if verbose:
        yield f"=== {'SKIP ' if test.skipped else 'RUN  '} {test.name}"
    if test.skipped:
        return
    for case in test.cases:
        yield from _case(case, verbose=verbose)
    if test.failed or verbose:
        yield f"--- {'FAIL' if test.failed else 'PASS'}: {test.name}\t({test.seconds:.3f}s)"
    if test.error:
        yield f"  {test.error}"


def _case(case: CaseResult, *, verbose: bool) -> Iterator[str]:
    if verbose:
        yield f"    === {'SKIP ' if case.skipped else 'RUN  '} {case.name}"
    if verbose and case.prints:
        yield "        === PRINT ==="
        yield from (f"        {line}" for line in case.prints)
    if not case.skipped and (case.error or verbose):
        yield f"    --- {'FAIL' if case.error else 'PASS'}: {case.name}\t({case.seconds:.3f}s)"
    if case.error:
        yield f"        {case.error}"
