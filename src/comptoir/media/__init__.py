"""Pictures: taken in, checked, re-encoded and kept as renditions; it knows not whose they are."""
