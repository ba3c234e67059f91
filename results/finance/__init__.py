"""From the money of paired replications to what an investment is worth: pure arithmetic, no scenario files."""
