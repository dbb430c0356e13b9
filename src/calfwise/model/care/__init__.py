"""What to do today: the map of the calf, the gate, the techniques and the plan."""
