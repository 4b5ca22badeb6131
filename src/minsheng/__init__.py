"""minsheng (pure): what was promised and who is due. No framework, no clock, no network, nothing global."""

__version__ = "0.1.0"
