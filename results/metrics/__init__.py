"""From what happened to what it means: outcomes of one replication over any window of time."""
