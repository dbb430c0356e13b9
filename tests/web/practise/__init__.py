"""Routines: cards, one routine, planning one, and playing it."""
