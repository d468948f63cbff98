"""The settings: one table of them, and what follows from it. Pure: files are found and read in `chosen.py`."""
