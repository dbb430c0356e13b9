"""Self-tests: results stored and shown, locked legs, and the guided page in a browser."""
