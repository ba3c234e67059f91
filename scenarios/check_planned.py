"""What must hold for faults, changes, initiatives and what wears out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.checker import Checker
from scenarios.errors import Problem
from scenarios.levers import moment
from scenarios.quantities import RefusedError
from scenarios.read import Path_
from scenarios.schema.times import YearlyDays
from scenarios.schema.upkeep import Upkeep
from scenarios.units import DAY


class PlannedChecker(Checker):
    """Checks what is planned, and what wears out."""

    def all(self) -> Iterator[Problem]:
        """Run every check and yield what it finds."""
        for check in (self.enablement, self.upkeep, self.faults, self.changes, self.initiatives):
            check()
        yield from self.problems

    def enablement(self) -> None:
        """Whether there is change enablement where it is needed, and its kind of emergency."""
        base = self.base
        spec = base.change_enablement
        if spec is None:
            upkeep = [name for name, service in base.services.items() if service.upkeep is not None]
            found = (
                (base.faults and "faults")
                or (base.changes and "changes")
                or (base.initiatives and "initiatives")
            )
            used = found or (upkeep and f"services.{upkeep[0]}.upkeep")
            if used:
                self.refuse(("change_enablement",), None, f"is missing; `{used}` needs it")
            return
        place: Path_ = ("change_enablement", "emergency", "kind")
        if (
            self.kind(place, spec.emergency.kind)
            and base.change_kinds[spec.emergency.kind].type != "emergency"
        ):
            self.refuse(place, spec.emergency.kind, "must be of type emergency")

    def kind(self, path: Path_, name: str) -> bool:
        """Check a kind of change."""
        return self.known(path, name, self.base.change_kinds, "change_kinds")

    def changed(self, path: Path_, service: str) -> None:
        """Check a service that is changed: it must be there, and have upkeep."""
        known = self.known(path, service, self.base.services, "services")
        if known and self.base.services[service].upkeep is None:
            self.refuse(path, service, f"has no `services.{service}.upkeep`, which changes of it need")

    def upkeep(self) -> None:
        """Windows, freezes, and where failures, overload and findings go."""
        for name, service in self.base.services.items():
            spec = service.upkeep
            here: Path_ = ("services", name, "upkeep")
            if spec is None:
                continue
            self.calendar((*here, "windows"), spec.windows)
            for place, freeze in enumerate(spec.freezes):
                if not isinstance(freeze, YearlyDays):
                    self.known((*here, "freezes", place), freeze, self.base.peaks, "peaks")
            for key in ("failures", "overload"):
                self.own_stream((*here, key), getattr(spec, key), name)
            self.own_pool(here, spec, name)
            if spec.audit is not None:
                self.known((*here, "audit", "team"), spec.audit.team, self.base.teams, "teams")
                self.kind((*here, "audit", "kind"), spec.audit.kind)

    def own_stream(self, path: Path_, stream: str | None, service: str) -> None:
        """Check a stream of incidents of this very service."""
        if stream is None or not self.known(path, stream, self.base.incidents, "incidents"):
            return
        found = self.base.incidents[stream].service
        if found != service:
            self.refuse(path, stream, f"must be a stream of {service}; it belongs to {found}")

    def own_pool(self, here: Path_, spec: Upkeep, service: str) -> None:
        """Check the faults that failed changes of a service leave."""
        if spec.faults is None:
            return
        path = (*here, "faults")
        if self.known(path, spec.faults, self.base.faults, "faults"):
            self.own_stream(path, self.base.faults[spec.faults].incidents, service)

    def faults(self) -> None:
        """Streams, teams and fixes of faults."""
        for name, pool in self.base.faults.items():
            here: Path_ = ("faults", name)
            if self.known((*here, "incidents"), pool.incidents, self.base.incidents, "incidents"):
                stream = self.base.incidents[pool.incidents]
                service = self.base.services.get(stream.service)
                if service is not None and service.upkeep is None:
                    text = f"belongs to {stream.service}, which has no `upkeep`; fixes need it"
                    self.refuse((*here, "incidents"), pool.incidents, text)
            self.known((*here, "team"), pool.team, self.base.teams, "teams")
            self.kind((*here, "fix"), pool.fix)

    def changes(self) -> None:
        """References of streams of changes."""
        profiles = ["service", "constant", *self.base.profiles]
        for name, stream in self.base.changes.items():
            here: Path_ = ("changes", name)
            self.changed((*here, "service"), stream.service)
            self.known((*here, "team"), stream.team, self.base.teams, "teams")
            self.kind((*here, "kind"), stream.kind)
            self.known((*here, "profile"), stream.profile, profiles, "profiles")
            for place, peak in enumerate(stream.peaks):
                self.known((*here, "peaks", place), peak, self.base.peaks, "peaks")
            if stream.peaks and stream.profile == "service":
                text = "must be left out: `profile: service` has its own peaks"
                self.refuse((*here, "peaks"), stream.peaks, text)

    def initiatives(self) -> None:
        """References, starts and names of initiatives."""
        base = self.base
        for name, spec in base.initiatives.items():
            here: Path_ = ("initiatives", name)
            self.changed((*here, "service"), spec.service)
            self.kind((*here, "kind"), spec.kind)
            if not spec.parts:
                self.refuse((*here, "parts"), None, "must name at least one team")
            for team in spec.parts:
                self.known((*here, "parts", team), team, base.teams, "teams")
            if spec.every is not None:
                self.repeated(name, base.initiatives)
            try:
                begin = moment(spec.start, base.start, before=True)
            except RefusedError as error:
                text = str(error).replace("must be a moment: start,", "must be a moment: start, week -8,")
                self.refuse((*here, "start"), spec.start, text)
                continue
            if spec.every is None and not -base.warmup.mode <= begin < base.length:
                days = f"day {0.0 - base.warmup.mode / DAY:g} to day {base.length / DAY:g}"
                self.refuse(
                    (*here, "start"), spec.start, f"must lie within the run, warm-up included ({days})"
                )

    def repeated(self, name: str, names: Iterable[str]) -> None:
        """Refuse a name that a repetition of another initiative will have."""
        for other in names:
            head, _, number = other.rpartition("-")
            if head == name and number.isdigit() and int(number) > 1:
                text = f"is what a repetition of {name} is called; choose another name"
                self.refuse(("initiatives", other), None, text)
