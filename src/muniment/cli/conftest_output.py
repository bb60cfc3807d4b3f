"""The output formats of Conftest: stdout, json, tap, table, junit, github, azuredevops and sarif."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.app.conftest.judging import FileResult
from muniment.engines.rego.judging import Answer, Finding, Place
from muniment.errors import UsageError

_REFERENCES: Final = {
    **{ord(sign): f"&{name};" for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"))},
    **{ord(sign): f"&#{ord(sign)};" for sign in "\"'"},
    **{ord(sign): f"&#x{ord(sign):X};" for sign in "\t\n\r"},
}
"""What stands between tags or quotes, as Go writes it."""
_COLOURS: Final = {"FAIL": 31, "WARN": 33, "EXCP": 36, "SKIP": 36, "PRNT": 0}


class Look(NamedTuple):
    """How results are shown."""

    colour: bool = False
    suppress_exceptions: bool = False
    hide_message: bool = False
    hide_passed: bool = False
    skipped: bool = False
    """Whether the summary counts tests that are to be written."""


Write = Callable[[Sequence[FileResult], Look], str]


def render(name: str, results: Sequence[FileResult], look: Look) -> str:
    """Results in a format; in that of the terminal where there is no such format, as Conftest has it."""
    return FORMATS.get(name, _plain)(results, look)


def _kinds(one: FileResult) -> Iterator[tuple[str, Finding]]:
    """The findings of a file, each with the word that the terminal shows."""
    for word, findings in (
        ("WARN", one.answer.warnings),
        ("FAIL", one.answer.failures),
        ("EXCP", one.answer.exceptions),
        ("SKIP", one.skipped),
    ):
        yield from ((word, finding) for finding in findings)


def summary(results: Sequence[FileResult], look: Look) -> str:
    """How many tests there were, and what became of them."""
    passed = sum(one.answer.successes for one in results)
    warned, failed, excepted = (
        sum(len(getattr(one.answer, name)) for one in results) for name in ("warnings", "failures", "exceptions")
    )
    skipped = sum(len(one.skipped) for one in results)
    total = passed + warned + failed + excepted + skipped
    parts = [_count(total, "test"), f"{passed} passed", _count(warned, "warning"), _count(failed, "failure")]
    parts.append(_count(excepted, "exception"))
    return ", ".join(parts + ([f"{skipped} skipped"] if look.skipped else []))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _plain(results: Sequence[FileResult], look: Look) -> str:
    lines = [_coloured("PRNT", line, look, "  ") for one in results for line in one.answer.prints]
    for one in results:
        for word, finding in _kinds(one):
            if word != "EXCP" or not look.suppress_exceptions:
                lines.append(_coloured(word, " - ".join(_told(one, finding)), look, " - "))
    failed = any(one.answer.failures for one in results)
    warned = any(one.answer.warnings for one in results)
    text = summary(results, look)
    return "\n".join((*lines, "", _painted(text, 31 if failed else 33 if warned else 32, look), ""))


def _told(one: FileResult, finding: Finding) -> list[str]:
    return [part for part in (one.path if one.path != "-" else "", one.answer.namespace, finding.message) if part]


def _coloured(word: str, text: str, look: Look, sign: str) -> str:
    return f"{_painted(word, _COLOURS[word], look)}{sign}{text}" if sign != "  " else f"{word}   {text}"


def _painted(text: str, colour: int, look: Look) -> str:
    return f"\033[{colour}m{text}\033[0m" if look.colour and colour else text


def _json(results: Sequence[FileResult], _look: Look) -> str:
    return json.dumps([_as_json(one) for one in results], indent="\t", ensure_ascii=False) + "\n"


def _as_json(one: FileResult) -> dict[str, Any]:
    fields: dict[str, Any] = {"filename": one.path, "namespace": one.answer.namespace}
    fields["successes"] = one.answer.successes
    for name, findings in (
        ("skipped", one.skipped),
        ("warnings", one.answer.warnings),
        ("failures", one.answer.failures),
        ("exceptions", one.answer.exceptions),
    ):
        if findings:
            fields[name] = [_finding_json(finding) for finding in findings]
    return fields


def _finding_json(finding: Finding) -> dict[str, Any]:
    place = {"loc": {"file": finding.location.file, "line": finding.location.line}} if finding.location else {}
    metadata = {"metadata": dict(finding.metadata)} if finding.metadata else {}
    return {"msg": finding.message, **place, **metadata}


def from_json(value: Any) -> list[FileResult]:
    """The results that `_json` wrote. Raises UsageError for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UsageError("failed to parse JSON input: it is no list of results")
    return [_result_of(one) for one in value]


