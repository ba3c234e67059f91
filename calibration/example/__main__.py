"""Make the project's example export anew: ``python -m calibration.example``."""

from calibration.example.export import TICKETS, export_text, write_packed
from scenarios import load
from sim.experiment.engines import play

WEEKS = 26
SEED = 1


def main() -> None:
    """Play the first half of a year of `small`, and write it as a ticket tool would."""
    model = load("small", until_hours=float(WEEKS * 168)).model()
    write_packed(TICKETS, export_text(model, play(model, SEED, 0, "compiled")))


main()
