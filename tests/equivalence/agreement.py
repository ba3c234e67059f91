"""Whether two histories of one model are the same, and if not, where they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np

from sim.engines import compiled as compiled_engine
from sim.engines import process
from sim.engines.compiled import run as compiled_run
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.log import case_ids, event_rows
from sim.history.tables import NEVER, Columns, History
from sim.spec.calendars import DAY, HOUR, MINUTE
from sim.spec.model import Model
from watermelon.eventlog import write_log
