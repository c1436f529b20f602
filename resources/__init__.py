"""Data that the program reads: label schemes, lexicons, icons. Reached only by ``importlib.resources``."""
