"""Migrations of the rows."""
