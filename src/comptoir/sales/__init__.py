"""Orders, payments and the stock they hold: how a purchase is placed, paid, shipped, cancelled.

It never talks to a payment provider inside a transaction."""
