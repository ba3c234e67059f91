"""Every decision of the model, once: scalar functions that all engines call."""
