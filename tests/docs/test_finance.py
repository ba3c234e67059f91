"""The example in the finance guide is right, to the digit."""

import doctest

from tests.architecture.tree import ROOT


def test_the_example_by_machine() -> None:
    found = doctest.testfile(str(ROOT / "docs" / "finance.md"), module_relative=False)
    assert found.attempted >= 7
    assert found.failed == 0
