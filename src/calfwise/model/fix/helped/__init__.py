"""What helped this runner: differences between techniques, tools, places and exercises, with their doubt."""
