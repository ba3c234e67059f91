"""Machine code is kept for one state of the sources, and the same model is played without any."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Where the code of a copy of the engine room is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copy = tmp_path / "sim"
    shutil.copytree(ROOT / "sim", copy, ignore=shutil.ignore_patterns("__pycache__"))
    spec = importlib.util.spec_from_file_location("copied", copy / "kernel" / "kept.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "path",
    ["rules/work.py", "chance/variates.py", "engines/compiled/teams.py", "spec/shapes.py", "kernel/parts.py"],
)
def test_a_changed_source_file_has_another_folder(path: str, kernel: ModuleType) -> None:
    file = Path(str(kernel.__file__)).parents[1] / path
    text = file.read_text(encoding="utf-8")
    before = kernel.code_folder()
    assert before == kernel.code_folder()
    file.write_text(text.replace("1", "2", 1), encoding="utf-8")
    assert kernel.code_folder() != before
    file.write_text(text, encoding="utf-8")
    assert kernel.code_folder() == before


def test_a_new_or_renamed_source_file_has_another_folder(kernel: ModuleType) -> None:
    room = Path(str(kernel.__file__)).parents[1] / "rules"
    folders = [kernel.code_folder()]
    (room / "planted.py").write_text("", encoding="utf-8")
    folders.append(kernel.code_folder())
    (room / "planted.py").rename(room / "moved.py")
    folders.append(kernel.code_folder())
    assert len(set(folders)) == 3


@pytest.mark.parametrize("package", ["numba", "llvmlite", "numpy"])
def test_another_version_has_another_folder(
    package: str, kernel: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, version = kernel.code_folder(), kernel.version
    monkeypatch.setattr(kernel, "version", lambda name: version(name) + ("+new" if name == package else ""))
    assert kernel.code_folder() != before


def test_another_processor_has_another_folder(kernel: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kernel.code_folder()
    monkeypatch.setattr("llvmlite.binding.get_host_cpu_name", lambda: "another")
    assert kernel.code_folder() != before


def test_code_is_looked_for_where_it_is_kept(kernel: ModuleType) -> None:
    assert not kernel.has_compiled_code()
    kernel.code_folder().mkdir(parents=True)
    (kernel.code_folder() / f"play_on{kernel.ENDING}").write_bytes(b"")
    assert kernel.has_compiled_code()


def without_compiling(*arguments: str) -> str:
    """Output of ``tests.equivalence.uncompiled`` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.equivalence.uncompiled", *arguments],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4_000:]
    return done.stdout


def test_random_models_play_alike_without_compiling() -> None:
    assert without_compiling("12") == "12 cases played alike\n"


@pytest.mark.verify
def test_random_models_run_every_line_of_both_engines(
    record_property: Callable[[str, object], None],
) -> None:
    found = without_compiling("240", "lines")
    record_property("found", found.replace("\n", " "))
    assert found == "240 cases played alike\n"
