"""Every outcome once: what it is called, what it means, and where the definition comes from.

Tables, figures, reports, files and the documentation read titles and units from here.
"""

from __future__ import annotations

from results.catalogue.business import BUSINESS
from results.catalogue.dashboard import DASHBOARD
from results.catalogue.money import MONEY
from results.catalogue.outcome import FAMILIES, Better, Family, Kind, Outcome, Unit
from results.catalogue.planned import PLANNED
from results.catalogue.work import WORK

OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome for outcome in (*BUSINESS, *DASHBOARD, *PLANNED, *WORK, *MONEY)
}

__all__ = ["FAMILIES", "OUTCOMES", "Better", "Family", "Kind", "Outcome", "Unit"]
