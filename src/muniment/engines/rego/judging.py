"""Asks the rules of a namespace about an input, and counts what they answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from muniment.engines.rego.rules import JudgingRule
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions, Policy, PreparedQuery
from muniment.languages.rego.values import UNDEFINED, Value, to_json


class Place(NamedTuple):
    """Where a policy says that the fault is."""

    file: str
    line: int


class Finding(NamedTuple):
    """A message of a rule, with what the policy put beside it."""

    message: str
    metadata: Mapping[str, Any]
    location: Place | None = None


class Answer(NamedTuple):
    """What a namespace says of one input."""

    namespace: str
    successes: int = 0
    failures: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    exceptions: tuple[Finding, ...] = ()
    prints: tuple[str, ...] = ()

    def plus(self, other: "Answer") -> "Answer":
        """The answers for two documents of one file."""
        return Answer(
            self.namespace,
            self.successes + other.successes,
            self.failures + other.failures,
            self.warnings + other.warnings,
            self.exceptions + other.exceptions,
            self.prints + other.prints,
        )


class Judge:
    """The rules of a namespace, ready to be asked."""

    __slots__ = ("_exceptions", "_lenient", "_namespace", "_policy", "_rules", "_worded")

    def __init__(
        self,
        policy: Policy,
        namespace: str,
        rules: Sequence[JudgingRule],
        *,
        lenient: bool = False,
        worded: Callable[[Any], Any] | None = None,
    ) -> None:
        self._policy = policy
        self._namespace = namespace
        self._rules = rules
        self._lenient = lenient
        """Whether a rule that is simply true, and a number for a message, say nothing; else they are errors."""
        self._worded = worded
        """Gives a result of another contract its message; without it, such a result is an error."""
        self._exceptions: dict[str, PreparedQuery] = {}

    def ask(self, document: Value, data: Value, options: EvaluationOptions) -> Answer:
        """What the rules say of a document: successes fill up what is said to the number of their definitions.

        Raises RegoEvaluationError.
        """
        answer = Answer(self._namespace)
        for rule in self._rules:
            answer = answer.plus(self._ask_rule(rule, document, data, options))
        said = answer.successes + len(answer.failures) + len(answer.warnings) + len(answer.exceptions)
        missing = max(sum(rule.definitions for rule in self._rules) - said, 0)
        return answer._replace(successes=answer.successes + missing)

    def _ask_rule(self, rule: JudgingRule, document: Value, data: Value, options: EvaluationOptions) -> Answer:
        """What a rule says; an exception drops all of it, and a rule that is there without a message succeeds once."""
        text = f'data.{rule.namespace}.exception[_][_] == "{rule.exception}"'
        exceptions = (Finding(text, {}),) * self._count_exceptions(text, document, data, options)
        result = self._policy.evaluate([*rule.namespace.split("."), rule.name], document, data, options)
        prints = tuple(f"{one.file}:{one.line}: {one.text}\n" for one in result.prints)
        if exceptions:
            return Answer(rule.namespace, exceptions=exceptions, prints=prints)
        messages = self._messages(result.value, rule)
        successes = int(not messages and result.value is not UNDEFINED)
        findings = tuple(_finding(one, rule) for one in messages if not self._lenient or isinstance(one, str | dict))
        failures, warnings = (findings, ()) if rule.fails else ((), findings)
        return Answer(rule.namespace, successes, failures, warnings, prints=prints)

    def _count_exceptions(self, text: str, document: Value, data: Value, options: EvaluationOptions) -> int:
        """How many solutions the query of an exception has."""
        query = self._exceptions.get(text)
        if query is None:
            query = self._exceptions[text] = self._policy.prepare(text)
        return len(query.run(document, data, options).rows)

    def _messages(self, value: Value, rule: JudgingRule) -> list[Any]:
        """The members of a set or array in order. Raises RegoEvaluationError for a rule that is simply true."""
        if value is True and not self._lenient:
            message = f"{rule.query} is true and says nothing: write it with `contains`"
            raise RegoEvaluationError("eval_type_error", message)
        shown = to_json(value) if value is not UNDEFINED else None
        found = shown if isinstance(shown, list) else []
        return list(map(self._worded, found)) if self._worded else found


def _finding(value: Any, rule: JudgingRule) -> Finding:
    if isinstance(value, str):
        return Finding(value, {"query": rule.query})
    if not isinstance(value, dict) or not isinstance(value.get("msg"), str):
        message = f"{rule.query}: a result must be a text or an object with the text `msg`"
        raise RegoEvaluationError("eval_type_error", message)
    rest = {name: one for name, one in value.items() if name not in {"msg", "_loc"}}
    return Finding(value["msg"], {**rest, "query": rule.query}, _place(value.get("_loc")))


def _place(value: Any) -> Place | None:
    if not isinstance(value, dict) or not isinstance(value.get("file"), str):
        return None
    line = value.get("line")
    return Place(value["file"], int(line) if isinstance(line, int | str) and str(line).isdecimal() else 0)
