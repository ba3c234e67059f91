"""Files that are no scenario files, and text that nobody meant."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scenarios import load
from scenarios.errors import BadInput
from scenarios.read import LARGEST_BYTES, parse, read_text
from scenarios.shipped import shipped

FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty; a scenario begins with `watermelon: 1`"),
    "only a comment": (b"# nothing\n", "is empty"),
    "latin-1": ("watermelon: 1\ntitle: Café\n".encode("latin-1"), "odd.yaml:2: is not UTF-8 text"),
    "utf-16": ("watermelon: 1\n".encode("utf-16"), "is not UTF-8 text"),
    "binary": (bytes(range(256)) * 4, "is not UTF-8 text"),
    "control signs": (b"watermelon: \x01\n", "is not a YAML text"),
    "a word": (b"hello", "must be keys with values"),
    "a list": (b"[1, 2]", "must be keys with values"),
    "unclosed": (b"teams: {desk: [", "is not valid YAML"),
    "deep": (b"a: " + b"[" * 50_000, "is nested deeper than"),
    "deep mappings": (b"a: " + b"{b: " * 5_000, "is nested deeper than"),
    "a bomb": (
        b"a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n",
        "anchors and aliases (&, *) are not used here",
    ),
    "a merge": (b"a: &a {x: 1}\nb: {<<: *a}\n", "anchors and aliases"),
    "too large": (b"#" * (LARGEST_BYTES + 1), "is larger than 8 MB"),
    "a number as a key": (b"1: 2\n", "kind: is missing"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_scenario_file_is_told_so(name: str, tmp_path: Path) -> None:
    content, expected = FILES[name]
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        load(str(path))
    assert expected in str(caught.value)


def test_a_folder_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        load(f"{tmp_path}/")


def test_a_file_that_is_not_there_has_neighbours(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("x")
    with pytest.raises(BadInput, match=r"no such file \(did you mean company.yaml\?\)"):
        load(str(tmp_path / "compnay.yaml"))


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + shipped()["small"].read_bytes())
    assert load(str(path)).digest == load("small").digest


def test_yaml_means_what_it_shows() -> None:
    data, places = parse(
        "a: no\nb: 22:30\nc: 0o10\nd: 1_000\ne: 2026-01-05\nf: '1'\ng: [1, x]\nh: ~\n", "x.yaml"
    )
    assert data == {
        "a": "no",
        "b": "22:30",
        "c": "0o10",
        "d": "1_000",
        "e": "2026-01-05",
        "f": "1",
        "g": [1, "x"],
        "h": None,
    }
    assert places["g", 1] == "x.yaml:7"


def told(error: BadInput) -> None:
    said = str(error)
    assert said
    assert "Traceback" not in said


def loads_or_refuses(text: bytes, folder: Path) -> None:
    """The property: a scenario that compiles, or one of our sentences; never anything else."""
    path = folder / "mutant.yaml"
    path.write_bytes(text)
    try:
        scenario = load(str(path))
        scenario.model()
        scenario.model(draw=1, seed=2)
        scenario.prices()
        assert scenario.digest
        assert scenario.assumptions
    except BadInput as error:
        told(error)


SMALL = shipped()["small"].read_text(encoding="utf-8")
TREE = YAML(typ="safe", pure=True).load(SMALL)

ODD_WORDS = (
    "12 %|150 %|4 h|-4 h|2 bd|1 user|5 customers|35 EUR/h|week 4|desk|always|2026-02-30|4th thu nov|"
    "08:00-25:00|1e999 h|9999 /h|scipy|mixture|mon-fri"
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(ODD_WORDS.split("|")),
    st.lists(st.integers(0, 3), max_size=3),
    st.dictionaries(
        st.sampled_from(["mode", "low", "high", "share", "mean", "shape"]), st.integers(), max_size=3
    ),
)


def paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        found += paths(value, (*path, key))
    return found


PATHS = paths(TREE)


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """`small` with a few keys taken out, values replaced by odd ones, or parts put elsewhere."""
    import copy
    import io

    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PATHS))
        how = draw(st.sampled_from(["delete", "replace", "swap", "add"]))
        try:
            parent = tree
            for key in path[:-1]:
                parent = parent[key]
            if how == "delete":
                del parent[path[-1]]
            elif how == "replace":
                parent[path[-1]] = draw(ODD)
            elif how == "add" and isinstance(parent, dict):
                parent[draw(st.sampled_from(["seets", "holidays", "sun", "then", "0", ""]))] = draw(ODD)
            else:
                other = TREE
                for key in draw(st.sampled_from(PATHS)):
                    other = other[key]
                parent[path[-1]] = copy.deepcopy(other)
        except (KeyError, IndexError, TypeError):
            continue
    text = io.StringIO()
    YAML(typ="safe", pure=True).dump(tree, text)
    return text.getvalue().encode("utf-8", "replace")


@given(mutants())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_mutated_base_loads_or_is_refused(tmp_path: Path, text: bytes) -> None:
    loads_or_refuses(text, tmp_path)


@given(st.integers(0, len(SMALL)), st.integers(0, len(SMALL)), st.binary(max_size=4))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_text_loads_or_is_refused(tmp_path: Path, start: int, length: int, noise: bytes) -> None:
    raw = SMALL.encode()
    loads_or_refuses(raw[:start] + noise + raw[start + length % 40 :], tmp_path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_text(text, "any.yaml")
    except BadInput as error:
        told(error)


PATHS_OF_A_BASE = (
    "teams.desk.seats|teams[*].policy|categories[*].stages[role=desk].resolves|services|weeks|start|.|"
    "requests[automatable].automation|impacts.shop.outage.scope|business.work_hours"
)
SELECTORS = st.one_of(st.text(max_size=20), st.sampled_from(PATHS_OF_A_BASE.split("|")))


@given(SELECTORS, ODD)
@settings(max_examples=120)
def test_any_set_is_applied_or_refused(selector: str, value: object) -> None:
    try:
        load("small", [f"{selector}={value}"]).model()
    except BadInput as error:
        told(error)
