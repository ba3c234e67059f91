"""A base that holds draws of what its log left open."""

from pathlib import Path

import pytest

from scenarios import load
from scenarios.errors import BadInput
from scenarios.shipped import find

POSTERIOR = """
posterior:
  factors:
    desk_work: ["categories[*].stages[role=desk].work"]
    seats: ["teams[*].seats"]
  draws:
    - [0.5, 2]
    - [2, 0.5]
    - [1, 0.1]
"""
WORK, SEATS = "categories.workplace.stages.desk.work.mean", "teams.application.seats"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("posterior") / "open.yaml"
    path.write_text(find("small").read_text(encoding="utf-8") + POSTERIOR, encoding="utf-8")
    return path


def test_a_row_is_used_as_a_whole_and_all_rows_in_turn(base: Path) -> None:
    scenario = load(str(base))
    found = [scenario.numbers(draw, 1).drawn for draw in range(3)]
    rows = {(round(item[WORK] / 60), item[SEATS]) for item in found}
    # Four seats: twice as many, half, and never less than one.
    assert rows == {(13, 8.0), (52, 2.0), (26, 1.0)}
    assert scenario.numbers(3, 1).drawn[WORK] == found[0][WORK]


def test_without_draws_the_base_plays_as_it_is_written(base: Path) -> None:
    plain, known = load("small"), load(str(base))
    assert known.numbers(None, 1).drawn == {}
    assert known.model().parameters == plain.model().parameters
    assert known.digest != plain.digest


def test_a_lever_acts_on_what_was_drawn(base: Path) -> None:
    drawn = load(str(base)).numbers(1, 1).drawn[WORK]
    lever = load(str(base), [f"{WORK}=52 min"]).numbers(1, 1).drawn[WORK]
    assert lever == pytest.approx(2 * drawn)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("    - [0.5, 2, 3]\n", "must have 2 numbers in each draw, one a factor"),
        ("    - [0.5, 0]\n", "posterior.draws[4][2] = 0: must be more than 0"),
        ("    - [0.5]\n", "must have 2 numbers in each draw"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(base: Path, tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(base.read_text(encoding="utf-8") + text, encoding="utf-8")
    with pytest.raises(BadInput) as found:
        load(str(path))
    assert sentence in str(found.value)
