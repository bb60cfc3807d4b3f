"""Judge the example estate as a pipeline would, and show where to look next: `demo.py PATH-TO-MUNIMENT`.

Only the standard library is used here; everything shown comes from the real command.
"""

import subprocess
import sys
from pathlib import Path

ESTATE = Path(__file__).resolve().parent / "estate"
OUT = ESTATE.parents[1] / "out"
DENIED = 1
"""The exit code of `muniment check` for a change that the gate does not let through."""


def main() -> int:
    """Run the demo; 0 when every command ended as it should: the estate is meant to be denied.

    Raises:
        IndexError: the program's path is not given.
    """
    muniment = Path(sys.argv[1]).resolve()
    OUT.mkdir(exist_ok=True)
    report, sarif = OUT / "report.html", OUT / "report.sarif"
    outputs = ["-o", "text", "-o", f"html={report}", "-o", f"sarif={sarif}"]
    checked = _run(muniment, "check", ".", "--base", ".", "--controls", *outputs)
    covered = _run(muniment, "framework", "coverage")
    explained = _run(muniment, "explain", "deploy/reports.yaml:22")
    if (checked, covered, explained) != (DENIED, 0, 0):
        print(f"\nThe demo did not end as it should: check {checked}, coverage {covered}, explain {explained}.")
        return 1
    shown = OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT
    print(
        f"""
The estate was denied on purpose: a gate that never says no shows nothing.

  look      open {shown / "report.html"} in a browser; it is one file and loads nothing
  verify    {shown / "report.sarif"} names the digests of the inputs and of the policies:
            run the demo again and compare, the same inputs give the same bytes in both reports.
            Reports are not signed yet, so this shows that a result can be repeated, not who made it.
  go on     cd examples/estate && {muniment} explain CKV_K8S_16
            {muniment} check YOUR-FOLDER
"""
    )
    return 0


def _run(muniment: Path, *words: str) -> int:
    """Run one command in the estate with its output shown; its exit code."""
    print(f"\n$ muniment {' '.join(words)}\n", flush=True)
    return subprocess.run([muniment, *words], cwd=ESTATE, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
