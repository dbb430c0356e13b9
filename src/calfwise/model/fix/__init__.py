"""What makes treatment rare: why the calves are tight, and what to do about it."""
