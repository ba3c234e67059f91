"""The parts of the benchmark: each asks its contenders in turn and returns its section of the page."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.measure import (
    TOO_UNLIKELY,
    Contender,
    by_luck,
    in_turn,
    means_of,
    ours,
    peer,
    peers_there,
    with_error,
)

Say = Callable[[str], None]
Rows = Sequence[Sequence[str]]
HOURS_A_YEAR = 8760
TIMES = 20
"""Replications of a work that the fast engines play one after the other in a process."""


@dataclass(frozen=True)
class Size:
    """How much is played: ``share`` of the full size, in so many rounds."""

    share: float
    rounds: int

    def hours(self, full: float) -> int:
        """Simulated hours."""
        return round(full * self.share)

    def number(self, full: int) -> int:
        """Replications."""
        return max(2, round(full * self.share))


def table(head: Sequence[str], rows: Rows) -> str:
    """A table in Markdown, numbers to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def engines(size: Size, say: Say) -> str:
    """Both engines on the shipped organisations."""
    weeks = size.hours(8 * 168)
    rows = []
    for scenario in ("small", "baseline"):
        simpy = ours("SimPy engine", "year", "simpy", scenario, weeks)
        same = ours("compiled engine, the same weeks", "year", "compiled", scenario, weeks)
        whole = ours("compiled engine, whole period", "year", "compiled", scenario, "whole")
        full = ours("compiled engine, whole period, all outcomes", "year", "compiled", scenario, "whole")
        contenders = [simpy, same, whole, full]
        for contender in contenders:
            contender.after = ["yes" if contender is full else "no"]
        in_turn(contenders, size.rounds, say)
        slowest = simpy.median("seconds", per="years")
        for contender in contenders:
            year = contender.median("seconds", per="years")
            event = contender.median("seconds", per="rows") * 1e9
            rows.append([scenario, contender.title, f"{year:.3f}", f"{slowest / year:.1f}", f"{event:,.0f}"])
    head = ["organisation", "engine", "CPU s a year", "times the SimPy engine", "ns a row of the history"]
    return f"""## Both engines on the shipped organisations

The SimPy engine plays {weeks / 168:g} weeks after one of warm-up, and its seconds a year are extrapolated
from that; the compiled one plays the same weeks, and the whole period with the whole warm-up. A row of the
history is a ticket, an activity, a spell of an impairment, or a stretch of a seat's time.

{table(head, rows)}"""


def works(size: Size, say: Say) -> str:
    """Work A and Work B beside models by hand in other engines."""
    sections = []
    for name, few, many in (("a", 11_112, 33_336), ("b", 40_000, 170_000)):
        slow, fast = size.hours(few), size.hours(many)
        contenders = [
            ours("Watermelon, record of every case", "work", "cases", name, fast, times=TIMES),
            ours("Watermelon, whole history", "work", "whole", name, fast, times=TIMES),
            ours("Watermelon, all outcomes", "work", "all", name, fast, times=TIMES),
            *(
                peer(other, name, fast, times=TIMES) if other == "cimba" else peer(other, name, slow)
                for other in peers_there()
            ),
        ]
        in_turn(contenders, size.rounds, say)
        check_parity(name, contenders)
        sections.append(works_table(name, contenders))
    return f"""## Against models by hand in other engines

Work A is M/M/10 at 90%. Work B has three tiers of 20, 10 and 5 people, four priorities, lognormal work,
and escalation with probability 0.3 twice. Ours are scenario files (`benchmarks/scenarios/`), played by
the product as it is; reading the file is not timed. The first row is how calibration plays: it keeps a
record of every case, which is more than the others do. The second one keeps every step of theirs and
every seat's time besides, and the third one reckons all outcomes from that, as `run` and `compare` do.
Watermelon and cimba play {TIMES} replications one after the other, as a comparison does, because one
takes too short to be timed. The others are by hand (`benchmarks/peers/`): SimPy and Ciw as their
documentation writes such models, cimba in its fastest form. An event is an arrival or the end of a piece
of work. Before any time is looked at, the mean hours in the system by priority have to agree with ours:
luck would set them so far apart at least once in {1 / TOO_UNLIKELY:,.0f} times. They stand beside the
times with their standard errors over the rounds.

{chr(10).join(sections)}"""


def check_parity(name: str, contenders: Sequence[Contender]) -> None:
    """End with a message if contenders did not do the same work."""
    first, *others = contenders
    for other in others:
        far = [rank for rank, chance in by_luck(first, other).items() if chance < TOO_UNLIKELY]
        if far:
            sys.exit(
                f"work {name}: {other.title} and {first.title} differ in the mean hours of priority"
                f" {', '.join(far)}, so that they have not done the same work; no time is reported"
            )


