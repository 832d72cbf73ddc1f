"""Buying: the sheet, its totals, and the order that it places."""
