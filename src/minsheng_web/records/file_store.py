"""Uploaded bytes in the data folder, each under its SHA-256: storing one twice keeps one."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


def _path(sha256: str) -> Path:
    folder: Path = settings.DATA_FOLDER
    return folder / "documents" / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store the bytes; their SHA-256. Written beside and renamed, so a half-written file is never read.

    Whoever stores the same bytes at the same moment writes a file of their own; the last rename wins.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    return sha256


def _write(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".part", delete=False) as beside:
        try:
            beside.write(data)
            beside.flush()
            os.fsync(beside.fileno())
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    Path(beside.name).replace(path)


def fetch(sha256: str) -> bytes:
    """The stored bytes. Raises FileNotFoundError where the data folder has lost them."""
    return _path(sha256).read_bytes()
