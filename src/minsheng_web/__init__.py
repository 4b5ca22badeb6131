"""The Django half: thin pages and rows around the pure rooms of ``minsheng``."""
