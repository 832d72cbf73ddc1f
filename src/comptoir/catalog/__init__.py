"""What shops offer: products, variants, prices, stock counts, and how catalogues come in.

It does not sell: holds on stock are asked by ``sales``."""