def works_table(name: str, contenders: Sequence[Contender]) -> str:
    """Times, ratios and the means that show that the work was the same."""
    by_hand = next((item for item in contenders if item.title.startswith("simpy")), contenders[0])
    slowest = by_hand.median("seconds", per="events")
    rows = []
    for contender in contenders:
        event = contender.median("seconds", per="events")
        means = [with_error(means_of(contender, rank)) for rank in contender.answers[0]["means"]]
        rows.append(
            [
                contender.title,
                f"{event * 1e9:,.0f}",
                f"{slowest / event:.2f}",
                f"{contender.median('tickets'):,.0f}",
                " / ".join(means),
            ]
        )
    head = [f"Work {name.upper()}", "ns an event", f"times {by_hand.title}", "tickets", "mean hours"]
    return table(head, rows) + "\n"


def growth(size: Size, say: Say) -> str:
    """Cost in tickets and in years."""
    sizes = [size.hours(hours) for hours in (1_111, 3_333, 11_111, 33_333)]
    tickets = [ours(f"{hours} hours of Work A", "work", "whole", "a_fast", hours) for hours in sizes]
    in_turn(tickets, size.rounds, say)
    least = tickets[0].median("seconds", per="tickets")
    rows = [
        [
            f"{contender.median('tickets'):,.0f}",
            f"{contender.median('seconds', per='tickets') * 1e9:,.0f}",
            f"{contender.median('seconds', per='tickets') / least:.2f}",
            f"{contender.median('peak_mib'):,.0f}",
        ]
        for contender in tickets
    ]
    lengths = [size.hours(years * HOURS_A_YEAR) for years in (1, 3, 9)]
    years = [ours(f"{hours} hours", "year", "compiled", "baseline", hours) for hours in lengths]
    for contender in years:
        contender.after = ["no"]
    in_turn(years, size.rounds, say)
    short = years[0].median("seconds", per="years")
    more = [
        [
            f"{hours / HOURS_A_YEAR:g}",
            f"{contender.median('seconds', per='years'):.3f}",
            f"{contender.median('seconds', per='years') / short:.2f}",
            f"{contender.median('peak_mib'):,.0f}",
        ]
        for hours, contender in zip(lengths, years, strict=True)
    ]
    return f"""## Growth

Work A, ten times as fast, in one replication, with the history of every ticket kept in memory:

{table(["tickets", "ns a ticket", "times the first", "peak MiB"], rows)}

The baseline in one replication:

{table(["years", "CPU s a year", "times the first", "peak MiB"], more)}"""


def threads(size: Size, say: Say) -> str:
    """Replications side by side."""
    replications = size.number(12)
    rows = []
    baseline = ("baseline", HOURS_A_YEAR, replications)
    for title, *question in (
        ("arithmetic alone", "threads_of_the_machine", replications),
        ("engine alone", "threads_alone", *baseline),
        ("with all outcomes", "threads", *baseline),
    ):
        contenders = [ours(f"{title}, {workers} threads", *question, workers) for workers in (1, 2)]
        in_turn(contenders, size.rounds, say, seeded=False)
        one = contenders[0].median("elapsed")
        for workers, contender in zip((1, 2), contenders, strict=True):
            elapsed, seconds = contender.median("elapsed"), contender.median("seconds")
            rows.append([title, str(workers), f"{elapsed:.2f}", f"{one / elapsed:.2f}", f"{seconds:.2f}"])
    return f"""## Threads

{replications} replications of a year of the baseline. Elapsed time, which grows with whatever else runs on
the machine, more so with two threads. Arithmetic that needs no memory says how much of two processors the
machine really gives.

{table(["", "threads", "elapsed s", "times one thread", "user CPU s"], rows)}"""


def memory(size: Size, say: Say) -> str:
    """Peak memory of runs."""
    few, many = size.number(20), size.number(200)
    contenders = [
        ours(f"small, a year, {number} replications", "memory", "small", HOURS_A_YEAR, number, 2)
        for number in (few, many)
    ]
    contenders.append(ours("baseline, 3 years, 4 replications", "memory", "baseline", 3 * HOURS_A_YEAR, 4, 2))
    in_turn(contenders, 1, say, seeded=False)
    rows = [[contender.title, f"{contender.median('peak_mib'):,.0f}"] for contender in contenders]
    return f"""## Memory

Peak of the whole process, two threads, summaries alone: histories are let go as soon as they are summarised.

{table(["", "peak MiB"], rows)}"""


PARTS = {"engines": engines, "works": works, "growth": growth, "threads": threads, "memory": memory}