def _result_of(fields: Mapping[str, Any]) -> FileResult:
    def findings(name: str) -> tuple[Finding, ...]:
        found = fields.get(name) or []
        return tuple(_finding_of(one) for one in found if isinstance(one, dict))

    successes = fields.get("successes", 0)
    answer = Answer(
        str(fields.get("namespace", "")),
        successes if isinstance(successes, int) else 0,
        findings("failures"),
        findings("warnings"),
        findings("exceptions"),
    )
    return FileResult(str(fields.get("filename", "")), answer, findings("skipped"))


def _finding_of(fields: Mapping[str, Any]) -> Finding:
    place = fields.get("loc")
    location = Place(str(place.get("file")), int(place.get("line") or 0)) if isinstance(place, dict) else None
    return Finding(str(fields.get("msg", "")), fields.get("metadata") or {}, location)


def _tap(results: Sequence[FileResult], _look: Look) -> str:
    """One plan for all files; what a file's lines are about stands above them, but for failures."""
    lines: list[str] = []
    number = 0
    for one in results:
        where = " ".join((*_file_part(one), f"- {one.answer.namespace} -"))
        successes = (Finding("SUCCESS", {}),) * one.answer.successes
        for header, state, findings in (
            ("", "not ok", one.answer.failures),
            ("warnings", "not ok", one.answer.warnings),
            ("exceptions", "ok", one.answer.exceptions),
            ("skip", "ok", one.skipped),
            ("successes", "ok", successes),
        ):
            lines += [f"# {header}"] if header and findings else []
            for finding in findings:
                number += 1
                lines.append(f"{state} {number} {where} {finding.message}")
    return "\n".join((f"1..{number}", *lines, "")) if number else ""


def _file_part(one: FileResult) -> tuple[str, ...]:
    return ("-",) if one.path == "-" else ("-", one.path)


def _table(results: Sequence[FileResult], _look: Look) -> str:
    rows: list[tuple[str, ...]] = []
    for one in results:
        about = one.path, one.answer.namespace
        rows += [("success", *about, "SUCCESS")] * one.answer.successes
        for state, findings in (
            ("exception", one.answer.exceptions),
            ("warning", one.answer.warnings),
            ("skipped", one.skipped),
            ("failure", one.answer.failures),
        ):
            rows += (line for finding in findings for line in _cells((state, *about), finding.message))
    if not rows:
        return ""
    names = ("RESULT", "FILE", "NAMESPACE", "MESSAGE")
    widths = [max(len(row[column]) for row in (names, *rows)) for column in range(len(names))]
    bars = ["─" * (width + 2) for width in widths]
    head = "│".join(_centred(name, width + 2) for name, width in zip(names, widths, strict=True))
    lines = ["│ " + " │ ".join(map(str.ljust, row, widths)) + " │" for row in rows]
    signs = (("┌", "┬", "┐"), ("├", "┼", "┤"), ("└", "┴", "┘"))
    rules = [f"{left}{inner.join(bars)}{right}" for left, inner, right in signs]
    return "\n".join((rules[0], f"│{head}│", rules[1], *lines, rules[2], ""))


def _cells(about: tuple[str, ...], message: str) -> list[tuple[str, ...]]:
    """The rows of a message: one for each of its lines."""
    first, *rest = message.rstrip("\n").split("\n")
    return [(*about, first), *(("", "", "", line) for line in rest)]


def _centred(text: str, width: int) -> str:
    left = (width - len(text)) // 2
    return " " * left + text + " " * (width - len(text) - left)


def _junit(results: Sequence[FileResult], look: Look) -> str:
    """A suite for each namespace; exceptions are no tests."""
    suites: dict[str, list[FileResult]] = {}
    for one in results:
        suites.setdefault(f"conftest.{one.answer.namespace}", []).append(one)
    lines = [line for name, found in suites.items() for line in _suite(name, found, look)]
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *lines, "</testsuites>", ""))


def _suite(name: str, results: Sequence[FileResult], look: Look) -> Iterator[str]:
    lines: list[str] = []
    count = failures = 0
    for one in results:
        found = (*one.answer.warnings, *one.answer.failures)
        failures += len(found)
        count += len(found) + len(one.skipped) + one.answer.successes
        for finding in found:
            inner = f'\t\t\t<failure message="Failed" type="">{_xml(finding.message)}</failure>'
            lines += (_case(name, one, finding.message, look), inner, "\t\t</testcase>")
        for finding in one.skipped:
            inner = f'\t\t\t<skipped message="{_xml(finding.message)}"></skipped>'
            lines += (_case(name, one, finding.message, look), inner, "\t\t</testcase>")
        lines += [f"{_case(name, one, '', look)}</testcase>"] * one.answer.successes
    yield f'\t<testsuite tests="{count}" failures="{failures}" time="0.000" name="{_xml(name)}">'
    yield from lines
    yield "\t</testsuite>"


