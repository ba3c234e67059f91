"""The claim check: what the texts that define the project say, beside what is simulated."""
