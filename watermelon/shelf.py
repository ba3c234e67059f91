"""The replications of a plan that a folder holds: what is there is read, what is played is kept.

One mechanism for every command that plays and has an ``--out`` folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from results.runs import FOLDER, Kept, Key, UntrustedError
from scenarios.errors import BadInput
from watermelon._version import __version__
from watermelon.provenance import source_hash

if TYPE_CHECKING:
    from results.summary import Summary
    from watermelon.plan import Plan


class Shelf:
    """Replications of ``plan`` in ``folder``.

    Attributes
    ----------
    known
        What was read, by place in the plan.
    untrusted
        What is wrong with files that were there and are played again, one sentence each.

    Raises
    ------
    BadInput
        If a file has the name that the folder of replications should have.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        place = folder / FOLDER
        if place.exists() and not place.is_dir():
            raise BadInput(f"{place}: is a file, and replications are kept in a folder of that name")
        self._plan = plan
        self._kept = {label: Kept(folder, replication_key(plan, label)) for label in plan.labels}
        self.known: dict[int, Summary] = {}
        self.untrusted: list[str] = []
        self._read()

    def keep(self, place: int, summary: Summary) -> None:
        """Keep what was played for a place in the plan."""
        self._kept[self._plan.label(place)].write(summary)

    def _read(self) -> None:
        # The event log is written by whoever plays replication 0, so that it has to be played.
        for place in range(0 if self._plan.log is None else 1, len(self._plan)):
            label, replication = self._plan.label(place), self._plan.replication(place)
            try:
                found = self._kept[label].read(replication, self._plan.model(label).name)
            except UntrustedError as mistake:
                # A scenario that is set beside itself has one file for both.
                if str(mistake) not in self.untrusted:
                    self.untrusted.append(str(mistake))
            else:
                if found is not None:
                    self.known[place] = found


def replication_key(plan: Plan, label: str) -> Key:
    """What a replication of a scenario must share with one of this plan to stand in for it.

    Sources count besides the version, so that numbers of two states of the program never mix.
    """
    model = plan.model(label)
    return Key(
        digest=plan.scenarios[label].digest,
        seed=plan.seed,
        engine=plan.engine,
        horizon=model.horizon,
        warmup=model.warmup,
        uncertainty=plan.uncertainty,
        version=__version__,
        sources=source_hash(),
    )
