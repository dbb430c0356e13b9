"""What helped: hand-worked numbers, what counts, and what is said."""
