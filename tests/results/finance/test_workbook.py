"""The workbook calculates what ``roi --json`` says, also after an input has been changed."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from results.finance.document import roi_document
from results.finance.names import FIGURES, scenario_names
from results.finance.tracking import promises
from results.finance.twoway import USED
from results.finance.workbook.book import sheet_name
from results.finance.workbook.write import write_workbook
from tests.results.finance.case import case
from tests.results.finance.recalculate import Workbook, office, recalculated, typed

FAR = 1e-9


def document(*sets: str) -> dict[str, Any]:
    found, _ = case(*sets)
    return roi_document(found.verdicts, found.assumed)


def workbook(folder: Path) -> Path:
    path = folder / "case.xlsx"
    write_workbook(path, case()[1])
    return path


def assert_agrees(book: Workbook, *sets: str) -> None:
    compared, said = 0, document(*sets)
    for name, figures in said["scenarios"].items():
        for key, cell in figures["workbook_names"].items():
            value: Any = figures
            for part in key.split("."):
                value = value[part]
            values = value if isinstance(value, list) else [value]
            for mine, theirs in zip(values, book.values(cell), strict=True):
                compared += 1
                if mine is None:
                    assert theirs is None, (name, key)
                else:
                    assert theirs == pytest.approx(mine, rel=FAR, abs=1e-9), (name, key)
        at_once = all(item.losses_used for item in case(*sets)[0].verdicts.appraisals[name].terms)
        for used, row in zip(USED, figures["two_way"][0]["npv"], strict=True):
            shown = book.values(
                f"{scenario_names(list(said['scenarios']))[name]}_two_way_{round(100 * used)}"
            )
            assert shown == (pytest.approx(row, rel=FAR) if at_once else [None] * len(row)), (name, used)
    assert compared >= 2 * len(FIGURES)
    prefixes = scenario_names(list(said["scenarios"]))
    own = {name: all(figures["checks"].values()) for name, figures in said["scenarios"].items()}
    for name, passed in own.items():
        assert book.values(f"{prefixes[name]}_checks") == ["OK" if passed else "CHECK"]
    passed = all(own.values())
    assert book.values("all_checks") == ["OK" if passed else "CHECK"]
    # Siloed IT costs more hours than there are, in some futures; what is formulas holds all the same.
    texts = book.texts("Checks and sources")
    live = [
        cell
        for cell, text in texts.items()
        if cell[0] == "A" and ": " in text and not text.endswith(("(as played)", ": all of these"))
    ]
    assert len(live) >= 20
    assert all(texts[f"B{cell[1:]}"] == "OK" for cell in live)


def test_what_is_stored_is_what_is_said(tmp_path: Path) -> None:
    # Viewers that do not calculate show what is stored: no formula may be without its value.
    assert_agrees(Workbook(workbook(tmp_path)))


def test_libreoffice_calculates_the_same(tmp_path: Path) -> None:
    office()
    assert_agrees(Workbook(recalculated(workbook(tmp_path), tmp_path)))


CHANGES = {
    "the discount rate": {"finance.discount_rate=14 %": ("discount_rate", 0.14)},
    "the cost of an hour": {"business.employee_cost=40 USD/h": ("employee_cost", 40.0)},
    "everything else": {
        "finance.mid_year=true": ("mid_year", 1.0),
        "finance.inflation=3 %": ("inflation", 0.03),
        "finance.tax_rate=30 %": ("tax_rate", 0.30),
        "finance.losses_used=false": ("losses_used", 0.0),
        "finance.capital_share=80 %": ("capital_share", 0.80),
        "finance.depreciation_years=2": ("depreciation_years", 2.0),
        "finance.reuse_employee_hours=40 %": ("reuse_employee_hours", 0.40),
        "finance.reuse_it_hours=10 %": ("reuse_it_hours", 0.10),
    },
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_input_gives_what_a_run_with_it_gives(what: str, tmp_path: Path) -> None:
    office()
    path = workbook(tmp_path)
    for place, (name, value) in enumerate(CHANGES[what].values()):
        path = typed(path, tmp_path / f"changed-{place}.xlsx", f"in_{name}", value)
    assert_agrees(Workbook(recalculated(path, tmp_path)), *CHANGES[what])


def test_the_switch_shows_the_other_scenario(tmp_path: Path) -> None:
    office()
    path = workbook(tmp_path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "other.xlsx", "w") as new:
        for item in old.namelist():
            data = old.read(item)
            if item == "xl/worksheets/sheet1.xml":
                cell = r'(<c r="B4"[^>]*) t="s"><v>\d+</v></c>'
                text, count = re.subn(cell, r'\1 t="inlineStr"><is><t>siloed_it</t></is></c>', data.decode())
                assert count == 1
                data = text.encode()
            new.writestr(item, data)
    book = Workbook(recalculated(tmp_path / "other.xlsx", tmp_path))
    shown = float(book.texts("Decision")["B8"])
    assert shown == pytest.approx(document()["scenarios"]["siloed_it"]["npv"]["mean"], rel=FAR)


def test_what_was_measured_is_held_against_the_promise(tmp_path: Path) -> None:
    office()
    found, page = case()
    path = workbook(tmp_path)
    made = list(promises(found.verdicts.appraisals["automation"], page.targets, page.start, "USD"))
    place = next(place for place, item in enumerate(made, 5) if item.unit == "hours lost")
    item = made[place - 5]
    # Half of what was promised, in the first year in which hours are.
    measured = item.without - item.planned / 2
    path = typed(path, tmp_path / "looked-back.xlsx", f"Benefit tracking!N{place}", measured)
    texts = Workbook(recalculated(path, tmp_path)).texts("Benefit tracking")
    assert texts[f"G{place}"] == "hours lost"
    assert float(texts[f"O{place}"]) == pytest.approx(item.planned / 2)
    assert float(texts[f"P{place}"]) == pytest.approx(-item.planned / 2)
    within = item.low <= item.planned / 2 <= item.high
    assert (texts[f"Q{place}"] == "as said") is within
    assert texts[f"Q{place + 1}"] == "open"


def test_every_formula_has_a_value(tmp_path: Path) -> None:
    with zipfile.ZipFile(workbook(tmp_path)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        formulas = 0
        for name in sheets:
            for cell in re.findall(r"<c [^>]*><f>.*?</c>", book.read(name).decode()):
                formulas += 1
                assert "<v>" in cell, cell
        assert formulas > 1_000


def test_names_are_names_whatever_a_scenario_is_called() -> None:
    found = scenario_names(["automation", "my/file.yaml", "2nd try", "my_file.yaml", "++"])
    assert list(found.values()) == ["automation", "my_file_yaml", "s_2nd_try", "my_file_yaml_2", "scenario"]
    taken: set[str] = set()
    names = [sheet_name("Futures", "x" * 40, taken) for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)