def _case(suite: str, one: FileResult, message: str, look: Look) -> str:
    first = message.partition("\n")[0]
    name = one.path if look.hide_message or not message else f"{one.path} - {first}"
    return f'\t\t<testcase classname="{_xml(suite)}" name="{_xml(name)}" time="0.000">'


def _xml(text: str) -> str:
    return text.translate(_REFERENCES)


def _github(results: Sequence[FileResult], look: Look) -> str:
    lines: list[str] = []
    for one in results:
        answer = one.answer
        if look.hide_passed and not any((answer.failures, answer.warnings, answer.exceptions, one.skipped)):
            continue
        total = answer.successes + len(list(_kinds(one)))
        lines.append(f'::group::Testing "{one.path}" against {total} policies in namespace "{answer.namespace}"')
        for level, findings in (
            ("error", answer.failures),
            ("warning", answer.warnings),
            ("notice", answer.exceptions),
            ("notice", tuple(test._replace(message=f"Test was skipped: {test.message}") for test in one.skipped)),
        ):
            lines += (line for finding in findings for line in _annotations(one, level, finding))
        lines.append(f"::notice file={_property(one.path)},line=1::Number of successful checks: {answer.successes}")
        lines.append("::endgroup::")
    return "\n".join((*lines, summary(results, look._replace(skipped=False)), ""))


def _property(text: str) -> str:
    """A value among a command's properties, which `:` and `,` would end."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _message(text: str) -> str:
    """A text on one line, as commands need it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _annotations(one: FileResult, level: str, finding: Finding) -> list[str]:
    """A finding where the policy says it is, and in the file if that is another one."""
    message, path = _message(finding.message), _property(one.path)
    if finding.location is None:
        return [f"::{level} file={path},line=1::{message}"]
    place = finding.location
    lines = [f"::{level} file={_property(place.file)},line={place.line}::{message}"]
    if place.file != one.path:
        origin = f"(ORIGINATING FROM {_message(place.file)} L{place.line})"
        lines.append(f"::{level} file={path},line=1::{origin} {message}")
    return lines


def _azure(results: Sequence[FileResult], look: Look) -> str:
    lines: list[str] = []
    for one in results:
        answer = one.answer
        total = answer.successes + len(list(_kinds(one)))
        lines.append(f"##[section]Testing '{one.path}' against {total} policies in namespace '{answer.namespace}'")
        lines.append("##[group]See conftest results")
        for kind, findings in (
            ("error", answer.failures),
            ("warning", answer.warnings),
            ("warning", answer.exceptions),
        ):
            issue = f"##vso[task.logissue type={kind}] file={one.path} -->"
            lines += (f"{issue} {' '.join(finding.message.splitlines())}" for finding in findings)
        lines += (f"skipped file={one.path} {finding.message}" for finding in one.skipped)
        lines += [f"success file={one.path} {answer.successes}"] if answer.successes else []
        lines.append("##[endgroup]")
    return "\n".join((*lines, summary(results, look._replace(skipped=False)), ""))


def _sarif(results: Sequence[FileResult], _look: Look) -> str:
    levels = {"FAIL": "error", "WARN": "warning", "EXCP": "note", "SKIP": "none"}
    rules: dict[str, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for one in results:
        for word, finding in _kinds(one):
            rule = str(finding.metadata.get("query", "")).removeprefix("data.") or one.answer.namespace
            rules.setdefault(rule, {"id": rule, "shortDescription": {"text": rule}})
            place = finding.location or Place(one.path, 1)
            region = {"startLine": max(place.line, 1)}
            location = {"artifactLocation": {"uri": place.file}, "region": region}
            found.append(
                {
                    "ruleId": rule,
                    "level": levels[word],
                    "message": {"text": finding.message},
                    "locations": [{"physicalLocation": location}],
                }
            )
    driver = {"name": "conftest", "informationUri": "https://www.conftest.dev", "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "results": found}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


FORMATS: Final[dict[str, Write]] = {
    "stdout": _plain,
    "json": _json,
    "tap": _tap,
    "table": _table,
    "junit": _junit,
    "github": _github,
    "azuredevops": _azure,
    "sarif": _sarif,
}
