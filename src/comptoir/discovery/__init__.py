"""Who recommends what to whom: signals, reasons and rankings.

Every result carries the reason it is there; nothing paid enters."""
