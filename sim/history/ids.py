"""Case ids: the path of every case as text, the same in every scenario that has the case."""

from __future__ import annotations

from sim.history.kinds import Birth
from sim.history.tables import History
from sim.spec.changes import Purpose
from sim.spec.flows import Cause, Flow
from sim.spec.model import Model

LETTERS = {
    Flow.INCIDENT: "I",
    Flow.REQUEST: "R",
    Flow.PROBLEM: "P",
    Flow.CHANGE: "C",
    Flow.INITIATIVE: "B",
}


def case_ids(model: Model, history: History) -> list[str]:
    """Path of every case: letter of its flow, service, what it comes from, number within that.

    ``I/webshop/checkout/12`` comes from a stream (demand above base has ``checkout+1``), ``I/webshop/f3/12``
    from a fault, ``P/webshop/f3/0`` is its problem. A case that follows from another one carries that one's
    path with dots: ``C/webshop/P.webshop.f3.0/0`` fixes it.
    """
    return _Names(model, history).all()


class _Names:
    def __init__(self, model: Model, history: History) -> None:
        self.model = model
        self.history = history
        self.ids: list[str] = []
        pools = [model.incidents[pool.stream].service for pool in model.faults]
        self.prefix = [
            f"{pool.name}." if pools.count(service) > 1 else ""
            for pool, service in zip(model.faults, pools, strict=True)
        ]

    def all(self) -> list[str]:
        """Cases come after those that they follow from."""
        cases = self.history.cases
        columns = (cases.flow, cases.service, cases.stream, cases.layer, cases.ordinal)
        more = (cases.cause, cases.origin, cases.fault)
        for row in zip(*(column.tolist() for column in (*columns, *more)), strict=True):
            self.ids.append(self.path(*row))
        return self.ids

    def path(
        self,
        flow: int,
        service: int,
        stream: int,
        layer: int,
        ordinal: int,
        cause: int,
        origin: int,
        fault: int,
    ) -> str:
        start = f"{LETTERS[Flow(flow)]}/{self.model.services[service].name}"
        if flow == Flow.INITIATIVE:
            return f"{start}/{self.model.initiatives[stream].name}"
        return f"{start}/{self.source(flow, stream, layer, cause, origin, fault)}/{ordinal}"

    def source(self, flow: int, stream: int, layer: int, cause: int, origin: int, fault: int) -> str:
        """What a case comes from."""
        if flow == Flow.CHANGE:
            purpose = Purpose(cause - Cause.PURPOSE)
            if purpose == Purpose.FINDING:
                return "finding"
            if purpose == Purpose.INITIATIVE:
                return self.model.initiatives[stream].name
            if purpose in (Purpose.FIX, Purpose.EMERGENCY):
                return self.dotted(origin)
            return self.model.changes[stream].name + (f"+{layer}" if layer else "")
        if cause == Cause.FAULT:
            return self.fault(fault)
        if cause == Cause.FAILED_CHANGE:
            return self.dotted(origin)
        if cause == Cause.OVERLOAD:
            return "overload"
        streams = self.model.incidents if flow == Flow.INCIDENT else self.model.requests
        return streams[stream].name + (f"+{layer}" if layer else "")

    def dotted(self, row: int) -> str:
        return self.ids[row].replace("/", ".")

    def fault(self, row: int) -> str:
        """f3 was there at the start, f3d was born on day 3, the others were left by a change."""
        faults = self.history.faults
        birth, number = Birth(int(faults.birth[row])), int(faults.number[row])
        name = f"{self.prefix[int(faults.pool[row])]}f{number}"
        if birth == Birth.AGE:
            return f"{name}d"
        return name if birth == Birth.INITIAL else f"{name}.{self.dotted(int(faults.origin[row]))}"
