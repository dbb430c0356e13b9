"""FIT, decoded by columns: bytes -> blocks of equal messages -> tables of raw columns -> runs."""

from calfwise.readers.fit.decode import FitFile, Table, decode

__all__ = ["FitFile", "Table", "decode"]
