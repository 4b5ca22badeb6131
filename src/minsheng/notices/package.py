"""A zip package (docx, xlsx) opened with limits: what it unpacks to is counted as it is unpacked."""

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from lzma import LZMAError

MOST_PARTS = 20_000
MOST_BYTES = 160 * 1024 * 1024
"""Unpacked, over all parts that are read. The document of a thousand pages has some 30 MB."""

_CHUNK = 1 << 20
_FAULTS = (
    zipfile.BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, OverflowError, KeyError, IndexError,
)  # fmt: skip


class PackageError(Exception):
    """A package that cannot be read. ``code`` is that of the refusal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Package:
    """An open package. Every method raises PackageError, and nothing else, on what it finds broken."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    unpacked: int = field(default=0)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is none of this name. Case and a leading / do not count."""
        found = self._name(name.lstrip("/"))
        if found is None:
            return None
        try:
            info = self.archive.getinfo(found)
            if info.flag_bits & 1:
                raise PackageError("encrypted_file")
            return self._unpack(info)
        except _FAULTS as fault:
            raise PackageError("damaged_file") from fault

    def _name(self, name: str) -> str | None:
        if name in self.names:
            return name
        lowered = name.lower()
        return next((known for known in self.names if known.lower() == lowered), None)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        pieces = []
        with self.archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                self.unpacked += len(piece)
                if self.unpacked > MOST_BYTES:
                    raise PackageError("unpacks_too_large")
                pieces.append(piece)
        return b"".join(pieces)


def open_package(data: bytes) -> Package:
    """Open a package. Raises PackageError when it is cut, broken or has too many parts."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        names = frozenset(archive.namelist())
    except _FAULTS as fault:
        raise PackageError("damaged_file") from fault
    if len(names) > MOST_PARTS:
        raise PackageError("unpacks_too_large")
    return Package(archive, names)
