"""Teams at work: a queue, seats that take its head, shifts, on-call and interruptions.

Everything here happens at once within the event that caused it; the order of the steps is part of the
model. A seat that becomes free first takes the next item, then the finished ticket moves on.
"""

from __future__ import annotations

import heapq
from bisect import insort
from dataclasses import dataclass, field
from functools import partial

import simpy

from sim.chance.streams import ABSENCE
from sim.engines.process.setting import Setting
from sim.engines.process.tickets import Ticket
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.rules import dispatch, order, seats, work
from sim.spec import organisation
from sim.spec.calendars import DAY, Shift


@dataclass(slots=True, eq=False)
class Item:
    """A visit's work in a team's queue or on a seat. Efforts are in thousandths of a second."""

    ticket: Ticket
    kind: WorkKind
    switch_loss: int
    rework: int
    effort: int
    entered: int
    queue_row: int
    done: simpy.Event
    place: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def left(self) -> int:
        """All effort still to be spent."""
        return self.switch_loss + self.rework + self.effort

    def __lt__(self, other: Item) -> bool:
        return self.place < other.place


@dataclass(slots=True, eq=False)
class Seat:
    """One person's place in a team. ``rank`` sorts the free seats: fastest first, then lowest number."""

    number: int
    key: int
    shift: Shift
    speed: int
    in_shift: bool = False
    shift_row: int = -1
    active: bool = False
    holiday: bool = False
    away: bool = False
    state: SeatState | None = None
    since: int = 0
    item: Item | None = None
    started: int = 0
    until: int = 0
    rank: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.rank = (-self.speed, self.number)


