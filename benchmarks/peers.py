"""Says which real tools are on this machine for tests and benchmarks, and how to get the others."""

import os
import shutil
from pathlib import Path

CACHE = Path.home() / ".cache/muniment-peers"
HOW = {
    "checkov": "python3 -m venv {cache}/venvs/checkov && {cache}/venvs/checkov/bin/pip install checkov==3.3.30",
    "trivy": "a release from github.com/aquasecurity/trivy, on the PATH or in {cache}/bin",
    "helm": "a release from github.com/helm/helm, on the PATH or in {cache}/bin",
    "kubectl": "a release of kubectl, on the PATH or in {cache}/bin",
}


def find(name: str) -> str | None:
    """Path of a peer: MUNIMENT_<NAME>, then the cache, then the PATH."""
    named = os.environ.get(f"MUNIMENT_{name.upper()}")  # noqa: TID251  benchmarks have no settings module
    places = (named, str(CACHE / "bin" / name), str(CACHE / "venvs" / name / "bin" / name))
    return next((place for place in places if place and Path(place).is_file()), shutil.which(name))


def main() -> None:
    """Prints one line a tool."""
    for name, how in HOW.items():
        print(f"{name:<10}{find(name) or 'absent: ' + how.format(cache=CACHE)}")


if __name__ == "__main__":
    main()
