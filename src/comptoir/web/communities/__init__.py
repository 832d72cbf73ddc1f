"""Communities of taste: all of them, one of them, joining and leaving."""
