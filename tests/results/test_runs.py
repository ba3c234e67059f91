"""Replications come back to the bit, and nothing that could be wrong comes back."""

import json
import math
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from results.packed import pack, unpack
from results.runs import FOLDER, Kept, Key, UntrustedError, forget_others
from results.summary import Summary
from tests.results.organisation import summary

KEY = Key("d" * 32, 1, "compiled", 100, 50, False, "1.0", "s" * 64)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    found = Kept(tmp_path, KEY)
    found.write(summary("base", 0))
    return found


def file_of(kept: Kept) -> Path:
    return kept.folder / "0.json"


def test_a_replication_comes_back_to_the_bit(kept: Kept) -> None:
    whole = summary("silos", 1)
    kept.write(whole)
    found = kept.read(1, whole.scenario)
    assert found is not None
    assert repr(found) == repr(whole)
    assert json.dumps(pack(found)) == json.dumps(pack(whole))
    assert list(found.outcomes) == list(whole.outcomes)
    for name, series in whole.weekly.items():
        assert found.weekly[name].tobytes() == series.tobytes()
    assert [path.name for path in kept.folder.iterdir() if path.suffix != ".json"] == []


def test_numbers_that_json_lacks_come_back(kept: Kept) -> None:
    odd = replace(summary("base", 0), outcomes={"a": math.nan, "b": math.inf, "c": -0.0, "d": 5e-324, "e": 3})
    kept.write(odd)
    found = kept.read(0, odd.scenario)
    assert found is not None
    assert repr(found.outcomes) == repr(odd.outcomes)
    json.loads(file_of(kept).read_text(encoding="utf-8").partition("\n")[2], parse_constant=pytest.fail)


def test_what_is_not_there_is_not_found(kept: Kept, tmp_path: Path) -> None:
    assert kept.read(1, "base") is None
    assert Kept(tmp_path / "nowhere", KEY).read(0, "base") is None


OTHERS = {"seed": 2, "engine": "simpy", "horizon": 101, "warmup": 51, "uncertainty": True}


@pytest.mark.parametrize("field", [field.name for field in fields(Key)])
def test_another_key_has_another_place(field: str, kept: Kept, tmp_path: Path) -> None:
    other = Kept(tmp_path, replace(KEY, **{field: OTHERS.get(field, "other")}))
    assert other.read(0, "base") is None
    other.folder.mkdir()
    file_of(other).write_bytes(file_of(kept).read_bytes())
    with pytest.raises(UntrustedError, match="key does not match"):
        other.read(0, "base")


def changed(text: str) -> Callable[[bytes], bytes]:
    """Change a number in the body, and nothing else."""
    return lambda whole: whole.replace(b'"%s":' % text.encode(), b'"%s":1' % text.encode(), 1)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda whole: whole[: len(whole) // 2],
    "empty": lambda _: b"",
    "one number changed": changed("downtime_hours"),
    "first line only": lambda whole: whole.split(b"\n")[0],
    "something else": lambda _: b'{"a": 1}\n{}',
    "not text": lambda _: bytes(range(256)),
    "no object": lambda _: b"[]\n[]",
    "deep": lambda _: b"[" * 100_000,
    "another replication": lambda whole: whole.replace(b'"replication":0', b'"replication":1'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_is_never_used(damage: str, kept: Kept) -> None:
    path = file_of(kept)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(UntrustedError, match=r"0\.json: "):
        kept.read(0, "base")
    kept.write(summary("base", 0))
    assert kept.read(0, "base") is not None


def test_a_folder_in_its_place_is_never_used(kept: Kept) -> None:
    file_of(kept).unlink()
    file_of(kept).mkdir()
    with pytest.raises(UntrustedError, match="is a directory"):
        kept.read(0, "base")


def test_a_record_of_other_fields_is_refused() -> None:
    packed = pack(summary("base", 0))
    for wrong in (
        {**packed, "more": 1},
        {**packed, "seed": "1"},
        {**packed, "seed": True},
        {**packed, "weekly": {"a": [1]}},
        {name: value for name, value in packed.items() if name != "checks"},
        [],
    ):
        with pytest.raises(ValueError, match="is no"):
            unpack(Summary, wrong)


def test_other_runs_are_forgotten_and_what_is_not_ours_stays(kept: Kept, tmp_path: Path) -> None:
    other = Kept(tmp_path, replace(KEY, seed=2))
    mixed = Kept(tmp_path, replace(KEY, seed=3))
    for place in (other, mixed):
        place.write(summary("base", 0))
    (other.folder / ".1.json.77.part").write_text("half of", encoding="utf-8")
    (mixed.folder / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / FOLDER / "mine").mkdir()
    (tmp_path / FOLDER / "mine" / "0.json").write_text("mine", encoding="utf-8")
    forget_others(tmp_path, [KEY])
    left = {str(path.relative_to(tmp_path / FOLDER)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {f"{kept.folder.name}/0.json", f"{mixed.folder.name}/notes.txt", "mine/0.json"}
    assert not other.folder.exists()
