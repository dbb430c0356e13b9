"""Everything the writer can write, read back by decoders nobody here wrote."""

import io

import fitdecode
import numpy as np
import pytest

from calfwise.errors import IllegalEvent, OutOfRange
from calfwise.sample.fit_profile import SEMICIRCLES_PER_DEG, developer_data_id, field_description, message, raw_message
from calfwise.sample.fit_writer import Base, Definition, Field, fit_bytes, interleaved, table

from .oracles import fitdecode_messages, garmin_messages

START = 1_000_000_000


def header_of(data: bytes) -> fitdecode.FitHeader:
    with fitdecode.FitReader(io.BytesIO(data)) as reader:
        return next(frame for frame in reader if isinstance(frame, fitdecode.FitHeader))


@pytest.mark.parametrize("big_endian", [False, True])
def test_numbers_of_every_base_type_come_back_in_either_byte_order(big_endian):
    largest = {
        Base.ENUM: 254, Base.SINT8: -128, Base.UINT8: 254, Base.SINT16: -32768, Base.UINT16: 65534,
        Base.SINT32: -(2**31), Base.UINT32: 2**32 - 2, Base.FLOAT32: 1.5, Base.FLOAT64: -0.1, Base.UINT8Z: 255,
        Base.UINT16Z: 65535, Base.UINT32Z: 2**32 - 1, Base.BYTE: 17, Base.SINT64: -(2**63), Base.UINT64: 2**64 - 2,
        Base.UINT64Z: 2**64 - 1,
    }  # fmt: skip
    values = {Field(number, base): value for number, (base, value) in enumerate(largest.items())}
    data = fit_bytes([raw_message(0xFF00, values, big_endian=big_endian)])
    [(global_number, fields)] = fitdecode_messages(data)
    assert global_number == 0xFF00
    assert {number: one(value) for number, value in fields.items()} == dict(enumerate(largest.values()))


def one(value):
    """fitdecode gives a tuple for the base type byte."""
    return value[0] if isinstance(value, tuple) else value


def test_what_is_missing_is_read_as_nothing_in_every_base_type():
    values = {Field(number, base): None for number, base in enumerate(Base)}
    [(_, fields)] = fitdecode_messages(fit_bytes([raw_message(0xFF00, values)]))
    assert {number: value for number, value in fields.items() if value not in (None, (None,))} == {}


def test_an_array_field_may_be_missing_as_a_whole():
    record = message("record", timestamp=START, compressed_speed_distance=None)
    [(_, fields)] = fitdecode_messages(fit_bytes([record]))
    assert set(fields[8] or [None]) == {None}


def test_a_table_may_have_no_rows():
    nothing = message("lap", local=1, timestamp=[], message_index=0)
    record = message("record", timestamp=[START, START + 1])
    assert len(nothing) == 0
    for parts in ([nothing, record], [interleaved((record, [0, 1]), (nothing, []))], [interleaved((nothing, []))]):
        numbers = [number for number, _ in fitdecode_messages(fit_bytes(parts))]
        assert numbers in ([20, 20], [])


def test_thousands_of_records_written_at_once_come_back_one_by_one():
    seconds = np.arange(3000)
    distance_m = seconds * 2.5
    record = message(
        "record", timestamp=START + seconds, distance=distance_m, heart_rate=140 + seconds % 20, position_lat=45.0
    )
    data = fit_bytes([record])
    messages = fitdecode_messages(data)
    assert len(messages) == 3000
    assert [fields[253] for _, fields in messages] == (START + seconds).tolist()
    assert [fields[5] for _, fields in messages] == (seconds * 250).tolist()
    assert {fields[0] for _, fields in messages} == {round(45 * SEMICIRCLES_PER_DEG)} == {2**29}
    theirs = garmin_messages(data)["record_mesgs"]
    assert [fields["heart_rate"] for fields in theirs] == (140 + seconds % 20).tolist()


def test_units_of_the_profile_become_the_numbers_of_the_file():
    record = message("record", altitude=12.4, speed=2.5, stance_time=251.3, fractional_cadence=0.5, step_length=987.6)
    [(_, fields)] = fitdecode_messages(fit_bytes([record]))
    assert [fields[number] for number in (2, 6, 41, 53, 85)] == [(12.4 + 500) * 5, 2500, 2513, 64, 9876]


