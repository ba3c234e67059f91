"""Load and rates by hour: weekly profile x public holidays x peaks x trend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.compile.numbers import Numbers
from scenarios.compile.times import Axis
from scenarios.schema.work import Arriving
from sim.spec.calendars import Floats, Ints


class Loads:
    """Load factors of services and streams for one set of numbers; mean 1 over a week without peaks."""

    def __init__(self, axis: Axis, numbers: Numbers) -> None:
        self.axis = axis
        self.numbers = numbers
        self.weeks: dict[str, Floats] = {}
        self.peaks: dict[str, Floats] = {}
        self.services: dict[str, Floats] = {}

    def profile(self, name: str) -> Floats:
        """Factor by hour of a profile, lower or higher on public holidays."""
        if name == "constant":
            return np.ones(self.axis.hours)
        if name not in self.weeks:
            week = np.array(self.axis.base.profiles[name].week)
            factor = (week / week.mean())[self.axis.hour_of_week]
            holiday = self.numbers.value(f"profiles.{name}.holidays")
            if holiday != 1.0:
                factor = np.where(np.isin(self.axis.day, self.axis.days_off), holiday * factor, factor)
            self.weeks[name] = factor
        return self.weeks[name]

    def peak(self, name: str) -> Floats:
        """Factor by hour of a peak: 1 outside it."""
        if name not in self.peaks:
            inside = np.isin(self.axis.day, self.axis.days_of(self.axis.base.peaks[name]))
            self.peaks[name] = np.where(inside, self.numbers.value(f"peaks.{name}.factor"), 1.0)
        return self.peaks[name]

    def load(self, profile: str, peaks: Sequence[str]) -> Floats:
        """Profile times peaks; peaks that overlap multiply."""
        factor = self.profile(profile)
        for peak in peaks:
            factor = factor * self.peak(peak)
        return factor

    def service(self, name: str) -> Floats:
        """Load of a service."""
        if name not in self.services:
            service = self.axis.base.services[name]
            self.services[name] = self.load(service.profile, service.peaks)
        return self.services[name]

    def cumulative(self, name: str) -> Ints:
        """Load of a service so far at every hour boundary, in per mille of the mean times seconds."""
        per_mille = np.rint(self.service(name) * 1000.0).astype(np.int64)
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(per_mille * 3600)])

    def factor(self, stream: Arriving) -> Floats:
        """Factor by hour of what a stream brings."""
        if stream.profile == "service":
            return self.service(stream.service)
        return self.load(stream.profile, stream.peaks)

    def hourly(self, path: str, stream: Arriving) -> Floats:
        """Expected arrivals of a stream in every hour."""
        rate = self.numbers.value(f"{path}.rate") * self.factor(stream)
        trend = self.numbers.value(f"{path}.trend")
        if trend != 0.0:
            rate = rate * (1.0 + trend) ** self.axis.years
        return rate
