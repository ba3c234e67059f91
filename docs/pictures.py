"""Draw the pictures of the documentation: ``python -m docs.pictures [flows] [comparison] [seen]``.

``flows`` is a drawing of the model; ``comparison`` plays the baseline for a year and takes a minute, ``seen``
plays it for three years beside a bonus for a green dashboard and takes two.
"""

from __future__ import annotations

import sys
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from results.plots.style import BLUE, INK, ORANGE, QUIET, VERMILLION, styled

IMAGES = Path(__file__).resolve().parent / "images"

# Name -> (text, x, y, width, colour); x and y are the middle of a box.
Box = tuple[str, float, float, float, str]
BOXES: dict[str, Box] = {
    # Tickets
    "incident": ("An incident begins\n(impairs its service)", 1.4, 9.2, 2.3, VERMILLION),
    "detect": ("Detection by\nmonitoring or users", 4.5, 9.2, 2.3, INK),
    "judge": ("Priority\nas IT sees it", 7.5, 9.2, 2.1, INK),
    "request": ("A request is made\n(its user waits)", 1.4, 5.6, 2.3, BLUE),
    "automate": ("Automation\n(some fail)", 4.5, 5.6, 2.3, INK),
    "approve": ("Approval\n(where it needs one)", 7.5, 5.6, 2.3, INK),
    "queue": ("Queue of a team\n(dispatch policy)", 7.5, 7.4, 2.3, ORANGE),
    "work": ("Work at a seat\n(shifts, absence, on call)", 11.0, 7.4, 2.8, ORANGE),
    "wait": ("Waiting for the user\nor a vendor", 10.2, 9.2, 2.1, INK),
    "second": ("A second team: at once\n(swarming) or afterwards", 13.0, 9.2, 2.6, ORANGE),
    "hand_off": ("Handoff: delay, lost\ncontext, perhaps to\nthe wrong team", 10.4, 5.6, 2.2, INK),
    "restore": ("Restored\nor fulfilled", 14.6, 7.4, 1.8, BLUE),
    "close": ("Closed\ndays later", 16.9, 7.4, 1.6, INK),
    # What is planned
    "fault": ("Faults, born by age\nor left by changes", 1.4, 3.3, 2.3, VERMILLION),
    "problem": ("Problem: noticed,\ninvestigated, workaround", 4.7, 3.3, 2.6, INK),
    "maintenance": ("Maintenance, audit\nfindings, routine wishes", 4.7, 2.0, 2.6, INK),
    "initiative": ("Initiatives: what the\nbusiness asked for", 4.7, 0.7, 2.6, BLUE),
    "change": ("Change: assessed,\nbuilt, tested", 8.1, 2.0, 2.1, INK),
    "meeting": ("Approval meeting,\nthen a window", 11.0, 2.0, 2.1, INK),
    "live": ("Deployed", 13.7, 2.0, 1.5, INK),
    "benefit": ("Fault gone, upkeep\ndone, value begins", 16.5, 2.0, 2.2, BLUE),
    # People
    "people": ("People: tire, leave, are\nreplaced, learn", 14.9, 5.65, 2.5, ORANGE),
}

# From, to, words; sides are found from the places.
ARROWS = (
    ("incident", "detect", ""),
    ("detect", "judge", ""),
    ("judge", "queue", ""),
    ("request", "automate", ""),
    ("automate", "approve", ""),
    ("approve", "queue", ""),
    ("queue", "work", ""),
    ("work", "restore", "settled"),
    ("restore", "close", ""),
    ("fault", "problem", "repeats"),
    ("maintenance", "change", ""),
    ("change", "meeting", ""),
    ("meeting", "live", ""),
    ("live", "benefit", "holds"),
)

# Ways of their own: points, words, where the words stand (x, y, how they are aligned), both ends.
Way = tuple[tuple[tuple[float, float], ...], str, tuple[float, float, str], bool]
WAYS: tuple[Way, ...] = (
    (((10.75, 7.94), (10.75, 8.66)), "", (0, 0, "left"), True),
    (((12.1, 7.94), (12.1, 8.66)), "", (0, 0, "left"), True),
    (((10.4, 6.86), (10.4, 6.14)), "not settled", (10.5, 6.5, "left"), False),
    (
        ((9.18, 5.75), (8.95, 5.75), (8.95, 6.4), (8.2, 6.4), (8.2, 6.86)),
        "next team",
        (8.3, 6.55, "left"),
        False,
    ),
    (
        ((9.9, 7.94), (9.9, 8.25), (8.3, 8.25), (8.3, 7.94)),
        "priority 1 interrupts",
        (8.95, 8.39, "left"),
        False,
    ),
    (
        ((14.6, 7.94), (14.6, 10.15), (8.85, 10.15), (8.85, 8.5), (8.05, 8.5), (8.05, 7.94)),
        "did not hold: reopened",
        (11.6, 10.28, "center"),
        False,
    ),
    (
        ((4.5, 5.06), (4.5, 4.5), (16.6, 4.5), (16.6, 6.5), (14.6, 6.5), (14.6, 6.86)),
        "fulfilled without an agent",
        (7.9, 4.63, "center"),
        False,
    ),
    (((0.19, 3.3), (-0.2, 3.3), (-0.2, 9.2), (0.15, 9.2)), "emit incidents", (-0.1, 7.4, "left"), False),
    (((6.06, 3.3), (8.1, 3.3), (8.1, 2.54)), "the fix", (7.0, 3.43, "center"), False),
    (((6.06, 0.7), (8.1, 0.7), (8.1, 1.46)), "in parts", (7.0, 0.83, "center"), False),
    (
        ((13.7, 1.46), (13.7, 0.05), (1.0, 0.05), (1.0, 2.76)),
        "fails: is undone, or leaves a fault and incidents",
        (10.6, 0.19, "center"),
        False,
    ),
    (
        ((8.7, 2.54), (8.7, 3.95), (11.8, 3.95), (11.8, 6.86)),
        "every step waits for the same seats",
        (8.8, 3.8, "left"),
        False,
    ),
    (((13.6, 5.65), (12.2, 5.65), (12.2, 6.86)), "", (0, 0, "left"), False),
)
HEIGHT = 0.9
HEADINGS = (("Tickets", 10.05), ("What is planned", 4.15))


