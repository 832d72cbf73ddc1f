"""Invoices and credit notes: what they say, as paper (PDF/A-3) and as data (Factur-X, EN 16931)."""
