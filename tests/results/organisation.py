"""A small organisation played by the engine: two teams, two services, incidents and requests."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from results.prices import CustomerBase, LeverCost, Prices, ServicePrices, TeamPrices
from results.summary import Summary, summarise
from sim.experiment import play
from sim.history.tables import History
from sim.spec.calendars import DAY
from sim.spec.flows import Impact
from sim.spec.model import Model
from tests.results.diary import daily, target
from tests.sim.organisations import RANDOM, Builder

DAYS = 28
TARGETS = (
    target("restore_hours_mean", 12, name="quick", end=DAYS * DAY),
    target("availability_share", 0.99, name="up", at_most=False, service=0, end=14 * DAY),
    target("incidents", 9, name="late", end=99 * DAY),
)


def model(
    misrouting: float = 0.0, automation: float = 0.0, seat_steps: tuple[tuple[int, float], ...] = ()
) -> Model:
    builder = Builder(warmup_days=14, days=DAYS)
    shift = builder.shift(builder.daily(8, 18, range(5)))
    desk = builder.team("desk", seats=2, absence=0.2, shifts=(shift,), switch_loss=0.2, seat_steps=seat_steps)
    operations = builder.team("operations", seats=2, absence=0.2, shifts=(shift,), on_call=1, switch_loss=0.2)
    builder.team("network", seats=1, shifts=(shift,))
    builder.service("web", value=300)
    builder.service("office", value=100)
    category = builder.category(
        [
            builder.stage(desk, 0.3, 0.5, [(operations, 1.0)], shape=RANDOM),
            builder.stage(operations, 1.5, 1.0, shape=RANDOM, user_wait=builder.wait(0.2, 5, RANDOM)),
            builder.stage(2, 1.0, 1.0, shape=RANDOM),
        ],
        [(desk, 1.0)],
        misrouting=misrouting,
        bounce_work=0.5,
        handoff_delay=0.5,
        context_loss=0.2,
        reopen_share=0.1,
        close_delay=72,
    )
    impacts = [
        (0.9, Impact("few", 3, 50_000, 400_000, True, True)),
        (0.1, Impact("outage", 1, 1_000_000, 900_000, True, True)),
    ]
    builder.incident_stream(category, 0.1, impacts=impacts, name="faults", report_delay=0.5, monitored=0.5)
    builder.incident_stream(category, 0.1, impacts=impacts, name="devices", service=1, priority_error=0.2)
    builder.request_stream(
        category, 0.2, name="access", automation=automation, failures=0.1, automated_time=0.1
    )
    return replace(builder.model(), name="organisation")


def prices(programme: float = 0.0) -> Prices:
    service = ServicePrices(500, 0.4, 0.2, 0.8, 100, 0.5, 0.99)
    return Prices(
        currency="EUR",
        services=(service, service),
        teams=(TeamPrices(50, 1.5), TeamPrices(80, 1.5), TeamPrices(80, 1.5)),
        customers=CustomerBase(10_000, 30, 10, 0.01, 0.05, 8, 1, 90, 12, 80),
        employee_cost_per_hour=40,
        work_hours=daily(9, 17, DAYS),
        request_lost_share=(0.25,),
        tooling_per_year=100_000,
        levers=(LeverCost("Programme", 0, programme, 0),) if programme else (),
    )


@lru_cache(maxsize=64)
def history(name: str, replication: int) -> History:
    """A replication of one of the scenarios 'base', 'silos' and 'automation'."""
    changes = {"base": {}, "silos": {"misrouting": 0.6}, "automation": {"automation": 0.7}}[name]
    return play(model(**changes), 1, replication)


@lru_cache(maxsize=64)
def summary(name: str, replication: int) -> Summary:
    return summarise(
        model(), prices(20_000 if name == "automation" else 0), TARGETS, history(name, replication)
    )


def runs(*names: str, replications: int = 5) -> dict[str, list[Summary]]:
    return {name: [summary(name, replication) for replication in range(replications)] for name in names}
