"""Taking an upload in: counted while it streams, dropped from memory as soon as it is too large."""

import os
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from minsheng_web.records.roster_store import new_key, open_new, remove

HARD_LIMIT = 512 * 1024 * 1024
"""Bytes after which nobody goes on listening: no form is worth the wait."""


class LimitedUpload(InMemoryUploadedFile):
    """An uploaded file; ``too_large`` ones keep their name and size and have no bytes."""

    too_large = False


class LimitedUploadHandler(FileUploadHandler):
    """Keeps at most UPLOAD_LIMIT_MB of a file; of a larger one only the size, so the form still arrives."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start with nothing."""
        super().new_file(*args, **kwargs)
        self.buffer = BytesIO()
        self.too_large = False
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 (Django's)
        """Keep the chunk, or forget everything once the limit is passed."""
        self.received += len(raw_data)
        if self.received > HARD_LIMIT:
            raise StopUpload(connection_reset=True)
        if not self.too_large:
            self.buffer.write(raw_data)
            if self.buffer.tell() > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
                self.too_large = True
                self.buffer = BytesIO()
        return None

    def file_complete(self, file_size: int) -> LimitedUpload:
        """The upload, with its true size even where the bytes were dropped."""
        self.buffer.seek(0)
        upload = LimitedUpload(
            self.buffer,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
        upload.too_large = self.too_large
        return upload


class RosterUpload(UploadedFile[bytes]):
    """A roster that lies in its own file; ``key`` is empty where it was too large or of no known kind."""

    def __init__(self, key: str, name: str, size: int, *, too_large: bool) -> None:
        super().__init__(file=BytesIO(), name=name, content_type=None, size=size)
        self.key, self.too_large = key, too_large


class RosterUploadHandler(FileUploadHandler):
    """Writes a roster straight to its own file as it comes in: a province's would not fit into memory.

    Who handles the request takes the file or removes it (``roster_store``).
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file under a random name."""
        super().new_file(*args, **kwargs)
        self.key = new_key(self.file_name or "") or ""
        self.received, self.too_large = 0, False
        self.target: int | None = open_new(self.key) if self.key else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 (Django's)
        """Write the chunk; once the limit is passed nothing is kept."""
        self.received += len(raw_data)
        if self.received > settings.ROSTER_LIMIT_MB * 1024 * 1024:
            self.too_large = True
            self._drop()
        if self.target is not None:
            view = memoryview(raw_data)
            while view:
                view = view[os.write(self.target, view) :]
        return None

    def file_complete(self, file_size: int) -> RosterUpload:
        """The upload with its key."""
        self._close()
        return RosterUpload(self.key, self.file_name or "", file_size, too_large=self.too_large)

    def upload_interrupted(self) -> None:
        """The browser went away: nothing is kept."""
        self._drop()

    def _close(self) -> None:
        target: int | None = getattr(self, "target", None)
        if target is not None:
            os.close(target)
            self.target = None

    def _drop(self) -> None:
        self._close()
        remove(getattr(self, "key", ""))
        self.key = ""
