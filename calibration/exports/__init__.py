"""Reading a ticket export: from somebody else's columns to clean rows, with every loss accounted for."""
