"""Opening a shop."""
