"""From the money of paired replications to what an investment is worth: arithmetic, no scenario files."""
