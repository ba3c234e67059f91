"""The compiled engine: the same model as ``sim.engines.process``, event by event, in machine code."""
