"""Why the calves are tight, and what to do about it."""
