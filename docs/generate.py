"""Write the pages of the documentation that are made from the code.

``make docs`` writes them; a test compares them with what the code says now. To add a page, write a
function that returns its text and enter it in PAGES. A function imports what it describes itself,
so that one page does not depend on what another needs.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from docs import (
    assumptions,
    claims,
    commands,
    coverage,
    dials,
    event_log,
    library,
    mapping_keys,
    outcomes,
    scenario_keys,
)

ROOT = Path(__file__).resolve().parent.parent

NOTE = "<!-- Made from the code by `make docs`: change it there. -->\n\n"

# Path of the page -> what writes its text.
PAGES: dict[str, Callable[[], str]] = {
    "docs/assumptions.md": assumptions.page,
    "docs/claims.md": claims.page,
    "docs/commands.md": commands.page,
    "docs/coverage.md": coverage.page,
    "docs/dials.md": dials.page,
    "docs/event-log.md": event_log.page,
    "docs/library.md": library.page,
    "docs/mapping.md": mapping_keys.page,
    "docs/outcomes.md": outcomes.page,
    "docs/scenario-keys.md": scenario_keys.page,
}


def text(page: str) -> str:
    return NOTE + PAGES[page]().strip() + "\n"


def stale() -> list[str]:
    """The pages whose text is not what the code says."""
    return [
        page
        for page in PAGES
        if not (ROOT / page).is_file() or (ROOT / page).read_text(encoding="utf-8") != text(page)
    ]


def main() -> int:
    """Write stale pages; with --check only name them, and exit with 1 if there are any."""
    pages = stale()
    checking = "--check" in sys.argv[1:]
    for page in pages:
        if not checking:
            (ROOT / page).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / page).write_text(text(page), encoding="utf-8")
        print(f"{'stale' if checking else 'written'}: {page}")
    print(f"{len(PAGES)} pages are made from the code, {len(pages)} of them had changed.")
    return int(checking and bool(pages))


if __name__ == "__main__":
    sys.exit(main())
