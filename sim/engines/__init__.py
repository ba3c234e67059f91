"""Engines: ways to play a model. All of them write the same history."""
