"""Products that are bought on the shop's own site: the way there, signed and counted."""
