"""Files are written aside and renamed; a place is tried before it is needed."""

import os
from pathlib import Path

import pytest

from scenarios.errors import BadInput
from watermelon.files import aside, check_file, folder_for, fresh_folder, ready_folder, write_text


def stop_after_writing(path: Path) -> None:
    path.write_text("half of the ne", encoding="utf-8")
    raise KeyboardInterrupt


def stop_in(folder: Path) -> None:
    assert folder.is_dir()
    raise KeyboardInterrupt


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_text(path, "old")
    with pytest.raises(KeyboardInterrupt), aside(path) as beside:
        stop_after_writing(beside)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_goes_well_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_text(path, "old")
    write_text(path, "new\n")
    assert path.read_bytes() == b"new\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_made_for_nothing_goes_away(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), folder_for(tmp_path / "a" / "b", "--out") as folder:
        stop_in(folder)
    assert not (tmp_path / "a" / "b").exists()
    with folder_for(tmp_path / "c", "--out") as folder:
        (folder / "run.json").write_text("{}", encoding="utf-8")
    assert (tmp_path / "c" / "run.json").exists()


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    with folder_for(tmp_path, "--out"):
        pass
    assert tmp_path.is_dir()


def test_fresh_folders_are_not_there_yet(tmp_path: Path) -> None:
    first = fresh_folder(tmp_path, "now")
    assert first == tmp_path / "now"
    first.mkdir()
    assert fresh_folder(tmp_path, "now") == tmp_path / "now-2"


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_closed_folder_is_bad_input(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BadInput, match="permission denied"):
            check_file(tmp_path / "log.csv", "--log")
        with pytest.raises(BadInput, match="permission denied"):
            ready_folder(tmp_path / "results", "--out")
    finally:
        tmp_path.chmod(0o700)


def test_a_device_that_is_full(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    import subprocess
    import sys

    with Path("/dev/full").open("w", encoding="utf-8") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "watermelon", "scenarios"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert answer.returncode == 2
    assert "no space left on device" in answer.stderr
    assert "Traceback" not in answer.stderr
