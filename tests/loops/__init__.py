"""Do the seven feedback loops of the model emerge, and are they loops?"""
