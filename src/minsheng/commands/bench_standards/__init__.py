"""Rosters through the standards, beside the same rules written by hand: what ``minsheng bench standards`` measures."""
