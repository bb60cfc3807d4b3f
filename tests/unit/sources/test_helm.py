"""Charts: how they are found, when they are not tried, and what helm makes of them."""

from pathlib import Path

import pytest

from muniment.core.ports import Reading
from muniment.languages.unknown import Unknown
from muniment.model.document import Document
from muniment.parsers.kubernetes import KubernetesParser
from muniment.sources.helm import Helm, find_charts
from muniment.sources.process import find_program
from muniment.sources.rendering import Rendering, source_lines
from tests.parsers.files import Files

_PLACES = f"{Path.home()}/.cache/muniment-peers/bin:/usr/local/bin:/usr/bin"
PROGRAM = find_program("helm", _PLACES)
needs_helm = pytest.mark.skipif(PROGRAM is None, reason="helm is not on this machine")

POD = """\
{{- range .Values.names }}
---
apiVersion: v1
kind: Pod
metadata:
  name: {{ . }}
spec:
  # checkov:skip=CKV_K8S_16:needed by the driver
  hostNetwork: {{ $.Values.open }}
  containers:
    - name: main
      image: "{{ $.Values.image }}"
{{- end }}
"""
CHART = {
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/values.yaml": "names: [a, b]\nopen: false\nimage: web:1\n",
    "web/templates/pods.yaml": POD,
    "prod.yaml": "open: true\nnames: [c]\n",
}


def _documents(files: dict[str, str]) -> tuple[Document, ...]:
    return tuple(Document(path, text.encode()) for path, text in files.items())


def _judged(rendering: Rendering) -> Reading:
    parser = KubernetesParser()
    readings = [
        parser.resources(unit._replace(root=rendering.root), Files()) for unit in parser.units(rendering.documents, ())
    ]
    return Reading(
        tuple(one for reading in readings for one in reading.resources),
        tuple(one for reading in readings for one in reading.unread),
        tuple(one for reading in readings for one in reading.candidates),
    )


def test_subcharts_belong_to_their_chart() -> None:
    """A chart below another one's `charts` is part of it; one elsewhere in its folder stands for itself."""
    files = dict.fromkeys(("a/Chart.yaml", "a/charts/b/Chart.yaml", "a/examples/c/Chart.yaml", "d/x.yaml"), "name: x")
    found = find_charts(_documents(files))
    assert [(chart.folder, len(chart.documents)) for chart in found] == [("a", 2), ("a/examples/c", 1)]


@pytest.mark.parametrize(
    ("files", "reason", "word"),
    [
        (CHART, "missing-renderer", "helm template web"),
        ({"web/Chart.yaml": "name: [\n"}, "syntax-error", ""),
        (
            {"web/Chart.yaml": "name: web\ndependencies: [{name: redis}]\n"},
            "renderer-failed",
            "helm dependency build web",
        ),
        (
            {"web/Chart.yaml": "name: web\n", "web/requirements.yaml": "dependencies: [{name: redis}]\n"},
            "renderer-failed",
            "helm dependency build web",
        ),
    ],
)
def test_a_chart_that_cannot_be_rendered_has_a_stand_in(
    files: dict[str, str], reason: str, word: str, tmp_path: Path
) -> None:
    """Without helm, a dependency or a readable Chart.yaml there is one resource of which nothing is known."""
    (rendering,) = Helm(None, tmp_path).renderings(_documents(files))
    assert [(lost.reason, lost.location.path) for lost in rendering.unread] == [(reason, "web/Chart.yaml")]
    assert word in rendering.unread[0].hint
    assert rendering.stand_in is not None
    assert (rendering.stand_in.kind, rendering.stand_in.root) == ("HelmChart", rendering.root)
    assert "web/templates/pods.yaml" not in files or "web/templates/pods.yaml" in rendering.consumed


def test_library_charts_are_support(tmp_path: Path) -> None:
    """A library chart is read for others and is nothing to render."""
    files = {"lib/Chart.yaml": "name: lib\ntype: library\n", "lib/templates/_x.tpl": ""}
    (rendering,) = Helm(None, tmp_path).renderings(_documents(files))
    assert (rendering.unread, rendering.stand_in, len(rendering.consumed)) == ((), None, 2)


