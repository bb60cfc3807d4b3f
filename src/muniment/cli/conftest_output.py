"""The output formats of Conftest: stdout, json, tap, table, junit, github, azuredevops and sarif."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.app.conftest.judging import FileResult
from muniment.engines.rego.judging import Answer, Finding, Place
from muniment.errors import UsageError
from muniment.reports.escaping import for_xml

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
    lines: list[str] = []
    for one in results:
        for word, finding in _kinds(one):
            state = {"EXCP": "ok", "SKIP": "ok"}.get(word, "not ok")
            note = {"WARN": " # WARNING", "EXCP": " # EXCEPTION", "SKIP": " # SKIP"}.get(word, "")
            lines.append(f"{state} {len(lines) + 1} - {' - '.join(_told(one, finding))}{note}")
        for _ in range(one.answer.successes):
            where = " - ".join(part for part in (one.path, one.answer.namespace, "SUCCESS") if part)
            lines.append(f"ok {len(lines) + 1} - {where}")
    return "\n".join((f"1..{len(lines)}", *lines, ""))


_STATES: Final = {"WARN": "warning", "FAIL": "failure", "EXCP": "exception", "SKIP": "skipped"}


def _table(results: Sequence[FileResult], _look: Look) -> str:
    rows = [("RESULT", "FILE", "NAMESPACE", "MESSAGE")]
    for one in results:
        rows += [("success", one.path, one.answer.namespace, "SUCCESS")] * one.answer.successes
        for word, finding in _kinds(one):
            rows.append((_STATES[word], one.path, one.answer.namespace, finding.message.replace("\n", " ")))
    if len(rows) == 1:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    rule = f"+{'+'.join('-' * (width + 2) for width in widths)}+"
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    return "\n".join((rule, lines[0], rule, *lines[1:], rule, ""))


def _junit(results: Sequence[FileResult], look: Look) -> str:
    cases: list[str] = []
    failures = 0
    for one in results:
        for word, finding in _kinds(one):
            name = " - ".join(_told(one, finding)[: 2 if look.hide_message else 3])
            inner = f'<failure message="{word}">{for_xml(finding.message)}</failure>'
            failures += word in {"FAIL", "WARN"}
            inner = {"EXCP": "<skipped/>", "SKIP": "<skipped/>"}.get(word, inner)
            cases.append(f'\t\t<testcase classname="conftest" name="{for_xml(name)}">{inner}</testcase>')
        for _ in range(one.answer.successes):
            name = " - ".join(part for part in (one.path, one.answer.namespace) if part)
            cases.append(f'\t\t<testcase classname="conftest" name="{for_xml(name)}"></testcase>')
    head = f'\t<testsuite name="conftest" tests="{len(cases)}" failures="{failures}">'
    opening = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join((opening, "<testsuites>", head, *cases, "\t</testsuite>", "</testsuites>", ""))


def _github(results: Sequence[FileResult], look: Look) -> str:
    lines: list[str] = []
    for one in results:
        findings = list(_kinds(one))
        if look.hide_passed and not findings:
            continue
        total = one.answer.successes + len(findings)
        lines.append(f'::group::Testing "{one.path}" against {total} policies in namespace "{one.answer.namespace}"')
        lines += (line for word, finding in findings for line in _annotations(one, word, finding))
        if one.answer.successes and not look.hide_passed:
            lines.append(f"success file={one.path} {one.answer.successes}")
        lines.append("::endgroup::")
    return "\n".join((*lines, summary(results, look), ""))


def _annotations(one: FileResult, word: str, finding: Finding) -> list[str]:
    """A finding where the policy says it is, and in the file if that is another one."""
    level = {"FAIL": "error", "WARN": "warning"}.get(word, "notice")
    message = finding.message.replace("%", "%25").replace("\n", "%0A")
    if finding.location is None:
        return [f"::{level} file={one.path},line=1::{message}"]
    place = finding.location
    lines = [f"::{level} file={place.file},line={place.line}::{message}"]
    if place.file != one.path:
        origin = f"(ORIGINATING FROM {place.file} L{place.line})"
        lines.append(f"::{level} file={one.path},line=1::{origin} {message}")
    return lines


def _azure(results: Sequence[FileResult], look: Look) -> str:
    lines: list[str] = []
    for one in results:
        findings = list(_kinds(one))
        lines.append(f"##[group]Testing '{one.path}' in namespace '{one.answer.namespace}'")
        for word, finding in findings:
            kind = {"FAIL": "error", "WARN": "warning"}.get(word)
            text = finding.message.replace("\n", " ")
            if kind is None:
                lines.append(f"##[debug]{text}")
                continue
            place = finding.location or Place(one.path, 1)
            where = f"type={kind};sourcepath={place.file};linenumber={place.line}"
            lines.append(f"##vso[task.logissue {where}]{text}")
        lines.append("##[endgroup]")
    return "\n".join((*lines, summary(results, look), ""))


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
