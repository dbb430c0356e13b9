"""FIT, decoded by columns: bytes -> blocks of equal messages -> tables of raw columns -> runs."""

from calfwise.readers.fit.decode import FitFile, Table, decode
from calfwise.readers.fit.read import looks_like_fit, read_fit

__all__ = ["FitFile", "Table", "decode", "looks_like_fit", "read_fit"]
