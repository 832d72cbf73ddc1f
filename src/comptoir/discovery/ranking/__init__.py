"""Ranking as arithmetic: who is near whom, and which products that speaks for.

Numbers only: no models, no database, no audience. What may not be known must not be in the graph.
Every score is a sum of what people and products put into it, and ``because`` takes it apart.
"""
