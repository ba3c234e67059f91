"""The test suite. Its folders mirror the rooms; the others are named after the question they ask."""
