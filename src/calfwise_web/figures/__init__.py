"""Drawings as data: one figure for every technique, tool and position, and the map of both calves."""