def test_nan_and_none_are_missing_in_their_row_only():
    record = message("record", timestamp=[START, START + 1], heart_rate=[None, 140], speed=[2.5, float("nan")])
    (_, first), (_, second) = fitdecode_messages(fit_bytes([record]))
    assert (first[3], first[6]) == (None, 2500)
    assert (second[3], second[6]) == (140, None)


def test_array_fields_and_strings_come_back_whole():
    parts = [
        message("hrv", time=[[0.401, 0.399, None, None, None], [0.41, None, None, None, None]]),
        message("record", compressed_speed_distance=[1, 2, 3], local=1),
        raw_message(
            0xFF00, {Field(0, Base.STRING, 12): ["Łódź", "a"], Field(1, Base.UINT16, 3): [[1, 2, 3], [4, 5, 6]]}
        ),
    ]
    data = fit_bytes(parts)
    messages = fitdecode_messages(data)
    assert [fields[0] for number, fields in messages if number == 78] == [
        (401, 399, None, None, None),
        (410, None, None, None, None),
    ]
    assert messages[2][1][8] == (1, 2, 3)
    assert messages[3] == (0xFF00, {0: "Łódź", 1: (1, 2, 3)})
    assert messages[4] == (0xFF00, {0: "a", 1: (4, 5, 6)})
    assert garmin_messages(data)["hrv_mesgs"][0]["time"][:2] == [401, 399]


def test_developer_fields_come_back_under_their_names():
    ground_ms = Field(7, Base.UINT16, developer=0)
    parts = [
        developer_data_id(0, application_id=bytes(range(16))),
        field_description(ground_ms, name="Ground Time", units="Milliseconds", message=20, number=41),
        message("record", timestamp=[START, START + 1], heart_rate=140, developer={ground_ms: [251, None]}),
    ]
    data = fit_bytes(parts)
    announced, described, first, second = fitdecode_messages(data)
    assert announced == (207, {3: 0, 1: tuple(range(16))})
    assert described[1] | {3: "", 8: ""} == {0: 0, 1: 7, 2: 0x84, 3: "", 8: "", 14: 20, 15: 41}
    assert [described[1][number] for number in (3, 8)] == ["Ground Time", "Milliseconds"]
    assert first[1] == {253: START, 3: 140, "Ground Time": 251}
    assert second[1]["Ground Time"] is None
    assert garmin_messages(data)["record_mesgs"][0]["developer_fields"] == {0: 251}


def test_a_developer_field_may_lack_its_name_and_its_app():
    power = Field(0, Base.FLOAT32, developer=3)
    parts = [
        developer_data_id(3),
        field_description(power),
        message("record", timestamp=START, developer={power: 250.5}),
    ]
    announced, described, record = fitdecode_messages(fit_bytes(parts))
    assert announced == (207, {3: 3})
    assert described == (206, {0: 3, 1: 0, 2: 0x88})
    assert 250.5 in record[1].values()


def test_developer_fields_are_put_last_whatever_their_place():
    power = Field(0, Base.UINT16, developer=0)
    definition = Definition(20, (power, Field(253, Base.UINT32), Field(3, Base.UINT8)))
    parts = [developer_data_id(0), field_description(power, name="Power"), table(definition, [250, START, 140])]
    assert fitdecode_messages(fit_bytes(parts))[-1][1] == {253: START, 3: 140, "Power": 250}


def test_compressed_times_follow_the_last_full_timestamp():
    times = START + np.array([1, 2, 30, 31, 32, 60])
    parts = [
        message("event", timestamp=START, event=0, event_type=0),
        message("record", local=1, compressed_time=True, timestamp=times, heart_rate=140),
    ]
    messages = fitdecode_messages(fit_bytes(parts))
    assert [fields[253] for number, fields in messages if number == 20] == times.tolist()


def test_chained_files_are_two_files_in_a_row():
    first = fit_bytes([message("record", timestamp=START, heart_rate=140)])
    second = fit_bytes([message("record", timestamp=START + 9, heart_rate=150)])
    assert [fields[3] for _, fields in fitdecode_messages(first + second)] == [140, 150]


