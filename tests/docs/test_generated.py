"""Pages that are made from the code say what the code says."""

from docs.generate import stale


def test_generated_pages_are_current() -> None:
    assert not stale(), "run `make docs` and commit what it writes"
