"""What the calves took: from samples to strikes, forces with their band, and what changed."""