def test_messages_stand_in_the_order_given_and_a_definition_is_written_once():
    records = message("record", timestamp=[START, START + 1, START + 2], heart_rate=[140, 141, 142])
    lap = message("lap", local=1, timestamp=START + 1, total_distance=1000)
    data = fit_bytes([records[:2], lap, records[2:]])
    assert [number for number, _ in fitdecode_messages(data)] == [20, 20, 19, 20]
    assert data.count(b"\x40\x00\x00\x14\x00\x02") == 1


def test_a_local_type_may_change_its_meaning_and_change_back():
    record = message("record", timestamp=START, heart_rate=140)
    lap = message("lap", timestamp=START + 1, total_distance=1000)
    data = fit_bytes([record, lap, record])
    assert [number for number, _ in fitdecode_messages(data)] == [20, 19, 20]


def test_rows_of_many_kinds_are_interleaved_by_time():
    seconds = START + np.arange(5)
    data = fit_bytes(
        [
            interleaved(
                (message("record", timestamp=seconds, heart_rate=140), seconds),
                (message("hrv", local=1, time=np.full((5, 5), 0.4)), seconds),
                (message("lap", local=2, timestamp=[START + 2], message_index=0), [START + 2]),
            )
        ]
    )
    assert [number for number, _ in fitdecode_messages(data)] == [20, 78, 20, 78, 20, 78, 19, 20, 78, 20, 78]


def test_several_sessions_stand_in_one_file():
    sessions = message("session", timestamp=[START, START + 60], sport=[1, 2], total_distance=[1000, 2000.5])
    data = fit_bytes([sessions, message("activity", local=1, timestamp=START + 60, num_sessions=2)])
    assert [(fields.get(5), fields.get(9)) for number, fields in fitdecode_messages(data) if number == 18] == [
        (1, 100_000),
        (2, 200_050),
    ]


@pytest.mark.parametrize(
    ("options", "size", "crc"), [({}, 14, True), ({"header_crc": False}, 14, False), ({"header_size": 12}, 12, False)]
)
def test_headers_are_valid_with_a_checksum_without_one_and_short(options, size, crc):
    data = fit_bytes([message("record", timestamp=START)], **options)
    header = header_of(data)
    assert header.header_size == size
    assert bool(header.crc) == crc
    assert len(fitdecode_messages(data)) == 1


def test_a_field_can_claim_a_size_its_type_does_not_have():
    definition = Definition(20, (Field(253, Base.UINT32), Field(5, Base.UINT32, declared_size=1)))
    data = fit_bytes([table(definition, [START, 77])])
    assert data[-3:-2] == bytes([77])
    assert bytes([5, 1, 0x86]) in data


def test_bytes_among_the_parts_are_written_as_they_are():
    undefined_local_type = bytes([0x05, 1, 2, 3])
    data = fit_bytes([message("record", timestamp=START), undefined_local_type])
    assert data[:-2].endswith(undefined_local_type)


def test_a_number_that_does_not_fit_is_refused_not_wrapped():
    with pytest.raises(OutOfRange, match="field 3 holds 0 to 255, got 300 to 300"):
        message("record", heart_rate=300)


def test_wrong_use_is_refused():
    with pytest.raises(IllegalEvent, match="no field heartrate"):
        message("record", heartrate=140)
    with pytest.raises(IllegalEvent, match="0-3"):
        message("record", local=4, compressed_time=True, timestamp=START)
    with pytest.raises(IllegalEvent, match="must not fall"):
        interleaved((message("record", timestamp=[2, 1]), [2, 1]))
    with pytest.raises(IllegalEvent, match="one a row"):
        interleaved((message("record", timestamp=[1, 2]), [1]))
    with pytest.raises(IllegalEvent, match="local type each"):
        interleaved((message("record", timestamp=1), [1]), (message("lap", timestamp=1), [1]))
    with pytest.raises(IllegalEvent, match="columns wanted"):
        table(Definition(20, (Field(253, Base.UINT32),)), [])
