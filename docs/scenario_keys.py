"""The page of all keys of scenario files."""

from scenarios.reference import page

__all__ = ["page"]
