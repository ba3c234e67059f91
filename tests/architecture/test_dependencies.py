"""Everything that the rooms import is declared, so that an installed copy finds it."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.tree import ROOMS, ROOT, imported, name, parsed, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Import names of extras that the development environment need not have.
NAMES_OF_EXTRAS = {
    "log_distance_measures": "log-distance-measures",
    "SALib": "salib",
    "optuna": "optuna",
    "typst": "typst",
    "starlette": "starlette",
    "uvicorn": "uvicorn",
    "dask": "dask",
    "distributed": "distributed",
}


def distribution(requirement: str) -> str:
    return normal(re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CORE = {distribution(line) for line in PROJECT["dependencies"]}
EXTRAS = {
    distribution(line)
    for extra, lines in PROJECT["optional-dependencies"].items()
    if extra != "dev"
    for line in lines
}


def third_party() -> dict[str, list[str]]:
    """Import name -> the places where it is imported."""
    known = {*sys.stdlib_module_names, *ROOMS}
    places: dict[str, list[str]] = {}
    for path in sources(*ROOMS):
        for module, line in imported(parsed(path)):
            top = module.split(".")[0]
            if top not in known:
                places.setdefault(top, []).append(f"{name(path)}:{line}")
    return places


def test_every_import_is_declared() -> None:
    providers = packages_distributions()
    undeclared = {}
    for module, places in third_party().items():
        provided_by = {normal(each) for each in providers.get(module, [NAMES_OF_EXTRAS.get(module, module)])}
        if not provided_by & (CORE | EXTRAS):
            undeclared[module] = places
    assert not undeclared


def test_extras_are_imported_where_they_are_used() -> None:
    # At the top of a file an import of an extra would break every installation without it.
    providers = packages_distributions()
    early = []
    for path in sources(*ROOMS):
        top_level = [node for node in parsed(path).body if hasattr(node, "names")]
        tree = parsed(path)
        tree.body = top_level
        for module, line in imported(tree):
            top = module.split(".")[0]
            names = {normal(each) for each in providers.get(top, [NAMES_OF_EXTRAS.get(top, top)])}
            if names & EXTRAS and not names & CORE:
                early.append(f"{name(path)}:{line} {module}")
    assert not early


@pytest.mark.parametrize("requirement", [*PROJECT["dependencies"]])
def test_core_dependencies_have_a_lower_bound_and_no_address(requirement: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9.\-]+>=[0-9][0-9.]*", requirement)


def test_constraints_hold_names_and_versions_only() -> None:
    for path in ROOT.glob("constraints*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert re.fullmatch(r"[A-Za-z0-9._\-]+==[0-9][0-9A-Za-z.]*", line), f"{path.name}: {line}"
