"""Numbered lines to a plan. Start at ``compile.PASSES``, the order of the work."""
