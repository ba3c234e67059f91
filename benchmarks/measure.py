"""Asking contenders in turn, each in a process of its own, and taking medians.

User CPU time, because on a shared machine elapsed time measures the others too. In every round each contender
plays once, so that a slow minute slows all of them, and only ratios within one table are worth comparing.
"""

import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scipy import stats

ROOT = Path(__file__).resolve().parent.parent
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEERS = ("simpy", "ciw", "cimba")
TOO_UNLIKELY = 0.001
"""Two means that luck would set so far apart more seldom than this are of different work."""


@dataclass
class Contender:
    """Who plays: a title, the command (the seed goes before ``after``), and what it answered so far."""

    title: str
    command: Sequence[str]
    after: Sequence[str] = ()
    answers: list[dict[str, Any]] = field(default_factory=list)

    def values(self, value: str) -> list[float]:
        """One value of all answers."""
        return [float(answer[value]) for answer in self.answers]

    def median(self, value: str, per: str | None = None) -> float:
        """The median of a value, or of the value divided by another one."""
        return statistics.median(
            answer[value] / (1 if per is None else answer[per]) for answer in self.answers
        )


def ours(title: str, *arguments: object, times: int | None = None) -> Contender:
    """Watermelon, by the interpreter that runs the benchmark; ``times`` replications of a work."""
    after = () if times is None else (str(times),)
    return Contender(title, (sys.executable, "-m", "benchmarks.ours", *map(str, arguments)), after)


def peer(name: str, *arguments: object, times: int = 1) -> Contender:
    """A model by hand in another engine, by the interpreter of the benchmark's environment."""
    command = (str(PEERS_PYTHON), "-m", f"benchmarks.peers.with_{name}", *map(str, arguments))
    return Contender(peer_title(name), command, (str(times),))


def peer_title(name: str) -> str:
    """Name and version of a peer."""
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    found = subprocess.run([PEERS_PYTHON, "-c", code], capture_output=True, text=True, check=True)
    return f"{name} {found.stdout.strip()}"


def peers_there() -> list[str]:
    """The peers that could be installed."""
    if not PEERS_PYTHON.exists():
        return []
    code = f"import importlib.util as u; print(*(name for name in {PEERS!r} if u.find_spec(name)))"
    found = subprocess.run([PEERS_PYTHON, "-c", code], capture_output=True, text=True, check=True)
    return found.stdout.split()


def in_turn(
    contenders: Sequence[Contender], rounds: int, say: Callable[[str], None], seeded: bool = True
) -> None:
    """Let every contender play once a round, with the number of the round as its seed."""
    for turn in range(1, rounds + 1):
        for contender in contenders:
            say(f"round {turn} of {rounds}: {contender.title}")
            seed = [str(turn)] if seeded else []
            contender.answers.append(ask([*contender.command, *seed, *contender.after]))


def ask(command: Sequence[str]) -> dict[str, Any]:
    """Run a command that answers with a line of JSON."""
    found = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{found.stderr}")
    answer: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return answer


def by_luck(one: Contender, other: Contender) -> Mapping[str, float]:
    """How likely luck alone sets two contenders' mean hours in the system so far apart, by priority.

    Source: Welch (1947), 'The generalization of Student's problem when several different population
    variances are involved', Biometrika 34, 28-35; over the rounds.
    """
    return {
        rank: float(stats.ttest_ind(means_of(one, rank), means_of(other, rank), equal_var=False).pvalue)
        for rank in one.answers[0]["means"]
    }


def means_of(contender: Contender, rank: str) -> list[float]:
    """Mean hours in the system of a priority, one a round."""
    return [answer["means"][rank] for answer in contender.answers]


def with_error(values: Sequence[float]) -> str:
    """A mean with its standard error."""
    return f"{statistics.mean(values):.2f} ± {statistics.stdev(values) / math.sqrt(len(values)):.2f}"
