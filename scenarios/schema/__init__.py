"""What may stand in a scenario file: pydantic models, one file per part of an organisation."""
