"""Parameters of the shipped organisation `small`, and what is learnt of them from an export of it."""

from __future__ import annotations

from pathlib import Path

from calibration.example import MAPPING, export_text
from calibration.exports.log import read_log
from calibration.exports.mapping import load_mapping
from calibration.fit.organisation import Organisation, learn
from scenarios import load
from sim.experiment.engines import play
from sim.spec.model import Model

WEEKS = 26
AUTOMATED = 0.2 * (1 - 0.08)

Interval = tuple[float, float]


def truth() -> dict[str, float]:
    """What the scenario file of `small` says, where it holds for the tickets of the export as it stands.

    Not in it: web shop incidents, some of which come from faults, and what a log mixes with queues.
    """
    rates = {
        "workplace": 14.0,
        "routine": 12.0 * (1 - AUTOMATED) + 10.0,
        "equipment": 8.0,
        "shop_content": 11.0,
    }
    return {
        **{f"{name}: tickets a week": rate for name, rate in rates.items()},
        "workplace: settled by the desk": 0.70,
        "routine: settled by the desk": 0.90,
        "equipment: settled by the desk": 0.40,
        "shop_content: settled by the desk": 0.20,
        "workplace: asks the user": 0.15,
        "shop_content: asks the user": 0.25,
    }


def model() -> Model:
    """The organisation, for as long as the export lasts."""
    return load("small", until_hours=float(WEEKS * 168)).model()


def learnt_from(played: Model, replication: int, folder: Path, engine: str = "compiled") -> Organisation:
    """What is learnt from the export of one replication."""
    path = folder / f"export-{replication}.csv"
    path.write_text(export_text(played, play(played, 1, replication, engine)), encoding="utf-8")
    return learn(read_log(path, load_mapping(str(MAPPING))))


def intervals(found: Organisation) -> dict[str, Interval]:
    """Stated 90% intervals of the same parameters."""
    groups = {group.names[0]: group.key for group in found.groups}
    teams = {team.names[0]: team for team in found.teams}
    intervals: dict[str, Interval] = {}
    for name, group in groups.items():
        rate = found.rates[group]
        intervals[f"{name}: tickets a week"] = (rate.low, rate.high)
        desk = found.routing[group].stages[teams["desk"].key].resolves
        intervals[f"{name}: settled by the desk"] = (desk.low, desk.high)
    for name, team in (("workplace", "desk"), ("shop_content", "application")):
        asks = found.book.times(groups[name], teams[team].key, teams[team].role).user.share
        intervals[f"{name}: asks the user"] = (asks.low, asks.high)
    return {name: intervals[name] for name in truth()}
