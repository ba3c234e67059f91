"""Does the documentation say what is so?"""
