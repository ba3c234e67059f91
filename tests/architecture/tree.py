"""The tree as the tests of this folder see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# From the one that knows nothing of the others to the one that knows them all.
ROOMS = ("sim", "results", "scenarios", "calibration", "watermelon")


def sources(*folders: str) -> list[Path]:
    """All Python files below the folders, by path."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """The path as it is written in the documentation."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every absolute import anywhere in a file, with its line: functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
