"""Adds one step to the package build: the compiled index of the library goes into the wheel."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent


class BuildWithIndex(build_py):
    """Copies the package, then writes `muniment/index/library.bin` into the copy."""

    def run(self) -> None:
        """Builds; fails if a policy of the library does not load or compile."""
        super().run()
        sys.path.insert(0, str(HERE / "src"))
        from muniment.app.plan import compile_all  # noqa: PLC0415  the package is importable only here
        from muniment.content.index import dump_index  # noqa: PLC0415
        from muniment.content.library import load_library  # noqa: PLC0415

        library = load_library(HERE / "src" / "muniment" / "library", name="library")
        compile_all(library.policies)
        target = Path(self.build_lib) / "muniment" / "index" / "library.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(dump_index(library))


setup(cmdclass={"build_py": BuildWithIndex})
