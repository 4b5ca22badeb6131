"""Addresses that are keys (invitations, password links) never reach a log with their token."""

import logging
import re

_TOKEN = re.compile(r"(?P<way>/(?:invitations|password-links)/)[^/\s\"']+")


class TokenFilter(logging.Filter):
    """Every record that holds such an address is written without the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record pass, mended."""
        said = record.getMessage()
        plain = without_tokens(said)
        if plain != said:
            record.msg, record.args = plain, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_tokens(logging.Formatter().formatException(record.exc_info))
        return True


def without_tokens(text: str) -> str:
    """The text with … in place of every token."""
    return _TOKEN.sub(r"\g<way>…", text)
