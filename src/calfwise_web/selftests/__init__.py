"""Self-tests: what there is, guided step by step, and what results say beyond measurement error."""
