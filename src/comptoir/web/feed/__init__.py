"""The home page: one's feed, or the street window for visitors."""
