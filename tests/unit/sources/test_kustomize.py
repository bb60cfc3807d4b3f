"""Overlays: which kustomizations are roots, what is remote, and where the lines of a build come from."""

from pathlib import Path

import pytest

from muniment.model.document import Document
from muniment.parsers.kubernetes import KubernetesParser
from muniment.sources.kustomize import Kustomize, find_kustomizations, roots
from muniment.sources.process import find_program
from tests.parsers.files import Files

PROGRAM = find_program("kubectl", "/usr/local/bin:/usr/bin") or find_program("kustomize", "/usr/local/bin:/usr/bin")
needs_kustomize = pytest.mark.skipif(PROGRAM is None, reason="neither kubectl nor kustomize is on this machine")

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  hostNetwork: true
  containers:
    - name: main
      image: web:1
"""
TREE = {
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml": POD,
    "dev/kustomization.yaml": "resources: [../base]\nnamePrefix: dev-\n",
    "live/kustomization.yaml": "resources: [../base]\nnamespace: live\npatches: [{path: safe.yaml}]\n",
    "live/safe.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: false\n",
    "other/plain.yaml": POD,
}


def _documents(files: dict[str, str]) -> tuple[Document, ...]:
    return tuple(Document(path, text.encode()) for path, text in files.items())


def _roots(files: dict[str, str]) -> list[str]:
    return roots(find_kustomizations(_documents(files)))


def test_roots_are_what_nothing_builds_on() -> None:
    """Bases and components are support; of kustomizations that build on each other one is a root."""
    assert _roots(TREE) == ["dev", "live"]
    assert _roots({**TREE, "part/kustomization.yaml": "kind: Component\n"}) == ["dev", "live"]
    assert _roots({"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}) == [
        "a"
    ]
    assert _roots({"kustomization.yml": "resources: [x]\n", "x/Kustomization": "resources: []\n"}) == [""]


@pytest.mark.parametrize(
    "text",
    [
        "resources:\n- https://example.com/x.yaml\n",
        "resources:\n- github.com/org/repo//deploy?ref=v1\n",
        "resources:\n- git@example.com:org/repo.git\n",
        "bases:\n- ssh://git@example.com/x\n",
        "components:\n- example.com/org/repo//part\n",
        "helmCharts:\n- {name: redis, repo: https://charts.example}\n",
        "resources: []\nhelmChartInflationGenerator:\n- {chartName: x}\n",
        "resources: []\ntransformers:\n- https://example.com/t.yaml\n",
    ],
)
def test_what_the_network_would_bring_is_never_tried(text: str, tmp_path: Path) -> None:
    """A remote entry, anywhere below an overlay, is `remote-base` with its place, and nothing is run."""
    files = {"over/kustomization.yaml": "resources: [../far]\n", "far/kustomization.yaml": text}
    (rendering,) = Kustomize("/nonexistent/kustomize", tmp_path).renderings(_documents(files))
    assert [(lost.reason, lost.location.path) for lost in rendering.unread] == [
        ("remote-base", "far/kustomization.yaml")
    ]
    assert rendering.stand_in is not None
    assert (rendering.stand_in.kind, rendering.stand_in.root) == ("Kustomization", "over")


def test_without_a_program_every_overlay_is_unread(tmp_path: Path) -> None:
    """The hint says what to do, and the files that an overlay would change are not judged as they lie there."""
    found = Kustomize(None, tmp_path).renderings(_documents(TREE))
    assert [(rendering.root, rendering.unread[0].reason) for rendering in found] == [
        ("dev", "missing-renderer"),
        ("live", "missing-renderer"),
    ]
    assert "kubectl kustomize live" in found[1].unread[0].hint
    assert found[1].consumed == {
        "base/kustomization.yaml",
        "base/pod.yaml",
        "live/kustomization.yaml",
        "live/safe.yaml",
    }


@needs_kustomize
def test_built_objects_know_their_inputs(tmp_path: Path) -> None:
    """A value that a patch sets stands in the patch, others in the base; a prefix hides no name; nothing is left."""
    dev, live = Kustomize(PROGRAM, tmp_path).renderings(_documents(TREE))
    parser = KubernetesParser()
    for rendering, address, path, line in (
        (dev, "Pod/default/dev-a", "base/pod.yaml", 6),
        (live, "Pod/live/a", "live/safe.yaml", 6),
    ):
        (unit,) = parser.units(rendering.documents, ())
        (pod,) = parser.resources(unit._replace(root=rendering.root), Files()).resources
        spec = pod.attributes["spec"]
        network, image = pod.positions.locate(spec, "hostNetwork"), pod.positions.locate(spec["containers"][0], "image")
        assert pod.address == address
        assert pod.location.path == "base/pod.yaml"
        assert network is not None
        assert (network.path, network.line, network.exact) == (path, line, False)
        assert image is not None
        assert (image.path, image.line) == ("base/pod.yaml", 9)
    assert live.version.startswith("kustomize v")
    assert list(tmp_path.iterdir()) == []


@needs_kustomize
def test_generated_objects_stand_in_the_kustomization(tmp_path: Path) -> None:
    """What no input explains comes from the file that asks for it."""
    files = {"kustomization.yaml": "configMapGenerator: [{name: c, literals: [a=b]}]\n"}
    (rendering,) = Kustomize(PROGRAM, tmp_path).renderings(_documents(files))
    assert (rendering.root, [document.path for document in rendering.documents]) == (".", ["kustomization.yaml"])


@needs_kustomize
def test_a_failing_build_is_unread_and_says_the_same_every_time(tmp_path: Path) -> None:
    """The message has no time, no process id and no private folder."""
    documents = _documents({"a/kustomization.yaml": "resources: [gone.yaml]\n"})
    first, again = (Kustomize(PROGRAM, tmp_path).renderings(documents)[0] for _ in range(2))
    assert [lost.reason for lost in first.unread] == ["renderer-failed"]
    assert first.unread == again.unread
    assert str(tmp_path) not in first.unread[0].message
