"""Chance: keyed uniforms, distributions as inverse functions, arrivals by inversion."""
