"""Seconds that a simulated year takes, measured from outside with `watermelon run`.

Two numbers of replications are timed, so that starting the program, reading the scenario and
(later) compiling are told apart from simulating. The shortest of several attempts counts: on a
shared machine everything else only adds time.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass

HOURS_PER_YEAR = 8760.0


@dataclass(frozen=True)
class Timing:
    """One scenario: fixed seconds for starting, and seconds for each simulated year."""

    scenario: str
    engine: str
    start_seconds: float
    seconds_per_year: float


def play(
    scenario: str, replications: int, until: float, engine: str | None
) -> tuple[float, dict[str, object]]:
    """Wall time of one command, and what it answered."""
    command = [sys.executable, "-m", "watermelon", "run", scenario, "-r", str(replications)]
    command += ["--until", f"{until:g}", "--jobs", "1", "--json"]
    if engine:
        command += ["--engine", engine]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command[2:])} failed:\n{done.stderr}")
    return seconds, json.loads(done.stdout)


def measure(scenario: str, few: int, many: int, until: float, engine: str | None, attempts: int) -> Timing:
    """Time a scenario with few and many replications, and split the time in start and simulation."""
    short = min(play(scenario, few, until, engine)[0] for _ in range(attempts))
    answers = [play(scenario, many, until, engine) for _ in range(attempts)]
    long = min(seconds for seconds, _ in answers)
    answer = answers[0][1]
    simulated = float(str(answer["horizon_hours"])) + float(str(answer["warmup_hours"]))
    a_replication = (long - short) / (many - few)
    return Timing(
        scenario=scenario,
        engine=str(answer["engine"]),
        start_seconds=short - few * a_replication,
        seconds_per_year=a_replication * HOURS_PER_YEAR / simulated,
    )


def main() -> None:
    """Measure and print one line for each scenario."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=["small", "baseline"])
    parser.add_argument("--until", type=float, default=HOURS_PER_YEAR, help="horizon in hours")
    parser.add_argument("--few", type=int, default=1, help="replications of the short runs")
    parser.add_argument("--many", type=int, default=3, help="replications of the long runs")
    parser.add_argument("--attempts", type=int, default=2, help="the shortest attempt counts")
    parser.add_argument("--engine", default=None, help="compiled or simpy; the default of `run` otherwise")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    chosen = parser.parse_args()
    if not 0 < chosen.few < chosen.many:
        parser.error("--many must be more than --few")

    timings = [
        measure(scenario, chosen.few, chosen.many, chosen.until, chosen.engine, chosen.attempts)
        for scenario in chosen.scenarios
    ]
    if chosen.json:
        print(json.dumps([vars(timing) for timing in timings], indent=2))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"{'scenario':<24} {'engine':<9} {'start s':>8} {'s per simulated year':>21} {'times first':>12}")
    for timing in timings:
        ratio = timing.seconds_per_year / timings[0].seconds_per_year
        print(
            f"{timing.scenario:<24} {timing.engine:<9} {timing.start_seconds:>8.2f} "
            f"{timing.seconds_per_year:>21.3f} {ratio:>12.2f}"
        )


if __name__ == "__main__":
    main()
