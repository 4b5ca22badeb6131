"""Checks of two plans: a county's under its city's, and a notice against its own earlier version."""
