"""Checkov's JUnit XML: a suite for each kind of scan, a case for each record."""

from collections.abc import Iterator, Mapping, Sequence

from muniment.reports.checkov.records import FAILED, SKIPPED, Record, Scan
from muniment.reports.escaping import for_xml


def render(scans: Sequence[Scan], properties: Mapping[str, str]) -> str:
    """`properties` are the arguments of the run, as each suite repeats them."""
    return "".join(f"{line}\n" for line in _lines(scans or (Scan(""),), properties))


def _lines(scans: Sequence[Scan], properties: Mapping[str, str]) -> Iterator[str]:
    failed = sum(len(scan.failed) for scan in scans)
    errors = sum(len(scan.undecided) + len(scan.unread) for scan in scans)
    tests = errors + sum(len(scan.records) for scan in scans)
    yield '<?xml version="1.0" ?>'
    yield f'<testsuites disabled="0" errors="{errors}" failures="{failed}" tests="{tests}" time="0.0">'
    for scan in scans:
        yield from _suite(scan, properties)
    yield "</testsuites>"


def _suite(scan: Scan, properties: Mapping[str, str]) -> Iterator[str]:
    errors = len(scan.undecided) + len(scan.unread)
    yield (
        f'\t<testsuite disabled="0" errors="{errors}" failures="{len(scan.failed)}" name="{scan.check_type} scan" '
        f'skipped="{len(scan.skipped)}" tests="{len(scan.records) + errors}" time="0">'
    )
    yield "\t\t<properties>"
    yield from (
        f'\t\t\t<property name="{for_xml(name)}" value="{for_xml(value)}"/>' for name, value in properties.items()
    )
    yield "\t\t</properties>"
    for record in (*scan.records, *scan.undecided):
        yield from _case(record)
    for path in scan.unread:
        name = for_xml(path)
        yield f'\t\t<testcase name="parsing {name}" classname="{name}" file="{name}">'
        yield '\t\t\t<error type="error" message="could not be read"/>'
        yield "\t\t</testcase>"
    yield "\t</testsuite>"


def _case(record: Record) -> Iterator[str]:
    name = for_xml(f"[{record.severity.upper()}][{record.check_id}] {record.name}")
    of = for_xml(f"{record.place.file}.{record.resource}")
    head = f'\t\t<testcase name="{name}" classname="{of}" file="{for_xml(record.place.file)}"'
    inner = _inner(record)
    if not inner:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield f"\t\t\t{inner}"
    yield "\t\t</testcase>"


def _inner(record: Record) -> str:
    if record.result == FAILED:
        return f'<failure type="failure" message="{for_xml(record.name)}">{for_xml(_text(record))}</failure>'
    if record.result == SKIPPED:
        return f'<skipped type="skipped" message="{for_xml(record.comment)}"/>'
    if record.details:
        told = for_xml(f"{record.result.lower()}: {'; '.join(record.details)}")
        return f'<error type="error" message="{told}"/>'
    return ""


def _text(record: Record) -> str:
    first, last = record.lines
    lines = ["", f"Resource: {record.resource}", f"File: {record.place.file}: {first}-{last}", *record.details]
    lines += [f"Guideline: {record.guideline or None}", ""]
    lines += [f"\t\t{number} | {text.rstrip()}" for number, text in record.code]
    return "\n".join([*lines, ""])
