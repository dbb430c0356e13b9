"""calfwise's own export: recordings byte for byte, and a table that tells what each was called and what was said."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from calfwise.model.run import Told

TABLE = "originals.jsonl"


class Original(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the table."""

    file: str
    """Where it lies in the export, from the table's folder."""
    name: str
    """How it was called where it came from."""
    sha256: str
    told: Told | None = None


_lines = msgspec.json.Decoder(Original)


def table_line(original: Original) -> bytes:
    """One line of the table, without its newline."""
    return msgspec.json.encode(original)


def read_originals(data: bytes) -> Mapping[str, Original]:
    """The table by file; a line that cannot be understood is passed over: it only takes a title away.

    >>> read_originals(b'{"file":"originals/1.fit","name":"sunday.fit","sha256":""}')["originals/1.fit"].name
    'sunday.fit'
    """
    return {original.file: original for original in _understood(data.splitlines())}


def _understood(lines: Iterable[bytes]) -> Iterable[Original]:
    for line in lines:
        try:
            yield _lines.decode(line)
        except msgspec.DecodeError:
            continue
