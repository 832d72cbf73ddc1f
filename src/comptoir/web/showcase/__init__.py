"""What people and shops put forward on their own page, and how they arrange it."""
