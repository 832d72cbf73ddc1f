"""Joining, signing in and out: allauth's views with our forms and templates."""
