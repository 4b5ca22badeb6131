"""Money, ratios and years as officials read them."""


def yuan(fen: int) -> str:
    """Whole fen as yuan: 110000 is 1100元, 12345 is 123.45元."""
    sign, size = ("-", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(size, 100)
    return f"{sign}{whole}{f'.{rest:02d}' if rest else ''}元"


def percent(basis_points: int) -> str:
    """Hundredths of a percent: 8000 is 80%, 8050 is 80.5%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}{f'.{rest:02d}'.rstrip('0') if rest else ''}%"
