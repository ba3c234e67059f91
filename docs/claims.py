"""The page docs/claims.md, made from what was played last: ``python -m docs.claims`` plays it anew.

Some minutes; numbers of some play these alone. It writes watermelon/claims/committed.json, with which
`watermelon claims` compares, and `make docs` then makes the page of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from watermelon.claims.committed import FILE, committed
from watermelon.claims.table import items
from watermelon.claims.verdict import VERDICTS

REPLICATIONS, SEED = 40, 1

HEAD = """# Claims

The texts that define this project name figures, most of them without a method. `watermelon claims` plays each
that a simulation can hold, beside the baseline and under the same luck, and says whether it is reproduced. A
figure that is not reached is not tuned until it is: the page says what came out, and which setting would
reach it. Numbers C01 to C100 are those of the [coverage](coverage.md) table.

## The rule

One rule for all, and no verdict is written down by hand. Intervals are 95%, over replications, of luck alone.

| verdict | a published figure | a limit or a direction |
| --- | --- | --- |
| reproduced | the interval holds it, and lies within the band | the whole interval keeps it |
| in range | the mean lies in the band, and the interval is clear of no effect | the mean keeps it |
| not reached | all else, what goes far beyond the figure too | the mean misses it |

The *band* goes from half to one and a half times the published effect: for 40% slower, from 20 to 60% slower.
It is that wide because the texts say neither where nor how their figures were measured. A claim is as good as
its weakest check. *Another setting* was searched for after the results were known, and is no part of the
verdict: it says what would have to be so.

That a figure is reproduced does not prove it. Most overrides rest on assumptions of the authors, which were
made with these texts at hand; what the check shows is what follows from them, and where the texts ask for
more than an organisation like the baseline can do.

## Verdicts

Played on {date} at revision `{revision}` (version {version}): {replications} replications, seed {seed},
all assumptions at their most likely values. {counts}.

| | claim | verdict | played | published | comes out |
| --- | --- | --- | --- | --- | --- |
{rows}

## Why, what would reach it, and what to be careful about

{details}

## Check ten by hand

Each is a command or a pencil away. A row that `compare` does not print is in its `outcomes.csv`, and in its
report under *All outcomes*.

{by_hand}

## What has no figure to check

Opinions, contexts, ways of working, mechanisms, parts of a program: they are held, and this is where.

| | what | where |
| --- | --- | --- |
{expressed}
"""


def page() -> str:
    """The text of the page."""
    told = committed()
    claims: dict[str, dict[str, Any]] = told["claims"]
    counts = Counter(claim["verdict"] for claim in claims.values())
    found = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    return HEAD.format(
        date=told["date"],
        revision=told["revision"],
        version=told["version"],
        replications=told["replications"],
        seed=told["seed"],
        counts=f"Of {len(claims)} claims: {found}",
        rows="\n".join(row for number, claim in claims.items() for row in _rows(number, claim)),
        details="\n".join(_detail(number, claim) for number, claim in claims.items()),
        by_hand="\n\n".join(
            f"**{number}** ({claim['says']}). {claim['by_hand']}"
            for number, claim in claims.items()
            if claim["by_hand"]
        ),
        expressed="\n".join(
            f"| {number} | {item['what']} | {item['where']} |"
            for number, item in items().items()
            if number not in claims
        ),
    )


def _rows(number: str, claim: dict[str, Any]) -> list[str]:
    found = []
    for place, check in enumerate(claim["checks"]):
        first = place == 0
        cells = [
            number if first else "",
            claim["says"] if first else "",
            f"**{claim['verdict']}**" if first else "",
            f"{check['played']}: {_lowered(check['title'])}",
            check["published"],
            check["text"],
        ]
        found.append("| " + " | ".join(cells) + " |")
    return found


def _detail(number: str, claim: dict[str, Any]) -> str:
    lines = []
    for check in claim["checks"]:
        judged = f"{check['verdict']}: {check['because']}" if len(claim["checks"]) > 1 else check["because"]
        lines.append(f"{check['why']} ({judged}).")
    other = claim["reached_by"]
    if other is not None:
        gives = f"{other['played']} gives {other['text']}, {other['verdict']}"
        lines.append(f"*Another setting*: {other['says']}. {gives}.")
    if claim["unreached"]:
        lines.append(f"{claim['unreached']}.")
    lines.append(f"*Caution*: {claim['caution']}.")
    return f"- **{number}** {' '.join(lines)}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def main(numbers: list[str]) -> None:
    """Play claims (all without any numbers) and write the committed table."""
    from watermelon._version import __version__
    from watermelon.claims.playing import answers, scenarios_of
    from watermelon.claims.table import claims
    from watermelon.claims.words import document
    from watermelon.cli.progress import progress
    from watermelon.simulation import processors

    wanted = [claim for number, claim in claims().items() if not numbers or number in numbers]
    with progress(len(scenarios_of(wanted)) * REPLICATIONS) as report:
        found = answers(wanted, REPLICATIONS, SEED, processors(), report)
    new = {answer.claim.number: document(answer) for answer in found}
    known = committed()["claims"] if numbers else {}
    told = {
        "date": date.today().isoformat(),
        "revision": revision(),
        "version": __version__,
        "replications": REPLICATIONS,
        "seed": SEED,
        "claims": {number: new.get(number) or known[number] for number in claims()},
    }
    FILE.write_text(json.dumps(_short(told), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def revision() -> str:
    """The commit that is played, marked where files of it were changed."""
    root = Path(__file__).resolve().parent.parent
    command = ["git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()


def _short(value: Any) -> Any:
    """The document with six digits a number: as many as a reader could ask for."""
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_short(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main(sys.argv[1:])
