"""Damage of every kind, from a seed: the same seed spoils the same file in the same way."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

INTERESTING = (
    0, 1, 2, 7, 16, 31, 32, 64, 96, 100, 127, 128, 129, 192, 254, 255, 256, 1000, 1024, 4096, 32767, 32768, 65534,
    65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1, 2**63 - 1, 2**64 - 1,
)  # fmt: skip
TOKENS = (
    b"<", b">", b"/>", b"&", b'"', b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?", b"\0", b"\xff", b"\xff\xfe", b"\xc3",
    b"&#0;", b"&#x10FFFF;", b"&lt;", b"&nope;", b"<!", b"<!DOCTYPE x>", b"\xef\xbb\xbf", b"\r", b"xml:lang=''",
    b"</Track>", b"<Track>", b"<Trackpoint>", b"</Trackpoint>", b"</Lap>", b"<Lap>", b"<Activity Sport='Running'>",
    b"</Activity>", b"</trkseg>", b"<trkseg>", b"<trkpt lat='1' lon='1'>", b"</trkpt>", b"</trk>", b"<trk>", b"</gpx>",
    b"<time>", b"<Time>", b"<Record ", b"<Workout ", b"</Workout>", b"</HealthData>", b"<x:y>", b"xmlns='z'",
)  # fmt: skip
WORDS = (
    b"", b"-", b"-1", b"0", b"-0.0", b"1e308", b"-1e308", b"1.7e308", b"1e400", b"-1e400", b"1e-320", b"nan", b"inf",
    b"-inf", b"1e18", b"1e30", b"99999999999999999999", b"0x10", b"1_000", b"1,5", b"180", b"-180", b"90", b"200",
    b"\xd9\xa1", b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59Z", b"9999-12-31T23:59:59-23:59", b"1970-01-01T00:00:00",
    b"2026-02-30T07:00:00Z", b"2026-03-01T24:00:00Z", b"2026-03-01T07:00:60Z", b"20260301T070000Z", b"2026-W09-7",
    b"0001-01-01T00:00:00+23:59", b"2026-03-01T07:00:00+00:00:30", b"2026-03-01 07:00:00 +9999", b"running",
    b"2099-12-31T23:59:59Z",
)  # fmt: skip
NUMBER = re.compile(rb"(?<=[>\"'])[-+\d.][-+\d.:TZ ]*(?=[<\"'])")
DEFINITION = re.compile(rb"[\x40-\x4f\x60-\x6f]\0[\0\1]")
SIGNATURE = b".FIT"


@dataclass(frozen=True, slots=True)
class Edit:
    """`data[begin:end]` becomes `put`."""

    begin: int
    end: int
    put: bytes


@dataclass(frozen=True, slots=True)
class Mutant:
    """A spoiled file, what it was made of, and its first byte that may differ."""

    data: bytes
    parent: bytes
    first: int


Mutator = Callable[[bytes, random.Random], Edit]


def _flip(data: bytes, chance: random.Random) -> Edit:
    at = chance.randrange(len(data))
    return Edit(at, at + 1, bytes([data[at] ^ 1 << chance.randrange(8)]))


def _overwrite(data: bytes, chance: random.Random) -> Edit:
    at, size = chance.randrange(len(data)), _some(chance)
    put = chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size, bytes([chance.randrange(256)]) * size))
    return Edit(at, at + size, put)


def _delete(data: bytes, chance: random.Random) -> Edit:
    at = chance.randrange(len(data))
    return Edit(at, at + _some(chance), b"")


def _insert(data: bytes, chance: random.Random) -> Edit:
    at, size = chance.randrange(len(data) + 1), _some(chance)
    return Edit(at, at, chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size)))


def _double(data: bytes, chance: random.Random) -> Edit:
    at, source = chance.randrange(len(data) + 1), chance.randrange(len(data))
    at = chance.choice((at, source))
    return Edit(at, at, data[source : source + chance.choice((1, 4, 30, 200, 1500))] * chance.choice((1, 1, 2, 20)))


def _truncate(data: bytes, chance: random.Random) -> Edit:
    return Edit(chance.randrange(len(data)), len(data), b"")


def _number(data: bytes, chance: random.Random) -> Edit:
    at, size = chance.randrange(len(data)), chance.choice((1, 2, 4, 8))
    value = chance.choice(INTERESTING) % 256**size
    return Edit(at, at + size, value.to_bytes(size, chance.choice(("little", "big"))))


def _header_length(data: bytes, chance: random.Random) -> Edit:
    """The length in one of the FIT headers."""
    headers = [found.start() for found in re.finditer(re.escape(SIGNATURE), data) if found.start() >= 4]
    if not headers:
        return _number(data, chance)
    at = chance.choice(headers)
    value = chance.choice((*INTERESTING, len(data), len(data) - 14, len(data) + chance.randrange(-40, 40)))
    return Edit(at - 4, at, (value % 2**32).to_bytes(4, "little"))


def _definition_size(data: bytes, chance: random.Random) -> Edit:
    """The count of fields of a FIT definition, a field's size or type, or what the message is."""
    definitions = [found.start() for found in DEFINITION.finditer(data)]
    if not definitions:
        return _number(data, chance)
    at = chance.choice(definitions) + chance.choice((0, 2, 3, 4, 5, 5, 5, *range(6, 40)))
    return Edit(at, at + 1, bytes([chance.choice((*INTERESTING[:20], chance.randrange(256))) % 256]))


def _token(data: bytes, chance: random.Random) -> Edit:
    at = chance.randrange(len(data) + 1)
    return Edit(at, at + chance.choice((0, 0, 1, 8)), chance.choice(TOKENS))


def _word(data: bytes, chance: random.Random) -> Edit:
    """A number or a time of an XML file becomes another, or no number at all."""
    found = list(NUMBER.finditer(data, chance.randrange(len(data))))[:20]
    if not found:
        return _token(data, chance)
    begin, end = chance.choice(found).span()
    return Edit(begin, end, chance.choice(WORDS))


ANY: tuple[Mutator, ...] = (_flip, _overwrite, _delete, _insert, _double, _truncate, _number)
BINARY = (*ANY, _header_length, _definition_size, _definition_size)
TEXT = (*ANY, _token, _token, _word, _word, _word)


def mutant(corpus: Sequence[bytes], chance: random.Random, *, binary: bool, times: int | None = None) -> Mutant:
    """One file of the corpus, spoiled so many times: by its own mutators, now and then spliced with another."""
    parent = chance.choice(corpus)
    data, first = parent, len(parent)
    for _ in range(times or chance.choice((1, 1, 1, 2, 4, 16))):
        edit = _splice(data, corpus, chance) if chance.random() < 0.05 else _edit(data, chance, binary=binary)
        data = data[: edit.begin] + edit.put + data[edit.end :]
        first = min(first, edit.begin)
        if not data:
            break
    return Mutant(data, parent, first)


def _edit(data: bytes, chance: random.Random, *, binary: bool) -> Edit:
    return chance.choice(BINARY if binary else TEXT)(data, chance)


def _splice(data: bytes, corpus: Sequence[bytes], chance: random.Random) -> Edit:
    """The beginning of one file, the end of another."""
    other = chance.choice(corpus)
    return Edit(chance.randrange(len(data)), len(data), other[chance.randrange(len(other)) :])


def _some(chance: random.Random) -> int:
    return chance.choice((1, 1, 2, 3, 4, 8, 16, 40, 200))
