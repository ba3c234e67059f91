"""Results as pandas tables, for notebooks, CSV files and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.catalogue import OUTCOMES
from results.compare import Comparison, Runs, comparison_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["comparison_table", "estimates_frame", "outcomes_frame", "targets_frame", "weekly_frame"]


def outcomes_frame(runs: Runs) -> pd.DataFrame:
    """One row a scenario and replication, one column an outcome; empty where undefined."""
    import pandas as pd

    rows = {
        (name, summary.replication): summary.outcomes
        for name, summaries in runs.items()
        for summary in summaries
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["scenario", "replication"])
    return pd.DataFrame(list(rows.values()), index=index, columns=list(OUTCOMES))


def weekly_frame(runs: Runs) -> pd.DataFrame:
    """One row a scenario, replication and week (0 first), one column a series."""
    import pandas as pd

    parts = {
        (name, summary.replication): pd.DataFrame(summary.weekly)
        for name, summaries in runs.items()
        for summary in summaries
    }
    return pd.concat(parts, names=["scenario", "replication", "week"])


def estimates_frame(comparison: Comparison) -> pd.DataFrame:
    """The long table of ``outcomes.csv``: a row a scenario and outcome with intervals and differences."""
    import pandas as pd

    rows = []
    for name, result in comparison.scenarios.items():
        for key, described in OUTCOMES.items():
            found = result.outcomes[key]
            differs = comparison.differences.get(name, {}).get(key)
            rows.append(
                {
                    "scenario": name,
                    "outcome": key,
                    "title": described.title,
                    "unit": described.unit_text(comparison.currency),
                    "better": described.better,
                    "n": found.n if found else 0,
                    "mean": found.mean if found else None,
                    "ci_low": found.low if found else None,
                    "ci_high": found.high if found else None,
                    "p10": found.p10 if found else None,
                    "p50": found.p50 if found else None,
                    "p90": found.p90 if found else None,
                    "difference": differs.mean if differs else None,
                    "difference_ci_low": differs.low if differs else None,
                    "difference_ci_high": differs.high if differs else None,
                    "p_better": differs.p_better if differs else None,
                }
            )
    return pd.DataFrame(rows)


def targets_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a target, one column a scenario: the probability that it is met."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: {key: item.met.share if item.met else float("nan") for key, item in result.targets.items()}
            for name, result in comparison.scenarios.items()
        }
    )
