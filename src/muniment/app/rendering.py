"""Renders the charts and overlays of a tree with the real programs, where they are on the PATH and allowed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from muniment.app.settings import Settings, cache_folder, search_path
from muniment.model.document import Document
from muniment.sources.rendering import Rendering

_CHART: Final = "Chart.yaml"
_KUSTOMIZATIONS: Final = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})


def renderings(documents: Sequence[Document], settings: Settings) -> tuple[Rendering, ...]:
    """Every chart and overlay among the documents; one that cannot be rendered says why. Nothing runs without one."""
    names = {document.name for document in documents}
    found: tuple[Rendering, ...] = ()
    if _CHART in names:
        found += _charts(documents, settings)
    if names & _KUSTOMIZATIONS:
        found += _overlays(documents, settings)
    return found


def _charts(documents: Sequence[Document], settings: Settings) -> tuple[Rendering, ...]:
    from muniment.sources.helm import KUBERNETES, Helm

    version = str(settings.kubernetes.get("version") or KUBERNETES)
    values: Mapping[str, Sequence[str]] = settings.render.get("values") or {}
    helm = Helm(
        _program(settings, "helm", "helm"),
        scratch(),
        _seconds(settings),
        version if version.count(".") > 1 else f"{version}.0",
    )
    return helm.renderings(documents, values)


def _overlays(documents: Sequence[Document], settings: Settings) -> tuple[Rendering, ...]:
    from muniment.sources.kustomize import Kustomize

    program = _program(settings, "kustomize", "kustomize") or _program(settings, "kustomize", "kubectl")
    return Kustomize(program, scratch(), _seconds(settings)).renderings(documents)


def _program(settings: Settings, setting: str, name: str) -> str | None:
    from muniment.sources.process import find_program

    return None if settings.render.get(setting) == "off" else find_program(name, search_path())


def _seconds(settings: Settings) -> float:
    from muniment.languages.goformat.durations import parse_duration

    return parse_duration(str(settings.render.get("timeout") or "30s")) / 1e9


def scratch() -> Path:
    """The folder for private files that go away with the run."""
    folder = cache_folder() / "render"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
