"""Is the house in order? Directions of imports, sizes of files, the wheel, the documentation."""
