class CommandRefused(Exception):  # noqa: N818 - it is an answer to the caller, not an error of the program
    """The command cannot be carried out as asked. Its text is the one sentence the caller gets."""
