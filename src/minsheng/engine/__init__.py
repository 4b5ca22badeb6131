"""Whole rosters through benefit standards: the only room that opens DuckDB or Spark."""
