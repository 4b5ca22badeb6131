"""Benefit standards as dated rules: read from YAML, typed, explained, and turned into SQL."""
