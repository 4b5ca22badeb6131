"""Rows: models (thin), access (the only way to them), actions (the only way to write), queries, audit."""
