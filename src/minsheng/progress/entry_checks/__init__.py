"""Checks of a report line, one a file; entry.py has their order."""
