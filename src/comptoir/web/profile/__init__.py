"""The page of a person or a shop, and who follows whom."""
