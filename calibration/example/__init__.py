"""The project's own ticket export: what the shipped organisation `small` would hand over, its truth known."""

from calibration.example.export import MAPPING, TICKETS, export_rows, export_text

__all__ = ["MAPPING", "TICKETS", "export_rows", "export_text"]
