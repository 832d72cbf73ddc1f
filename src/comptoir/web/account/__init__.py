"""Joining, signing in and out, and one's own settings; allauth's views with our templates."""