def test_custom_resource_definitions_of_an_unrendered_chart_are_judged_as_they_lie_there(tmp_path: Path) -> None:
    """They are no templates, so they are left to the parser where nothing else shows them."""
    files = {**CHART, "web/crds/x.yaml": "kind: CustomResourceDefinition\n"}
    (rendering,) = Helm(None, tmp_path).renderings(_documents(files))
    assert "web/crds/x.yaml" not in rendering.consumed


@needs_helm
def test_rendered_objects_know_their_templates(tmp_path: Path) -> None:
    """Objects stand in their template's lines, requests in templates cover them, and no file is left behind."""
    (rendering,) = Helm(PROGRAM, tmp_path).renderings(_documents(CHART))
    reading = _judged(rendering)
    assert rendering.root == "web@web"
    assert rendering.version.startswith("helm v")
    assert [one.address for one in reading.resources] == ["Pod/default/a", "Pod/default/b"]
    for one in reading.resources:
        spec = one.attributes["spec"]
        places = [one.positions.locate(spec, key) for key in ("hostNetwork", "containers")]
        assert [(place.path, place.line, place.exact) for place in places if place] == [
            ("web/templates/pods.yaml", 9, False),
            ("web/templates/pods.yaml", 10, True),
        ]
    assert [(one.ids, one.addresses) for one in reading.candidates] == [
        (("CKV_K8S_16",), ("Pod/default/a",)),
        (("CKV_K8S_16",), ("Pod/default/b",)),
    ]
    assert list(tmp_path.iterdir()) == []


@needs_helm
def test_variants_have_roots_of_their_own(tmp_path: Path) -> None:
    """A set of value files is judged beside the default one."""
    helm = Helm(PROGRAM, tmp_path)
    found = helm.renderings(_documents(CHART), {"web@prod": ["prod.yaml"]})
    assert [rendering.root for rendering in found] == ["web@web", "web@prod"]
    assert [one.attributes["spec"]["hostNetwork"] for one in _judged(found[1]).resources] == [True]
    missing = helm.renderings(_documents(CHART), {"web@prod": ["nowhere.yaml"]})[1]
    assert [lost.reason for lost in missing.unread] == ["renderer-failed"]


@needs_helm
@pytest.mark.parametrize("template", ["{{ fail `no` }}", "{{- if false }}x{{ end }}", "{{ .Values.a.b.c }}"])
def test_a_chart_that_gives_nothing_is_unread(template: str, tmp_path: Path) -> None:
    """A failing chart and an empty one are named, without the place where they were tried."""
    (rendering,) = Helm(PROGRAM, tmp_path).renderings(_documents({**CHART, "web/templates/pods.yaml": template}))
    assert [lost.reason for lost in rendering.unread] == ["renderer-failed"]
    assert str(tmp_path) not in rendering.unread[0].message
    assert rendering.stand_in is not None


@needs_helm
def test_what_is_different_each_time_is_unknown(tmp_path: Path) -> None:
    """A random value is no value to judge, and those around it are."""
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  p: {{ randAlphaNum 16 }}\n  q: fixed\n"
    (rendering,) = Helm(PROGRAM, tmp_path).renderings(_documents({**CHART, "web/templates/pods.yaml": text}))
    (found,) = _judged(rendering).resources
    assert isinstance(found.attributes["stringData"]["p"], Unknown)
    assert found.attributes["stringData"]["q"] == "fixed"


@needs_helm
def test_endless_templates_are_ended(tmp_path: Path) -> None:
    """A chart that takes too long is `renderer-timeout`, and the renderer is gone."""
    template = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"
    helm = Helm(PROGRAM, tmp_path, seconds=0.5)
    (rendering,) = helm.renderings(_documents({**CHART, "web/templates/pods.yaml": template}))
    assert [lost.reason for lost in rendering.unread] == ["renderer-timeout"]


def test_lines_are_found_by_text_then_by_key() -> None:
    """A line that stands in the template once is exact; another one is found by its key; the rest stays above."""
    template = ["a: 1", "b: {{ .Values.b }}", "c:", "  - x: {{ . }}", "c2: y"]
    found = source_lines(["a: 1", "b: 7", "c:", "  - x: 1", "  - x: 2", "other"], template, "t")
    assert [(origin.line, origin.exact) for origin in found] == [
        *((1, True), (2, False), (3, True), (4, False), (4, False), (4, False)),
    ]
