"""Loads a folder of YAML files with our loader, places included, and with PyYAML's CSafeLoader, which has none.

    python benchmarks/yaml_documents.py [FOLDER...]

Prints how many times as fast ours is. Times are CPU time of the process, the best of several rounds taken in turn.
"""

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from muniment.languages.yaml import load

ROUNDS = 7
FLOOR, GOAL = 1.3, 1.9
MATERIAL = Path(__file__).resolve().parents[2] / "shared"
FOLDERS = (MATERIAL / "conformance/gatekeeper-library", MATERIAL / "corpus/kubernetes-examples")


def main() -> None:
    """Measures each folder."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    for folder in arguments.parse_args().folders:
        texts = readable(folder)
        if texts:
            report(folder.name, texts)
            report(f"{folder.name} as one file", [b"\n---\n".join(texts)])
        else:
            print(f"{folder} has no YAML files")


def readable(folder: Path) -> list[bytes]:
    """The texts that both can read."""
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.y*ml"))]
    return [text for text in texts if b"{{" not in text and reads(text)]


def reads(text: bytes) -> bool:
    """Whether the peer reads it."""
    try:
        theirs([text])
    except (yaml.YAMLError, ValueError):
        return False
    return True


def theirs(texts: list[bytes]) -> list[object]:
    """All values, as the peer gives them."""
    return [list(yaml.load_all(text, Loader=yaml.CSafeLoader)) for text in texts]


def report(name: str, texts: list[bytes]) -> None:
    """Prints the ratio; both keep what they loaded until the round ends."""
    rounds = [(seconds(lambda: [load(text) for text in texts]), seconds(lambda: theirs(texts))) for _ in range(ROUNDS)]
    ours, peer = (min(times) for times in zip(*rounds, strict=True))
    size = sum(map(len, texts)) / 1e6
    print(
        f"{name}: {len(texts)} files, {size:.2f} MB: ours {size / ours:.1f} MB/s, CSafeLoader {size / peer:.1f} MB/s: "
        f"ratio {peer / ours:.2f} (floor {FLOOR}, goal {GOAL})"
    )


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one round."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
