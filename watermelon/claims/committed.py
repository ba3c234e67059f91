"""What came out when the claim check was last committed, and what differs from it now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from watermelon.claims.playing import Answer

FILE = Path(__file__).resolve().parent / "committed.json"


def committed() -> dict[str, Any]:
    """The document that ``python -m docs.claims`` wrote."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def verdicts() -> dict[str, str]:
    """Committed verdicts by number."""
    return {number: claim["verdict"] for number, claim in committed()["claims"].items()}


def differing(found: list[Answer]) -> dict[str, tuple[str, str]]:
    """Claims whose verdict is another one than the committed one: now, and committed."""
    known = verdicts()
    pairs = {
        answer.claim.number: (answer.verdict, known.get(answer.claim.number, "none")) for answer in found
    }
    return {number: pair for number, pair in pairs.items() if pair[0] != pair[1]}
