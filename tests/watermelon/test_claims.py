"""The claim check: one rule makes every verdict, and what is committed follows from its own numbers."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.metrics.measures import MEASURES
from scenarios import catalogue, load
from tests.architecture.tree import ROOT
from tests.watermelon.conftest import Invoke
from watermelon.claims.committed import committed
from watermelon.claims.measured import OWN
from watermelon.claims.playing import answers, checks_of, scenarios_of
from watermelon.claims.table import Check, Claim, claims, items
from watermelon.claims.verdict import IN_RANGE, NOT_REACHED, REPRODUCED, Found, estimate, judge, worst
from watermelon.claims.words import comes_out, published, title
from watermelon.cli.group import commands

RATIO = Check(
    outcome="time_to_market_hours_mean",
    measure="ratio",
    play="small",
    against="small",
    sets=(),
    both=(),
    service="",
    first=0,
    last=4,
    per=1.0,
    shows="",
    figure=1.4,
    at_least=None,
    at_most=None,
    own_band=None,
    why="",
)
LIMIT = replace(RATIO, measure="difference", figure=None, at_least=0.0)


def found(value: float, low: float, high: float) -> Found:
    return Found(value, low, high, value, 1.0, 40)


@pytest.mark.parametrize(
    ("low", "value", "high", "verdict"),
    [
        (1.34, 1.42, 1.53, REPRODUCED),  # holds 1.4, within 1.2 to 1.6
        (1.21, 1.25, 1.29, IN_RANGE),  # more than half of it, and not it
        (1.05, 1.40, 1.75, IN_RANGE),  # holds it, but nearly everything
        (0.95, 1.40, 1.85, NOT_REACHED),  # may be nothing at all
        (1.05, 1.10, 1.15, NOT_REACHED),  # a quarter of it
        (2.40, 2.60, 2.80, NOT_REACHED),  # four times of it
        (0.55, 0.60, 0.65, NOT_REACHED),  # the other way round
    ],
)
def test_a_figure_is_reproduced_in_range_or_not_reached(
    low: float, value: float, high: float, verdict: str
) -> None:
    assert RATIO.band == pytest.approx((1.2, 1.6))
    assert judge(RATIO, found(value, low, high)).verdict == verdict


def test_a_band_lies_on_the_side_of_the_figure() -> None:
    assert replace(RATIO, figure=0.7).band == pytest.approx((0.55, 0.85))
    assert replace(RATIO, measure="difference", figure=-10.0).band == pytest.approx((-15, -5))
    assert replace(RATIO, own_band=(1.0, 2.0)).band == (1.0, 2.0)
    assert LIMIT.band is None


@pytest.mark.parametrize(
    ("low", "value", "high", "verdict"),
    [(0.1, 1, 2, REPRODUCED), (-0.1, 1, 2, IN_RANGE), (-2, -1, 0.5, NOT_REACHED), (0, 0, 0, NOT_REACHED)],
)
def test_a_direction_needs_the_whole_interval(low: float, value: float, high: float, verdict: str) -> None:
    assert judge(LIMIT, found(value, low, high)).verdict == verdict
    other_way = replace(LIMIT, at_least=None, at_most=0.0)
    assert judge(other_way, found(-value, -high, -low)).verdict == verdict


def test_a_claim_is_as_good_as_its_weakest_check() -> None:
    assert worst([REPRODUCED, NOT_REACHED, IN_RANGE]) == NOT_REACHED
    assert worst([REPRODUCED, IN_RANGE]) == IN_RANGE


def test_pairs_that_are_undefined_on_one_side_are_left_out() -> None:
    ours, theirs = np.array([2.0, 4.0, np.nan, 8.0]), np.array([1.0, 2.0, 3.0, np.nan])
    assert estimate(RATIO, ours, theirs).value == 2.0
    assert estimate(LIMIT, ours, theirs).value == 1.5
    assert estimate(replace(LIMIT, measure="saving"), ours, theirs).value == -1.5
    assert estimate(replace(LIMIT, measure="level", per=3.0), ours, theirs).value == 1.0
    alone = estimate(RATIO, ours[:1], theirs[:1])
    assert alone.value is None
    assert judge(RATIO, alone).verdict == NOT_REACHED


def test_results_in_words() -> None:
    (wide,) = [_result(RATIO, found(1.42, 1.341, 1.529))]
    assert comes_out(wide) == "1.42 (1.34 to 1.53)"
    assert comes_out(_result(RATIO, found(0.8132, 0.8121, 0.8144))) == "0.813 (0.812 to 0.814)"
    points = replace(LIMIT, outcome="sla_attainment_share")
    assert comes_out(_result(points, found(0.0128, 0.0064, 0.0191))).replace("\u00a0", " ") == (
        "1.28 points (0.64 points to 1.91 points)"
    )
    assert (published(RATIO), published(LIMIT)) == ("1.4", "above 0")
    assert published(replace(points, measure="level", at_least=0.98)) == "at least 98%"
    assert title(RATIO) == "Time to market, ratio to `small`"


def test_every_check_can_be_played() -> None:
    shipped = {entry.name for entry in catalogue()}
    for check in checks_of(claims().values()):
        assert {*check.play.split("+"), *check.against.split("+")} <= shipped
        assert check.outcome in MEASURES or check.outcome in OWN
        assert sum(value is not None for value in (check.figure, check.at_least, check.at_most)) == 1
        assert 0 <= check.first < check.last
    for play in scenarios_of(claims().values()):
        load(play.name, play.sets, until_hours=168)


def test_claims_are_items_and_ten_can_be_checked_by_hand() -> None:
    assert set(claims()) <= set(items())
    by_hand = {number: claim.by_hand for number, claim in claims().items() if claim.by_hand}
    assert len(by_hand) == 10
    known = commands.list_commands(None)  # type: ignore[arg-type]
    for number, words in by_hand.items():
        named = re.findall(r"`watermelon (\w+)", words)
        assert named, f"{number} names no command"
        assert set(named) <= set(known)


def test_what_is_committed_is_what_the_table_asks_for() -> None:
    told: dict[str, Any] = committed()["claims"]
    assert list(told) == list(claims())
    for number, claim in claims().items():
        for check, line in zip(claim.checks, told[number]["checks"], strict=True):
            asked = (check.play, check.against, check.outcome, check.figure, check.at_least, check.at_most)
            keys = ("scenario", "against", "outcome", "figure", "at_least", "at_most")
            assert asked == tuple(line[key] for key in keys), number
            assert [*check.sets] == line["set"], number
            assert check.why == line["why"], number
        words = (claim.says, claim.caution, claim.by_hand or None, claim.unreached or None)
        assert words == tuple(told[number][key] for key in ("says", "caution", "by_hand", "unreached"))


def test_committed_verdicts_follow_from_committed_numbers() -> None:
    for number, claim in committed()["claims"].items():
        lines = []
        for check, line in zip(claims()[number].checks, claim["checks"], strict=True):
            numbers = (line[key] for key in ("value", "ci_low", "ci_high", "mean", "mean_against"))
            lines.append(judge(check, Found(*numbers, line["replications"])).verdict)
            assert lines[-1] == line["verdict"], number
        assert worst(lines) == claim["verdict"], number


def test_the_readme_tells_the_committed_verdicts() -> None:
    counts = Counter(claim["verdict"] for claim in committed()["claims"].values())
    told = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"of {counts.total()} claims {counts[REPRODUCED]} are reproduced, {counts[IN_RANGE]} are in range, "
        f"and [{counts[NOT_REACHED]} are not reached]"
    ) in told


def test_a_claim_is_played_under_the_same_luck() -> None:
    same = replace(RATIO, outcome="incidents")
    more = replace(LIMIT, outcome="employee_hours_lost", sets=("teams.desk.seats=1",))
    claim = Claim("C99", "", "", (same, more), None, "", "")
    (answer,) = answers([claim], replications=3, seed=1, workers=1)
    assert answer.results[0].found.value == 1.0
    assert answer.results[1].found.value is not None
    assert answer.results[1].found.value > 0
    assert answer.verdict == NOT_REACHED


def test_the_command_plays_one_claim(invoke: Invoke, tmp_path: Path) -> None:
    answer = invoke("claims", "--only", "c33,C03", "-r", "2", "--json", "--out", str(tmp_path / "out"))
    document = json.loads(answer.stdout)
    assert answer.exit_code == int(bool(document["differs"]))
    assert list(document["claims"]) == ["C33"]
    assert set(document["expressed"]) == {"C03"}
    assert document["claims"]["C33"]["verdict"] in (REPRODUCED, IN_RANGE, NOT_REACHED)
    assert json.loads((tmp_path / "out" / "claims.json").read_text()) == document


def test_items_without_a_figure_are_told_and_not_played(invoke: Invoke) -> None:
    answer = invoke("claims", "--only", "C24")
    assert answer.exit_code == 0
    assert "Expressed by: `council`" in answer.stdout
    assert "0 claims checked" in answer.stdout


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("C4O", "no such claim; did you mean 'C40'?"),
        ("C4", "no such claim; did you mean 'C04'?"),
        ("C400", "no such claim; did you mean 'C40'?"),
        ("churn", "no such claim; there are C01 to C100"),
        (",", "names no claim; give numbers such as C40,C53"),
    ],
)
def test_an_unknown_claim_is_refused_with_the_nearest(invoke: Invoke, only: str, words: str) -> None:
    answer = invoke("claims", "--only", only)
    assert answer.exit_code == 2
    assert words in answer.stderr


def test_an_interval_needs_two_replications(invoke: Invoke) -> None:
    answer = invoke("claims", "-r", "1")
    assert answer.exit_code == 2
    assert "an interval needs two" in answer.stderr


def _result(check: Check, numbers: Found) -> Any:
    from watermelon.claims.playing import Result

    return Result(check, numbers, judge(check, numbers))
