"""Two decoders nobody here wrote, as plain lists of messages."""

import io
from typing import Any

import fitdecode
from garmin_fit_sdk import Decoder, Stream


def fitdecode_messages(data: bytes) -> list[tuple[int, dict[str | int, Any]]]:
    """Every data message in file order: its global number, and its fields' raw values by number or name."""
    messages = []
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                messages.append((frame.global_mesg_num, {key_of(field): field.raw_value for field in frame.fields}))
    return messages


def key_of(field) -> str | int:
    if getattr(field.field, "dev_data_index", None) is not None:
        return field.name
    return field.name if field.def_num is None else field.def_num


def garmin_messages(data: bytes) -> dict[str, list[dict[str | int, Any]]]:
    """Messages by kind, raw values by FIT's names."""
    assert Decoder(Stream.from_byte_array(bytearray(data))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read(
        apply_scale_and_offset=False,
        convert_types_to_strings=False,
        convert_datetimes_to_dates=False,
        merge_heart_rates=False,
        expand_sub_fields=False,
        expand_components=False,
    )
    assert errors == []
    return messages
