"""OPA's own evaluation and compiler cases for Rego v1; `opa_v0` runs those for v0."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from muniment.languages.rego.builtins import registry
from muniment.languages.rego.builtins.network_access import http_send, lookup_ip_addr
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import CompileOptions, EvaluationOptions, Policy, compile_modules
from muniment.languages.rego.signatures import Builtin, BuiltinError, Builtins
from muniment.languages.rego.values import UNDEFINED, Value, equal, make_set, ordered, to_json
from tests.conformance.counts import Counts


class Reaching:
    """The builtins with those that reach a network, which no case really needs: most replace them by `with`."""

    def __init__(self) -> None:
        self._registry = registry()
        self._network = {one.name: one for one in (http_send(_refuse), lookup_ip_addr(_refuse))}

    def find(self, name: str) -> Builtin | None:
        """The builtin of that name."""
        return self._network.get(name) or self._registry.find(name)


def _refuse(_: object) -> Any:
    raise BuiltinError("there is no network here")


NOW_NS = 1_790_000_000_000_000_000
"""Some time in 2026: cases that ask for the time look at properties that hold at any."""


def run(root: Path, only: str = "", dialect: str = "v1") -> Counts:
    """Runs the evaluation cases and the compiler's; `only` is a group, or the beginning of an id."""
    builtins = Reaching()
    evaluated = _cases(root / "cases-open.json", only)
    compiled = _cases(root / "compile-cases.json", only)
    details = [f"{case['id']}: {wrong}" for case in evaluated if (wrong := judge(case, builtins, dialect))]
    details += [
        f"compile {case['id']}: {wrong}" for case in compiled if (wrong := judge_compiled(case, builtins, dialect))
    ]
    total = len(evaluated) + len(compiled)
    return Counts(total - len(details), len(details), 0, total, tuple(details))


def _cases(path: Path, only: str) -> list[dict[str, Any]]:
    cases = json.loads(path.read_text("utf-8"))["cases"]
    return [case for case in cases if only in {"", case["group"]} or case["id"].startswith(only)]


def judge(case: Mapping[str, Any], builtins: Builtins, dialect: str) -> str:
    """What is wrong with the answer to a case; empty if nothing is."""
    try:
        rows = evaluate(case, builtins, dialect)
    except RegoError as error:
        return f"does not compile: {error}"
    except RegoEvaluationError as error:
        return _judge_error(case, error)
    except Exception as error:  # noqa: BLE001  a crash is one more disagreement
        return f"crashed: {type(error).__name__}: {error}"
    if "want_result" not in case:
        return f"did not fail with {case.get('want_error_code') or case.get('want_error')}: {rows!r}"
    return _judge_rows(case, rows)


def evaluate(case: Mapping[str, Any], builtins: Builtins, dialect: str) -> list[dict[str, Value]]:
    """The solutions of a case's query. Raises RegoError and RegoEvaluationError."""
    modules = [parse_module(text, f"test-{at}.rego", dialect) for at, text in enumerate(case.get("modules") or ())]
    policy = compile_modules(modules, builtins, case.get("data") or {})
    options = EvaluationOptions(now_ns=NOW_NS, strict_builtin_errors=bool(case.get("strict_error")))
    rows = policy.query(case["query"], _input(case, policy), None, options, dialect).rows
    return [dict(row) for row in rows]


def _input(case: Mapping[str, Any], policy: Policy) -> Value:
    if case.get("input_term"):
        return policy.query(f"x = {case['input_term']}").rows[0]["x"]
    return case.get("input", UNDEFINED)


def _judge_error(case: Mapping[str, Any], error: RegoEvaluationError) -> str:
    if "want_error_code" not in case and "want_error" not in case:
        return f"failed: {error}"
    if case.get("want_error_code") not in {None, error.code}:
        return f"failed with {error}, not with {case['want_error_code']}"
    return "" if case.get("want_error", "") in str(error) else f"failed with {error}, not with {case['want_error']}"


def _judge_rows(case: Mapping[str, Any], rows: Iterable[Mapping[str, Value]]) -> str:
    found = [{name: to_json(value) for name, value in row.items()} for row in rows]
    wanted = case["want_result"] or []
    if case.get("sort_bindings"):
        found, wanted = ([{k: _sorted(v) for k, v in row.items()} for row in rows] for rows in (found, wanted))
    if case.get("ignore_generated_vars"):
        names = {name for row in wanted for name in row}
        found = [{name: value for name, value in row.items() if name in names} for row in found]
    return "" if equal(make_set(found), make_set(wanted)) else f"{found!r}, wanted {wanted!r}"


def _sorted(value: Value) -> Value:
    return ordered(value) if isinstance(value, list) else value


def judge_compiled(case: Mapping[str, Any], builtins: Builtins, dialect: str) -> str:
    """What is wrong with the errors of modules that must not compile."""
    options = CompileOptions(strict=bool(case.get("strict")), prints=bool(case.get("print_statements")))
    try:
        modules = [parse_module(text, f"test-{at}.rego", dialect) for at, text in enumerate(case["modules"])]
        compile_modules(modules, builtins, None, options)
    except RegoError as error:
        found = {(one.code, one.span.line, one.span.column, one.message) for one in error.faults}
        wanted = {(one["code"], one["row"], one["col"], one["message"]) for one in case["want_errors"]}
        right = found == wanted if case["exhaustive"] else wanted <= found
        return "" if right else f"{sorted(found)}, wanted {sorted(wanted)}"
    return "compiles"
