"""The living style page: every component, in both themes, with realistic content."""
