"""Draw the pictures of the documentation: ``python -m docs.pictures [flows] [comparison]``.

``flows`` is a drawing of the model; ``comparison`` plays the baseline for a year and takes a minute.
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
BOXES: dict[str, tuple[str, float, float, float, str]] = {
    "incident": ("An incident begins\n(impairs its service)", 1.3, 5.2, 2.2, VERMILLION),
    "detect": ("Detection\nby monitoring or users", 4.0, 5.2, 2.2, INK),
    "judge": ("Priority\nas IT sees it", 6.7, 5.2, 2.0, INK),
    "request": ("A request is made\n(its user waits)", 1.3, 1.2, 2.2, BLUE),
    "automate": ("Automation\n(some fail)", 4.0, 1.2, 2.2, INK),
    "approve": ("Approval", 6.7, 1.2, 2.0, INK),
    "queue": ("Queue of a team\n(dispatch policy)", 6.7, 3.2, 2.0, ORANGE),
    "work": ("Work at a seat\n(shifts, absence, on call)", 9.5, 3.2, 2.4, ORANGE),
    "wait": ("Waiting for user\nor vendor", 9.5, 5.2, 2.2, INK),
    "hand_off": ("Handoff: delay, lost context,\nperhaps to the wrong team", 9.5, 1.2, 2.7, INK),
    "restore": ("Restored\nor fulfilled", 12.4, 3.2, 1.8, BLUE),
    "close": ("Closed\ndays later", 14.7, 3.2, 1.5, INK),
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
    ("work", "wait", ""),
    ("work", "hand_off", "not settled"),
    ("hand_off", "queue", "next team"),
    ("work", "restore", "settled"),
    ("restore", "close", ""),
)
HEIGHT = 0.9


def flows() -> Path:
    """The way of incidents and requests."""
    with styled():
        figure = Figure(figsize=(11.5, 5.0), layout="constrained")
        ax = figure.add_subplot()
        ax.set_xlim(0, 15.7)
        ax.set_ylim(-0.6, 6.3)
        ax.axis("off")
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
            ax.text(x, y, text, ha="center", va="center", fontsize=8.5)
        for begin, end, words in ARROWS:
            _arrow(ax, begin, end, words)
        _long_way(ax, "automate", "restore", -0.25, "fulfilled without an agent")
        _long_way(ax, "restore", "queue", 4.15, "did not hold: reopened")
        path = IMAGES / "flows.svg"
        figure.savefig(path, metadata={"Date": None, "Creator": None})
    return path


def _arrow(ax: Axes, begin: str, end: str, words: str) -> None:
    """A straight arrow between the sides that face each other."""
    (_, x, y, width, _), (_, to_x, to_y, to_width, _) = BOXES[begin], BOXES[end]
    if abs(y - to_y) < 0.1:
        start, goal = (x + width / 2 + 0.08, y), (to_x - to_width / 2 - 0.1, to_y)
    elif abs(x - to_x) < 0.1:
        up = 1 if to_y > y else -1
        start, goal = (x, y + up * (HEIGHT / 2 + 0.08)), (to_x, to_y - up * (HEIGHT / 2 + 0.1))
    else:
        start, goal = (x - width / 2 - 0.08, y + 0.25), (to_x + 0.4, to_y - HEIGHT / 2 - 0.1)
    both = "<->" if end == "wait" else "->"
    ax.annotate("", goal, start, arrowprops={"arrowstyle": both, "color": QUIET, "linewidth": 1.2})
    if words:
        level = start[1] == goal[1]
        x, y = (start[0] + goal[0]) / 2 + (0 if level else 0.12), (start[1] + goal[1]) / 2
        place = {"ha": "center", "va": "bottom"} if level else {"ha": "left", "va": "center"}
        ax.text(x, y + (0.06 if level else 0), words, fontsize=7.5, color=QUIET, **place)


def _long_way(ax: Axes, begin: str, end: str, height: float, words: str) -> None:
    """An arrow around the others, at a height of its own."""
    (_, x, y, _, _), (_, to_x, to_y, _, _) = BOXES[begin], BOXES[end]
    side = 1 if height > y else -1
    start_y = y + side * (HEIGHT / 2 + 0.08)
    goal_y = to_y + (1 if height > to_y else -1) * (HEIGHT / 2 + 0.1)
    if end == "queue":
        to_x -= 0.6
    line = {"color": QUIET, "linewidth": 1.2}
    ax.plot([x, x, to_x], [start_y, height, height], **line)
    ax.annotate("", (to_x, goal_y), (to_x, height), arrowprops={"arrowstyle": "->", **line})
    ax.text(
        x - 0.15 if x > to_x else (x + to_x) / 2,
        height + 0.08,
        words,
        fontsize=7.5,
        color=QUIET,
        ha="right" if x > to_x else "center",
    )


def comparison(replications: int = 10) -> Path:
    """Green or red, outside and inside, for the baseline and two changes of it."""
    from results.plots.dashboard import dashboard_beside_business, height_of
    from results.plots.svg import svg
    from watermelon import compare, load, simulate
    from watermelon.reporting import scenario_titles

    names = ("baseline", "baseline+automation", "baseline+siloed_it")
    runs = simulate(*(load(name, until_hours=8760) for name in names), replications=replications)
    titles = scenario_titles(runs.scenarios)
    found = compare(runs)
    drawing = svg(lambda ax: dashboard_beside_business(found, ax=ax, names=titles), 8.2, height_of(found))
    path = IMAGES / "comparison.svg"
    path.write_text(drawing, encoding="utf-8")
    return path


def main() -> None:
    """Draw what was asked for, or everything."""
    wanted = sys.argv[1:] or ["flows", "comparison"]
    for name in wanted:
        print({"flows": flows, "comparison": comparison}[name]())


if __name__ == "__main__":
    main()
