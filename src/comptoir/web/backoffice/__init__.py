"""The counter of a shop: orders, products, imports, those who follow, and its words."""
