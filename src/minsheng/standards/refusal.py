class RefusedExpression(Exception):  # noqa: N818 - it is an answer about the text, not an error of the program
    """Why a text is no expression of the notation. Never leaves the package: readers turn it into a fault."""

    def __init__(self, code: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.code, self.what, self.mend = code, what, mend
