"""What a model is: frozen dataclasses without behaviour."""
