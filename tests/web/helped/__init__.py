"""What helped me."""