class Team:
    """A queue and the seats that serve it."""

    def __init__(self, world: Setting, number: int, spec: organisation.Team) -> None:
        self.world = world
        self.number = number
        self.spec = spec
        self.queue: list[Item] = []
        self.free: list[tuple[tuple[int, int], Seat]] = []
        most = seats.seat_count(world.model.parameters[spec.seats].highest)
        shares = [shift.share for shift in spec.shifts]
        self.seats = [
            Seat(
                number=place,
                key=seats.seat_key(spec.key, place),
                shift=spec.shifts[seats.shift_of(place, shares)],
                speed=spec.speeds[place] if place < len(spec.speeds) else 1000,
            )
            for place in range(most)
        ]
        for seat in self.seats[: seats.seat_count(world.value(spec.seats))]:
            seat.active = True

    # The queue

    def ask(self, ticket: Ticket, kind: WorkKind, effort: int, rework: int = 0) -> simpy.Event:
        """Queue work for this team; the event returned rings when it is done."""
        world = self.world
        item = Item(
            ticket=ticket,
            kind=kind,
            switch_loss=0,
            rework=rework,
            effort=effort,
            entered=world.now,
            queue_row=world.record.begin(ticket.row, Activity.QUEUE, world.now, self.number),
            done=world.at_once(),
        )
        policy = int(world.value(self.spec.policy))
        value = ticket.value_per_hour(world)
        key = dispatch.dispatch_key(policy, ticket.perceived, ticket.due, item.left, value)
        item.place = (dispatch.urgent_class(ticket.perceived), key, item.entered, ticket.key)
        ticket.team = self.number
        heapq.heappush(self.queue, item)
        self.offer()
        return item.done

    def offer(self) -> None:
        """Let somebody take the head of the queue; for priority 1 interrupt or call somebody."""
        while self.queue:
            if self.free:
                self.take(self.free.pop(0)[1])
                continue
            if self.queue[0].place[0] != 0:
                return
            seat = self.least_important()
            if seat is not None:
                self.interrupt(seat, 1000 * int(self.world.value(self.spec.switch_loss)))
            else:
                seat = self.seat_on_call()
            if seat is None:
                return
            self.take(seat)

    def least_important(self) -> Seat | None:
        """The seat whose work priority 1 interrupts, if any works on something less urgent.

        None in a team that is not interrupted; a seat that is to go keeps its last item.
        """
        best: Seat | None = None
        if self.world.value(self.spec.preempts) <= 0.0:
            return None
        for seat in self.seats:
            if seat.item is None or seat.item.place[0] == 0 or not seat.active:
                continue
            if (
                best is None
                or best.item is None
                or seats.is_better_victim(
                    seat.item.ticket.perceived,
                    seat.started,
                    seat.number,
                    best.item.ticket.perceived,
                    best.started,
                    best.number,
                )
            ):
                best = seat
        return best

    def seat_on_call(self) -> Seat | None:
        """The first seat on call that is not at work: off shift, or on a public holiday."""
        for seat in self.seats:
            if seat.item is None and self.can_be_called(seat):
                return seat
        return None

    def can_be_called(self, seat: Seat) -> bool:
        """Whether priority 1 may call this seat although it is not at work."""
        on_call = seats.seat_count(self.world.value(self.spec.on_call))
        return seat.active and seat.number < on_call and (seat.holiday or not seat.in_shift)

    # Seats and items

    def take(self, seat: Seat) -> None:
        """The seat starts on the head of the queue."""
        world = self.world
        item = heapq.heappop(self.queue)
        if item.queue_row >= 0:
            world.record.complete(item.queue_row, world.now)
            item.queue_row = -1
        self.turn(seat, SeatState.WORKING if seat.in_shift else SeatState.OVERTIME)
        seat.item = item
        seat.started = world.now
        time = work.duration(item.left, seat.speed)
        seat.until = world.now + time
        timer = world.after(time, order.WORK_DONE, seat.key)
        timer.callbacks.append(partial(self.finish, seat))

    def finish(self, seat: Seat, _timer: simpy.Event) -> None:
        """The timer of a piece of work rang; it counts unless that work was interrupted meanwhile."""
        item = seat.item
        if item is None or seat.until != self.world.now:
            return
        self.put_down(seat)
        self.look_for_work(seat)
        item.done.succeed()

    def interrupt(self, seat: Seat, loss: int) -> None:
        """Take the item off the seat and put it back in its old place, ``loss`` effort the dearer."""
        item = self.put_down(seat)
        item.switch_loss += loss
        item.queue_row = self.world.record.begin(
            item.ticket.row, Activity.QUEUE_AGAIN, self.world.now, self.number
        )
        heapq.heappush(self.queue, item)

    def put_down(self, seat: Seat) -> Item:
        """Close the books on what the seat has just done to its item."""
        item = seat.item
        assert item is not None
        self.turn(seat, None)
        seat.item = None
        return item

    def look_for_work(self, seat: Seat) -> None:
        """A seat without an item takes the next one, or is idle, away, or off."""
        if seat.in_shift and seat.active and not seat.away:
            if self.queue:
                self.take(seat)
            else:
                self.turn(seat, SeatState.IDLE)
                insort(self.free, (seat.rank, seat), key=lambda entry: entry[0])
        elif self.queue and self.queue[0].place[0] == 0 and self.can_be_called(seat):
            self.take(seat)
        elif seat.in_shift and seat.active:
            self.turn(seat, SeatState.ABSENT)

    # Shifts and capacity

    def start_shift(self, seat: Seat, shift_row: int) -> None:
        """A seat's shift begins: it works, or it is away today."""
        seat.in_shift = True
        seat.shift_row = shift_row
        if seat.active:
            self.come_in(seat)

    def come_in(self, seat: Seat) -> None:
        """An active seat is in shift from now on; who is on an urgent call finishes it, away or not."""
        world = self.world
        day = (int(seat.shift.calendar.starts[seat.shift_row]) + world.model.warmup) // DAY
        u = world.chance(ABSENCE, seat.key, day)
        seat.holiday = bool(seat.shift.holiday[seat.shift_row])
        seat.away = seats.is_absent(seat.holiday, world.value(self.spec.absence), u)
        if seat.item is not None:
            self.turn(seat, SeatState.WORKING)
        else:
            self.look_for_work(seat)

    def end_shift(self, seat: Seat) -> None:
        """A seat's shift ends: unfinished work goes back to its place, priority 1 goes on as overtime."""
        seat.in_shift = seat.holiday = seat.away = False
        if seat.item is None:
            self.leave(seat)
            self.offer()
        elif seat.item.place[0] == 0:
            self.turn(seat, SeatState.OVERTIME)
        else:
            self.interrupt(seat, 0)
            self.offer()

    def leave(self, seat: Seat) -> None:
        """A seat without an item goes off."""
        self.turn(seat, None)
        if (seat.rank, seat) in self.free:
            self.free.remove((seat.rank, seat))

    def change_capacity(self) -> None:
        """The number of seats, or of those on call, has changed."""
        wanted = seats.seat_count(self.world.value(self.spec.seats))
        for seat in self.seats:
            if seat.number < wanted and not seat.active:
                seat.active = True
                if seat.in_shift:
                    self.come_in(seat)
            elif seat.number >= wanted and seat.active:
                seat.active = False
                if seat.item is None:
                    self.leave(seat)
        self.offer()

    # The ledger

    def turn(self, seat: Seat, state: SeatState | None) -> None:
        """The seat's state changes: write down the interval that ends here."""
        now = self.world.now
        if seat.state is not None:
            self.write_down(seat, now)
        seat.state = state
        seat.since = now

    def write_down(self, seat: Seat, now: int) -> None:
        """One row of the ledger; what was worked is taken off the item, losses first."""
        item = seat.item
        if item is None or seat.state is None:
            self.world.record.seat(
                self.number, seat.number, int(seat.state or 0), WorkKind.NONE, -1, seat.since, now, 0, 0
            )
            return
        spent = (now - seat.since) * seat.speed
        switch_loss = min(spent, item.switch_loss)
        rework = min(spent - switch_loss, item.rework)
        effort = min(spent - switch_loss - rework, item.effort)
        item.switch_loss -= switch_loss
        item.rework -= rework
        item.effort -= effort
        lost_switching = work.part_seconds(switch_loss, seat.speed)
        lost = work.part_seconds(switch_loss + rework, seat.speed)
        self.world.record.seat(
            self.number,
            seat.number,
            int(seat.state),
            int(item.kind),
            item.ticket.row,
            seat.since,
            now,
            lost_switching,
            lost - lost_switching,
        )
