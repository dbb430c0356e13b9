"""Every door of the web app, and everybody who might stand before it."""
