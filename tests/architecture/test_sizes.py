"""Small, purposeful files: about 130 lines, never above 400 without a stated reason."""

from tests.architecture.tree import ROOMS, name, sources

LIMIT = 400

# Path -> why it is better long than split.
LONGER: dict[str, str] = {}


def lengths() -> dict[str, int]:
    return {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(*ROOMS)}


def test_no_file_is_long_without_a_reason() -> None:
    long = {path: lines for path, lines in lengths().items() if lines > LIMIT and path not in LONGER}
    assert not long, f"split these, or state a reason in LONGER: {long}"


def test_reasons_are_given_only_where_they_are_needed() -> None:
    by_path = lengths()
    stale = {path for path in LONGER if by_path.get(path, 0) <= LIMIT}
    assert not stale, f"no longer above {LIMIT} lines: {stale}"


def test_no_drawer_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    found = [path for path in lengths() if vague & set(path.removesuffix(".py").split("/"))]
    assert not found, f"name these after what they do: {found}"
