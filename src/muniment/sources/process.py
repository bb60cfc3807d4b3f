"""Runs a renderer on files of the scanned tree: in a folder of its own, with a bare environment, time and output."""

import os
import re
import signal
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from muniment.errors import InputError
from muniment.model.document import Document

if TYPE_CHECKING:
    from subprocess import Popen
    from threading import Event, Timer

OUTPUT: Final = 64 * 1024 * 1024
"""Bytes of one program's output."""
_COMPLAINT: Final = 64 * 1024
_LOG_HEAD: Final = re.compile(r"^[EWIF]\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ \S+\] ")
"""Time and process id in front of a line: they differ from run to run."""
_NOWHERE: Final = "http://127.0.0.1:9"
"""Where a program finds nothing when it tries to use the network."""


class Done(NamedTuple):
    """How a program ended. `problem` is `renderer-failed` or `renderer-timeout`, empty where it did its work."""

    output: bytes
    problem: str = ""
    message: str = ""


def find_program(name: str, search_path: str) -> str | None:
    """A program in the folders of a PATH; relative folders are passed over, for they could lie in the scanned tree."""
    for folder in search_path.split(os.pathsep):
        path = os.path.join(folder, name)  # noqa: PTH118  text in, text out
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113, PTH117
            return path
    return None


class Workspace:
    """A private folder below `scratch` that exists inside a `with` block, with a home beside the written documents."""

    __slots__ = ("_folder", "tree")

    def __init__(self, scratch: Path) -> None:
        self._folder = scratch / f"render-{os.getpid()}-{os.urandom(8).hex()}"
        self.tree = self._folder / "tree"

    def __enter__(self) -> Self:
        self.tree.mkdir(parents=True, mode=0o700)
        (self._folder / "home").mkdir(mode=0o700)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for folder, folders, files in os.walk(self._folder, topdown=False):
            for name in files:
                Path(folder, name).unlink()
            for name in folders:
                inner = Path(folder, name)
                if inner.is_symlink():
                    inner.unlink()
                else:
                    inner.rmdir()
        self._folder.rmdir()

    def write(self, documents: Iterable[Document]) -> None:
        """Puts documents under the tree, at their paths. One that cannot be read stays away: the program misses it."""
        for document in documents:
            if ".." in document.path.split("/") or document.path.startswith("/"):
                continue
            try:
                data = document.data
            except InputError:
                continue
            path = self.tree / document.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def run(self, command: Sequence[str], *, seconds: float, environment: Mapping[str, str] | None = None) -> Done:
        """Runs a program in the tree. Paths of this folder are taken out of what it says."""
        import subprocess  # noqa: PLC0415  only renderers need it
        from threading import Event, Timer  # noqa: PLC0415  same

        expired = Event()
        with (self._folder / "errors").open("w+b") as errors:
            try:
                process = subprocess.Popen(  # noqa: S603  a program that the person's PATH names, without a shell
                    command,
                    cwd=self.tree,
                    env={**_environment(str(self._folder / "home")), **(environment or {})},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    start_new_session=True,
                )
            except OSError as error:
                return Done(b"", "renderer-failed", error.strerror or "cannot be started")
            output = _output(process, Timer(seconds, _expire, (process.pid, expired)))
            errors.seek(0)
            said = self._said(errors.read(_COMPLAINT))
        if expired.is_set():
            return Done(b"", "renderer-timeout", f"took longer than {seconds:g} s")
        if len(output) > OUTPUT:
            return Done(b"", "renderer-failed", f"wrote more than {OUTPUT} bytes")
        if process.returncode:
            return Done(output, "renderer-failed", said or f"ended with {process.returncode}")
        return Done(output)

    def _said(self, errors: bytes) -> str:
        """The last lines of what a program complained about, without the place of this folder."""
        text = errors.decode("utf-8", "replace").replace(f"{self.tree}/", "").replace(str(self.tree), ".")
        lines = [_LOG_HEAD.sub("", line.strip()) for line in text.splitlines() if line.strip()]
        return " ".join(lines[-3:])[:600]


def _output(process: "Popen[bytes]", timer: "Timer") -> bytes:
    """What a program writes until it ends or the timer does that. It does not outlive a person's interruption."""
    timer.daemon = True
    try:
        timer.start()
        with process:
            output = process.stdout.read(OUTPUT + 1) if process.stdout else b""
            if len(output) > OUTPUT:
                _end(process.pid)
    except BaseException:
        _end(process.pid)
        raise
    finally:
        timer.cancel()
    return output


def _expire(group: int, expired: "Event") -> None:
    expired.set()
    _end(group)


def _end(group: int) -> None:
    """Ends a program with everything that it started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(home: str) -> dict[str, str]:
    """Nothing of the person's own environment: no credentials, no plug-ins, no cluster, no network, no git."""
    return {
        "HOME": home,
        "TMPDIR": home,
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_DATA_HOME": f"{home}/data",
        "KUBECONFIG": f"{home}/none",
        "PATH": f"{home}/bin",
        "LC_ALL": "C",
        "TZ": "UTC",
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "ALL_PROXY": _NOWHERE,
    }
