"""Play the loops, draw their pictures and write docs/loops.md: ``python -m docs.loops [page] [picture ...]``.

With names it does these only. Everything takes about five minutes of a processor's time.
"""

import sys
from pathlib import Path

from docs.loops.experiments import LOOPS, measure
from docs.loops.page import PAGE, page
from docs.loops.pictures import PICTURES


def write_page() -> Path:
    """The page with what is measured now."""
    PAGE.write_text(page({loop.name: measure(loop) for loop in LOOPS}), encoding="utf-8")
    return PAGE


def main() -> None:
    """Make what was asked for, or everything."""
    makers = {"page": write_page, **PICTURES}
    for name in sys.argv[1:] or makers:
        print(makers[name]())


if __name__ == "__main__":
    main()
