"""The key that signs sessions: given, or made once and kept beside the data."""

import os
import secrets
from pathlib import Path


def secret_key(given: str, data_folder: Path) -> str:
    """``given`` if there is one, else the key kept in the data folder, made on first use (mode 600)."""
    if given:
        return given
    path = data_folder / "secret_key"
    data_folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
