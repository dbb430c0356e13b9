"""What helped me: what felt quieter after, technique by technique, with how far one can say so."""
