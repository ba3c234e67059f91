"""What every test may rely on."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No screen is needed to draw figures.
os.environ.setdefault("MPLBACKEND", "Agg")

# The same examples on every run and no deadlines: a slow machine is not a wrong result.
# `pytest --hypothesis-profile=explore` looks for new examples.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds the rooms."""
    return ROOT


@pytest.fixture(scope="session")
def watermelon_data() -> Path:
    """The folder with real ticket logs, or a skip with the reason."""
    named = os.environ.get("WATERMELON_DATA")
    if not named:
        pytest.skip("needs real ticket logs: set WATERMELON_DATA to the folder that holds them")
    folder = Path(named)
    # A wrong path is a mistake to be seen, not a reason to skip.
    assert folder.is_dir(), f"WATERMELON_DATA names {named}, which is not a folder"
    return folder
