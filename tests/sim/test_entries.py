"""Machine code of entries: what goes in and out, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.kernel import entry, kept, linking, parts
from sim.kernel.entries import Entry

Matrix = NDArray[np.int64]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path / "code")


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of the functions that the compiler was asked for."""
    asked: list[str] = []
    compiler = parts.machine_code
    monkeypatch.setattr(
        parts,
        "machine_code",
        lambda function, signature: asked.append(function.__name__) or compiler(function, signature),
    )
    return iter([asked])


def weighed(
    matrix: Matrix, column: int, marks: NDArray[np.bool_], weights: tuple[int, int], unit: float
) -> float:
    """The marked rows of a column count more than the others."""
    total = 0
    for row in range(len(matrix)):
        total += matrix[row, column] * (weights[1] if marks[row] else weights[0])
    return total * unit


def ends_higher(values: Matrix) -> bool:
    """Reads from both ends."""
    return bool(values[-1] > values[0])


def clear(values: Matrix) -> None:
    """Writes and returns nothing."""
    for place in range(len(values)):
        values[place] = 0


def test_arguments_and_results_of_all_kinds() -> None:
    matrix, marks = np.arange(12).reshape(4, 3), np.array([True, False, False, True])
    for seen in (matrix, matrix.T.copy().T, matrix[::-1], matrix[:, ::-1]):
        given = (seen, 1, marks, (2, 10), 0.5)
        assert entry(weighed)(*given) == weighed(*given)
        assert entry(ends_higher)(seen[:, 0]) == ends_higher(seen[:, 0])
    clear_fast: Entry[[Matrix], None] = entry(clear)
    assert clear_fast(matrix[:, 1]) is None  # type: ignore[func-returns-value]
    assert matrix.tolist() == [[0, 0, 2], [3, 0, 5], [6, 0, 8], [9, 0, 11]]


def test_code_is_made_once_and_then_found(compilations: Iterator[list[str]]) -> None:
    asked, values = next(compilations), np.arange(5)
    for _ in range(2):
        assert entry(ends_higher)(values)
        assert entry(ends_higher)(values[::2])
    assert asked == ["ends_higher"] * 2, "once for each layout"


@pytest.mark.parametrize("damage", ["cut", "byte", "empty"])
def test_damaged_code_is_made_again(damage: str, tmp_path: Path, compilations: Iterator[list[str]]) -> None:
    asked, values = next(compilations), np.arange(5)
    assert entry(ends_higher)(values)
    (file,) = (tmp_path / "code").iterdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(
        {"cut": whole[:-1], "byte": whole[:middle] + b"?" + whole[middle + 1 :], "empty": b""}[damage]
    )
    for _ in ("made again", "found"):
        assert entry(ends_higher)(values)
    assert len(asked) == 2


def test_code_that_needs_what_is_not_there_is_made_again(
    monkeypatch: pytest.MonkeyPatch, compilations: Iterator[list[str]]
) -> None:
    link = linking.address
    refused: list[kept.Code] = []

    def what_was_kept_does_not_link(code: kept.Code) -> int:
        if not refused:
            refused.append(code)
            raise RuntimeError
        return link(code)

    asked, values = next(compilations), np.arange(5)
    assert entry(ends_higher)(values)
    monkeypatch.setattr(linking, "address", what_was_kept_does_not_link)
    assert entry(ends_higher)(values)
    assert len(asked) == 2


def test_without_a_place_to_keep_code_it_still_runs(tmp_path: Path) -> None:
    (tmp_path / "code").write_text("a file in the way")
    assert entry(ends_higher)(np.arange(5))
