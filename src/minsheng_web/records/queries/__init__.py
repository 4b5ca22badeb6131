"""Reads that several pages share."""
