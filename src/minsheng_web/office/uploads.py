"""Taking an upload in: counted while it streams, dropped from memory as soon as it is too large."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

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
