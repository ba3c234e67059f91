"""The life of an initiative: it is split into changes, and it is worth something once the last is live."""

from __future__ import annotations

from sim.chance.keyed import child
from sim.chance.streams import KIN_CHANGE
from sim.chance.variates import seconds
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.cases import new_plan
from sim.engines.compiled.ending import begin_spell, end_spell
from sim.engines.compiled.events import begin
from sim.engines.compiled.memory import Floats, Ints, enabled, people_at, ticket_at, value
from sim.engines.compiled.orders import place_order
from sim.history.kinds import Activity
from sim.kernel import compiled
from sim.rules.changes import batch_under_pressure, number_of_changes
from sim.spec.changes import Purpose
from sim.spec.flows import Cause, Flow

INITIATIVE_FLOW = int(Flow.INITIATIVE)
STRATEGY = int(Cause.STRATEGY)
FOR_AN_INITIATIVE = int(Purpose.INITIATIVE)
START_ROW = int(Activity.START)
GO_LIVE_ROW = int(Activity.GO_LIVE)
PARTS = 65_536


@compiled
def initiative(a: Ints, f: Floats, number: int, key: int) -> None:
    """One initiative, from its start."""
    row = a[p.INITIATIVES_AT] + number * p.INI_COLUMNS
    ticket = new_plan(a, INITIATIVE_FLOW, number, a[row + p.INI_SERVICE], key, STRATEGY, a[row + p.INI_WORTH])
    t = ticket_at(a, ticket)
    a[a[c.CASE_DUE] + ticket] = a[row + p.INI_DUE]
    a[t + c.T_PHASE] = p.BEING_BUILT
    begin(a, ticket, START_ROW, -1, a[c.NOW])
    begin_spell(a, ticket)
    for place in range(a[row + p.INI_PARTS]):
        part = a[p.PARTS_AT] + (a[row + p.INI_FIRST_PART] + place) * p.PART_COLUMNS
        order_part(a, f, ticket, row, part, PARTS * place)


@compiled
def order_part(a: Ints, f: Floats, ticket: int, initiative_row: int, part: int, first: int) -> None:
    """The changes that one team's part is split into; the last takes what is left over."""
    t = ticket_at(a, ticket)
    team = a[part + p.PART_TEAM]
    whole = 1000 * seconds(value(a, f, a[part + p.PART_EFFORT]))
    most = batch_under_pressure(
        value(a, f, a[part + p.PART_BATCH]),
        enabled(a, f, p.CE_BATCH_PRESSURE),
        f[people_at(a, team) + p.PP_STRAIN],
    )
    count = number_of_changes(whole, 1000 * seconds(most))
    each = whole // count
    for ordinal in range(count):
        effort = each if ordinal < count - 1 else whole - each * (count - 1)
        place_order(
            a,
            FOR_AN_INITIATIVE,
            a[a[c.CASE_STREAM] + ticket],
            a[a[c.CASE_SERVICE] + ticket],
            team,
            a[initiative_row + p.INI_KIND],
            effort,
            a[t + c.T_WORTH],
            ticket,
            -1,
            a[a[c.CASE_DUE] + ticket],
            first + ordinal,
            child(a[a[c.CASE_KEY] + ticket], KIN_CHANGE, first + ordinal),
        )
    a[t + c.T_LEFT] += count


@compiled
def part_is_live(a: Ints, ticket: int) -> None:
    """One change less; with the last one the initiative is live."""
    t = ticket_at(a, ticket)
    a[t + c.T_LEFT] -= 1
    if a[t + c.T_LEFT] > 0:
        return
    end_spell(a, ticket)
    begin(a, ticket, GO_LIVE_ROW, -1, a[c.NOW])
    a[a[c.CASE_RESTORED] + ticket] = a[c.NOW]
    a[a[c.CASE_CLOSED] + ticket] = a[c.NOW]
    a[t + c.T_PHASE] = p.LIVE
