"""Communities of taste: people who are near each other by what they do in public.

Found once a day (``renewal``), named by what sets them apart, kept at one address from day to day.
People see where they were found, join and leave; others see those who joined, and a count.
"""
