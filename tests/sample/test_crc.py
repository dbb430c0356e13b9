"""The checksum, held against the plain loop of its definition."""

import numpy as np
import pytest

from calfwise.sample.crc import POLYNOMIAL, crc16


def plain_crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _bit in range(8):
            crc = (crc >> 1) ^ (POLYNOMIAL if crc & 1 else 0)
    return crc


@pytest.mark.parametrize("n_bytes", [0, 1, 2, 3, 4, 5, 7, 8, 12, 31, 64, 255, 1000, 4097, 10_001])
def test_the_checksum_is_that_of_a_plain_loop_over_the_bytes(n_bytes):
    data = np.random.default_rng(n_bytes).bytes(n_bytes)
    assert crc16(data) == plain_crc16(data)


def test_the_checksum_of_nine_digits_is_the_published_one():
    assert crc16(b"123456789") == 0xBB3D  # the check value of CRC-16/ARC


def test_a_file_followed_by_its_own_checksum_has_checksum_nothing():
    data = np.random.default_rng(1).bytes(777)
    assert crc16(data + crc16(data).to_bytes(2, "little")) == 0
