"""Keys that are handed over once: an address holds the token, the database only its hash."""

import hashlib
import secrets


def new_token() -> str:
    """A token nobody guesses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
