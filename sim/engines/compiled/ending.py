"""How a ticket ends: restored, and then closed unless it has to be reopened."""

from __future__ import annotations

from sim.chance.variates import seconds
from sim.engines.compiled import layout as c
from sim.engines.compiled.cases import give_row_back
from sim.engines.compiled.events import advance_line, begin, change_census, schedule, schedule_in_line
from sim.engines.compiled.lessons import learn_from, take_experience
from sim.engines.compiled.luck import ticket_draw, ticket_meets
from sim.engines.compiled.memory import Floats, Ints, category_at, ticket_at, value
from sim.engines.compiled.purposes import AT_REOPEN
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.kernel import compiled, in_place
from sim.rules import order
from sim.spec.flows import Flow

INCIDENT = int(Flow.INCIDENT)
RESTORE_ROW = int(Activity.RESTORE)
CLOSE_ROW = int(Activity.CLOSE)


@compiled
def begin_spell(a: Ints, ticket: int) -> None:
    """The ticket is unresolved (again) from now on."""
    t = ticket_at(a, ticket)
    change_census(a, a[a[c.CASE_FLOW] + ticket], 1)
    if a[c.WHOLE] == 0:
        return
    a[t + c.T_SPELL] = a[c.SPELLS]
    room = a[c.SPELL_ROOM]
    cell = a[c.SPELLS_AT] + a[c.SPELLS]
    a[c.SPELLS] += 1
    a[cell] = ticket
    a[cell + room] = a[a[c.CASE_SERVICE] + ticket]
    a[cell + 2 * room] = a[c.NOW]
    a[cell + 3 * room] = NEVER
    a[cell + 4 * room] = a[t + c.T_DEPTH]
    a[cell + 5 * room] = a[t + c.T_HITS_EMPLOYEES]
    a[cell + 6 * room] = a[t + c.T_HITS_CUSTOMERS]


@compiled
def end_spell(a: Ints, ticket: int) -> None:
    """Resolved."""
    t = ticket_at(a, ticket)
    if a[c.WHOLE] == 1:
        a[a[c.SPELLS_AT] + 3 * a[c.SPELL_ROOM] + a[t + c.T_SPELL]] = a[c.NOW]
    change_census(a, a[a[c.CASE_FLOW] + ticket], -1)


@in_place
@compiled
def settle(a: Ints, f: Floats, ticket: int) -> None:
    """The matter is settled: restore, and see whether it holds."""
    restore(a, f, ticket)
    hold(a, f, ticket)


@in_place
@compiled
def restore(a: Ints, f: Floats, ticket: int) -> None:
    """The service is back for those concerned, or the request is fulfilled."""
    t = ticket_at(a, ticket)
    now = a[c.NOW]
    end_spell(a, ticket)
    begin(a, ticket, RESTORE_ROW, a[a[c.CASE_TEAM] + ticket], now)
    a[a[c.CASE_RESTORED] + ticket] = now
    if a[a[c.CASE_REOPENS] + ticket] == 0 and a[a[c.CASE_HANDOFFS] + ticket] == 0 and a[t + c.T_VISITS] == 0:
        a[a[c.CASE_FIRST_CONTACT] + ticket] = 1
    take_experience(a, f, ticket)
    if a[a[c.CASE_FLOW] + ticket] == INCIDENT and a[a[c.CASE_REOPENS] + ticket] == 0:
        learn_from(a, f, ticket)


@compiled
def hold(a: Ints, f: Floats, ticket: int) -> None:
    """After the restoration: the ticket closes in time, or it will have to be reopened."""
    t = ticket_at(a, ticket)
    category = category_at(a, a[t + c.T_CATEGORY])
    draw = 2 * a[a[c.CASE_REOPENS] + ticket]
    if not ticket_meets(a, value(a, f, a[category + c.CAT_REOPEN_SHARE]), ticket, AT_REOPEN, draw):
        close_later(a, ticket)
        return
    u = ticket_draw(a, ticket, AT_REOPEN, draw + 1)
    a[t + c.T_PHASE] = c.HOLDING
    schedule(
        a, seconds(u * a[category + c.CAT_CLOSE_DELAY]), order.REOPENED, a[a[c.CASE_KEY] + ticket], ticket
    )


@compiled
def close_later(a: Ints, ticket: int) -> None:
    """Nobody objects for a while, then the ticket is closed for good."""
    t = ticket_at(a, ticket)
    a[t + c.T_PHASE] = c.CLOSING
    category = category_at(a, a[t + c.T_CATEGORY])
    schedule_in_line(a, category + c.CAT_CLOSING, a[category + c.CAT_CLOSE_DELAY], order.CLOSED, ticket)


@compiled
def close(a: Ints, ticket: int) -> None:
    """Closed for good."""
    t = ticket_at(a, ticket)
    a[a[c.CASE_CLOSED] + ticket] = a[c.NOW]
    begin(a, ticket, CLOSE_ROW, -1, a[c.NOW])
    advance_line(a, category_at(a, a[t + c.T_CATEGORY]) + c.CAT_CLOSING, order.CLOSED, ticket)
    give_row_back(a, ticket)
