"""Files and goals that the documentation names exist."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

# History may name what is gone.
HISTORY = {"CHANGELOG.md"}

# Made on the user's machine, so not in the tree.
MADE = ("runs/", ".venv")

TOP = {path.name for path in ROOT.iterdir() if path.name not in {".git", ".venv", "runs"}}
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", flags=re.MULTILINE | re.DOTALL)
GOAL = re.compile(r"make ([a-z]+)")


def pages() -> list[Path]:
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in found if path.name not in HISTORY)


def is_path(word: str) -> bool:
    """Whether a word in backticks names a file or folder of the tree.

    It does when its first part is something at the top of the tree, or when it looks like a page.
    """
    if not re.fullmatch(r"[\w.\-*/]+", word) or word.startswith(MADE):
        return False
    first, slash, _ = word.partition("/")
    return (first in TOP and bool(slash or "." in word)) or word.endswith(".md")


def exists(word: str, page: Path) -> bool:
    return any(any(folder.glob(word.rstrip("/"))) for folder in (ROOT, page.parent))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_named_files_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    missing = [word for word in CODE.findall(text) if is_path(word) and not exists(word, page)]
    assert not missing


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    local = [link for link in LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
    assert not [link for link in local if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_named_goals_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = CODE.findall(text) + [line for block in FENCE.finditer(text) for line in block[0].splitlines()]
    named = {match[1] for line in code if (match := GOAL.match(line.strip()))}
    known = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert named <= known, f"no such goals: {named - known}"


def test_the_guard_sees_paths_and_leaves_other_words_alone() -> None:
    assert is_path("sim/rules/nothing.py")
    assert is_path("tests/")
    assert is_path("docs/nothing.md")
    assert not is_path("runs/today/report.html")
    assert not is_path("outcomes.csv")
    assert not is_path("np.float64")
    assert not is_path("sim")
    assert not is_path("teams.desk.seats")
