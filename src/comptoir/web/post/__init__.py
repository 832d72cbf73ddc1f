"""Posts: writing, reading, answering, sharing a purchase."""
