"""Values every room shares: where a thing was read (source), what is wrong with it (problem)."""
