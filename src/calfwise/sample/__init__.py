"""A made-up runner: two years of recordings and a journal, the same for the same seed. Nobody real is in them."""

from calfwise.sample.report import SampleReport
from calfwise.sample.runs import JOURNAL_FILE, SEED, write_sample

__all__ = ["JOURNAL_FILE", "SEED", "SampleReport", "write_sample"]
