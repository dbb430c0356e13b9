"""Is it working: sessions needed per 100 km, and everything that has to stand beside that number."""
