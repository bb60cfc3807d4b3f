"""What a command costs as a whole process: CPU of it and its children, and peak memory."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_MEASURE = (
    "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=-3,stderr=-3);"
    "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss)"
)


class Cost(NamedTuple):
    """CPU seconds, user and system, and peak memory in MB."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s, {self.memory:.0f} MB"


def measure(words: Sequence[str]) -> Cost:
    """One run of a command, output thrown away."""
    done = subprocess.run([sys.executable, "-c", _MEASURE, *words], capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return Cost(float(seconds), float(memory) / 1024)


def cheapest(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """The cheapest run of each command; they take turns, so that a busy minute is everybody's."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, words in commands.items():
            runs[name].append(measure(words))
    return {name: min(costs) for name, costs in runs.items()}
