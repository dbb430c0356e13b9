"""The weeks ahead: runs, drills, grass, strength and quiet days drawn from one calf-load budget."""
