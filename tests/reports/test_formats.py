"""What must hold of reports whatever they report: valid, complete, harmless, and silent about this machine."""

import csv
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from muniment.model.assessment import Assessment, Ruling
from muniment.model.document import Location
from muniment.model.result import Violation
from muniment.model.status import Status
from muniment.reports import text
from muniment.reports.terminal import Style, width_of
from tests.material import SHARED, needs_material
from tests.reports.estate import EMPTY, ESTATE
from tests.reports.test_golden import FORMATS, renderer

SCHEMA = Path(__file__).parents[2] / "docs/schema/assessment.schema.json"
MANY = 4_000


def _many() -> Assessment:
    """Thousands of failures of one policy, and a few worse ones."""
    failing = next(result for result in ESTATE.results if result.policy == "kubernetes/unpinned-image")
    results = tuple(failing._replace(address=f"Pod/shop/web-{number}") for number in range(MANY))
    return ESTATE._replace(results=ESTATE.results + results, rulings=ESTATE.rulings + (Ruling("deny", "fails"),) * MANY)


def _sarif(assessment: Assessment) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(renderer("sarif")(assessment))["runs"][0]
    return run


def test_json_schema() -> None:
    """JSON is what its schema says, for an estate and for nothing."""
    validator = pytest.importorskip("jsonschema").Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    for assessment in (ESTATE, EMPTY):
        validator.validate(json.loads(renderer("json")(assessment)))


@needs_material
def test_sarif_schema() -> None:
    """SARIF is valid against the official schema."""
    assert SHARED
    schema = json.loads((SHARED / "schemas/sarif-2.1.0.json").read_bytes())
    validator = pytest.importorskip("jsonschema").Draft4Validator(schema)
    for assessment in (ESTATE, EMPTY):
        validator.validate(json.loads(renderer("sarif")(assessment)))


def test_sarif_for_viewers() -> None:
    """Rules are listed once, fingerprints are unique, columns are UTF-16 units, unread documents are notifications."""
    run = _sarif(ESTATE)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    marks = [result["partialFingerprints"]["munimentIdentity/v1"] for result in run["results"]]
    assert len(rules) == len(set(rules))
    assert len(marks) == len(set(marks))
    image = next(result for result in run["results"] if result["ruleId"] == "kubernetes/unpinned-image")
    region = image["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 9, "startColumn": 18, "endColumn": 50}
    assert image["suppressions"][0] == {
        "kind": "inSource",
        "status": "underReview",
        "justification": "requested, not approved: pinned by the registry",
    }
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in notes if "descriptor" in note] == [
        "unread/missing-renderer",
        "unread/syntax-error",
        "error",
        "gate-change",
        "gate-change",
        "change/fixed",
        "change/gone",
        "change/undecided",
    ]


def test_nothing_is_dropped() -> None:
    """JSON, JSON lines, JUnit and CSV hold every result, passes included, and every unread document."""
    total, unread = len(ESTATE.results), len(ESTATE.unread)
    answer = json.loads(renderer("json")(ESTATE))
    assert (len(answer["results"]), len(answer["unread"])) == (total, unread)
    kinds = Counter(json.loads(line)["type"] for line in renderer("jsonl")(ESTATE).splitlines())
    assert (kinds["result"], kinds["unread"]) == (total, unread)
    suites = ET.fromstring(renderer("junit")(ESTATE))
    assert len(list(suites.iter("testcase"))) == total + unread == int(suites.attrib["tests"])
    rows = list(csv.reader(io.StringIO(renderer("csv")(ESTATE).decode(), newline="")))
    assert len(rows) == 1 + total + unread


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_hostile_texts_are_not_obeyed(name: str) -> None:
    """No report passes on control characters, markup, formulas or commands of the judged tree."""
    data = renderer(name)(ESTATE).decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", data)
    if name in {"markdown", "html", "junit"}:
        assert "<script>alert" not in data
        assert "<img src" not in data
    if name == "markdown":
        assert "@team" not in data
        assert "](" not in data
    if name == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    if name == "github":
        assert all(
            line.startswith(("::error ", "::warning ", "::notice ", "muniment:", "4 fail"))
            for line in data.splitlines()
        )


def test_formulas_are_text() -> None:
    """A cell that a spreadsheet would calculate starts with an apostrophe."""
    failing = next(result for result in ESTATE.results if result.status is Status.FAIL)
    hostile = ESTATE._replace(
        results=(failing._replace(message="=1+1", address="@SUM(A1)"),), rulings=(Ruling("deny"),)
    )
    row = next(iter(csv.DictReader(io.StringIO(renderer("csv")(hostile).decode(), newline=""))))
    assert (row["message"], row["address"]) == ("'=1+1", "'@SUM(A1)")


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_nothing_local(name: str) -> None:
    """No report names a place of the machine that it was made on."""
    data = renderer(name)(ESTATE).decode("utf-8")
    for folder in (Path.cwd(), Path(text.__file__).parent, Path(sys.prefix)):
        assert str(folder) not in data


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_text_fits(width: int) -> None:
    """No line of text is wider than the terminal, and colour changes nothing but colour."""
    for ascii_only in (False, True):
        style = Style(width=width, ascii=ascii_only, everything=True, controls=True)
        plain = text.render(ESTATE, style).decode()
        assert max(width_of(line) for line in plain.splitlines()) <= width
        coloured = text.render(ESTATE, style._replace(colour=True, hyperlinks=True)).decode()
        assert re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", coloured) == plain


def test_many_failures_stay_readable() -> None:
    """Of thousands of failures the worst are told in full and the others counted by policy; `everything` tells all."""
    few, every = (text.render(_many(), Style(everything=everything)).decode() for everything in (False, True))
    assert len(few.splitlines()) < 700
    assert "Administration port is open to the world" in few
    assert "3954 more failures" in few
    assert "3953 x Image is not pinned by digest" in few
    assert every.count("Image is not pinned by digest") == MANY + 1


def test_markdown_can_be_posted() -> None:
    """A comment stays below the services' limit, counts what it leaves out, and has every section."""
    data = renderer("markdown")(_many())
    assert len(data) < 65_000
    assert data.count(b"\n#### ") == renderer("markdown")(ESTATE).count(b"\n#### ")
    assert re.search(r"_Not shown here: \d+ of new failures", data.decode())


def test_github_shows_the_worst() -> None:
    """Of each level ten annotations are written, the worst first, and the rest is counted."""
    lines = renderer("github")(_many()).decode().splitlines()
    assert sum(line.startswith("::warning") for line in lines) == 10
    assert "3993 more warnings: see the full report" in lines
    assert "Administration port" in next(line for line in lines if "title=critical" in line)


def test_a_fault_in_a_document_that_is_not_at_hand() -> None:
    """Text shows line and message where there is no source to quote, as for rendered manifests."""
    failing = next(result for result in ESTATE.results if result.status is Status.FAIL)
    at = Location("rendered/web.yaml", 7)
    moved = failing._replace(location=at, violations=(Violation("main", "runs as root", at, ()),))
    shown = text.render(ESTATE._replace(results=(moved,), rulings=(Ruling("deny"),))).decode()
    assert "    line 7    runs as root" in shown.splitlines()
