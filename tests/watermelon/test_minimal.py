"""Organisations with next to nothing in them are summarised, compared and told like any other."""

import json
from pathlib import Path

import pytest

from results.catalogue import OUTCOMES
from results.documents import compare_document
from results.report import render
from tests.scenarios.tiny import override, write
from watermelon import compare, load, simulate
from watermelon.cli.playing import provenance_of
from watermelon.reporting import report_input

HEAD = """\
watermelon: 1
kind: base
title: Bare
weeks: 2
warmup: 0 weeks
services:
  shop: {users: 10UPKEEP}
teams:
  desk: {seats: 1, shifts: {all: {hours: always}}}
categories:
  work: {entry: desk, stages: {desk: {work: {mean: 30 min}}}}
"""
PARTS = {
    "incidents": "impacts: {mix: {one: {share: 100 %, priority: 4, scope: 1 user, severity: 50 %}}}\n"
    "incidents: {trouble: {service: shop, category: work, rate: 20 /week, impacts: mix}}\n",
    "requests": "requests: {access: {service: shop, category: work, rate: 20 /week}}\n",
    "changes": "change_kinds:\n  standard: {type: standard, deploy: {mean: 1 h}}\n"
    "  urgent: {type: emergency, deploy: {mean: 1 h}}\n"
    "change_enablement: {meetings: {mon: '10:00'}, capacity: 5,"
    " emergency: {kind: urgent, share: 0 %, work: {mean: 1 h}}}\n"
    "changes: {patches: {service: shop, team: desk, kind: standard, purpose: routine, rate: 5 /week,"
    " work: {mean: 2 h}}}\n",
    "silence": "requests: {access: {service: shop, category: work, rate: 0 /week}}\n",
    "targets": "targets:\n"
    "  up: {objective: Sell, metric: availability_share, at_least: 99 %, within: 2 weeks}\n"
    "  soon: {objective: Help, metric: request_fulfilment_hours_mean, at_most: 2 h, within: 1 week}\n",
}


@pytest.mark.parametrize(
    "parts",
    [
        ("silence",),
        ("silence", "changes", "targets"),
        ("incidents", "targets"),
        ("requests", "targets"),
        ("incidents", "changes"),
    ],
    ids="+".join,
)
def test_whatever_is_missing_there_is_an_answer(parts: tuple[str, ...], tmp_path: Path) -> None:
    upkeep = ", upkeep: {windows: always}" if "changes" in parts else ""
    path = write(tmp_path, HEAD.replace("UPKEEP", upkeep) + "".join(PARTS[name] for name in parts))
    helped = override(tmp_path, "  - set: teams.desk.seats\n    to: 2\n    why: More hands")
    runs = simulate(load(path), load(f"{path}+{helped}"), replications=2, seed=1, jobs=1)
    provenance = provenance_of(runs)
    document = json.loads(json.dumps(compare_document(compare(runs), provenance), allow_nan=False))
    outcomes = document["scenarios"][document["base"]]["outcomes"]
    assert set(outcomes) == set(OUTCOMES)
    assert (outcomes["incidents"]["mean"] > 0) == ("incidents" in parts)
    assert (outcomes["requests"]["mean"] > 0) == ("requests" in parts)
    assert (outcomes["restore_hours_mean"] is None) == ("incidents" not in parts)
    assert outcomes["downtime_hours"]["mean"] == 0
    summaries = [summary for item in runs.comparison.scenarios.values() for summary in item.summaries]
    assert not any(summary.broken_checks for summary in summaries)
    assert "Bare" in render(report_input(runs, provenance))
    assert repr(runs.comparison)
