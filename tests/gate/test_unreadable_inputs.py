"""What cannot be rendered or read in full ends the run as incomplete, with the reason and a remedy."""

from pathlib import Path

import pytest

from tests.gate.running import PRIVILEGED, Files, check, program

CHART: Files = {"chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n", "chart/templates/p.yaml": PRIVILEGED}
OVERLAY: Files = {"base/p.yaml": PRIVILEGED, "base/kustomization.yaml": "resources: [p.yaml]\n"}


def test_row_10_too_large(tmp_path: Path) -> None:
    """A file above the limit is named, with its size."""
    ended = check(tmp_path, files={"a.yaml": PRIVILEGED.encode() + b"#" * (21 * 1024 * 1024)})
    assert ended.reasons() == {("a.yaml", "too-large")}
    assert ended.code == 5


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "apiVersion: v1\nkind: Pod\n",
        "apiVersion: v1\nkind: Pod\nspec: " + "[" * 20_000,
        "apiVersion: v1\nkind: Pod\nspec:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 3000)),
    ],
    ids=["aliases", "brackets", "indents"],
)
def test_row_10_too_dear(tmp_path: Path, text: str) -> None:
    """A file that would take for ever is refused by a budget, not waited for."""
    ended = check(tmp_path, files={"a.yaml": text})
    assert {path for path, _ in ended.reasons()} == {"a.yaml"}
    assert ended.code == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("resources: [p.yaml, https://example.com/base.yaml]\n", "remote-base"),
        ("resources: [p.yaml]\nhelmCharts: [{name: c, repo: https://example.com}]\n", "remote-base"),
        ("resources: [p.yaml]\n", "renderer-failed"),
    ],
    ids=["remote base", "helmCharts", "build fails"],
)
def test_row_11_kustomization(tmp_path: Path, text: str, reason: str) -> None:
    """An overlay that cannot be built is unread, and its files are not judged as if they were the result."""
    path = program(tmp_path / "bin", "kustomize", "echo 'no such patch' >&2; exit 1")
    place = tmp_path / "tree"
    place.mkdir()
    ended = check(place, files={**OVERLAY, "base/kustomization.yaml": text}, path=path)
    assert ended.reasons() == {("base/kustomization.yaml", reason)}
    assert ended.code == 5


def test_row_12_dependency_not_vendored(tmp_path: Path) -> None:
    """A chart that lacks a chart it needs is unread, even where helm would shrug."""
    path = program(tmp_path / "bin", "helm", "exit 0")
    place = tmp_path / "tree"
    place.mkdir()
    needs = "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: redis, version: 1.0.0}]\n"
    ended = check(place, files={**CHART, "chart/Chart.yaml": needs}, path=path)
    assert ended.reasons() == {("chart/Chart.yaml", "renderer-failed")}
    assert "redis" in ended.report["unread"][0]["message"]
    assert ended.code == 5


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'values are wrong' >&2; exit 1", "values are wrong"),
        ("exit 0", "no manifests"),
        ("echo 'WARNING: this chart is deprecated'", "comes from no template"),
        ("while true; do echo 'apiVersion: v1'; done", "bytes"),
    ],
    ids=["non-zero", "nothing", "warning on stdout", "endless"],
)
def test_row_45_renderer_that_does_not_do_its_work(tmp_path: Path, script: str, said: str) -> None:
    """A renderer that fails, is silent or talks in place of manifests gave nothing to judge."""
    path = program(tmp_path / "bin", "helm", f'case "$1" in version) echo v3.18.0;; *) {script};; esac')
    place = tmp_path / "tree"
    place.mkdir()
    ended = check(place, files=CHART, path=path)
    assert ended.reasons() == {("chart/Chart.yaml", "renderer-failed")}
    assert said in ended.report["unread"][0]["message"]
    assert ended.code == 5


@pytest.mark.parametrize(
    "script", ["exit 0", "echo 'Warning: deprecated field'", "echo 'Warning: x'; echo '---'; echo 'kind: Pod'"]
)
def test_row_45_kustomize_that_does_not_do_its_work(tmp_path: Path, script: str) -> None:
    """An empty build, or one with other words in it, is unread."""
    path = program(tmp_path / "bin", "kustomize", script)
    place = tmp_path / "tree"
    place.mkdir()
    ended = check(place, files=OVERLAY, path=path)
    assert ended.reasons()
    assert ended.code == 5
