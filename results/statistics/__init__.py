"""How sure: intervals, paired differences, and how long a warm-up has to be."""
