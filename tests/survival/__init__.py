"""What Comptoir must survive, against its real processes."""
