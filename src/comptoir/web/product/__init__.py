"""A product's page and the acts upon it."""
