"""Times of the engine on this machine."""
