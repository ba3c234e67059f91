"""The scenarios that are shipped: bases and overrides as YAML files."""
