"""What a purchase costs: pure computations from rows, the same for basket, sheet and order.

Lines at their price, then offers, then delivery, then taxes (``quote``).
"""
