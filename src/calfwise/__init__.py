"""calfwise: from a runner's recordings and a short check-in to today's calf session."""

__version__ = "0.1.0"
