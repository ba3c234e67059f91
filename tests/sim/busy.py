"""Everything at once on a small scale: all flows, for tests of conservation and of sameness."""

from __future__ import annotations

from dataclasses import replace

from sim.spec.changes import Purpose
from sim.spec.model import Model
from tests.sim.estate import Estate
from tests.sim.organisations import RANDOM, impact


def busy_model() -> Model:
    b = Estate(warmup_days=14, days=56)
    b.service("shop")
    b.service("back")
    for t, n in (("desk", 3), ("ops", 4), ("dev", 5)):
        b.team(
            t,
            seats=n,
            on_call=1,
            shifts=(b.shift(b.daily(8, 16, range(5))),),
            absence=0.1,
            policy={"desk": 1, "ops": 4, "dev": 4}[t],
            switch_loss=0.1,
            people=b.people(attrition=3.0, strain_effect=2, strain_from=0.6),
            ring_fenced=b.number("fence", 1 if t == "dev" else 0),
        )
    st = [
        b.stage(0, 0.5, 0.5, [(1, 0.5), (2, 0.5)], shape=RANDOM),
        b.stage(1, 1.5, 0.7, [(2, 1.0)], shape=RANDOM),
        b.stage(2, 2, 1.0, shape=RANDOM),
    ]
    c = b.category(
        st,
        misrouting=0.1,
        misrouting_pressure=0.3,
        bounce_work=0.2,
        handoff_delay=0.3,
        context_loss=0.2,
        reopen_share=0.05,
        close_delay=48,
    )
    imps = [(0.7, impact(4)), (0.2, impact(3)), (0.1, impact(1, 1_000_000, 800_000))]
    b.incident_stream(c, 0.15, impacts=imps, service=0)
    b.incident_stream(c, 0.1, impacts=imps, service=1)
    b.request_stream(c, 0.3)
    pools = (
        b.pool(
            0,
            0.01,
            initial=8,
            births=0.1,
            ageing=0.5,
            team=2,
            finds_cause=0.6,
            workaround=0.7,
            workaround_work=0.5,
            workaround_resolves=0.5,
            fix=1,
            spread=RANDOM,
        ),
        replace(
            b.pool(1, 0.01, initial=5, births=0.1, team=1, finds_cause=0.6, spread=RANDOM),
            key=12345,
            name="p2",
        ),
    )
    win = b.daily(6, 22, range(5))
    b.services[0] = replace(
        b.services[0],
        upkeep=b.upkeep(
            windows=win, failures=0, pool=0, findings=0.05, team=2, overload=0, peak_capacity=0.9, load=1.0
        ),
    )
    b.services[1] = replace(
        b.services[1], upkeep=b.upkeep(windows=win, failures=1, pool=1, findings=0.05, team=1)
    )
    ch = (
        b.changes(0.05, service=0, team=2, due=24),
        b.changes(0.03, name="small", service=1, team=1, kind=1, purpose=Purpose.ROUTINE),
    )
    ini = (
        b.initiative(-100, [(2, 60), (1, 20)], kind=1, batch=12),
        b.initiative(300, [(2, 40)], name="two", kind=0, batch=9, due=500),
    )
    m = b.model()
    return replace(
        m,
        faults=pools,
        problem_management=b.management(repeats=2, maturity=0.5),
        change_kinds=b.kinds(risk=0.2, assess=0.5),
        change_enablement=b.enablement(
            capacity=2,
            every_days=3,
            size_effect=0.5,
            test_automation=0.2,
            collision_effect=0.5,
            haste_effect=1,
            knowledge_effect=0.5,
            bypass=0.1,
            bypass_pressure=0.3,
            bypass_effect=0.5,
            rolled_back=0.6,
            rebuild=0.5,
            emergency_share=0.6,
            batch_pressure=0.5,
        ),
        changes=ch,
        initiatives=ini,
        satisfaction=b.satisfaction(),
        parameters=tuple(b.parameters),
    )
