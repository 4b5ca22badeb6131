"""Uploaded bytes in the data folder, each under its SHA-256: storing one twice keeps one."""

import hashlib
import os
from pathlib import Path

from django.conf import settings


def _path(sha256: str) -> Path:
    folder: Path = settings.DATA_FOLDER
    return folder / "documents" / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store the bytes; their SHA-256. Written beside and renamed, so a half-written file is never read."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{sha256}.{os.getpid()}.part")
        beside.write_bytes(data)
        beside.replace(path)
    return sha256


def fetch(sha256: str) -> bytes:
    """The stored bytes. Raises FileNotFoundError where the data folder has lost them."""
    return _path(sha256).read_bytes()
