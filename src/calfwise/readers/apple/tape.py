"""A file of any size, read from its beginning as often as needed, one piece at a time."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile

from calfwise.errors import UnreadableFile
from calfwise.readers.apple.prolog import PROLOG_BYTES, WANTED, body_start

PIECE_BYTES = 1 << 20
_END = b"</HealthData>"
_TAIL_BYTES = 4096
_DAMAGE = (OSError, EOFError, ValueError, zlib.error, BadZipFile)
"""What disks and unpackers raise in the middle of a file."""


class Tape:
    """A health export: its pieces, and after a reading whether it was whole."""

    def __init__(self, stream: BinaryIO, *, file: str) -> None:
        """Check what stands before the data. Raises `UnreadableFile`."""
        self.size = 0
        """How much could be read. [byte]"""
        self.whole = False
        """Whether the end was there."""
        self._stream = stream
        try:
            stream.seek(0)
            head = _read(stream, PROLOG_BYTES)
        except _DAMAGE as error:
            came = f"one that fails ({error})"
            raise UnreadableFile(file, wanted="a file to read twice", came=came, where="byte 0") from error
        if not head:
            raise UnreadableFile(file, wanted=WANTED, came="an empty file", where="byte 0")
        self.begin = body_start(head, file=file)
        """Where the data begins. [byte]"""

    def pieces(self) -> Iterator[bytes]:
        """The data from its beginning; where the file breaks, the pieces end."""
        self.size, tail = self.begin, b""
        try:
            self._stream.seek(self.begin)
            while piece := _read(self._stream, PIECE_BYTES):
                self.size += len(piece)
                tail = (tail + piece)[-_TAIL_BYTES:]
                yield piece
        except _DAMAGE:
            tail = b""
        self.whole = _END in tail


def _read(stream: BinaryIO, most: int) -> bytes:
    """That many bytes, also of a stream that gives a few at a time; fewer only at the end."""
    read = stream.read(most)
    while read and len(read) < most and (more := stream.read(most - len(read))):
        read += more
    return read
