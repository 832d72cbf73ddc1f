"""What is written to buyers and shops about an order, each in their language.

A job carries the letter's kind and keys of rows; the words are found when it runs (``send``).
"""
