"""The uploaded file, kept in the database from the request to the worker."""

import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import ImportChunk, ImportRun
from comptoir.common.errors import Refused

MAX_FILE_BYTES = 200 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
# What a worker keeps in memory of a file before it goes to a temporary one.
SPOOL_BYTES = 4 * 1024 * 1024


class _Chunks(io.RawIOBase):
    """Writes bytes as rows of ``ImportChunk``."""

    def __init__(self, run: ImportRun) -> None:
        super().__init__()
        self._run = run
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        ImportChunk.objects.create(run=self._run, position=self._position, data=piece)
        self._position += 1
        return len(piece)


def keep_file(*, run: ImportRun, file: IO[bytes]) -> None:
    """Keeps ``file`` (from its start), gzipped unless it is; counts ``run.bytes_total``.

    Belongs in the transaction that makes or changes the run.

    Raises:
        Refused: ``file_too_large``.
    """
    file.seek(0)
    gzipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    run.bytes_total = 0
    with io.BufferedWriter(_Chunks(run), CHUNK_BYTES) as rows:
        target = rows if gzipped else gzip.GzipFile(fileobj=rows, mode="wb", compresslevel=1)
        while piece := file.read(CHUNK_BYTES):
            run.bytes_total += len(piece)
            if run.bytes_total > MAX_FILE_BYTES:
                raise Refused("file_too_large", _("The file is larger than 200 MB."))
            target.write(piece)
        if not gzipped:
            target.close()
    run.save(update_fields=["bytes_total"])


@contextmanager
def kept_file(*, run: ImportRun) -> Iterator[BinaryIO]:
    """The kept file as a seekable one, on this machine's disk while it is read."""
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as file:
        chunks = ImportChunk.objects.filter(run=run).order_by("position")
        for chunk in chunks.iterator(chunk_size=4):
            file.write(chunk.data)
        file.seek(0)
        yield file  # type: ignore[misc]


def drop_file(*, run: ImportRun) -> None:
    """Forgets the kept file, if there is one."""
    ImportChunk.objects.filter(run=run).delete()
