"""Writing a history row by row, for engines that run in plain Python."""

from __future__ import annotations

from sim.history.tables import NEVER, Activities, Cases, Faults, History, SeatTime, Spells, Staff, Stocks


class Recorder:
    """Collects rows while a replication runs; rows of intervals are opened first and completed later."""

    def __init__(self) -> None:
        self.activities: list[list[int]] = []
        self.spells: list[list[int]] = []
        self.seat_time: list[tuple[int, ...]] = []
        self.staff: list[tuple[int, ...]] = []
        self.stocks: list[tuple[int, ...]] = []

    def instant(self, case: int, activity: int, time: int, team: int = -1) -> None:
        """Something that takes no time."""
        self.activities.append([case, activity, time, time, team])

    def begin(self, case: int, activity: int, time: int, team: int = -1) -> int:
        """Something begins; returns the row to complete."""
        self.activities.append([case, activity, time, NEVER, team])
        return len(self.activities) - 1

    def complete(self, row: int, time: int) -> None:
        """What was begun in ``row`` is over."""
        self.activities[row][3] = time

    def begin_spell(
        self, case: int, service: int, time: int, depth: int, employees: int, customers: int
    ) -> int:
        """A ticket is unresolved from now on; returns the row to end."""
        self.spells.append([case, service, time, NEVER, depth, employees, customers])
        return len(self.spells) - 1

    def end_spell(self, row: int, time: int) -> None:
        """Resolved."""
        self.spells[row][3] = time

    def seat(self, *row: int) -> None:
        """One interval of a seat, in the column order of ``SeatTime``; empty intervals are left out."""
        if row[6] > row[5]:
            self.seat_time.append(row)

    def history(
        self,
        *,
        seed: int,
        replication: int,
        warmup: int,
        horizon: int,
        cases: list[tuple[int, ...]],
        faults: list[tuple[int, ...]],
        in_system_seconds: tuple[int, ...],
    ) -> History:
        """The finished tables."""
        return History(
            seed=seed,
            replication=replication,
            warmup=warmup,
            horizon=horizon,
            cases=Cases.from_rows(cases),
            activities=Activities.from_rows([tuple(row) for row in self.activities]),
            spells=Spells.from_rows([tuple(row) for row in self.spells]),
            seat_time=SeatTime.from_rows(self.seat_time),
            faults=Faults.from_rows(faults),
            staff=Staff.from_rows(self.staff),
            stocks=Stocks.from_rows(self.stocks),
            in_system_seconds=in_system_seconds,
        )
