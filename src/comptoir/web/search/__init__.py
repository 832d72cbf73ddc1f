"""Searching products, people and shops; discovering when nothing is asked."""
