"""Teams at work: two queues, seats that take their heads, shifts, on-call and interruptions.

Everything here happens at once within the event that caused it; the order of the steps is part of the
model. A seat that becomes free first takes the next item, then the finished ticket moves on. Operational
work (incidents, requests, what is urgent of the rest) stands in one queue, planned work in the other.
"""

from __future__ import annotations

import heapq
from bisect import insort
from functools import partial
from operator import attrgetter

import simpy

from sim.chance.streams import ABSENCE
from sim.engines.process.seats import Item, Seat, value_per_hour
from sim.engines.process.setting import Setting
from sim.engines.process.tickets import Ticket
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import NEVER
from sim.rules import dispatch, order, people, seats, work
from sim.spec import organisation
from sim.spec.calendars import DAY


class Team:
    """Two queues and the seats that serve them."""

    def __init__(self, world: Setting, number: int, spec: organisation.Team) -> None:
        self.world = world
        self.number = number
        self.spec = spec
        self.operational: list[Item] = []
        self.planned: list[Item] = []
        self.free: list[Seat] = []
        self.strain = 0.0
        self.knowledge = 1.0
        self.worked = self.idle = self.fought = 0
        """Seconds of this week, as far as they are written down."""
        most = seats.seat_count(world.model.parameters[spec.seats].highest)
        shares = [shift.share for shift in spec.shifts]
        speeds = [*spec.speeds, *(1000 for _ in range(most))]
        self.seats = [
            Seat(
                number=place,
                key=seats.seat_key(spec.key, place),
                shift=spec.shifts[seats.shift_of(place, shares)],
                full_speed=speeds[place],
                speed=speeds[place],
            )
            for place in range(most)
        ]
        wanted, fenced = self.wanted()
        for seat in self.seats:
            seat.active = seat.number < wanted
            seat.fenced = seats.is_ring_fenced(seat.number, wanted, fenced)

    def wanted(self) -> tuple[int, int]:
        """Seats that the team has now, and how many of them are ring-fenced."""
        fence = self.spec.ring_fenced
        fenced = 0 if fence is None else seats.seat_count(self.world.value(fence))
        return seats.seat_count(self.world.value(self.spec.seats)), fenced

    # The queues

    def queue_of(self, item: Item) -> list[Item]:
        """Where an item waits."""
        return self.planned if item.planned else self.operational

    def ask(self, ticket: Ticket, kind: WorkKind, effort: int, rework: int = 0) -> simpy.Event:
        """Queue work for this team; the event returned rings when it is done."""
        world = self.world
        item = Item(
            ticket=ticket,
            kind=kind,
            switch_loss=0,
            rework=rework,
            effort=effort,
            queue_row=world.record.begin(ticket.row, Activity.QUEUE, world.now, self.number),
            done=world.at_once(),
        )
        policy = int(world.value(self.spec.policy))
        value = value_per_hour(world, ticket)
        key = dispatch.dispatch_key(policy, ticket.perceived, ticket.due, item.left, value)
        item.planned = ticket.perceived == dispatch.PLANNED
        # Of planned work what was begun first is finished first, however often it queues.
        since = ticket.occurred if item.planned else world.now
        item.place = (dispatch.urgent_class(ticket.perceived), key, since, ticket.key)
        ticket.team = self.number
        heapq.heappush(self.queue_of(item), item)
        self.offer()
        return item.done

    def offer(self) -> None:
        """Let somebody take the heads of the queues; for priority 1 interrupt or call somebody."""
        while self.operational:
            urgent = self.operational[0].place[0] == 0
            if self.free and (urgent or not self.free[0].fenced):
                self.take(self.free.pop(0), self.operational)
                continue
            if not urgent:
                break
            seat = self.least_important()
            if seat is not None:
                self.interrupt(seat, 1000 * int(self.world.value(self.spec.switch_loss)))
            else:
                seat = self.seat_on_call()
            if seat is None:
                break
            self.take(seat, self.operational)
        while self.planned and self.free:
            self.take(self.free.pop(self.first_for_planned_work()), self.planned)

    def first_for_planned_work(self) -> int:
        """Place among the free seats of the first ring-fenced one; without any, of the first."""
        return next((place for place, seat in enumerate(self.free) if seat.fenced), 0)

    def next_queue(self, seat: Seat) -> list[Item] | None:
        """The queue whose head this seat takes next, if there is anything for it."""
        urgent = bool(self.operational) and self.operational[0].place[0] == 0
        if self.operational and (urgent or not seat.fenced):
            return self.operational
        return self.planned or None

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

    def take(self, seat: Seat, queue: list[Item]) -> None:
        """The seat starts on the head of a queue."""
        world = self.world
        item = heapq.heappop(queue)
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
        heapq.heappush(self.queue_of(item), item)

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
            queue = self.next_queue(seat)
            if queue:
                self.take(seat, queue)
            else:
                self.turn(seat, SeatState.IDLE)
                insort(self.free, seat, key=attrgetter("rank"))
        elif self.operational and self.operational[0].place[0] == 0 and self.can_be_called(seat):
            self.take(seat, self.operational)
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
            return
        if seat.hired != NEVER:
            seat.speed = self.speed_of(seat)
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
        if seat in self.free:
            self.free.remove(seat)

    def change_capacity(self) -> None:
        """The number of seats, of those on call or of those ring-fenced has changed."""
        wanted, fenced = self.wanted()
        for seat in self.seats:
            seat.fenced = seats.is_ring_fenced(seat.number, wanted, fenced)
        self.free.sort(key=attrgetter("rank"))
        for seat in self.seats:
            self.staff(seat, seat.number < wanted and not seat.vacant)
        self.offer()

    def staff(self, seat: Seat, active: bool) -> None:
        """A seat has somebody from now on, or nobody; who is at work finishes the item first."""
        if active and not seat.active:
            seat.active = True
            if seat.in_shift:
                self.come_in(seat)
        elif seat.active and not active:
            seat.active = False
            if seat.item is None:
                self.leave(seat)

    # People

    def effort_factor(self) -> float:
        """Factor on the effort of the team's work: more where knowledge is missing."""
        spec = self.spec.people
        if spec is None:
            return 1.0
        return people.effort_without_knowledge(self.knowledge, self.world.value(spec.knowledge_effect))

    def speed_of(self, seat: Seat) -> int:
        """Speed of somebody who was hired while the run went on: newcomers learn from shift to shift."""
        spec = self.spec.people
        assert spec is not None, "only teams with people hire"
        share, learning = self.world.value(spec.newcomer_speed), self.world.value(spec.learning)
        return people.newcomer_speed(seat.full_speed, share, self.world.now - seat.hired, learning)

    def lose(self, seat: Seat) -> None:
        """Somebody leaves, and takes knowledge along."""
        spec = self.spec.people
        assert spec is not None, "only in teams with people does anybody leave"
        self.knowledge = people.knowledge_after_leaving(
            self.knowledge, self.world.value(spec.written_down), self.wanted()[0]
        )
        seat.vacant = True
        self.world.record.staff.append((self.world.now, self.number, seat.number, 0))
        self.staff(seat, False)

    def fill(self, seat: Seat) -> None:
        """A vacancy is filled."""
        seat.vacant = False
        seat.hired = self.world.now
        self.world.record.staff.append((self.world.now, self.number, seat.number, 1))
        self.staff(seat, seat.number < self.wanted()[0])
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
        if seat.state == SeatState.IDLE:
            self.idle += now - seat.since
        if item is None or seat.state is None:
            self.world.record.seat(
                self.number, seat.number, int(seat.state or 0), WorkKind.NONE, -1, seat.since, now, 0, 0
            )
            return
        self.worked += now - seat.since
        if work.is_firefighting(item.kind):
            self.fought += now - seat.since
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
