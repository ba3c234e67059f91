"""Whatever is done to a log, it is learnt from or refused with a sentence; nothing else happens."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import calibrate
from scenarios.errors import BadInput
from tests.calibration.synthetic import synthetic_log

CLEAN = synthetic_log(weeks=3, per_day=10)
LINES = CLEAN.splitlines()
WIDTH = LINES[0].count(",") + 1

JUNK = st.one_of(
    st.sampled_from(
        [
            "",
            "?",
            "nan",
            "inf",
            "-1",
            "1e99",
            "99999",
            "0",
            "1/1/0001 00:00",
            "31/12/9999 23:59",
            "30/2/2024 10:00",
            "1/1/2024 25:00",
            "true",
            '"',
            "'",
            "\t",
            ";",
            "None",
            "=1+1",
            "x" * 500,
            "ünï",
            "\u202e",
        ]
    ),
    st.text(max_size=12),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    lines = [line.split(",") for line in LINES]
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(
            st.sampled_from(["cell", "column", "drop column", "drop rows", "repeat", "shuffle", "cut row"])
        )
        row = draw(st.integers(0, len(lines) - 1)) if lines else 0
        place = draw(st.integers(0, WIDTH - 1))
        if kind == "cell" and lines and place < len(lines[row]):
            lines[row][place] = draw(JUNK)
        elif kind == "column":
            word = draw(JUNK)
            for line in lines[draw(st.integers(0, 1)) :]:
                line[place : place + 1] = [word]
        elif kind == "drop column":
            lines = [line[:place] + line[place + 1 :] for line in lines]
        elif kind == "drop rows":
            lines = lines[: draw(st.integers(0, len(lines)))]
        elif kind == "repeat":
            lines += [list(line) for line in lines[row : row + 200]]
        elif kind == "shuffle":
            lines = lines[:1] + draw(st.permutations(lines[1:60])) + lines[60:]
        elif lines:
            lines[row] = lines[row][:place]
    data = draw(st.sampled_from([",", ";", "\t"])).join(["\n".join([])]) + "\n".join(
        ",".join(line) for line in lines
    )
    raw = data.encode("utf-8", errors="replace")
    if draw(st.integers(0, 4)) == 0:
        place = draw(st.integers(0, len(raw)))
        raw = raw[:place] + draw(st.binary(max_size=8)) + raw[draw(st.integers(place, len(raw))) :]
    return raw


def a_base_or_a_sentence(raw: bytes) -> None:
    """Calibrate on a mutated log: a base is written, or one sentence says why not and nothing is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(raw)
        out = Path(folder) / "real.yaml"
        refusal, found = None, None
        try:
            found = calibrate(path, "servicenow", out, replay=False)
        except BadInput as caught:
            refusal = str(caught)
        if found is None:
            assert refusal
            assert len(refusal) < 2_000
            assert not out.exists()
        else:
            assert out.exists()
            assert found.cases >= 50


@settings(max_examples=60)
@given(mutated())
def test_a_mutated_log_gives_a_base_or_a_sentence(raw: bytes) -> None:
    a_base_or_a_sentence(raw)


@pytest.mark.verify
@settings(max_examples=300)
@given(mutated())
def test_many_mutated_logs_give_a_base_or_a_sentence(raw: bytes) -> None:
    a_base_or_a_sentence(raw)
