"""Pure values and arithmetic: no files, no clock, no log, no randomness without a seed."""
