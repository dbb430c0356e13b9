"""Loads and series as they are held in rows."""

import zlib

import msgspec

from calfwise.model.load.dose import RunLoad
from calfwise.model.load.series import RunSeries

_load = msgspec.msgpack.Decoder(RunLoad)
_series = msgspec.msgpack.Decoder(RunSeries)


def packed_load(load: RunLoad) -> bytes:
    return _packed(load)


def load_of(body: bytes | memoryview) -> RunLoad:
    return _load.decode(body)


def packed_series(series: RunSeries) -> bytes:
    return zlib.compress(_packed(series), 1)


def series_of(body: bytes | memoryview) -> RunSeries:
    return _series.decode(zlib.decompress(body))


def _packed(value: RunLoad | RunSeries) -> bytes:
    # Times as text: MessagePack's own keep the moment but not its offset, and with that the runner's day.
    return msgspec.msgpack.encode(msgspec.to_builtins(value, builtin_types=(bytes,)))
