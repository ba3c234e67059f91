"""From ticket exports to a base scenario."""

from calibration.findings import Finding
from calibration.learn import Calibration, calibrate

__all__ = ["Calibration", "Finding", "calibrate"]
