"""From a merged scenario to what is simulated (``sim.spec``) and what it is worth (``results.prices``)."""
