"""Checkov's JSON: one object for each kind of scan, a list of them where there are several."""

import json
from collections.abc import Sequence
from typing import Any

from muniment.reports.checkov.records import Record, Scan


def render(scans: Sequence[Scan], version: str, *, quiet: bool = False, compact: bool = False) -> str:
    """`quiet` leaves everything but failures out, `compact` the quoted lines."""
    told = [_scan(scan, version, quiet=quiet, compact=compact) for scan in scans]
    if not told:
        return json.dumps(_summary(Scan(""), version), indent=4)
    return json.dumps(told if len(told) > 1 else told[0], indent=4, ensure_ascii=True)


def _scan(scan: Scan, version: str, *, quiet: bool, compact: bool) -> dict[str, Any]:
    lists = {"passed_checks": scan.passed, "failed_checks": scan.failed, "skipped_checks": scan.skipped}
    if scan.undecided:
        lists["unknown_checks"] = scan.undecided
    chosen = {"failed_checks": scan.failed} if quiet else lists
    results: dict[str, Any] = {
        head: [_record(record, compact=compact) for record in records] for head, records in chosen.items()
    }
    if not quiet:
        results["parsing_errors"] = list(scan.unread)
    return {"check_type": scan.check_type, "results": results, "summary": _summary(scan, version)}


def _summary(scan: Scan, version: str) -> dict[str, Any]:
    unknown = {"unknown": len(scan.undecided)} if scan.undecided else {}
    return {
        "passed": len(scan.passed),
        "failed": len(scan.failed),
        "skipped": len(scan.skipped),
        **unknown,
        "parsing_errors": len(scan.unread),
        "resource_count": scan.resources,
        "checkov_version": version,
    }


def _record(record: Record, *, compact: bool) -> dict[str, Any]:
    """All keys of Checkov's record; those that have no meaning here are null."""
    answer: dict[str, Any] = {"result": record.result, "evaluated_keys": [key.replace(".", "/") for key in record.keys]}
    if record.comment:
        answer["suppress_comment"] = record.comment
    return {
        "check_id": record.check_id,
        "bc_check_id": None,
        "check_name": record.name,
        "check_result": answer,
        "code_block": None if compact else [list(line) for line in record.code],
        "file_path": record.place.file,
        "file_abs_path": record.place.absolute,
        "repo_file_path": record.place.repository,
        "file_line_range": list(record.lines),
        "resource": record.resource,
        "evaluations": None,
        "check_class": f"muniment.{record.policy}",
        "fixed_definition": None,
        "entity_tags": None,
        "caller_file_path": None,
        "caller_file_line_range": None,
        "resource_address": None,
        "severity": record.severity.upper(),
        "bc_category": None,
        "benchmarks": None,
        "description": None,
        "short_description": None,
        "vulnerability_details": None,
        "connected_node": None,
        "guideline": record.guideline or None,
        "details": list(record.details),
        "check_len": None,
        "definition_context_file_path": None,
    }