def flows() -> Path:
    """The way of tickets, of what is planned, and of the people who do both."""
    with styled():
        figure = Figure(figsize=(12.6, 7.6), layout="constrained")
        ax = figure.add_subplot()
        ax.set_xlim(-0.3, 17.9)
        ax.set_ylim(-0.1, 10.6)
        ax.axis("off")
        for name, y in HEADINGS:
            ax.text(0.25, y, name, fontsize=11, weight="bold", va="center")
        for text, x, y, width, colour in BOXES.values():
            ax.add_patch(
                FancyBboxPatch(
                    (x - width / 2, y - HEIGHT / 2),
                    width,
                    HEIGHT,
                    boxstyle="round,pad=0.06,rounding_size=0.15",
                    facecolor="white",
                    edgecolor=colour,
                    linewidth=1.6,
                )
            )
            ax.text(x, y, text, ha="center", va="center", fontsize=9)
        for begin, end, words in ARROWS:
            _arrow(ax, begin, end, words)
        for points, words, (x, y, side), both in WAYS:
            _way(ax, points, both=both)
            ax.text(x, y, words, fontsize=8.5, color=QUIET, ha=side, va="center")
        path = IMAGES / "flows.svg"
        figure.savefig(path, metadata={"Date": None, "Creator": None})
    return path


def _arrow(ax: Axes, begin: str, end: str, words: str) -> None:
    """A straight arrow between the sides that face each other."""
    (_, x, y, width, _), (_, to_x, to_y, to_width, _) = BOXES[begin], BOXES[end]
    if abs(y - to_y) < 0.1:
        start, goal = (x + width / 2 + 0.08, y), (to_x - to_width / 2 - 0.1, to_y)
        ax.text((start[0] + goal[0]) / 2, y + 0.12, words, fontsize=8.5, color=QUIET, ha="center")
    else:
        up = 1 if to_y > y else -1
        start, goal = (x, y + up * (HEIGHT / 2 + 0.08)), (to_x, to_y - up * (HEIGHT / 2 + 0.1))
    _way(ax, (start, goal))


def _way(ax: Axes, points: tuple[tuple[float, float], ...], *, both: bool = False) -> None:
    """An arrow along ``points``, with a head at its end or at both ends."""
    line = {"color": QUIET, "linewidth": 1.2}
    *_, before, goal = points
    if len(points) > 2:
        xs, ys = zip(*points[:-1], strict=True)
        ax.plot(xs, ys, **line)
    ax.annotate("", goal, before, arrowprops={"arrowstyle": "<->" if both else "->", "shrinkA": 0, **line})


def comparison(replications: int = 10) -> Path:
    """Green or red, outside and inside, for the baseline and two changes of it."""
    from results.plots.dashboard import dashboard_beside_business, height_of
    from results.plots.svg import svg
    from watermelon import compare, load, simulate
    from watermelon.naming import titles
    from watermelon.reporting import scenario_titles

    names = ("baseline", "baseline+automation", "baseline+siloed_it")
    runs = simulate(*(load(name, until_hours=8760) for name in names), replications=replications)
    names_of = scenario_titles(runs.scenarios)
    services = titles(next(iter(runs.scenarios.values())))
    found = compare(runs)
    drawing = svg(
        lambda ax: dashboard_beside_business(found, ax=ax, names=names_of, titles=services),
        8.2,
        height_of(found),
    )
    path = IMAGES / "comparison.svg"
    path.write_text(drawing, encoding="utf-8")
    return path


def seen(replications: int = 40) -> Path:
    """What IT's dashboard shows and what the business feels, once bonuses hang on the dashboard."""
    from results.plots.seen import height_of, seen_and_felt
    from results.plots.svg import svg
    from watermelon import compare, load, simulate

    runs = simulate(load("baseline"), load("baseline+incentives"), replications=replications)
    found = compare(runs)
    name = found.others[0].name
    path = IMAGES / "seen.svg"
    drawing = svg(lambda ax: seen_and_felt(found, name, ax=ax), 8.6, height_of(found, name))
    path.write_text(drawing, encoding="utf-8")
    return path


PICTURES = {"flows": flows, "comparison": comparison, "seen": seen}


def main() -> None:
    """Draw what was asked for, or everything."""
    for name in sys.argv[1:] or PICTURES:
        print(PICTURES[name]())


if __name__ == "__main__":
    main()
