"""What must hold across a whole base: references that exist, shares that add up, work that ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from scenarios.check_planned import PlannedChecker
from scenarios.checker import Checker
from scenarios.errors import BadInput, Problem, listed, nearest
from scenarios.quantities import Quantity
from scenarios.read import Document, Path_
from scenarios.schema.base import Base
from scenarios.schema.work import Category, Stream
from scenarios.tree import leaves_of
from scenarios.units import DAY, HOUR


class WorkChecker(Checker):
    """Checks the organisation and the work that comes to it."""

    def all(self) -> Iterator[Problem]:
        """Run every check and yield what it finds."""
        for check in (
            self.organisation,
            self.services,
            self.teams,
            self.categories,
            self.impacts,
            self.streams,
            self.approvals,
            self.targets,
            self.sources,
            self.currencies,
        ):
            check()
        yield from self.problems

    def organisation(self) -> None:
        """Sections that must be there, lengths, zone and clocks."""
        base = self.base
        for section in ("services", "teams", "categories"):
            if not getattr(base, section):
                self.refuse((section,), None, "must have at least one entry")
        if not base.incidents and not base.requests:
            self.refuse((), None, "has neither `incidents` nor `requests`; there is no work to simulate")
        if abs(base.length / HOUR - round(base.length / HOUR)) > 1e-9:
            self.refuse(
                ("weeks" if base.weeks else "hours",), f"{base.length / HOUR:g} h", "must be whole hours"
            )
        if base.warmup.mode % DAY:
            self.refuse(("warmup",), base.warmup.text(), "must be whole days")
        for reserved in ("constant", "service"):
            if reserved in base.profiles:
                self.refuse(("profiles", reserved), None, "is a name that is already taken; choose another")
        try:
            ZoneInfo(base.zone)
        except (KeyError, ValueError, OSError):
            self.refuse(("zone",), base.zone, "must be an IANA time zone such as UTC or Europe/Berlin")
        self.calendar(("business", "work_hours"), base.business.work_hours)
        self.known(
            ("service_levels", "clock"), base.service_levels.clock, ["always", *base.calendars], "calendars"
        )
        self.holidays()

    def holidays(self) -> None:
        """Country and subdivision of the public holidays."""
        given = self.base.holidays
        if given.country is None:
            if given.subdivision is not None:
                self.refuse(("holidays", "subdivision"), given.subdivision, "needs a `country`")
            return
        import holidays as package
        from holidays.registry import EntityLoader

        # Only the country that is wanted is loaded: the list of all with their subdivisions loads every one.
        countries = list(EntityLoader.get_country_codes())
        if given.country not in countries:
            near = nearest(given.country, countries)
            self.refuse(
                ("holidays", "country"), given.country, f"must be a country code such as US or DE{near}"
            )
            return
        subdivisions = getattr(package, given.country).subdivisions
        if given.subdivision is not None and given.subdivision not in subdivisions:
            allowed = listed(subdivisions)
            self.refuse(("holidays", "subdivision"), given.subdivision, f"must be one of {allowed}")

    def services(self) -> None:
        """Profiles and peaks of services."""
        for name, service in self.base.services.items():
            here: Path_ = ("services", name)
            self.known((*here, "profile"), service.profile, ["constant", *self.base.profiles], "profiles")
            for place, peak in enumerate(service.peaks):
                self.known((*here, "peaks", place), peak, self.base.peaks, "peaks")

    def teams(self) -> None:
        """Shifts, absence and on-call of teams."""
        for name, team in self.base.teams.items():
            here: Path_ = ("teams", name)
            if not team.shifts:
                self.refuse((*here, "shifts"), None, "must have at least one shift with hours")
            for label, shift in team.shifts.items():
                place = (*here, "shifts", label, "hours")
                hours = self.calendar(place, shift.hours)
                if hours is not None and not hours.open_on_holidays and hours.joins_days:
                    text = (
                        "joins one day to the next, so it must be open on public holidays (`holidays: open`)"
                    )
                    self.refuse(place, None, text)
                if hours is not None and hours.round_the_clock and team.absence.high > 0:
                    self.refuse(
                        (*here, "absence"),
                        team.absence.text(),
                        f"must be 0 %: shift `{label}` is round the clock, and absence is drawn by shift day",
                    )
            for key, some in (("on_call", team.on_call), ("ring_fenced", team.ring_fenced)):
                if some.mode > team.seats.mode:
                    self.refuse((*here, key), some.text(), f"must be at most seats = {team.seats.text()}")

    def categories(self) -> None:
        """Who handles what, and whether it ends."""
        for name, category in self.base.categories.items():
            here: Path_ = ("categories", name)
            if not category.stages:
                self.refuse((*here, "stages"), None, "must have at least one team")
            sound = self.split((*here, "entry"), category.entry, category, required=True)
            for team, stage in category.stages.items():
                place = (*here, "stages", team)
                sound &= self.known(place, team, self.base.teams, "teams")
                sound &= self.split((*place, "then"), stage.then, category, required=False)
                for wait in ("user_wait", "vendor_wait", "onward_wait"):
                    if (spec := getattr(stage, wait)) is not None:
                        self.calendar((*place, wait, "clock"), spec.clock)
                if not stage.then and stage.resolves.given and stage.resolves.mode < 1.0:
                    self.refuse(
                        (*place, "resolves"),
                        stage.resolves.text(),
                        "must be 100 %, or `then` must say where the others go",
                    )
            if category.second_team is not None:
                self.known(
                    (*here, "second_team", "team"), category.second_team.team, self.base.teams, "teams"
                )
            if sound:
                for team in endless(category, lambda _, quantity: quantity.mode):
                    self.refuse(
                        (*here, "stages", team, "resolves"),
                        category.stages[team].resolves.text(),
                        "never ends: no team that a ticket can reach from here resolves any",
                    )

    def split(self, path: Path_, shares: dict[str, Quantity], category: Category, *, required: bool) -> bool:
        """Check where tickets go: teams that have a stage, shares that make 100 %."""
        if not shares:
            if required:
                self.refuse(path, None, "must name a team, or {team: share, ...}")
            return not required
        for team in shares:
            if self.known((*path, team), team, self.base.teams, "teams") and team not in category.stages:
                near = nearest(team, category.stages)
                self.refuse((*path, team), team, f"has no stage in this category{near}")
        self.sums_to_one(path, shares.values())
        return all(team in category.stages for team in shares)

    def impacts(self) -> None:
        """Shares, and who is hit."""
        for name, mix in self.base.impacts.items():
            here: Path_ = ("impacts", name)
            if not mix:
                self.refuse(here, None, "must have at least one class")
                continue
            self.sums_to_one(here, [impact.share for impact in mix.values()])
            for label, impact in mix.items():
                if impact.scope.unit == "%" and impact.scope.high > 1.0:
                    self.refuse((*here, label, "scope"), impact.scope.text(), "must be at most 100 %")
                wrong = {"employees": "customer", "customers": "user"}.get(impact.hits)
                if wrong is not None and impact.scope.unit.startswith(wrong):
                    self.refuse(
                        (*here, label, "scope"), impact.scope.text(), f"must fit `hits: {impact.hits}`"
                    )
                if impact.hits == "both" and impact.scope.unit != "%" and impact.scope.mode > 0:
                    self.refuse(
                        (*here, label, "scope"), impact.scope.text(), "must be a share, because it hits both"
                    )

    def streams(self) -> None:
        """References of incidents and requests."""
        base = self.base
        for section in ("incidents", "requests"):
            streams: dict[str, Stream] = getattr(base, section)
            for name, stream in streams.items():
                here: Path_ = (section, name)
                self.known((*here, "service"), stream.service, base.services, "services")
                self.known((*here, "category"), stream.category, base.categories, "categories")
                profiles = ["service", "constant", *base.profiles]
                self.known((*here, "profile"), stream.profile, profiles, "profiles")
                for place, peak in enumerate(stream.peaks):
                    self.known((*here, "peaks", place), peak, base.peaks, "peaks")
                if stream.peaks and stream.profile == "service":
                    self.refuse(
                        (*here, "peaks"),
                        stream.peaks,
                        "must be left out: `profile: service` has its own peaks",
                    )
        for name, incident in base.incidents.items():
            if self.known(("incidents", name, "impacts"), incident.impacts, base.impacts, "impacts"):
                self.reach(name, incident.service, incident.impacts)

    def approvals(self) -> None:
        """When whoever approves requests is there."""
        for name, stream in self.base.requests.items():
            self.calendar(("requests", name, "approval", "clock"), stream.approval.clock)

    def reach(self, stream: str, service_name: str, mix: str) -> None:
        """Check that no impact hits more users or customers than a service has."""
        service = self.base.services.get(service_name)
        if service is None:
            return
        most = {
            "user": service.users.mode,
            "customer": self.base.business.customers.mode * service.customer_share.mode,
        }
        for label, impact in self.base.impacts[mix].items():
            whom = impact.scope.unit.rstrip("s")
            if whom in most and impact.scope.mode > most[whom]:
                self.refuse(
                    ("impacts", mix, label, "scope"),
                    impact.scope.text(),
                    f"is more than the {most[whom]:,.0f} {whom}s of {service_name} (see incidents.{stream})",
                )

    def targets(self) -> None:
        """Services of targets."""
        for name, target in self.base.targets.items():
            if target.service is not None:
                self.known(("targets", name, "service"), target.service, self.base.services, "services")

    def sources(self) -> None:
        """Sources that quantities name."""
        for path, leaf in leaves_of(self.base).items():
            source = leaf.quantity.source
            if source and source not in self.base.sources:
                near, known = nearest(source, self.base.sources), listed(sorted(self.base.sources))
                self.refuse(
                    leaf.path,
                    path and leaf.quantity.text(),
                    f"has the unknown source `{source}`{near}; known in `sources`: {known}",
                )

    def currencies(self) -> None:
        """One currency in the whole file."""
        for leaf in leaves_of(self.base).values():
            found = leaf.quantity.currency
            if found and found != self.base.currency:
                self.refuse(
                    leaf.path,
                    leaf.quantity.text(),
                    f"must be in {self.base.currency}, the `currency` of this file",
                )


def endless(category: Category, resolves: Callable[[str, Quantity], float]) -> list[str]:
    """Teams from which no ticket ever finds an end.

    ``resolves`` gives the share resolved at a stage. A stage without `then` ends everything.
    """
    ends = {
        team
        for team, stage in category.stages.items()
        if not stage.then or resolves(team, stage.resolves) > 0.0
    }
    grown = True
    while grown:
        more = {
            team
            for team, stage in category.stages.items()
            if any(share.mode > 0 and after in ends for after, share in stage.then.items())
        } - ends
        ends |= more
        grown = bool(more)
    return [team for team in category.stages if team not in ends]


def check(base: Base, document: Document) -> None:
    """Check a base as a whole.

    Raises
    ------
    BadInput
        With every problem found.
    """
    problems = [*WorkChecker(base, document).all(), *PlannedChecker(base, document).all()]
    if problems:
        raise BadInput(*problems)
