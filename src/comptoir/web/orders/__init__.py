"""A buyer's orders: the thanks page, what became of it, and the list."""
