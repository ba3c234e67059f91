"""From clean rows to the numbers of an organisation."""
