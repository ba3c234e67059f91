"""What a log gives away about how it was made: named findings with their evidence, none of them silent."""

from calibration.cleaning.traps import log_findings

__all__ = ["log_findings"]
