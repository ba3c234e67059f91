"""Write the golden digests anew: ``python -m tests.golden``."""

import json

from sim.experiment import play
from sim.history.digest import digest
from tests.golden import GOLDEN, SCENARIOS, model_of

golden = {}
for scenario in SCENARIOS:
    history = play(model_of(scenario), 1, 0)
    golden[scenario] = {"digest": digest(history), "tickets": len(history.cases)}
GOLDEN.write_text(json.dumps(golden, indent=2, sort_keys=True) + "\n")
