"""The plan in the formats of others: a calendar, and workouts for a watch. Bytes alone; whoever asks keeps them."""
