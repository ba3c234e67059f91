"""The documentation, and the script that writes the pages which are made from the code."""
