"""Collections of a shop: their pages, and how the shop makes them."""
