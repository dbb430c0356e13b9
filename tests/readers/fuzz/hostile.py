"""Recordings that want to do harm: each writes itself straight to a file, as large as it is asked to be."""

import struct
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count, islice, permutations
from pathlib import Path

MIB = 2**20
CHUNK = MIB
RECORD, HRV, FIELD_DESCRIPTION, EVENT, SESSION, LAP = 20, 78, 206, 21, 18, 19
UINT8, UINT16, UINT32, STRING, BYTE = 0x02, 0x84, 0x86, 0x07, 0x0D
FIRST = 1_140_000_000
Fields = Iterable[tuple[int, int, int]]
TIME = (253, 4, UINT32)


def definition(message: int, fields: Fields, *, local: int = 0, developer: Fields = ()) -> bytes:
    """Number, size and type of each field; of a developer's its number, size and developer."""
    own, theirs = [bytes(field) for field in fields], [bytes(field) for field in developer]
    more = bytes([len(theirs)]) + b"".join(theirs) if theirs else b""
    header = bytes([0x40 | local | (0x20 if theirs else 0), 0, 0])
    return header + struct.pack("<HB", message, len(own)) + b"".join(own) + more


def fit_header(size: int) -> bytes:
    return struct.pack("<BBHI4s", 12, 0x20, 2132, size, b".FIT")


