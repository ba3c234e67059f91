"""The glossary is in order and holds the words that screens and reports use."""

from pathlib import Path

from tests.architecture.tree import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def words() -> list[str]:
    rows = [line for line in Path(GLOSSARY).read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def test_words_are_in_order_and_there_once() -> None:
    listed = [word.lower() for word in words()]
    assert listed == sorted(set(listed))


def test_words_of_the_screens_are_explained() -> None:
    wanted = {"baseline", "override", "replication", "seed", "grade", "handoff", "future", "interval (95%)"}
    assert wanted <= set(words())
