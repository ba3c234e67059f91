"""The seven feedback loops, each as an experiment: what is moved, what is cut, and what comes out."""
