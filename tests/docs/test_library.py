"""The library page is about what is shipped, and each story does what it tells."""

from __future__ import annotations

import pytest

from docs.library import COMBINATIONS, page
from docs.library_played import FIGURES, GETS_BETTER, SHOWN, names, picture, stories, told

PLAYED = stories(told())


def test_what_was_played_is_what_is_shipped() -> None:
    assert list(PLAYED) == names()
    assert set(SHOWN) == set(names())
    assert set(COMBINATIONS) == {name for name in names() if "+" in name}
    for name, story in PLAYED.items():
        assert tuple(effect.outcome for effect in story) == SHOWN[name]


@pytest.mark.parametrize("name", names())
def test_a_story_does_what_it_tells(name: str) -> None:
    """What its text is about moves to the side that the text says, with an interval clear of zero."""
    first = PLAYED[name][0]
    assert first.side == (1 if name in GETS_BETTER else -1)


def test_every_story_has_its_figure() -> None:
    text = page()
    drawn = {path.name for path in FIGURES.glob("*.png")}
    assert drawn == {picture(name).name for name in names()}
    for name in names():
        assert f"(images/library/{picture(name).name})" in text
        assert f"### `{name}`: " in text
    assert sum(path.stat().st_size for path in FIGURES.glob("*.png")) < 1_000_000
