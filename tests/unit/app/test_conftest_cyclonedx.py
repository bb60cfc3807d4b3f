"""A bill of CycloneDX says the same in XML and in JSON."""

from pathlib import Path
from typing import Any

import pytest

from muniment.app.conftest.formats import read_documents
from muniment.errors import InputError
from tests.unit.app.conftest_peer import needs_conftest, parsed

HEAD = '<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:b0" version="2">'
PARTS = (
    """<metadata><timestamp>2021-11-26T07:47:14Z</timestamp>
      <tools><tool><vendor>v</vendor><name>t</name><hashes><hash alg="MD5">aa</hash></hashes></tool></tools>
      <authors><author><name>me</name><email>a@b</email></author></authors>
      <component type="container" bom-ref="r0"><name>x</name><version>1</version></component>
      <supplier><name>s</name><url>http://s</url><url>http://t</url><contact><name>c</name></contact></supplier>
      <licenses><license><id>MIT</id></license></licenses>
    </metadata>""",
    """<components><component type="library" bom-ref="r1" mime-type="a/b">
        <supplier><name>s</name></supplier><author>au</author><group>g</group><name>n</name><version>1.0</version>
        <hashes><hash alg="SHA-1">ab</hash><hash alg="MD5">cd</hash></hashes>
        <licenses><license><id>MIT</id><text content-type="text/plain">tt</text></license></licenses>
        <purl>pkg:a/b@1</purl><modified>false</modified>
        <externalReferences><reference type="vcs"><url>http://v</url></reference></externalReferences>
        <properties><property name="a">b</property><property name="c">d</property></properties>
        <components><component type="file"><name>sub</name><components/></component></components>
      </component>
      <component type="library"><name>e</name><licenses><expression>MIT OR GPL</expression></licenses></component>
    </components>""",
    """<services><service bom-ref="s1"><name>svc</name><endpoints><endpoint>http://e</endpoint></endpoints>
      <authenticated>true</authenticated></service></services>""",
    '<dependencies><dependency ref="r1"><dependency ref="r2"/></dependency><dependency ref="r2"/></dependencies>',
    """<compositions><composition><aggregate>complete</aggregate><assemblies><assembly ref="r1"/></assemblies>
      </composition></compositions>""",
    """<vulnerabilities><vulnerability><id>CVE-1</id><source><name>NVD</name></source>
      <ratings><rating><score>9.8</score><severity>critical</severity></rating></ratings><cwes><cwe>79</cwe></cwes>
      <affects><target><ref>r1</ref></target></affects></vulnerability></vulnerabilities>""",
)


def bill(*parts: str) -> dict[str, Any]:
    """What policies see of a bill of these parts."""
    found: dict[str, Any] = read_documents("cyclonedx", f"{HEAD}{''.join(parts)}</bom>")[0]
    return found


def test_a_bill_has_its_form_in_json() -> None:
    """Lists, attributes and texts stand where they do in JSON."""
    found = bill(PARTS[1], PARTS[3])
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.5", 2)
    assert found["components"][0]["hashes"] == [{"alg": "SHA-1", "content": "ab"}, {"alg": "MD5", "content": "cd"}]
    assert found["components"][1]["licenses"] == [{"expression": "MIT OR GPL"}]
    assert found["dependencies"] == [{"ref": "r1", "dependsOn": ["r2"]}, {"ref": "r2"}]


@needs_conftest
def test_a_bill_is_that_of_conftest(tmp_path: Path) -> None:
    """Whatever part a bill has, policies see of it what they see under Conftest."""
    shown = parsed(tmp_path, "cyclonedx", [f"{HEAD}{part}</bom>" for part in PARTS])
    for part, wanted in zip(PARTS, shown, strict=True):
        assert {**bill(part), "bomFormat": "", "specVersion": wanted["specVersion"]} == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<bom/>", "no bill of CycloneDX"),
        ('<x xmlns="http://cyclonedx.org/schema/bom/1.5"/>', "no bill of CycloneDX"),
        (f"{HEAD}<formulation><formula/></formulation></bom>", "formulation of CycloneDX's XML is not read here"),
        (f"{HEAD}<components><other/></components></bom>", "convert the bill to JSON"),
        (f"{HEAD}<metadata/><metadata/></bom>", "a second metadata"),
        (HEAD, "is no XML"),
        (f"{HEAD}{'<components><component>' * 200}", "nested deeper"),
        (HEAD.replace('"2"', '"x"') + "</bom>", "no whole number"),
    ],
)
def test_what_has_no_known_form_is_refused(text: str, why: str) -> None:
    """A part that would stand somewhere else than in JSON is an error that says what to do."""
    with pytest.raises(InputError, match=why):
        read_documents("cyclonedx", text)
