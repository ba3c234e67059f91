"""Labels of scenarios are what was typed, and never the same twice."""

from hypothesis import given
from hypothesis import strategies as st

from watermelon.naming import labels


def test_repeated_names_are_numbered() -> None:
    assert labels(["a", "b", "a", "a"]) == ["a", "b", "a#2", "a#3"]


@given(st.lists(st.sampled_from(["a", "b", "a#2", "a#2#2", "a#3"]), max_size=8))
def test_labels_differ(names: list[str]) -> None:
    given_labels = labels(names)
    assert len(set(given_labels)) == len(names)
    assert all(label.startswith(name) for label, name in zip(given_labels, names, strict=True))
