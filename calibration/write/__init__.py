"""Writing what was learnt as a base that a person can read, check and change."""

from calibration.write.base import base_text, write_base

__all__ = ["base_text", "write_base"]
