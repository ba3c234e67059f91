"""Arithmetic that could differ between the engines is kept out of rules and chance.

Both engines must get the same bits from the same numbers. Plain arithmetic and most of ``math`` do
that; powers, the gamma functions and numpy's own mathematics do not.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import name, parsed, sources

ROOMS_OF_ARITHMETIC = ("sim/rules", "sim/chance")

BANNED_MATH = {"gamma", "lgamma"}

# Types and storage only. Whatever computes belongs to math.
ALLOWED_NUMPY = {
    "array", "asarray", "ascontiguousarray", "bool_", "dtype", "empty", "float64", "full", "frombuffer",
    "generic", "int8", "int32", "int64", "integer", "ndarray", "typing", "uint8", "uint32", "uint64", "zeros",
}  # fmt: skip


def offences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that is not allowed in a file."""
    names = {"math": "math", "numpy": "numpy"} | {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        for module, word in uses(node, names):
            if reason := objection(module, word):
                yield node.lineno, reason


def uses(node: ast.AST, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Module and word of everything that a node takes from elsewhere; operators come from builtins."""
    match node:
        # A power of two whole numbers that are written out is exact.
        case ast.BinOp(op=ast.Pow(), left=ast.Constant(value=int()), right=ast.Constant(value=int())):
            return
        case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
            yield "builtins", "**"
        case ast.Call(func=ast.Name(id="pow")):
            yield "builtins", "pow"
        case ast.Attribute(value=ast.Name(id=name), attr=word):
            yield names.get(name, ""), word
        case ast.ImportFrom(module=str(module), names=aliases):
            yield from ((module, alias.name) for alias in aliases)
        case ast.Import(names=aliases):
            yield from ((alias.name, "") for alias in aliases)


def objection(module: str, word: str) -> str | None:
    """Why a word of a module is not allowed, or None."""
    if module == "builtins":
        return f"`{word}`: write x*x or math.pow(x, y)"
    if module == "math" and word in BANNED_MATH:
        return f"`math.{word}` differs between the engines"
    if module == "numpy" and word and word not in ALLOWED_NUMPY:
        return f"`numpy.{word}`: numpy is for types and storage here, use math"
    if module.startswith("scipy"):
        return f"`{module}`: use math, or a quantile table of the scenario"
    return None


def test_the_rooms_of_arithmetic_have_files() -> None:
    for folder in ROOMS_OF_ARITHMETIC:
        assert sources(folder), f"{folder} is empty: does this test look in the right place?"


def test_rules_and_chance_use_arithmetic_that_cannot_differ() -> None:
    found = [
        f"{name(path)}:{line} {reason}"
        for path in sources(*ROOMS_OF_ARITHMETIC)
        for line, reason in offences(parsed(path))
    ]
    assert not found, "\n".join(found)


def test_nothing_in_sim_asks_for_fast_mathematics() -> None:
    # fastmath lets the compiler reorder sums, and with it the last bits of a result.
    found = [name(path) for path in sources("sim") for node in ast.walk(parsed(path)) if asks_for_speed(node)]
    assert not found


def asks_for_speed(node: ast.AST) -> bool:
    switched_off = isinstance(node, ast.keyword) and getattr(node.value, "value", None) is False
    return isinstance(node, ast.keyword) and node.arg == "fastmath" and not switched_off


@pytest.mark.parametrize(
    "line",
    [
        "y = x**2",
        "y = 2.0**3",
        "y = 2**x",
        "x **= 2",
        "y = pow(x, 2)",
        "import math\ny = math.lgamma(x)",
        "import math as m\ny = m.gamma(x)",
        "from math import gamma",
        "import numpy as np\ny = np.log(x)",
        "from numpy import exp",
        "from scipy.special import ndtri",
    ],
)
def test_the_guard_bites(line: str) -> None:
    assert list(offences(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["import math\ny = math.pow(x, 2.0)", "import numpy as np\nt = np.int64(3)", "TOP = 2**63"]
)
def test_the_guard_lets_plain_arithmetic_pass(line: str) -> None:
    assert not list(offences(ast.parse(line)))
