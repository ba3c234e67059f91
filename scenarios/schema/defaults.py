"""Defaults that do nothing."""

from __future__ import annotations

from scenarios.quantities import default

NOTHING = default(0.0)
NO_SHARE = default(0.0, "%", 0.01)
NO_TIME = default(0.0, "min", 60.0)
ALL = default(1.0, "%", 0.01)
ONE = default(1.0)
OFF = default(0.0, name="false")
