"""The works by hand in other engines; run by the interpreter of the benchmark's own environment."""
