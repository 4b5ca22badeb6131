"""Uploaded rosters: personal data, each a file under a random name that this program alone reads."""

import os
import re
import secrets
import shutil
from collections.abc import Container
from pathlib import Path

from django.conf import settings

SUFFIXES = (".csv", ".xlsx", ".parquet")
_KEY = re.compile(r"[0-9a-f]{48}\.(csv|xlsx|parquet)")


def folder() -> Path:
    """Where rosters lie; made on first use, closed to other accounts of the machine."""
    data: Path = settings.DATA_FOLDER
    place = data / "rosters"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def new_key(name: str) -> str | None:
    """A random name for a roster; None where it is of no kind that can be read."""
    suffix = Path(name).suffix.lower()
    return f"{secrets.token_hex(24)}{suffix}" if suffix in SUFFIXES else None


def path_of(key: str) -> Path:
    """Raises ValueError for what is no name of a roster."""
    if not _KEY.fullmatch(key):
        raise ValueError("no name of a roster")
    return folder() / key


def open_new(key: str) -> int:
    """A descriptor to write the roster to; nobody else may read it."""
    return os.open(path_of(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def remove(key: str) -> None:
    """Remove the roster; one that is gone already is no fault."""
    if key:
        path_of(key).unlink(missing_ok=True)


def remove_left_over(known: Container[str], before: float) -> int:
    """Remove what a killed worker or a form that came to nothing left behind before a time; how many."""
    removed = 0
    for place in folder().iterdir():
        if place.name in known or place.stat().st_mtime >= before:
            continue
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
        removed += 1
    return removed
