"""The merger's rare disaster, measured: ``python -m docs.merger_tail`` writes its part of docs/comparison.md.

The merger with every assumption drawn, with and without its last changes (the platform that may not carry its
customers, the way back that is not there). Both meet the same draws and the same luck. Some minutes.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from watermelon import load, simulate

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "comparison.md"
OVERRIDE = ROOT / "scenarios" / "library" / "overrides" / "merger_integration.yaml"
TAIL, COSTS = "  # The tail\n", "# For a company of 3,000 people"
KEYS = ("services[customer_facing].load", "change_enablement.rolled_back")
BEGIN, END = "<!-- tail -->\n", "<!-- end of tail -->\n"
REPLICATIONS = 200

ROWS = (
    ("downtime_hours", "Downtime, hours, all services", 1.0, "{:,.0f}"),
    ("customers_lost", "Customers lost to IT, thousand", 1e3, "{:,.1f}"),
    ("business_loss_total", "Loss to the business, million USD", 1e6, "{:,.2f}"),
)

TEXT = """## The rare disaster of a merger

{intro}

| one year | over {n} futures | baseline | merger without the tail | merger |
| --- | --- | --- | --- | --- |
{rows}

{says}
"""

INTRO = """
After half a year the customers of both companies go to one platform. At its most likely value that is
harmless; with `--uncertainty` the load that it has to carry is drawn (once to four times, mostly near once).
Below: {n} futures of one year, all assumptions drawn, seed 1, {day}; the merger once without these changes,
under the same draws and the same luck. Written by `python -m docs.merger_tail`.
"""

SAYS = """
In {rare} of the {n} futures the cutover brings two days of downtime or more that would not have been (in
{less} it is two days less, which would be luck: histories that have parted differ by it too). At most it
brings {worst_hours} hours, {worst_customers} thousand more customers lost ({worst_share}% of all; TSB lost
1.6% in 2018) and {worst_loss} million USD. So the tail is there, but thin: it adds {mean_loss} million USD to
the mean loss and {late_loss} million to the loss that is exceeded in one future of twenty. What else is not
known of a merger moves the loss far more. It is also milder than TSB's, whose costs were mostly compensation,
fraud and staff, which are not in the model. Means and intervals of `compare --uncertainty` do not show such a
tail: `replications.csv` in its folder has every future, and `roi` the mean of the worst one in twenty.
"""


def without_tail(folder: Path) -> Path:
    """The override without its last changes, under the same name: draws are keyed by it."""
    text = OVERRIDE.read_text()
    text = text[: text.index(TAIL)] + text[text.index(COSTS) :]
    for key in KEYS:
        text = text.replace(f"    - {key}\n", "")
    path = folder / OVERRIDE.name
    path.write_text(text)
    return path


def play(replications: int) -> dict[str, pd.DataFrame]:
    """Outcomes of one year by scenario; each is played by itself, because two have the same name."""
    with tempfile.TemporaryDirectory() as folder:
        names = {
            "baseline": "baseline",
            "without": f"baseline+{without_tail(Path(folder))}",
            "merger": "baseline+merger_integration",
        }
        scenarios = {key: load(name, until_hours=8760) for key, name in names.items()}
        return {
            key: simulate(scenario, replications=replications, uncertainty=True).outcomes
            for key, scenario in scenarios.items()
        }


def section(found: dict[str, pd.DataFrame]) -> str:
    """The part of the page."""
    values = {
        key: {name: table[name].to_numpy() / size for name, _, size, _ in ROWS}
        for key, table in found.items()
    }
    rows = []
    for name, title, _, form in ROWS:
        columns = [values[key][name] for key in ("baseline", "without", "merger")]
        means = [form.format(column.mean()) for column in columns]
        highs = [form.format(np.percentile(column, 95)) for column in columns]
        rows.append("| " + " | ".join([title, "mean", *means]) + " |")
        rows.append("| " + " | ".join(["", "exceeded in one of twenty", *highs]) + " |")
    more = {name: values["merger"][name] - values["without"][name] for name, *_ in ROWS}
    loss = {key: values[key]["business_loss_total"] for key in ("merger", "without")}
    n, customers = len(loss["merger"]), load("baseline").prices().customers.customers
    words = {
        "n": n,
        "day": date.today().isoformat(),
        "rare": int((more["downtime_hours"] >= 48).sum()),
        "less": int((more["downtime_hours"] <= -48).sum()) or "none",
        "worst_hours": f"{more['downtime_hours'].max():,.0f}",
        "worst_customers": f"{more['customers_lost'].max():,.1f}",
        "worst_share": f"{100 * 1000 * more['customers_lost'].max() / customers:.1f}",
        "worst_loss": f"{more['business_loss_total'].max():,.1f}",
        "mean_loss": f"{more['business_loss_total'].mean():,.2f}",
        "late_loss": f"{np.percentile(loss['merger'], 95) - np.percentile(loss['without'], 95):,.2f}",
    }
    intro, says = (
        textwrap.fill(
            " ".join(text.format(**words).split()), 110, break_on_hyphens=False, break_long_words=False
        )
        for text in (INTRO, SAYS)
    )
    return TEXT.format(n=n, intro=intro, rows="\n".join(rows), says=says)


def split(text: str, begin: str, end: str) -> tuple[str, str, str]:
    """A page before, between and after two marks."""
    before, rest = text.split(begin)
    between, after = rest.split(end)
    return before, between, after


def main() -> None:
    """Play, and write between the two marks."""
    found = play(int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS)
    before, _, after = split(PAGE.read_text(), BEGIN, END)
    PAGE.write_text(before + BEGIN + "\n" + section(found) + "\n" + END + after)


if __name__ == "__main__":
    main()