def over_and_over(piece: bytes) -> Iterator[bytes]:
    pieces = piece * max(CHUNK // len(piece), 1)
    while True:
        yield pieces


def data_message(size: int, *, local: int = 0, at: int | None = None) -> bytes:
    """A message of ones, after its time if it has one."""
    time = b"" if at is None else struct.pack("<I", FIRST + at)
    return bytes([local]) + time + b"\1" * (size - len(time))


A_RUN = definition(SESSION, [(2, 4, UINT32), (5, 1, UINT8)], local=15) + struct.pack("<BIB", 15, FIRST, 1)
"""Says that all of it is a run, so that everything is done that is done with runs."""


# --- FIT: what stands behind the header; an endless one is cut --------------------------------------------------------


def messages_of_one_byte() -> Iterator[bytes]:
    """A definition of nothing."""
    yield definition(RECORD, [])
    yield from over_and_over(b"\0")


def messages_of_two_bytes() -> Iterator[bytes]:
    yield definition(RECORD, [(4, 1, UINT8)])
    yield from over_and_over(b"\0\x50")


def timed_records_as_short_as_can_be() -> Iterator[bytes]:
    yield definition(RECORD, [TIME])
    yield from (data_message(4, at=second) for second in count())


def two_kinds_alternating() -> Iterator[bytes]:
    yield definition(RECORD, [TIME, (4, 1, UINT8)]) + data_message(5, at=0)
    yield definition(RECORD, [(4, 1, UINT8)]) + definition(RECORD, [(3, 1, UINT8)], local=1)
    yield from over_and_over(b"\0\x50\1\x50")


def a_definition_before_every_record() -> Iterator[bytes]:
    fields = [TIME, (4, 1, UINT8)]
    yield from (definition(RECORD, fields) + data_message(5, at=second) for second in count())


def two_definitions_taking_turns() -> Iterator[bytes]:
    one, other = definition(RECORD, [TIME, (4, 1, UINT8)]), definition(RECORD, [(4, 1, UINT8), TIME])
    for second in count():
        yield (one + data_message(5, at=second)) if second % 2 else (other + b"\0\1" + data_message(4, at=second)[1:])


def many_definitions_of_200_fields(different: int, *, width: int = 1) -> Iterator[bytes]:
    """Records all; each definition its own, all told again and again, the fields that runs have among them."""
    usual = (253, 3, 4, 5, 6, 7, 39, 41, 73, 78)
    orders = [*islice(permutations(usual), 0, None, max(3_628_800 // different, 1))][:different]
    rest = [number for number in range(250) if number not in usual][:190]
    pieces = [
        definition(RECORD, [(number, width, UINT8) for number in (*order, *rest)]) + data_message(200 * width)
        for order in orders
    ]
    while True:
        yield from pieces


def beats(different: int = 5) -> Iterator[bytes]:
    """Two million messages: a record, and beat-to-beat times behind it."""
    yield definition(RECORD, [TIME, (3, 1, UINT8), (4, 1, UINT8)])
    yield definition(HRV, [(0, 10, UINT16)], local=1)
    for second in count():
        yield data_message(6, at=second) + data_message(10, local=1) * (different - 1)


def compressed_headers() -> Iterator[bytes]:
    yield definition(RECORD, [TIME]) + data_message(4, at=0)
    yield b"".join(definition(RECORD, [(4, 1, UINT8)], local=local) for local in range(4))
    ring = bytes(number for i in range(128) for number in (0x80 | (i % 4) << 5 | i % 32, 80))
    yield from over_and_over(ring)


def wide_records() -> Iterator[bytes]:
    yield definition(RECORD, [(number, 255, UINT8) for number in range(255)])
    yield from over_and_over(data_message(255 * 255))


def one_wide_array_among_narrow_records() -> Iterator[bytes]:
    """One message of 255 values makes a matrix of all the others."""
    names = (3, 4, 7, 39, 41)
    yield definition(RECORD, [TIME, *((number, 255, UINT8) for number in names)]) + data_message(4 + 5 * 255, at=0)
    yield definition(RECORD, [TIME, *((number, 1, UINT8) for number in names)])
    yield from (data_message(9, at=second) for second in count(1))


def fields_of_developers(records: int) -> Iterator[bytes]:
    """255 fields of a developer, each described, in every record."""
    yield definition(FIELD_DESCRIPTION, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 4, STRING)])
    yield b"".join(bytes([0, 0, number, UINT8]) + f"f{number:02x}\0".encode() for number in range(255))
    yield definition(RECORD, [TIME], developer=[(number, 1, 0) for number in range(255)])
    yield from (data_message(4 + 255, at=second) for second in range(records))


def descriptions_by_the_thousand(descriptions: int) -> Iterator[bytes]:
    """The same few fields, described again and again, before ordinary records."""
    yield definition(FIELD_DESCRIPTION, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 4, STRING)])
    for i in range(descriptions):
        yield bytes([0, i // 255 % 255, i % 255, UINT8]) + b"abc\0"
    yield definition(RECORD, [TIME, (4, 1, UINT8)], developer=[(number, 1, 0) for number in range(20)])
    yield from (data_message(25, at=second) for second in count())


def stops_and_starts() -> Iterator[bytes]:
    yield definition(RECORD, [TIME, (4, 1, UINT8)])
    yield definition(EVENT, [TIME, (0, 1, UINT8), (1, 1, UINT8)], local=1)
    for second in count():
        kind = 0 if second % 2 else 4
        yield data_message(5, at=second) + data_message(4, local=1, at=second) + bytes([0, kind])


def sessions_by_the_thousand() -> Iterator[bytes]:
    yield definition(SESSION, [TIME, (2, 4, UINT32), (5, 1, UINT8), (7, 4, UINT32)], local=1)
    yield definition(RECORD, [TIME, (4, 1, UINT8)])
    for second in count():
        start = struct.pack("<IBI", FIRST + second, 1, 1000)
        yield data_message(5, at=second) + data_message(4, local=1, at=second) + start


def laps_by_the_thousand() -> Iterator[bytes]:
    yield definition(RECORD, [TIME, (4, 1, UINT8)]) + definition(LAP, [TIME, (2, 4, UINT32)], local=1)
    for second in count():
        yield data_message(5, at=second) + data_message(8, local=1, at=second)


def clock_back_and_forth() -> Iterator[bytes]:
    yield definition(RECORD, [TIME, (4, 1, UINT8)])
    for second in count():
        yield data_message(5, at=second * 7919 % 1_000_003)


FIT: dict[str, Callable[[], Iterator[bytes]]] = {
    body.__name__: body
    for body in (
        messages_of_one_byte, messages_of_two_bytes, timed_records_as_short_as_can_be, two_kinds_alternating,
        a_definition_before_every_record, two_definitions_taking_turns, beats, compressed_headers, wide_records,
        one_wide_array_among_narrow_records, stops_and_starts, sessions_by_the_thousand, laps_by_the_thousand,
        clock_back_and_forth,
    )
}  # fmt: skip
FIT |= {
    "definitions_of_200_fields_most": lambda: many_definitions_of_200_fields(1_999),
    "definitions_of_200_fields_too_many": lambda: many_definitions_of_200_fields(5_000),
    "fields_of_developers": lambda: fields_of_developers(400_000),
    "descriptions_1000": lambda: descriptions_by_the_thousand(1_000),
    "descriptions_65000": lambda: descriptions_by_the_thousand(65_000),
    "descriptions_all": lambda: descriptions_by_the_thousand(20_000_000),
}


def write_fit(body: Callable[[], Iterator[bytes]], path: Path, size: int) -> None:
    """A whole file but for its checksum: the body, cut so that it fits."""
    _write(path, body(), size, begin=fit_header(size - 12) + A_RUN, end=b"")


def _write(path: Path, pieces: Iterable[bytes], size: int, *, begin: bytes, end: bytes) -> None:
    """The pieces that fit between a beginning and an end."""
    held, held_bytes, left = [begin], len(begin), size - len(begin) - len(end)
    with path.open("wb") as file:
        for piece in pieces:
            if left <= 0:
                break
            held.append(piece[:left])
            left -= len(piece)
            held_bytes += len(piece)
            if held_bytes >= CHUNK:
                file.write(b"".join(held))
                held, held_bytes = [], 0
        file.write(b"".join([*held, end]))


# --- FIT: many files in one -------------------------------------------------------------------------------------------


def chain_of_bare_headers(path: Path, size: int) -> None:
    """Each says that it goes on to 4 GiB."""
    _write(path, over_and_over(fit_header(2**32 - 1)), size, begin=b"", end=b"")


def chain_of_headers_without_length(path: Path, size: int) -> None:
    _write(path, over_and_over(fit_header(0)), size, begin=b"", end=b"")


def chain_of_files_broken_at_once(path: Path, size: int) -> None:
    _write(path, over_and_over(fit_header(1) + b"\x05"), size, begin=b"", end=b"")


def chain_of_files_full_of_kinds(path: Path, size: int) -> None:
    """As many kinds of message as one file may have, in a thousand files."""
    kinds = max(size // 1_000 // 11 - 3, 1)
    body = b"".join(struct.pack("<3BHB3B2B", 0x40, 0, 0, RECORD, 1, i % 250, 1, i // 250, 0, 1) for i in range(kinds))
    whole = fit_header(len(body)) + body + b"\0\0"
    _write(path, over_and_over(whole), size, begin=b"", end=b"")


def chain_of_runs(path: Path, size: int) -> None:
    """A thousand runs, each told by its own file."""
    second, body = 0, A_RUN + definition(RECORD, [TIME, (4, 1, UINT8)])
    while len(body) < size // 1_000 - 14:
        body += data_message(5, at=second)
        second += 1
    _write(path, over_and_over(fit_header(len(body)) + body + b"\0\0"), size, begin=b"", end=b"")


# --- XML --------------------------------------------------------------------------------------------------------------

GPX, GPX_END = b'<gpx version="1.1" creator="us"><trk><type>running</type><trkseg>', b"</trkseg></trk></gpx>"
TCX, TCX_END = b"<Activities><Activity Sport='Running'><Lap><Track>", b"</Track></Lap></Activity></Activities>"


def _at(second: int) -> str:
    return (datetime(2026, 3, 1) + timedelta(seconds=second)).isoformat() + "Z"  # noqa: DTZ001


def _trkpt(second: int, inside: str = "") -> bytes:
    return f'<trkpt lat="47.{second % 100000:05}" lon="8.1"><time>{_at(second)}</time>{inside}</trkpt>'.encode()


def gpx_points_on_one_line(path: Path, size: int) -> None:
    _write(path, whole(map(_trkpt, count()), size - 200), size, begin=GPX, end=GPX_END)


def whole(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Pieces as long as they fit as a whole."""
    for piece in pieces:
        size -= len(piece)
        if size < 0:
            return
        yield piece


def gpx_points_just_small_enough_to_lift(path: Path, size: int) -> None:
    gpx_points_on_one_line(path, min(size, 16 * MIB))


def tcx_points_on_one_line(path: Path, size: int) -> None:
    points = (
        f"<Trackpoint><Time>{_at(i)}</Time><DistanceMeters>{3 * i}</DistanceMeters></Trackpoint>" for i in count()
    )
    _write(path, whole((point.encode() for point in points), size - 200), size, begin=TCX, end=TCX_END)


def gpx_points_as_short_as_can_be(path: Path, size: int) -> None:
    _write(path, whole(over_and_over(b"<trkpt/>"), size - CHUNK), size, begin=GPX, end=GPX_END)


def gpx_nested(path: Path, size: int) -> None:
    _write(path, over_and_over(b"<a>"), size, begin=GPX, end=b"")


def gpx_points_nested(path: Path, size: int) -> None:
    _write(path, over_and_over(b"<trkseg><trkpt>"), size, begin=GPX, end=b"")


def gpx_one_attribute(path: Path, size: int) -> None:
    _write(path, over_and_over(b"x"), size, begin=b'<gpx creator="', end=b'"><trk/></gpx>')


def gpx_one_text(path: Path, size: int) -> None:
    _write(path, over_and_over(b"1"), size, begin=GPX + b'<trkpt lat="', end=b'"/>' + GPX_END)


def gpx_numbers_of_nine_million_digits(path: Path, size: int) -> None:
    point = b'<trkpt lat="1" lon="1"><time>2026-03-01T07:00:00Z</time><ele>' + b"1" * (9 * MIB) + b"</ele></trkpt>"
    _write(path, whole(over_and_over(point), size - 200), size, begin=GPX, end=GPX_END)


def gpx_tracks_by_the_million(path: Path, size: int) -> None:
    tracks = (b"<trk><trkseg>" + _trkpt(second) + b"</trkseg></trk>" for second in count())
    _write(path, whole(tracks, size - 200), size, begin=b"<gpx>", end=b"</gpx>")


def gpx_segments_by_the_million(path: Path, size: int) -> None:
    segments = (b"<trkseg>" + _trkpt(second) + b"</trkseg>" for second in count())
    _write(path, whole(segments, size - 200), size, begin=b"<gpx><trk>", end=b"</trk></gpx>")


def gpx_empty_segments(path: Path, size: int) -> None:
    _write(path, whole(over_and_over(b"<trkseg/>"), size - CHUNK), size, begin=b"<gpx><trk>", end=b"</trk></gpx>")


def tcx_laps_by_the_million(path: Path, size: int) -> None:
    lap = b"<Lap><TotalTimeSeconds>1</TotalTimeSeconds></Lap>"
    begin = b"<Activities><Activity Sport='Running'>" + b"<Lap><Track>"
    point = b"<Trackpoint><Time>2026-03-01T07:00:00Z</Time></Trackpoint></Track></Lap>"
    _write(path, whole(over_and_over(lap), size - CHUNK), size, begin=begin + point, end=b"</Activity></Activities>")


def gpx_a_million_names(path: Path, size: int) -> None:
    points = (f"<trkpt a{i}='1'><b{i}>1</b{i}></trkpt>".encode() for i in count())
    _write(path, whole(points, size - 200), size, begin=GPX, end=GPX_END)


def gpx_a_point_of_a_million_parts(path: Path, size: int) -> None:
    parts = over_and_over(b"<ele>1</ele>")
    _write(path, whole(parts, size - CHUNK), size, begin=GPX + b"<trkpt>", end=b"</trkpt>" + GPX_END)


def gpx_a_million_attributes(path: Path, size: int) -> None:
    attributes = (f"a{i}='' ".encode() for i in count())
    _write(path, whole(attributes, size - 200), size, begin=GPX + b"<trkpt ", end=b"/>" + GPX_END)


def gpx_a_million_mistakes(path: Path, size: int) -> None:
    _write(path, whole(over_and_over(b"<trkpt>&x;</b>"), size - CHUNK), size, begin=GPX, end=GPX_END)


def gpx_comments(path: Path, size: int) -> None:
    _write(path, whole(over_and_over(b"<!---->"), size - CHUNK), size, begin=GPX, end=GPX_END)


def gpx_white_space_first(path: Path, size: int) -> None:
    _write(path, whole(over_and_over(b"\n"), size - CHUNK), size, begin=b"<?xml version='1.0'?>", end=GPX + GPX_END)


def gpx_of_nuls(path: Path, size: int) -> None:
    _write(path, over_and_over(b"\0<trkpt/>"), size, begin=GPX, end=GPX_END)


def gpx_in_utf_16(path: Path, size: int) -> None:
    points = (_trkpt(second).decode().encode("utf-16-le") for second in count())
    begin, end = GPX.decode().encode("utf-16"), GPX_END.decode().encode("utf-16-le")
    _write(path, whole(points, size - 300), size, begin=begin, end=end)


def gpx_in_utf_16_of_three_bytes_a_letter(path: Path, size: int) -> None:
    begin = b"\xff\xfe" + (GPX.decode() + '<trkpt lat="').encode("utf-16-le")
    _write(path, over_and_over("€".encode("utf-16-le")), size // 2 * 2, begin=begin, end=b"")


def gpx_in_utf_32(path: Path, size: int) -> None:
    points = (_trkpt(second).decode().encode("utf-32-le") for second in count())
    begin, end = GPX.decode().encode("utf-32"), GPX_END.decode().encode("utf-32-le")
    _write(path, whole(points, size - 500), size, begin=begin, end=end)


def laughs(path: Path, size: int) -> None:
    """A billion of them, were it read: refused by name."""
    entities = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    text = f'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY l0 "ha">{entities}]><gpx><name>&l9;</name>'
    _write(path, over_and_over(b" "), size, begin=text.encode(), end=b"</gpx>")


def laughs_behind_the_head(path: Path, size: int) -> None:
    _write(path, over_and_over(b" "), size, begin=b"<gpx>", end=b'<!ENTITY l0 "ha"></gpx>')


WHOLE: tuple[Callable[[Path, int], None], ...] = (
    chain_of_bare_headers, chain_of_headers_without_length, chain_of_files_broken_at_once, chain_of_files_full_of_kinds,
    chain_of_runs, gpx_points_on_one_line, gpx_points_just_small_enough_to_lift, tcx_points_on_one_line,
    gpx_points_as_short_as_can_be, gpx_nested, gpx_points_nested, gpx_one_attribute, gpx_one_text,
    gpx_numbers_of_nine_million_digits, gpx_tracks_by_the_million, gpx_segments_by_the_million, gpx_empty_segments,
    tcx_laps_by_the_million, gpx_a_million_names, gpx_a_point_of_a_million_parts, gpx_a_million_attributes,
    gpx_a_million_mistakes, gpx_comments, gpx_white_space_first, gpx_of_nuls, gpx_in_utf_16,
    gpx_in_utf_16_of_three_bytes_a_letter, gpx_in_utf_32, laughs, laughs_behind_the_head,
)  # fmt: skip
NAMES = (*FIT, *(make.__name__ for make in WHOLE))
REFUSED = {"laughs": "a document type", "laughs_behind_the_head": "an entity"}


def write(name: str, path: Path, size: int) -> None:
    """The hostile recording of that name, of about that size."""
    if name in FIT:
        write_fit(FIT[name], path, size)
    else:
        next(make for make in WHOLE if make.__name__ == name)(path, size)
